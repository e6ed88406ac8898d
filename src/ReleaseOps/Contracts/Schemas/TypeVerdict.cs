namespace ReleaseOps.Contracts.Schemas;

/// <summary>What another type or format means where it is used.</summary>
internal static class TypeVerdict
{
    /// <param name="change">The types and formats.</param>
    /// <param name="site">Where.</param>
    /// <param name="isTyped">Whether the media type keeps types apart, as JSON does; as text, 1 is written like "1".</param>
    public static ContractRule Of(SchemaChange.OtherType change, SchemaSite site, bool isTyped) => Rule(change, site, isTyped).At(site);

    private static SchemaRule Rule(SchemaChange.OtherType change, SchemaSite site, bool isTyped) => site switch
    {
        // How an object is written into a parameter isn't always said: where the two ways disagree, nobody can tell (oasdiff: WARN).
        SchemaSite.RequestParameterProperty or SchemaSite.RequestHeaderProperty when !isTyped => (
            Breaks(change, true, true), Breaks(change, true, false)) switch
        {
            (true, true) => SchemaRules.TypeSpecialized,
            (false, false) => SchemaRules.TypeGeneralized,
            _ => SchemaRules.TypeChanged,
        },
        SchemaSite.RequestParameter => Breaks(change, true, isTyped) ? SchemaRules.TypeChanged : SchemaRules.TypeGeneralized,
        SchemaSite.RequestParameterProperty or SchemaSite.RequestHeaderProperty =>
            Breaks(change, true, true) ? SchemaRules.TypeSpecialized : SchemaRules.TypeGeneralized,
        _ when site.IsRequest() => Breaks(change, true, isTyped) ? SchemaRules.TypeChanged
            : change.Before.IsWithin(change.After) ? SchemaRules.TypeGeneralized : SchemaRules.TypeCompatible,
        _ when Breaks(change, false, isTyped) =>
            change.Before != change.After && change.Before.IsWithin(change.After) ? SchemaRules.TypeGeneralized : SchemaRules.TypeChanged,
        _ => change.After.IsWithin(change.Before) ? SchemaRules.TypeSpecialized : SchemaRules.TypeCompatible,
    };

    // A request may let through more, a response less.
    private static bool Breaks(SchemaChange.OtherType change, bool request, bool isTyped)
    {
        var (from, to) = request ? (change.Before, change.After) : (change.After, change.Before);
        var (format, toFormat) = request ? (change.FormatBefore, change.FormatAfter) : (change.FormatAfter, change.FormatBefore);
        // A single value is a text where all is text; a list or an object is spread, or written with signs between its parts.
        var typeFits = from.IsWithin(to) || (!isTyped && to == SchemaTypes.Text && (from & (SchemaTypes.List | SchemaTypes.Map)) == 0);
        return !typeFits || !(format == toFormat || toFormat is null || IsWithin(format, toFormat));
    }

    // The formats of OpenAPI's registry whose values are all values of another. oasdiff also takes a date for a date-time; a parser doesn't.
    private static bool IsWithin(string? format, string other) => (format, other) is
        ("int32", "int64") or ("int32", "bigint") or ("int64", "bigint") or ("float", "double");
}
