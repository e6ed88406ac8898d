namespace ReleaseOps.Contracts.Swagger;

/// <summary>
/// OpenAPI 2.0 -> the shape of 3.0, so that one set of rules serves both. Each node keeps the place that it has in the file; what both
/// versions write alike, schemas above all, is the very same node. Facts: https://spec.openapis.org/oas/v2.0.
/// </summary>
/// <remarks>
/// References to parameters, responses and paths are followed here, because what they lead to depends on who refers to it: a parameter may
/// become a body, a response takes its media types from the operation. <c>definitions</c> stays beside its new name, so that references
/// to schemas lead where they led.
/// </remarks>
internal sealed class SwaggerDocument
{
    private const int LongestChain = 64;

    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch"];

    private readonly ApiNode _root;
    private readonly HashSet<ApiNode> _unread = [];
    private readonly Dictionary<ApiNode, ApiNode> _parameters = [];
    private readonly Dictionary<(ApiNode Response, ApiNode? Produces), ApiNode> _responses = [];

    private SwaggerDocument(ApiNode root) => _root = root;

    /// <summary>The file in the shape of 3.0.</summary>
    public static ApiFile Convert(ApiFile file)
    {
        var swagger = new SwaggerDocument(file.Root);
        var root = swagger.Root();
        return file with { Root = root, Unread = swagger._unread };
    }

    private ApiNode Root()
    {
        var made = new ApiPairs(_root);
        made.AddAll(_root, "paths", "servers", "components");
        made.Add("servers", SwaggerSecurity.Servers(_root));
        made.Add("paths", ApiPairs.Each(_root["paths"], PathItem));
        var components = new ApiPairs(_root);
        components.Add("schemas", _root["definitions"]);
        components.Add("securitySchemes", ApiPairs.Each(_root["securityDefinitions"], SwaggerSecurity.Scheme));
        made.Add("components", components.Map());
        return made.Map();
    }

    private ApiNode PathItem(ApiNode written)
    {
        var item = Beside(written, Follow(written));
        if (item.Kind != ApiNodeKind.Map || item["$ref"] is not null)
            return item;
        var made = new ApiPairs(item);
        var shared = Parameters(item);
        foreach (var method in Methods)
            made.Add(method, item[method] is { Kind: ApiNodeKind.Map } operation ? Operation(Follow(operation), shared) : item[method]);
        made.AddAll(item, "parameters");
        return made.Map();
    }

    private ApiNode Operation(ApiNode operation, List<ApiNode> shared)
    {
        var own = Parameters(operation);
        // An operation's parameter takes the place of the path's with the same name and place; there is one body.
        var all = shared.Where(s => !own.Exists(o => Same(o, s))).Concat(own).ToList();
        var made = new ApiPairs(operation);
        made.AddAll(operation, "parameters", "responses", "requestBody", "consumes", "produces", "schemes");
        var plain = all.Where(p => SwaggerSchemas.In(p) is not ("body" or "formData")).Select(Parameter).ToArray();
        if (plain.Length > 0)
            made.Add("parameters", ApiPairs.List(operation["parameters"] ?? operation, plain));
        made.Add("requestBody", SwaggerSchemas.Body(all, operation["consumes"] ?? _root["consumes"]));
        var produces = operation["produces"] ?? _root["produces"];
        made.Add("responses", ApiPairs.Each(operation["responses"] is { } responses ? Follow(responses) : null, r => Response(Follow(r), produces)));
        return made.Map();
    }

    // What stands beside a path's reference counts too, before what it leads to.
    private static ApiNode Beside(ApiNode written, ApiNode target)
    {
        if (target == written || target["$ref"] is not null || written.Keys.Length == 1)
            return target;
        var made = new ApiPairs(written);
        made.AddAll(written, "$ref");
        made.AddAll(target);
        return made.Map();
    }

    private List<ApiNode> Parameters(ApiNode owner) =>
        [.. ((owner["parameters"] is { } parameters ? Follow(parameters) : null)?.Items ?? []).Select(Follow)];

    // One that is shared stays one, so that what is made of it doesn't grow with who uses it.
    private ApiNode Parameter(ApiNode parameter) =>
        _parameters.TryGetValue(parameter, out var known) ? known : _parameters[parameter] = SwaggerSchemas.Parameter(parameter);

    private ApiNode Response(ApiNode response, ApiNode? produces) => _responses.TryGetValue((response, produces), out var known)
        ? known
        : _responses[(response, produces)] = SwaggerSchemas.Response(response, produces);

    /// <summary>
    /// What a reference in this file leads to. One that leads elsewhere or nowhere stays, and is noted: what it leads to isn't converted.
    /// </summary>
    private ApiNode Follow(ApiNode written)
    {
        var node = written;
        for (var i = 0; i < LongestChain; i++)
        {
            if (node["$ref"] is not { } reference)
                return node;
            _unread.Add(reference);
            if (reference is not { Kind: ApiNodeKind.Text, Text: ['#', ..] }
                || ApiReference.Follow(_root, ApiReference.FragmentOf(reference.Text)) is not { } target)
                return node;
            node = target;
        }
        return written;
    }

    private static bool Same(ApiNode one, ApiNode other) =>
        SwaggerSchemas.In(one) is { Length: > 0 } place && place == SwaggerSchemas.In(other)
        && (place == "body" || one["name"]?.Text == other["name"]?.Text);
}
