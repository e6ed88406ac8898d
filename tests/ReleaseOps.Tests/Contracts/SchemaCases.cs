using ReleaseOps.Contracts.Schemas;

namespace ReleaseOps.Tests.Contracts;

/// <summary>For each rule about schemas two of them that differ by it, and by nothing else; the other way round they differ by its opposite.</summary>
internal static class SchemaCases
{
    /// <param name="Rule">The rule's name.</param>
    /// <param name="Opposite">The name of the rule that tells it the other way round.</param>
    /// <param name="Base">The schema.</param>
    /// <param name="Revision">The changed schema.</param>
    /// <param name="Media">The media type of bodies.</param>
    public sealed record Case(string Rule, string Opposite, string Base, string Revision, string Media = "application/json");

    public static IReadOnlyList<Case> All { get; } =
    [
        .. Bounds("max", "maximum"), .. Bounds("exclusive-max", "exclusiveMaximum"), .. Bounds("max-length", "maxLength"),
        .. Bounds("max-items", "maxItems"), .. Bounds("max-properties", "maxProperties"), .. Bounds("max-contains", "maxContains"),
        .. Bounds("min", "minimum"), .. Bounds("exclusive-min", "exclusiveMinimum"), .. Bounds("min-length", "minLength"),
        .. Bounds("min-items", "minItems"), .. Bounds("min-properties", "minProperties"), .. Bounds("min-contains", "minContains"),
        new("became-nullable", "became-not-nullable", "{type: string}", "{type: [string, 'null']}"),
        new("type-changed", "type-changed", "{type: boolean}", "{type: object}"),
        new("type-generalized", "type-specialized", "{type: integer}", "{type: number}"),
        new("type-compatible", "type-changed", "{type: integer}", "{type: string}", "text/plain"),
        new("list-of-types-widened", "list-of-types-narrowed",
            "{oneOf: [{type: string}, {type: boolean}]}", "{oneOf: [{type: string}, {type: boolean}, {type: integer}]}"),
        new("pattern-added", "pattern-removed", "{type: string}", "{type: string, pattern: a+}"),
        new("pattern-changed", "pattern-changed", "{type: string, pattern: a+}", "{type: string, pattern: b+}"),
        new("pattern-generalized", "pattern-changed", "{type: string, pattern: a+}", "{type: string, pattern: '.*'}"),
        new("became-enum", "enum-removed", "{type: string}", "{type: string, enum: [a, b]}"),
        new("enum-value-added", "enum-value-removed", "{type: string, enum: [a, b]}", "{type: string, enum: [b, c, a]}"),
        new("x-extensible-enum-value-added", "x-extensible-enum-value-removed", "{type: string, x-extensible-enum: [a]}", "{type: string, x-extensible-enum: [b, a]}"),
        new("const-added", "const-removed", "{type: string}", "{type: string, const: a}"),
        new("const-changed", "const-changed", "{type: string, const: a}", "{type: string, const: b}"),
        new("default-value-added", "default-value-removed", "{type: string}", "{type: string, default: a}"),
        new("default-value-changed", "default-value-changed", "{type: string, default: b}", "{type: string, default: a}"),
        new("multiple-of-added", "multiple-of-removed", "{type: number}", "{type: number, multipleOf: 2}"),
        new("multiple-of-changed", "multiple-of-changed", "{type: number, multipleOf: 3}", "{type: number, multipleOf: 2}"),
        new("unique-items-added", "unique-items-removed", "{type: array}", "{type: array, uniqueItems: true}"),
        new("content-encoding-changed", "content-encoding-changed", "{type: string, contentEncoding: base64}", "{type: string, contentEncoding: base16}"),
        new("content-media-type-changed", "content-media-type-changed", "{type: string, contentMediaType: image/png}", "{type: string, contentMediaType: image/gif}"),
        new("additional-properties-forbidden", "additional-properties-allowed", "{type: object}", "{type: object, additionalProperties: false}"),
        new("dependent-required-added", "dependent-required-removed", "{type: object}", "{type: object, dependentRequired: {a: [b]}}"),
        new("dependent-required-changed", "dependent-required-changed", "{dependentRequired: {a: [b]}}", "{dependentRequired: {a: [c]}}"),
        new("one-of-added", "one-of-removed",
            "{oneOf: [{title: A, type: object}, {title: B, type: array}]}", "{oneOf: [{title: C, type: object, minProperties: 1}, {title: B, type: array}, {title: A, type: object}]}"),
        new("any-of-added", "any-of-removed",
            "{anyOf: [{title: A, type: object}, {title: B, type: array}]}", "{anyOf: [{title: A, type: object}, {title: B, type: array}, {title: C, type: object, minProperties: 1}]}"),
        new("wrapped-in-one-of", "unwrapped-from-one-of",
            "{type: object, properties: {a: {type: string}}}", "{oneOf: [{type: object, required: [b]}, {type: object, required: [c]}]}"),
        new("not-added", "not-removed", "{type: string}", "{type: string, not: {const: a}}"),
        new("not-changed", "not-changed", "{type: string, not: {const: b}}", "{type: string, not: {const: a}}"),
        new("if-changed", "if-changed", "{if: {minLength: 2}}", "{if: {minLength: 3}}"),
        new("prefix-items-added", "prefix-items-removed", "{prefixItems: [{type: string}], items: false}", "{prefixItems: [{type: string}, {type: string}], items: false}"),
        new("discriminator-added", "discriminator-removed", "{type: object}", "{type: object, discriminator: {propertyName: a}}"),
        new("discriminator-property-name-changed", "discriminator-property-name-changed", "{discriminator: {propertyName: a}}", "{discriminator: {propertyName: b}}"),
        new("discriminator-mapping-added", "discriminator-mapping-deleted", "{discriminator: {propertyName: a}}", "{discriminator: {propertyName: a, mapping: {x: A}}}"),
        new("discriminator-mapping-changed", "discriminator-mapping-changed",
            "{discriminator: {propertyName: a, mapping: {x: A}}}", "{discriminator: {propertyName: a, mapping: {x: B}}}"),
        new("deprecated", "reactivated", "{type: string}", "{type: string, deprecated: true}"),
        new("deprecated-with-sunset", "reactivated", "{type: string}", "{type: string, deprecated: true, x-sunset: '2026-07-01'}"),
        new("deprecated-sunset-invalid", "reactivated", "{type: string}", "{type: string, deprecated: true, x-sunset: soon}"),
        new("sunset-date-too-small", "reactivated", "{type: string}", "{type: string, deprecated: true, x-sunset: '2026-06-30'}"),
        new("stability-decreased", "stability-increased", "{type: string}", "{type: string, x-stability-level: beta}"),
        new("items-added", "items-removed", "{type: array}", "{type: array, items: {type: string}}"),
        new("additional-properties-schema-added", "additional-properties-schema-removed", "{type: object}", "{type: object, additionalProperties: {type: string}}"),
        new("contains-added", "contains-removed", "{type: array}", "{type: array, contains: {type: string}}"),
        new("property-names-added", "property-names-removed", "{type: object}", "{type: object, propertyNames: {maxLength: 3}}"),
        new("unevaluated-items-added", "unevaluated-items-removed", "{type: array}", "{type: array, unevaluatedItems: false}"),
        new("unevaluated-properties-added", "unevaluated-properties-removed", "{type: object}", "{type: object, unevaluatedProperties: false}"),
        new("if-added", "if-removed", "{type: object}", "{type: object, if: {minProperties: 1}}"),
        new("then-added", "then-removed", "{if: {minProperties: 1}}", "{if: {minProperties: 1}, then: {maxProperties: 3}}"),
        new("else-added", "else-removed", "{if: {minProperties: 1}}", "{if: {minProperties: 1}, else: {maxProperties: 3}}"),
        new("content-schema-added", "content-schema-removed", "{type: string}", "{type: string, contentSchema: {type: object}}"),
        new("pattern-property-added", "pattern-property-removed", "{type: object}", "{type: object, patternProperties: {'^a': {type: string}}}"),
        new("dependent-schema-added", "dependent-schema-removed", "{type: object}", "{type: object, dependentSchemas: {a: {required: [b]}}}"),
    ];

