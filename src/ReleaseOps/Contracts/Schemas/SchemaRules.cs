using static ReleaseOps.ChangeLevel;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>
/// The differences between two schemas. A request is what a client sends: accepting less breaks it. A response is what it gets: promising
/// less breaks it.
/// </summary>
internal static class SchemaRules
{
    public static readonly BoundRules Maximum = BoundRules.Upper("max", "maximum", readOnly: true);
    public static readonly BoundRules ExclusiveMaximum = BoundRules.Upper("exclusive-max", "exclusiveMaximum", readOnly: true);
    public static readonly BoundRules MaxLength = BoundRules.Upper("max-length", "maxLength", readOnly: true);
    public static readonly BoundRules MaxItems = BoundRules.Upper("max-items", "maxItems");
    public static readonly BoundRules MaxProperties = BoundRules.Upper("max-properties", "maxProperties");
    public static readonly BoundRules MaxContains = BoundRules.Upper("max-contains", "maxContains");
    public static readonly BoundRules Minimum = BoundRules.Lower("min", "minimum", readOnly: true);
    public static readonly BoundRules ExclusiveMinimum = BoundRules.Lower("exclusive-min", "exclusiveMinimum", readOnly: true);
    public static readonly BoundRules MinLength = BoundRules.Lower("min-length", "minLength");
    public static readonly BoundRules MinItems = BoundRules.Lower("min-items", "minItems");
    public static readonly BoundRules MinProperties = BoundRules.Lower("min-properties", "minProperties");
    public static readonly BoundRules MinContains = BoundRules.Lower("min-contains", "minContains");

    public static readonly SchemaRule BecameNullable = new("became-nullable", Info, Breaking, "null is allowed now");
    public static readonly SchemaRule BecameNotNullable = new("became-not-nullable", Breaking, Info, "null is no longer allowed");

    public static readonly SchemaRule TypeChanged = new("type-changed", Breaking, Breaking, "the type or format is another");
    public static readonly SchemaRule TypeGeneralized = new("type-generalized", Info, Breaking, "the type or format allows more");
    public static readonly SchemaRule TypeSpecialized = new(
        "type-specialized", Breaking, Info, "the type or format allows less", TellsSpecialized);
    public static readonly SchemaRule TypeCompatible =
        new("type-compatible", Info, Info, "the type is another that is written alike in this media type", TellsCompatible);

    public static readonly SchemaRule TypesWidened = new("list-of-types-widened", Info, Breaking, "the list of types has more");
    public static readonly SchemaRule TypesNarrowed = new("list-of-types-narrowed", Breaking, Info, "the list of types has less");

    public static readonly SchemaRule PatternAdded = new("pattern-added", Breaking, Info, "a pattern is new");
    public static readonly SchemaRule PatternRemoved = new("pattern-removed", Info, Info, "a pattern is gone");
    public static readonly SchemaRule PatternChanged = new("pattern-changed", Warning, Info, "a pattern is another");
    public static readonly SchemaRule PatternGeneralized = new("pattern-generalized", Info, Info, "a pattern now allows anything");

    public static readonly SchemaRule BecameEnum = new("became-enum", Breaking, Info, "only listed values are allowed now");
    public static readonly SchemaRule EnumRemoved = new("enum-removed", Info, Warning, "values are no longer limited to a list");
    public static readonly SchemaRule EnumValueAdded = new("enum-value-added", Info, Warning, "a listed value is new")
    {
        OfWriteOnly = new(
            "response-write-only-property-enum-value-added", Info, "Write-only property of a response's body: a listed value is new"),
    };

    public static readonly SchemaRule EnumValueRemoved = new("enum-value-removed", Breaking, Info, "a listed value is gone")
    {
        OfReadOnly = new(
            "request-read-only-property-enum-value-removed", Info, "Read-only property of a request's body: a listed value is gone"),
    };

    public static readonly SchemaRule ExtensibleValueAdded = new(
        "x-extensible-enum-value-added", Info, Info, "a value of x-extensible-enum is new");
    public static readonly SchemaRule ExtensibleValueRemoved = new(
        "x-extensible-enum-value-removed", Breaking, Info, "a value of x-extensible-enum is gone");
    public static readonly SchemaRule ConstAdded = new("const-added", Breaking, Info, "only one value is allowed now");
    public static readonly SchemaRule ConstChanged = new("const-changed", Breaking, Breaking, "the one value that is allowed is another");
    public static readonly SchemaRule ConstRemoved = new("const-removed", Info, Breaking, "values are no longer limited to one");
    public static readonly SchemaRule DefaultAdded = new("default-value-added", Info, Info, "a default is new");
    public static readonly SchemaRule DefaultChanged = new("default-value-changed", Info, Info, "the default is another");
    public static readonly SchemaRule DefaultRemoved = new("default-value-removed", Info, Info, "the default is gone");
    public static readonly SchemaRule MultipleAdded = new("multiple-of-added", Breaking, Info, "multipleOf is new");
    public static readonly SchemaRule MultipleChanged = new("multiple-of-changed", Breaking, Breaking, "multipleOf is another");
    public static readonly SchemaRule MultipleRemoved = new("multiple-of-removed", Info, Breaking, "multipleOf is gone");
    public static readonly SchemaRule UniqueAdded = new("unique-items-added", Breaking, Info, "items must differ now");
    public static readonly SchemaRule UniqueRemoved = new("unique-items-removed", Info, Breaking, "items needn't differ any more");

