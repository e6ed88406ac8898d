namespace ReleaseOps.Contracts.Operations;

/// <summary>An operation of the base, and what became of it.</summary>
/// <param name="Base">It.</param>
/// <param name="Revision">What became of it.</param>
/// <param name="Subject">What differences are told of.</param>
/// <param name="IsInverted">
/// Whether the API asks and the client answers, as in a webhook or a callback: then the request's body is what a client gets, and the
/// differences in it are called, and weigh, as those of a response do.
/// </param>
internal sealed record OperationPair(ApiOperation Base, ApiOperation Revision, ContractSubject Subject, bool IsInverted);
