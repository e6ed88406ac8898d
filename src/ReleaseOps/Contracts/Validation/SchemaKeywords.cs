using System.Collections.Frozen;

namespace ReleaseOps.Contracts.Validation;

/// <summary>
/// The keywords of schemas: JSON Schema 2020-12 (Core, Applicator, Validation), and what OpenAPI adds. One that isn't here may ask for something
/// that nobody looks at, so it can't be told; names with <c>x-</c> are extensions (OpenAPI 3.1, 4.9) and ask for nothing.
/// </summary>
internal static class SchemaKeywords
{
    private static readonly FrozenDictionary<string, SchemaParts> Known = new (SchemaParts Part, string[] Keywords)[]
    {
        (SchemaParts.Reference, ["$ref"]),
        (SchemaParts.Value, ["type", "enum", "const"]),
        (SchemaParts.Object, ["required", "properties", "additionalProperties", "patternProperties", "propertyNames", "minProperties",
            "maxProperties", "dependentRequired", "dependentSchemas"]),
        (SchemaParts.Array, ["items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems"]),
        (SchemaParts.Number, ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
        (SchemaParts.Text, ["minLength", "maxLength", "pattern"]),
        (SchemaParts.Number | SchemaParts.Text, ["format"]),
        (SchemaParts.Logic, ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"]),
        (SchemaParts.Nullable, ["nullable", "x-nullable"]),
        (SchemaParts.WriteOnly, ["writeOnly"]),
        (SchemaParts.None, ["title", "description", "default", "example", "examples", "deprecated", "readOnly", "$comment", "externalDocs", "xml",
            "discriminator", "contentEncoding", "contentMediaType", "contentSchema", "$id", "$schema", "$anchor", "$dynamicAnchor", "$defs",
            "definitions"]),
    }.SelectMany(g => g.Keywords.Select(k => KeyValuePair.Create(k, g.Part))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a schema has.</summary>
    public static SchemaParts Of(ApiNode schema)
    {
        var parts = SchemaParts.None;
        for (var i = 0; i < schema.Keys.Length; i++)
            parts |= Of(schema.Keys[i], schema.Items[i]);
        return parts;
    }

    /// <summary>What a keyword belongs to.</summary>
    public static SchemaParts Of(string keyword, ApiNode value) =>
        Known.TryGetValue(keyword, out var part) ? part
        : keyword.StartsWith("x-", StringComparison.Ordinal) || (keyword is "unevaluatedProperties" or "unevaluatedItems" && LetsAll(value))
            ? SchemaParts.None
            : SchemaParts.Unknown;

    private static bool LetsAll(ApiNode schema) => schema is { IsTrue: true } or { Kind: ApiNodeKind.Map, Items.Length: 0 };
}
