namespace ReleaseOps.Contracts.Operations;

/// <summary>An operation as it works: what its path says for it taken over, references followed, 2.0 read like 3.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="Parameters">What it is asked with, besides a body.</param>
/// <param name="Body">Its body; null where it has none.</param>
/// <param name="Responses">What it may answer.</param>
internal sealed record ApiOperation(
    ApiNode Node, IReadOnlyList<ApiParameter> Parameters, ApiBody? Body, IReadOnlyList<ApiResponse> Responses)
{
    /// <summary>True where a reference to a parameter leads nowhere: one that seems to be missing may be it.</summary>
    public bool HasUntoldParameters { get; init; }

    public string? Id => IdOf(Node);

    public static string? IdOf(ApiNode operation) =>
        operation["operationId"] is { Kind: ApiNodeKind.Text, Text.Length: > 0 } id ? id.Text : null;

    public bool IsDeprecated => Node.HasTrue("deprecated");
}