    /// <summary>What rules are to be told: types are named after where they are, and what they are written in.</summary>
    public static string Expected(string rule, SchemaSite site)
    {
        var isParameterProperty = site is SchemaSite.RequestParameterProperty or SchemaSite.RequestHeaderProperty;
        var isText = site is SchemaSite.RequestParameter or SchemaSite.ResponseHeader or SchemaSite.ResponseHeaderProperty;
        var name = (rule, site) switch
        {
            // boolean to object; how a property of a parameter is written isn't said.
            ("type-changed", _) when isParameterProperty => "type-specialized",
            ("type-specialized", _) when site.IsRequest() && !isParameterProperty => "type-changed",
            ("type-compatible", SchemaSite.RequestParameter) => "type-generalized",
            ("type-compatible", _) when isParameterProperty => "type-changed",
            // A text comes where an integer came: as text, that is as good as before only for who sends.
            ("type-compatible", SchemaSite.ResponseBody or SchemaSite.ResponseProperty) => "type-changed",
            ("type-compatible", _) when isText => "type-changed",
            _ => rule,
        };
        return SchemaRules.Schemas.Single(r => r.Name == name).At(site).Id;
    }

    private static IEnumerable<Case> Bounds(string name, string keyword) =>
    [
        new($"{name}-increased", $"{name}-decreased", $"{{{keyword}: 2}}", $"{{{keyword}: 3}}"),
        new($"{name}-set", $"{name}-unset", "{}", $"{{{keyword}: 3}}"),
    ];
}
