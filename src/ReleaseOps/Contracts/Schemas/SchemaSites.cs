namespace ReleaseOps.Contracts.Schemas;

/// <summary>What follows from where a schema is used.</summary>
internal static class SchemaSites
{
    public static IReadOnlyList<SchemaSite> All { get; } = Enum.GetValues<SchemaSite>();

    /// <summary>Whether the client sends it: then accepting less breaks. Otherwise the server sends it, and promising less breaks.</summary>
    public static bool IsRequest(this SchemaSite site) => site <= SchemaSite.RequestHeaderProperty;

    /// <summary>The site of what stands inside of a schema that is used here.</summary>
    public static SchemaSite Inside(this SchemaSite site, bool header) => site switch
    {
        SchemaSite.RequestBody => SchemaSite.RequestProperty,
        SchemaSite.RequestParameter => header ? SchemaSite.RequestHeaderProperty : SchemaSite.RequestParameterProperty,
        SchemaSite.ResponseBody => SchemaSite.ResponseProperty,
        SchemaSite.ResponseHeader => SchemaSite.ResponseHeaderProperty,
        _ => site,
    };

    /// <summary>What the ids of rules begin with here.</summary>
    public static string Prefix(this SchemaSite site) => site switch
    {
        SchemaSite.RequestBody => "request-body-",
        SchemaSite.RequestProperty => "request-property-",
        SchemaSite.RequestParameter => "request-parameter-",
        SchemaSite.RequestParameterProperty or SchemaSite.RequestHeaderProperty => "request-parameter-property-",
        SchemaSite.ResponseBody => "response-body-",
        SchemaSite.ResponseProperty => "response-property-",
        SchemaSite.ResponseHeader => "response-header-",
        _ => "response-header-property-",
    };

    /// <summary>What stands there, to begin a meaning with.</summary>
    public static string Words(this SchemaSite site) => site switch
    {
        SchemaSite.RequestBody => "Request body",
        SchemaSite.RequestProperty => "Property of a request's body",
        SchemaSite.RequestParameter => "Parameter",
        SchemaSite.RequestParameterProperty => "Property of a parameter",
        SchemaSite.RequestHeaderProperty => "Property of a request's header",
        SchemaSite.ResponseBody => "Response body",
        SchemaSite.ResponseProperty => "Property of a response's body",
        SchemaSite.ResponseHeader => "Response header",
        _ => "Property of a response's header",
    };
}
