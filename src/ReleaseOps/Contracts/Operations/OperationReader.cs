using static System.FormattableString;

namespace ReleaseOps.Contracts.Operations;

/// <summary>Reads the operations of a description; what 2.0 writes otherwise, its reader has written like 3.0 already.</summary>
internal sealed class OperationReader(ContractReferences references)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

    public ApiOperation Read(string path, ApiNode item, ApiNode operation)
    {
        var nodes = ParametersOf(item, operation);
        var places = PathTemplate.Names(path);
        var parameters = nodes.Select(n => Parameter(n, places)).Where(p => !IsIgnored(p)).ToList();
        return new(operation, parameters, Body(operation), Responses(operation))
        {
            HasUntoldParameters = IsUntold(item["parameters"]) || IsUntold(operation["parameters"]),
        };
    }

    /// <summary>
    /// The path item that a node stands for. What stands beside its reference counts too, before what it leads to: people write it, and the
    /// specification leaves open what it means.
    /// </summary>
    public ApiNode? Item(ApiNode? written)
    {
        var target = references.Target(written);
        if (target is null || written!["$ref"] is null || !written.Keys.Any(k => k is not ("$ref" or "summary" or "description")))
            return target;

        var beside = Entries(written).Where(e => e.Name != "$ref").ToList();
        var behind = Entries(target).Where(e => written[e.Name] is null);
        var all = beside.Concat(behind).ToList();
        return new(ApiNodeKind.Map, written) { Keys = [.. all.Select(e => e.Name)], Items = [.. all.Select(e => e.Value)] };
    }

    /// <summary>The operations of a path item, by method.</summary>
    public IEnumerable<(string Method, ApiNode Node)> Operations(ApiNode item) =>
        from entry in Entries(item)
        where Methods.Contains(entry.Name)
        let operation = references.Target(entry.Value)
        where operation is { Kind: ApiNodeKind.Map }
        select (entry.Name.ToUpperInvariant(), operation);

    // Those of its path count as far as the operation doesn't say otherwise (OpenAPI 3.1, 4.8.9).
    private List<ApiNode> ParametersOf(ApiNode item, ApiNode operation)
    {
        var own = List(operation["parameters"]);
        var known = own.Select(Overriding).ToHashSet();
        return [.. List(item["parameters"]).Where(p => !known.Contains(Overriding(p))), .. own];
    }

    // A header's name has no case.
    private static (string In, string Name) Overriding(ApiNode parameter) =>
        Identity(parameter) is ("header", var name) ? ("header", name.ToLowerInvariant()) : Identity(parameter);

    private static (string In, string Name) Identity(ApiNode parameter) => (parameter["in"]?.Text ?? "", parameter["name"]?.Text ?? "");

    private List<ApiNode> List(ApiNode? parameters) =>
        [.. (references.Target(parameters)?.Items ?? []).Select(references.Target).OfType<ApiNode>().Where(p => p.Kind == ApiNodeKind.Map)];

    private bool IsUntold(ApiNode? parameters) => parameters is not null
        && (references.Target(parameters) is not { } list || list.Items.Any(p => references.Target(p) is null));

    private ApiBody? Body(ApiNode operation)
    {
        if (operation["requestBody"] is not { } written)
            return null;

        if (references.Target(written) is not { Kind: ApiNodeKind.Map } body)
            return new(written, false, []) { IsUntold = true };

        return new(body, body.HasTrue("required"), Media(body["content"]));
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
        return $"{style}{(explode == "true" ? ", exploded" : "")}{(parameter.HasTrue("allowReserved") ? ", reserved characters as they are" : "")}";
    }

    private List<ApiHeader> Headers(ApiNode response)
    {
        var headers = new List<ApiHeader>();
        foreach (var (name, node) in Entries(references.Target(response["headers"])))
        {
            // OpenAPI 3.1, 4.8.17: the media type says that.
            if (references.Target(node) is { Kind: ApiNodeKind.Map } header && !name.Equals("content-type", StringComparison.OrdinalIgnoreCase))
                headers.Add(Header(header, name));
        }
        return headers;
    }

    private static ApiHeader Header(ApiNode header, string name)
    {
        var (schema, mediaType) = Schema(header);
        return new(header, name, schema, mediaType, mediaType is null ? Style("header", header) : "");
    }

    public static IEnumerable<(string Name, ApiNode Value)> Entries(ApiNode? map)
    {
        for (var i = 0; map is { Kind: ApiNodeKind.Map } && i < map.Items.Length; i++)
            yield return (map.Keys[i], map.Items[i]);
    }

    private List<ApiMedia> Media(ApiNode? content) =>
    [
        .. from entry in Entries(references.Target(content))
           let media = references.Target(entry.Value)
           select new ApiMedia(media ?? entry.Value, entry.Name, media?["schema"]),
    ];

    private List<ApiResponse> Responses(ApiNode operation)
    {
        var responses = new List<ApiResponse>();
        foreach (var (status, node) in Entries(references.Target(operation["responses"])))
        {
            if (status.StartsWith("x-", StringComparison.Ordinal))
                continue;

            responses.Add(references.Target(node) is { Kind: ApiNodeKind.Map } response
                ? new(response, Status(status), Media(response["content"]), Headers(response))
                : new(node, Status(status), [], []) { IsUntold = true });
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
