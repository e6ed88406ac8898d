namespace ReleaseOps.Contracts;

/// <summary>One API description: OpenAPI 3.0, 3.1, or 2.0 (Swagger), with the files that it refers to.</summary>
public sealed class ApiDocument
{
    private readonly IReadOnlyList<ApiFile> _files;
    private readonly ApiLinks _links;

    /// <param name="files">Its files; the first is the one that was asked for.</param>
    /// <param name="version">The version of OpenAPI that it says it is written in.</param>
    /// <param name="links">What references to other files came to; null where none was asked for.</param>
    internal ApiDocument(
        IReadOnlyList<ApiFile> files, string version, IReadOnlyDictionary<(int File, string Elsewhere), ApiLink>? links = null)
    {
        _files = files;
        Version = version;
        _links = new ApiLinks(this, files, links ?? new Dictionary<(int, string), ApiLink>());
    }

    internal ApiDocument(string name, ApiNode root, string version)
        : this([new ApiFile(name, root)], version)
    {
    }

    /// <summary>
    /// What it is called in messages: <c>openapi.yaml</c>, <c>main:api/openapi.yaml</c>, a URL without what may be a secret.
    /// </summary>
    public string Name => _files[0].Name;

    /// <summary>The version of OpenAPI that it says it is written in: <c>3.1.0</c>.</summary>
    public string Version { get; }

    /// <summary>The title of the API; null where it has none.</summary>
    public string? Title => TextOf(Root["info"]?["title"]);

    /// <summary>The version of the API itself; null where it has none.</summary>
    public string? ApiVersion => TextOf(Root["info"]?["version"]);

    internal ApiNode Root => _files[0].Root;

    /// <summary>Its files; the first is the one that was asked for.</summary>
    internal IReadOnlyList<ApiFile> Files => _files;

    /// <summary>True where the rules of OpenAPI 3.0, or 2.0, count: there are no anchors and no <c>$id</c>.</summary>
    internal bool IsVersion30 => !Version.StartsWith("3.1", StringComparison.Ordinal);

    /// <summary>Where a node stands.</summary>
    internal ContractPlace PlaceOf(ApiNode node) => new(_files[node.File].Name, node.Line, node.Column);

    /// <summary>
    /// Where a reference leads: one step, so that who follows a chain, or walks a cycle, can tell. For the same place it is always the
    /// same node.
    /// </summary>
    /// <param name="reference">The value of <c>$ref</c>.</param>
    /// <param name="untold">
    /// Where null comes back, why: an Inconclusive finding with the reference's place. UnknownReference where it leads nowhere; BadDocument
    /// where it is no text; for another file that could not be read, the reason of that.
    /// </param>
    internal ApiNode? Resolve(ApiNode reference, out Finding? untold) => _links.Follow(reference, out untold);

    private static string? TextOf(ApiNode? node) => node is { Kind: ApiNodeKind.Text or ApiNodeKind.Number } ? node.Text : null;
}
