namespace ReleaseOps.Contracts;

/// <summary>One API description: OpenAPI 3.0, 3.1, or 2.0 (Swagger), with the files that it refers to.</summary>
public sealed class ApiDocument
{
    private readonly IReadOnlyList<ApiFile> _files;
    private readonly ApiLinks _links;

    /// <param name="files">Its files; the first is the one that was asked for.</param>
    /// <param name="version">The version of OpenAPI that it says it is written in.</param>
    /// <param name="links">What references to other files came to; null where none was asked for.</param>
    internal ApiDocument(IReadOnlyList<ApiFile> files, string version, IReadOnlyDictionary<(int File, string Elsewhere), ApiLink>? links = null)
    {
        _files = files;
        Version = version;
        _links = new ApiLinks(this, files, links ?? new Dictionary<(int, string), ApiLink>());
    }

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

    /// <summary>Its files; the first is the one that was asked for.</summary>
    internal IReadOnlyList<ApiFile> Files => _files;

    /// <summary>True where the rules of OpenAPI 3.0, or 2.0, count: nothing beside a <c>$ref</c> does, and there are no anchors.</summary>
    internal bool IsVersion30 => !Version.StartsWith("3.1", StringComparison.Ordinal);

    /// <summary>Where a node stands.</summary>
    internal ContractPlace PlaceOf(ApiNode node) => new(_files[node.File].Name, node.Line, node.Column);

    /// <summary>
    /// What a node stands for: where it has a <c>$ref</c>, what that leads to, chains of them followed to their end; else the node itself.
    /// The same node comes back for the same place, so that who walks a cycle can tell.
    /// </summary>
    /// <param name="node">The node: a parameter, a response, a path item. For schemas there is <see cref="ResolveSchema"/>.</param>
    /// <param name="untold">
    /// Where null comes back, why: an Inconclusive finding with the reference's place. UnknownReference for one that leads nowhere or to itself;
    /// for another file that could not be read, the reason of that.
    /// </param>
    internal ApiNode? Resolve(ApiNode node, out Finding? untold) => _links.Resolve(node, siblings: false, out untold);

    /// <summary>
    /// As <see cref="Resolve"/>, for a schema. In OpenAPI 3.1 keys beside <c>$ref</c> count: such a schema comes back as one of its other
    /// keys, with the reference as the last of its <c>allOf</c>. In 3.0 they don't.
    /// </summary>
    internal ApiNode? ResolveSchema(ApiNode node, out Finding? untold) => _links.Resolve(node, siblings: !IsVersion30, out untold);

    /// <summary>The schema that a value of a discriminator's mapping names or refers to.</summary>
    internal ApiNode? ResolveMapping(ApiNode value, out Finding? untold)
    {
        var target = value.Kind == ApiNodeKind.Text && !ApiReference.IsReference(value.Text)
            ? _links.Named(Root["components"]?["schemas"], value, out untold)
            : _links.Follow(value, out untold);
        return target is null ? null : ResolveSchema(target, out untold);
    }

    private static string? TextOf(ApiNode? node) => node is { Kind: ApiNodeKind.Text or ApiNodeKind.Number } ? node.Text : null;
}
