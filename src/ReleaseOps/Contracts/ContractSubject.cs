namespace ReleaseOps.Contracts;

/// <summary>The operation that a difference concerns.</summary>
internal sealed record ContractSubject(string? Method, string Path, string? OperationId);
