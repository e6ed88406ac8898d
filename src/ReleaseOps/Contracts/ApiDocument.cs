namespace ReleaseOps.Contracts;

/// <summary>One API description: OpenAPI 3.0, 3.1, or 2.0 (Swagger).</summary>
public sealed class ApiDocument
{
    internal ApiDocument(string name, ApiNode root, string version) => (Name, Root, Version) = (name, root, version);

    /// <summary>What it is called in messages: <c>openapi.yaml</c>, <c>main:api/openapi.yaml</c>, a URL without what may be a secret.</summary>
    public string Name { get; }

    /// <summary>The version of OpenAPI that it says it is written in: <c>3.1.0</c>.</summary>
    public string Version { get; }

    /// <summary>The title of the API; null where it has none.</summary>
    public string? Title => Root["info"]?["title"]?.Text;

    /// <summary>The version of the API itself; null where it has none.</summary>
    public string? ApiVersion => Root["info"]?["version"]?.Text;

    internal ApiNode Root { get; }

    /// <summary>Where a node stands.</summary>
    internal ContractPlace PlaceOf(ApiNode node) => new(Name, node.Line, node.Column);
}
