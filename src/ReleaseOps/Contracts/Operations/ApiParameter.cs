namespace ReleaseOps.Contracts.Operations;

/// <summary>A parameter of an operation.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="In">Where it is sent: <c>query</c>, <c>header</c>, <c>path</c>, <c>cookie</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Key">What it is found by: place and name, of a header whatever its case, in a path the number of its place.</param>
/// <param name="Schema">What values it takes; null where nothing is said.</param>
/// <param name="MediaType">What it is written in, where that is a media type; null otherwise.</param>
/// <param name="Style">How it is written: style and explode, with their defaults put in.</param>
internal sealed record ApiParameter(ApiNode Node, string In, string Name, string Key, ApiNode? Schema, string? MediaType, string Style)
{
    // OpenAPI 3.1, 4.8.12.2: one in the path is required, whether or not it says so.
    public bool IsRequired => In == "path" || Node.HasTrue("required");

    public bool IsDeprecated => Node.HasTrue("deprecated");

    /// <summary>Whether it is written so that a number and its text are kept apart.</summary>
    public bool IsTyped => MediaType is { } type && new ApiMedia(Node, type, null).IsTyped;

    public string Words => $"{In} parameter {ContractText.Quoted(Name)}";
}
