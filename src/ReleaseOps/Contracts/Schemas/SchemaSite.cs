namespace ReleaseOps.Contracts.Schemas;

/// <summary>Where a schema is used, as far as the names of rules tell it.</summary>
internal enum SchemaSite : byte
{
    RequestBody,
    RequestProperty,
    RequestParameter,
    RequestParameterProperty,

    /// <summary>A property of a parameter that is a header; two rules are called otherwise there.</summary>
    RequestHeaderProperty,
    ResponseBody,
    ResponseProperty,
    ResponseHeader,
    ResponseHeaderProperty,
}
