namespace ReleaseOps.Contracts.Operations;

/// <summary>A header of an answer.</summary>
internal sealed record ApiHeader(ApiNode Node, string Name, ApiNode? Schema)
{
    public bool IsRequired => Node["required"] is { Kind: ApiNodeKind.Boolean, Text: "true" };
}
