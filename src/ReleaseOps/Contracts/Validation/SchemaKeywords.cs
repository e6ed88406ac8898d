using System.Collections.Frozen;

namespace ReleaseOps.Contracts.Validation;

/// <summary>
/// The keywords of schemas: JSON Schema 2020-12 (Core, Applicator, Validation), and what OpenAPI adds. One that isn't here may ask for something
/// that nobody looks at, so it can't be told; names with <c>x-</c> are extensions (OpenAPI 3.1, 4.9) and ask for nothing.
/// </summary>
internal static class SchemaKeywords
{
    private static readonly FrozenSet<string> Judged = Set(
        "$ref", "type", "nullable", "x-nullable", "enum", "const", "required", "properties", "additionalProperties", "patternProperties",
        "propertyNames", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "items", "prefixItems", "contains",
        "minContains", "maxContains", "minItems", "maxItems", "uniqueItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "multipleOf", "minLength", "maxLength", "pattern", "format", "writeOnly", "allOf", "anyOf", "oneOf", "not", "if", "then", "else");

    private static readonly FrozenSet<string> Annotations = Set(
        "title", "description", "default", "example", "examples", "deprecated", "readOnly", "$comment", "externalDocs", "xml", "discriminator",
        "contentEncoding", "contentMediaType", "contentSchema", "$id", "$schema", "$anchor", "$dynamicAnchor", "$defs", "definitions");

    /// <summary>True where a keyword asks for something that isn't looked at.</summary>
    public static bool IsUnknown(string keyword, ApiNode value) => keyword switch
    {
        "unevaluatedProperties" or "unevaluatedItems" => !LetsAll(value),
        _ => !Judged.Contains(keyword) && !Annotations.Contains(keyword) && !keyword.StartsWith("x-", StringComparison.Ordinal),
    };

    private static bool LetsAll(ApiNode schema) => schema is { Kind: ApiNodeKind.Boolean, Text: "true" } or { Kind: ApiNodeKind.Map, Items.Length: 0 };

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
