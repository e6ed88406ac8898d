namespace ReleaseOps.Contracts.Schemas;

/// <summary>Sets of types: read, compared, written.</summary>
internal static class SchemaTypeSets
{
    /// <summary>What <c>type</c> says, one name or a list of them; a name that JSON Schema doesn't know lets anything through.</summary>
    public static SchemaTypes Read(ApiNode type)
    {
        if (type.Kind != ApiNodeKind.List)
            return OfName(type.Text);

        var types = SchemaTypes.None;
        foreach (var item in type.Items)
            types |= OfName(item.Text);

        return types;
    }

    /// <summary>Whether a schema lets a list or a map through, as far as its own <c>type</c> says.</summary>
    public static bool MayHaveParts(this ApiNode schema) =>
        schema["type"] is not { } type || (Read(type) & (SchemaTypes.List | SchemaTypes.Map)) != 0;

    /// <summary>The type of a value that is written in a description.</summary>
    public static SchemaTypes OfValue(ApiNode value) => value.Kind switch
    {
        ApiNodeKind.Null => SchemaTypes.Null,
        ApiNodeKind.Boolean => SchemaTypes.Boolean,
        ApiNodeKind.Number => SchemaNumber.Canonical(value.Text).AsSpan().ContainsAny(".eE") ? SchemaTypes.Number : SchemaTypes.Integer,
        ApiNodeKind.Text => SchemaTypes.Text,
        ApiNodeKind.List => SchemaTypes.List,
        _ => SchemaTypes.Map,
    };

    /// <summary>Whether all that the first lets through, the second does as well.</summary>
    public static bool IsWithin(this SchemaTypes types, SchemaTypes others) => (types & ~others) == 0;

    /// <summary>As a sentence shows it: <c>string or integer</c>; the format behind it.</summary>
    public static string Words(this SchemaTypes types, string? format)
    {
        var names = types switch
        {
            SchemaTypes.None => "nothing",
            _ when SchemaTypes.Any.IsWithin(types | SchemaTypes.Null) => "any type",
            _ => string.Join(" or ", Names(types)),
        };
        return format is null ? names : $"{names} of the format {ContractText.Quoted(format)}";
    }

    private static IEnumerable<string> Names(SchemaTypes types)
    {
        if (types.HasFlag(SchemaTypes.Text))
            yield return "string";

        if (types.HasFlag(SchemaTypes.Number))
            yield return "number";
        else if (types.HasFlag(SchemaTypes.Integer))
            yield return "integer";

        if (types.HasFlag(SchemaTypes.Boolean))
            yield return "boolean";

        if (types.HasFlag(SchemaTypes.List))
            yield return "array";

        if (types.HasFlag(SchemaTypes.Map))
            yield return "object";

        if (types.HasFlag(SchemaTypes.Null))
            yield return "null";
    }

    private static SchemaTypes OfName(string name) => name switch
    {
        "string" or "file" => SchemaTypes.Text,
        "integer" => SchemaTypes.Integer,
        "number" => SchemaTypes.Number,
        "boolean" => SchemaTypes.Boolean,
        "array" => SchemaTypes.List,
        "object" => SchemaTypes.Map,
        "null" => SchemaTypes.Null,
        _ => SchemaTypes.Any,
    };
}
