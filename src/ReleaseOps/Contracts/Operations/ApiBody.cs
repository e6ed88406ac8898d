namespace ReleaseOps.Contracts.Operations;

/// <summary>The body of a request.</summary>
internal sealed record ApiBody(ApiNode Node, bool IsRequired, IReadOnlyList<ApiMedia> Media);