    public static readonly SchemaRule EncodingChanged = new("content-encoding-changed", Breaking, Breaking, "contentEncoding is another");
    public static readonly SchemaRule MediaTypeChanged = new(
        "content-media-type-changed", Breaking, Breaking, "contentMediaType is another");

    public static readonly SchemaRule AdditionalForbidden =
        new("additional-properties-forbidden", Breaking, Info, "properties that aren't listed are no longer allowed");

    public static readonly SchemaRule AdditionalAllowed = new(
        "additional-properties-allowed", Info, Info, "properties that aren't listed are allowed now");
    public static readonly SchemaRule DependentRequiredAdded = new(
        "dependent-required-added", Breaking, Info, "dependentRequired of a property is new");
    public static readonly SchemaRule DependentRequiredChanged = new(
        "dependent-required-changed", Breaking, Breaking, "dependentRequired of a property is another");
    public static readonly SchemaRule DependentRequiredRemoved = new(
        "dependent-required-removed", Info, Breaking, "dependentRequired of a property is gone");

    public static readonly SchemaRule OneOfAdded = new("one-of-added", Info, Breaking, "an alternative of oneOf is new");
    public static readonly SchemaRule OneOfRemoved = new("one-of-removed", Breaking, Info, "an alternative of oneOf is gone");
    public static readonly SchemaRule AnyOfAdded = new("any-of-added", Info, Info, "an alternative of anyOf is new");
    public static readonly SchemaRule AnyOfRemoved = new("any-of-removed", Breaking, Info, "an alternative of anyOf is gone");
    public static readonly SchemaRule Wrapped = new("wrapped-in-one-of", Breaking, Breaking, "one shape became a choice of others");
    public static readonly SchemaRule Unwrapped = new("unwrapped-from-one-of", Breaking, Breaking, "a choice of shapes became another one");

    public static readonly SchemaRule NotAdded = new("not-added", Breaking, Info, "not is new");
    public static readonly SchemaRule NotChanged = new("not-changed", Breaking, Breaking, "not is another");
    public static readonly SchemaRule NotRemoved = new("not-removed", Info, Breaking, "not is gone");
    public static readonly SchemaRule IfChanged = new("if-changed", Breaking, Breaking, "if is another");
    public static readonly SchemaRule PrefixItemsAdded = new("prefix-items-added", Info, Breaking, "an item of prefixItems is new");
    public static readonly SchemaRule PrefixItemsRemoved = new("prefix-items-removed", Breaking, Info, "an item of prefixItems is gone");

    public static readonly SchemaRule DiscriminatorAdded = new("discriminator-added", Info, Info, "a discriminator is new");
    public static readonly SchemaRule DiscriminatorRemoved = new("discriminator-removed", Info, Info, "the discriminator is gone");
    public static readonly SchemaRule DiscriminatorName = new(
        "discriminator-property-name-changed", Info, Info, "the discriminator is another property");
    public static readonly SchemaRule MappingAdded = new("discriminator-mapping-added", Info, Info, "a value of the discriminator is new");
    public static readonly SchemaRule MappingChanged = new(
        "discriminator-mapping-changed", Info, Info, "a value of the discriminator means another schema");
    public static readonly SchemaRule MappingRemoved = new(
        "discriminator-mapping-deleted", Info, Info, "a value of the discriminator is gone");

    public static readonly SchemaRule Deprecated = new("deprecated", Info, Info, "it is deprecated, without a sunset date");
    public static readonly SchemaRule DeprecatedWithSunset = new(
        "deprecated-with-sunset", Info, Info, "it is deprecated, with a sunset date");
    public static readonly SchemaRule SunsetInvalid = new("deprecated-sunset-invalid", Breaking, Breaking, "its sunset date can't be read");
    public static readonly SchemaRule SunsetTooSmall = new(
        "sunset-date-too-small", Breaking, Breaking, "it is deprecated with a sunset date that has passed");
    public static readonly SchemaRule Reactivated = new("reactivated", Info, Info, "it is no longer deprecated");
    public static readonly SchemaRule StabilityDecreased = new("stability-decreased", Breaking, Breaking, "its stability level is lower");
    public static readonly SchemaRule StabilityIncreased = new("stability-increased", Info, Info, "its stability level is higher");

