using static ReleaseOps.ChangeLevel;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>The rules about whether a property is there, must be there, and who may send it; oasdiff makes their ids in other ways.</summary>
internal static class PropertyRules
{
    public static IEnumerable<ContractRule> All { get; } =
    [
        new("new-required-request-property", Breaking, "Request body: a required property is new"),
        new("new-required-request-property-with-default", Breaking, "Request body: a required property with a default is new"),
        new("new-optional-request-property", Info, "Request body: an optional property is new"),
        new("request-property-removed", Warning, "Request body: a property is gone"),
        new("request-property-became-required", Breaking, "Request body: a property became required"),
        new("request-property-became-required-with-default", Breaking, "Request body: a property with a default became required"),
        new("request-property-became-optional", Info, "Request body: a property became optional"),
        new("new-required-request-parameter-property", Breaking, "Parameter: a required property is new"),
        new("new-optional-request-parameter-property", Info, "Parameter: an optional property is new"),
        new("request-parameter-property-removed", Warning, "Parameter: a property is gone"),
        new("request-parameter-property-became-required", Breaking, "Parameter: a property became required"),
        new("request-parameter-property-became-optional", Info, "Parameter: a property became optional"),
        new("new-required-request-header-property", Breaking, "Request header: a required property is new"),
        new("new-optional-request-header-property", Info, "Request header: an optional property is new"),
        new("request-header-property-removed", Warning, "Request header: a property is gone"),
        new("request-header-property-became-required", Breaking, "Request header: a property became required"),
        new("request-header-property-became-optional", Info, "Request header: a property became optional"),
        new("response-required-property-added", Info, "Response body: a property that is always there is new"),
        new("response-optional-property-added", Info, "Response body: an optional property is new"),
        new("response-required-property-removed", Breaking, "Response body: a property that was always there is gone"),
        new("response-optional-property-removed", Warning, "Response body: an optional property is gone"),
        new("response-required-write-only-property-added", Info, "Response body: a required write-only property is new"),
        new("response-optional-write-only-property-added", Info, "Response body: an optional write-only property is new"),
        new("response-required-write-only-property-removed", Info, "Response body: a required write-only property is gone"),
        new("response-optional-write-only-property-removed", Info, "Response body: an optional write-only property is gone"),
        new("response-property-became-required", Info, "Response body: a property is always there now"),
        new("response-property-became-optional", Breaking, "Response body: a property may be missing now"),
        new("response-write-only-property-became-required", Info, "Response body: a write-only property became required"),
        new("response-write-only-property-became-optional", Info, "Response body: a write-only property became optional"),
        new("response-header-required-property-added", Info, "Response header: a property that is always there is new"),
        new("response-header-optional-property-added", Info, "Response header: an optional property is new"),
        new("response-header-required-property-removed", Breaking, "Response header: a property that was always there is gone"),
        new("response-header-optional-property-removed", Warning, "Response header: an optional property is gone"),
        new("response-header-property-became-required", Info, "Response header: a property is always there now"),
        new("response-header-property-became-optional", Breaking, "Response header: a property may be missing now"),
        .. Mutabilities(),
    ];

    public static ContractRule Added(SchemaSite site, bool required, bool withDefault, bool writeOnly) => ContractRules.Of(site switch
    {
        SchemaSite.RequestProperty when required => withDefault ? "new-required-request-property-with-default" : "new-required-request-property",
        SchemaSite.RequestProperty => "new-optional-request-property",
        SchemaSite.RequestParameterProperty => $"new-{Word(required)}-request-parameter-property",
        SchemaSite.RequestHeaderProperty => $"new-{Word(required)}-request-header-property",
        SchemaSite.ResponseProperty => $"response-{Word(required)}{WriteOnly(writeOnly)}-property-added",
        _ => $"response-header-{Word(required)}-property-added",
    });

    public static ContractRule Removed(SchemaSite site, bool required, bool writeOnly) => ContractRules.Of(site switch
    {
        SchemaSite.RequestProperty => "request-property-removed",
        SchemaSite.RequestParameterProperty => "request-parameter-property-removed",
        SchemaSite.RequestHeaderProperty => "request-header-property-removed",
        SchemaSite.ResponseProperty => $"response-{Word(required)}{WriteOnly(writeOnly)}-property-removed",
        _ => $"response-header-{Word(required)}-property-removed",
    });

    public static ContractRule Became(SchemaSite site, bool required, bool withDefault, bool writeOnly) => ContractRules.Of(site switch
    {
        SchemaSite.RequestProperty => $"request-property-became-{Word(required)}{(required && withDefault ? "-with-default" : "")}",
        SchemaSite.RequestParameterProperty => $"request-parameter-property-became-{Word(required)}",
        SchemaSite.RequestHeaderProperty => $"request-header-property-became-{Word(required)}",
        SchemaSite.ResponseProperty => $"response{WriteOnly(writeOnly)}-property-became-{Word(required)}",
        _ => $"response-header-property-became-{Word(required)}",
    });

    /// <summary>A property became, or no longer is, read-only or write-only.</summary>
    /// <param name="site">Where; of the sites of properties, only those of bodies tell it.</param>
    /// <param name="required">Whether the base requires it.</param>
    /// <param name="what"><c>read-only</c>, <c>not-write-only</c>...</param>
    public static ContractRule Mutability(SchemaSite site, bool required, string what) =>
        ContractRules.Of($"{(site.IsRequest() ? "request" : "response")}-{Word(required)}-property-became-{what}");

    private static string Word(bool required) => required ? "required" : "optional";

    private static string WriteOnly(bool writeOnly) => writeOnly ? "-write-only" : "";

    private static IEnumerable<ContractRule> Mutabilities() =>
        from side in new[] { "request", "response" }
        from required in new[] { "required", "optional" }
        from what in new[] { "read-only", "not-read-only", "write-only", "not-write-only" }
        let id = $"{side}-{required}-property-became-{what}"
        select new ContractRule(
            id,
            id == "response-required-property-became-not-write-only" ? Warning : Info,
            $"{(side == "request" ? "Request" : "Response")} body: {(required == "required" ? "a required" : "an optional")} property became {what}");
}
