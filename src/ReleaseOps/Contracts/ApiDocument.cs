namespace ReleaseOps.Contracts;

/// <summary>One API description: OpenAPI 3.0, 3.1, or 2.0 (Swagger), with the files that it refers to.</summary>
public sealed class ApiDocument
{
    private readonly IReadOnlyList<ApiFile> _files;

    internal ApiDocument(IReadOnlyList<ApiFile> files, string version) => (_files, Version) = (files, version);

    internal ApiDocument(string name, ApiNode root, string version)
        : this([new ApiFile(name, root)], version)
    {
    }

    /// <summary>What it is called in messages: <c>openapi.yaml</c>, <c>main:api/openapi.yaml</c>, a URL without what may be a secret.</summary>
    public string Name => _files[0].Name;

    /// <summary>The version of OpenAPI that it says it is written in: <c>3.1.0</c>.</summary>
    public string Version { get; }

    /// <summary>The title of the API; null where it has none.</summary>
    public string? Title => TextOf(Root["info"]?["title"]);

    /// <summary>The version of the API itself; null where it has none.</summary>
    public string? ApiVersion => TextOf(Root["info"]?["version"]);

    internal ApiNode Root => _files[0].Root;

    /// <summary>Where a node stands.</summary>
    internal ContractPlace PlaceOf(ApiNode node) => new(_files[node.File].Name, node.Line, node.Column);

    internal ApiNode? Resolve(ApiNode reference) =>
        reference.Text.StartsWith('#') ? ApiReference.Follow(Root, ApiReference.FragmentOf(reference.Text)) : null;

    private static string? TextOf(ApiNode? node) => node is { Kind: ApiNodeKind.Text or ApiNodeKind.Number } ? node.Text : null;
}