    /// <summary>Schemas inside of a schema: a new one asks for more, one that is gone for less.</summary>
    public static readonly (SchemaKeyword Keyword, string Segment, SchemaRule Added, SchemaRule Removed)[] Inner =
    [
        Constraint(SchemaKeyword.Items, "items", "items"),
        Constraint(SchemaKeyword.AdditionalProperties, "additionalProperties", "additional-properties-schema"),
        Constraint(SchemaKeyword.Contains, "contains", "contains"),
        Constraint(SchemaKeyword.PropertyNames, "propertyNames", "property-names"),
        Constraint(SchemaKeyword.UnevaluatedItems, "unevaluatedItems", "unevaluated-items"),
        Constraint(SchemaKeyword.UnevaluatedProperties, "unevaluatedProperties", "unevaluated-properties"),
        Constraint(SchemaKeyword.Then, "then", "then"),
        Constraint(SchemaKeyword.Else, "else", "else"),
        Constraint(SchemaKeyword.If, "if", "if"),
        Constraint(SchemaKeyword.ContentSchema, "contentSchema", "content-schema"),
    ];

    /// <summary>Maps of schemas inside of a schema.</summary>
    public static readonly (SchemaMap Map, string Segment, SchemaRule Added, SchemaRule Removed)[] InnerMaps =
    [
        (SchemaMap.PatternProperties, "patternProperties", new(
            "pattern-property-added", Breaking, Info, "patternProperties has a pattern more"),
            new("pattern-property-removed", Info, Breaking, "patternProperties has a pattern less")),
        (SchemaMap.DependentSchemas, "dependentSchemas", new(
            "dependent-schema-added", Breaking, Info, "dependentSchemas has a property more"),
            new("dependent-schema-removed", Info, Breaking, "dependentSchemas has a property less")),
    ];

    /// <summary>Every rule about schemas, at every site, and those about properties, whose ids are made otherwise.</summary>
    public static IEnumerable<ContractRule> All => Schemas.SelectMany(r => r.Rules.Append(r.OfReadOnly).Append(r.OfWriteOnly))
        .OfType<ContractRule>().Concat(PropertyRules.All);

    /// <summary>The rules about schemas.</summary>
    public static IEnumerable<SchemaRule> Schemas =>
    [
        .. new[]
        {
            Maximum, ExclusiveMaximum, MaxLength, MaxItems, MaxProperties, MaxContains, Minimum, ExclusiveMinimum, MinLength, MinItems, MinProperties,
            MinContains,
        }.SelectMany(b => b.All),
        BecameNullable, BecameNotNullable, TypeChanged, TypeGeneralized, TypeSpecialized, TypeCompatible, TypesWidened, TypesNarrowed,
        PatternAdded, PatternRemoved, PatternChanged, PatternGeneralized, BecameEnum, EnumRemoved, EnumValueAdded, EnumValueRemoved,
        ExtensibleValueAdded, ExtensibleValueRemoved, ConstAdded, ConstChanged, ConstRemoved, DefaultAdded, DefaultChanged, DefaultRemoved,
        MultipleAdded, MultipleChanged, MultipleRemoved, UniqueAdded, UniqueRemoved, EncodingChanged, MediaTypeChanged,
        AdditionalForbidden, AdditionalAllowed, DependentRequiredAdded, DependentRequiredChanged, DependentRequiredRemoved,
        OneOfAdded, OneOfRemoved, AnyOfAdded, AnyOfRemoved, Wrapped, Unwrapped, NotAdded, NotChanged, NotRemoved, IfChanged,
        PrefixItemsAdded, PrefixItemsRemoved, DiscriminatorAdded, DiscriminatorRemoved, DiscriminatorName, MappingAdded, MappingChanged,
        MappingRemoved, Deprecated, DeprecatedWithSunset, SunsetInvalid, SunsetTooSmall, Reactivated, StabilityDecreased, StabilityIncreased,
        .. Inner.SelectMany(i => new[] { i.Added, i.Removed }),
        .. InnerMaps.SelectMany(i => new[] { i.Added, i.Removed }),
    ];

    // Less in a request is just another type; only of a parameter's properties it is told apart (oasdiff).
    private static bool TellsSpecialized(SchemaSite site) =>
        !site.IsRequest() || site is SchemaSite.RequestParameterProperty or SchemaSite.RequestHeaderProperty;

    private static bool TellsCompatible(SchemaSite site) => !site.IsRequest() || site is SchemaSite.RequestBody or SchemaSite.RequestProperty;

    private static (SchemaKeyword Keyword, string Segment, SchemaRule Added, SchemaRule Removed) Constraint(
        SchemaKeyword keyword, string segment, string name) =>
        (
            keyword,
            segment,
            new(name + "-added", Breaking, Info, segment + " is new"),
            new(name + "-removed", Info, Breaking, segment + " is gone"));
}
