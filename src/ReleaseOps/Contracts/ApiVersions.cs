namespace ReleaseOps.Contracts;

/// <summary>Which versions of OpenAPI are read.</summary>
internal static class ApiVersions
{
    /// <summary>The version that a file says it is written in.</summary>
    /// <exception cref="ReleaseOpsException">BadDocument: it says none, or one that isn't read.</exception>
    public static string Of(ApiFile file)
    {
        var node = file.Root["openapi"] ?? file.Root["swagger"]
            ?? throw ApiTree.Unreadable(file.Name, file.Root.Line, file.Root.Column,
                "neither a key 'openapi' nor 'swagger' stands here, so this is no OpenAPI description");
        var version = node.Text;
        var isSwagger = file.Root["openapi"] is null;
        // A version without quotes is a number in YAML: 2.0, 3.1.
        if (node.Kind is ApiNodeKind.Text or ApiNodeKind.Number
            && (isSwagger ? version == "2.0" : Is(version, "3.0") || Is(version, "3.1")))
            return version;
        throw ApiTree.Unreadable(file.Name, node.Line, node.Column, !isSwagger && Is(version, "3.2")
            ? "OpenAPI 3.2 isn't read yet; 2.0, 3.0 and 3.1 are"
            : $"{ApiTree.Show(version)} isn't a version of OpenAPI that is read: 2.0, 3.0 and 3.1 are");
    }

    /// <summary>Whether a dialect is the one of JSON Schema 2020-12, or OpenAPI 3.1's (4.8.24.1), which adds annotations to it.</summary>
    public static bool IsDialect(string uri) => uri.TrimEnd('#') is
        "https://json-schema.org/draft/2020-12/schema" or "https://spec.openapis.org/oas/3.1/dialect/base";

    private static bool Is(string version, string minor) =>
        version.StartsWith(minor, StringComparison.Ordinal) && (version.Length == minor.Length || version[minor.Length] is '.' or '-');
}
