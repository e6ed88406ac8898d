namespace ReleaseOps.Contracts.Swagger;

/// <summary>Where the API is, and who may use it.</summary>
internal static class SwaggerSecurity
{
    public static ApiNode Scheme(ApiNode scheme)
    {
        if (scheme["type"] is not { } type)
            return scheme;
        var made = new ApiPairs(scheme);
        if (type.Text == "basic")
        {
            made.Add("type", ApiPairs.Scalar(type, ApiNodeKind.Text, "http"));
            made.Add("scheme", ApiPairs.Scalar(type, ApiNodeKind.Text, "basic"));
            made.AddAll(scheme);
            return made.Map();
        }
        if (type.Text != "oauth2" || scheme["flow"] is not { } flow)
            return scheme;
        made.AddAll(scheme, "flow", "authorizationUrl", "tokenUrl", "scopes");
        var (flows, details) = (new ApiPairs(flow), new ApiPairs(flow));
        details.AddOnly(scheme, ["authorizationUrl", "tokenUrl", "scopes"]);
        flows.Add(
            flow.Text switch { "application" => "clientCredentials", "accessCode" => "authorizationCode", var same => same },
            details.Map());
        made.Add("flows", flows.Map());
        return made.Map();
    }

    public static ApiNode? Servers(ApiNode root)
    {
        var host = root["host"];
        if ((host ?? root["basePath"]) is not { } place)
            return null;
        var rest = (host is null ? "" : "//" + host.Text) + root["basePath"]?.Text;
        var schemes = host is not null && root["schemes"] is { Items.Length: > 0 } given ? given.Items.Select(s => s.Text + ":") : [""];
        return ApiPairs.List(place, [.. schemes.Select(scheme =>
        {
            var server = new ApiPairs(place);
            server.Add("url", ApiPairs.Scalar(place, ApiNodeKind.Text, scheme + rest));
            return server.Map();
        })]);
    }
}
