using static System.FormattableString;

namespace ReleaseOps.Contracts.Operations;

/// <summary>Reads the operations of a description; what 2.0 writes otherwise, its reader has written like 3.0 already.</summary>
internal sealed class OperationReader(ContractReferences references)
{
    public ApiOperation Read(string path, ApiNode item, ApiNode operation)
    {
        var nodes = ParametersOf(item, operation);
        var places = PathTemplate.Names(path);
        var parameters = nodes.Select(n => Parameter(n, places)).Where(p => !IsIgnored(p)).ToList();
        return new(operation, parameters, Body(operation), Responses(operation));
    }

    /// <summary>Parameters of an operation, and of its path as far as the operation doesn't say otherwise (OpenAPI 3.1, 4.8.9).</summary>
    private List<ApiNode> ParametersOf(ApiNode item, ApiNode operation)
    {
        var own = List(operation["parameters"]);
        var known = own.Select(Identity).ToHashSet();
        return [.. List(item["parameters"]).Where(p => !known.Contains(Identity(p))), .. own];
    }

    private static (string In, string Name) Identity(ApiNode parameter) => (parameter["in"]?.Text ?? "", parameter["name"]?.Text ?? "");

    private List<ApiNode> List(ApiNode? parameters) =>
        [.. (parameters?.Items ?? []).Select(references.Target).OfType<ApiNode>().Where(p => p.Kind == ApiNodeKind.Map)];

    private ApiBody? Body(ApiNode operation)
    {
        if (references.Target(operation["requestBody"]) is not { Kind: ApiNodeKind.Map } body)
            return null;

        return new(body, IsTrue(body["required"]), Media(body["content"]));
    }

    private static (ApiNode? Schema, string? MediaType) Schema(ApiNode parameter) =>
        parameter["schema"] is { } schema ? (schema, null)
        : parameter["content"] is { Items: [var media, ..] } content ? (media["schema"], content.Keys[0])
        : (null, null);

    private static string Style(string place, ApiNode parameter)
    {
        // OpenAPI 3.1, 4.8.12.2.1: the defaults.
        var style = parameter["style"]?.Text ?? (place is "query" or "cookie" ? "form" : "simple");
        var explode = parameter["explode"]?.Text ?? (style == "form" ? "true" : "false");
        return $"{style}{(explode == "true" ? ", exploded" : "")}{(IsTrue(parameter["allowReserved"]) ? ", reserved characters as they are" : "")}";
    }

    private static bool IsTrue(ApiNode? node) => node is { Kind: ApiNodeKind.Boolean, Text: "true" };

    private List<ApiHeader> Headers(ApiNode response)
    {
        var headers = new List<ApiHeader>();
        foreach (var (name, node) in Entries(response["headers"]))
        {
            // OpenAPI 3.1, 4.8.17: the media type says that.
            if (references.Target(node) is { Kind: ApiNodeKind.Map } header && !name.Equals(
                "content-type", StringComparison.OrdinalIgnoreCase))
                headers.Add(new(header, name, Schema(header).Schema));
        }
        return headers;
    }

    public static IEnumerable<(string Name, ApiNode Value)> Entries(ApiNode? map)
    {
        for (var i = 0; map is { Kind: ApiNodeKind.Map } && i < map.Items.Length; i++)
            yield return (map.Keys[i], map.Items[i]);
    }

    private List<ApiMedia> Media(ApiNode? content) =>
        [.. Entries(content).Select(e => new ApiMedia(
            references.Target(e.Value) ?? e.Value, e.Name, references.Target(e.Value)?["schema"]))];

    private List<ApiResponse> Responses(ApiNode operation)
    {
        var responses = new List<ApiResponse>();
        foreach (var (status, node) in Entries(operation["responses"]))
        {
            if (!status.StartsWith("x-", StringComparison.Ordinal) && references.Target(node) is { Kind: ApiNodeKind.Map } response)
                responses.Add(new(response, Status(status), Media(response["content"]), Headers(response)));
        }
        return responses;
    }

    // 2XX and 2xx are written, and default is.
    private static string Status(string status) =>
        status.Equals("default", StringComparison.OrdinalIgnoreCase) ? "default" : status.ToUpperInvariant();

    private ApiParameter Parameter(ApiNode node, List<string> places)
    {
        var (place, name) = Identity(node);
        var key = place switch
        {
            "path" when places.IndexOf(name) is >= 0 and var at => Invariant($"path {at}"),
            "header" => $"header {name.ToLowerInvariant()}",
            _ => $"{place} {name}",
        };
        var (schema, mediaType) = Schema(node);
        return new(node, place, name, key, schema, mediaType, mediaType is null ? Style(place, node) : "");
    }

    // OpenAPI 3.1, 4.8.12.1: headers that say the same as something else in the description don't count.
    private static bool IsIgnored(ApiParameter parameter) => parameter.Key is "header accept" or "header content-type" or "header authorization";
}
