using static ReleaseOps.Contracts.Schemas.SchemaKeyword;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>Bounds of numbers, lengths and counts.</summary>
internal static class BoundComparison
{
    private static readonly (SchemaKeyword Keyword, string Name, BoundRules Rules)[] Bounds =
    [
        (Maximum, "maximum", SchemaRules.Maximum),
        (ExclusiveMaximum, "exclusiveMaximum", SchemaRules.ExclusiveMaximum),
        (Minimum, "minimum", SchemaRules.Minimum),
        (ExclusiveMinimum, "exclusiveMinimum", SchemaRules.ExclusiveMinimum),
        (MaxLength, "maxLength", SchemaRules.MaxLength),
        (MinLength, "minLength", SchemaRules.MinLength),
        (MaxItems, "maxItems", SchemaRules.MaxItems),
        (MinItems, "minItems", SchemaRules.MinItems),
        (MaxProperties, "maxProperties", SchemaRules.MaxProperties),
        (MinProperties, "minProperties", SchemaRules.MinProperties),
        (MaxContains, "maxContains", SchemaRules.MaxContains),
        (MinContains, "minContains", SchemaRules.MinContains),
    ];

    public static void Compare(SchemaSides sides)
    {
        var (upper, lower) = (CompareMoved(sides, isUpper: true), CompareMoved(sides, isUpper: false));
        foreach (var (keyword, name, rules) in Bounds)
        {
            var (before, after) = (sides.Base[keyword], sides.Revision[keyword]);
            if ((before is null && after is null) || (upper && keyword is Maximum or ExclusiveMaximum) || (lower && keyword is Minimum or ExclusiveMinimum))
                continue;

            if (before is null)
                sides.Add(rules.Set, $"{name} {ContractText.Value(after!)} is new", before, after);
            else if (after is null)
                sides.Add(rules.Unset, $"{name} {ContractText.Value(before)} is gone", before, after);
            else if (SchemaNumber.Compare(before, after) is not 0 and var order)
                sides.Add(order > 0 ? rules.Decreased : rules.Increased, ContractText.WasIs(name, before, after), before, after);
        }

        ValueComparison.Compare(
            sides, MultipleOf, "multipleOf", SchemaRules.MultipleAdded, SchemaRules.MultipleChanged, SchemaRules.MultipleRemoved);
        var (unique, stillUnique) = (sides.Base[UniqueItems], sides.Revision[UniqueItems]);
        if (unique is null && stillUnique is not null)
            sides.Add(SchemaRules.UniqueAdded, "items may no longer be the same", unique, stillUnique);
        else if (unique is not null && stillUnique is null)
            sides.Add(SchemaRules.UniqueRemoved, "items may be the same now", unique, stillUnique);
    }

    // One bound, whose own value was let through and isn't any more, or the other way round.
    private static bool CompareMoved(SchemaSides sides, bool isUpper)
    {
        var (within, without) = isUpper ? (Maximum, ExclusiveMaximum) : (Minimum, ExclusiveMinimum);
        var (inBase, inRevision) = (sides.Base[within] ?? sides.Base[without], sides.Revision[within] ?? sides.Revision[without]);
        var wasWithin = sides.Base[within] is not null;
        if (inBase is null || inRevision is null || wasWithin == (sides.Base[without] is not null)
            || wasWithin == (sides.Revision[within] is not null) || wasWithin != (sides.Revision[without] is not null))
            return false;

        var order = SchemaNumber.Compare(inBase, inRevision) is { } different and not 0 ? different : wasWithin == isUpper ? 1 : -1;
        var (name, rules) = (isUpper, wasWithin) switch
        {
            (true, true) => ("exclusiveMaximum", SchemaRules.ExclusiveMaximum),
            (true, false) => ("maximum", SchemaRules.Maximum),
            (false, true) => ("exclusiveMinimum", SchemaRules.ExclusiveMinimum),
            (false, false) => ("minimum", SchemaRules.Minimum),
        };
        var text = $"the bound was {ContractText.Value(inBase)}{(wasWithin ? "" : " (itself out)")}, and is {name} {ContractText.Value(inRevision)}";
        sides.Add(order > 0 ? rules.Decreased : rules.Increased, text, inBase, inRevision);
        return true;
    }
}
