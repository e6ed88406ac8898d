using static ReleaseOps.Contracts.Schemas.SchemaKeyword;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>Listed values, constants, defaults, patterns, and what a text contains.</summary>
internal static class ValueComparison
{
    public static void Compare(SchemaSides sides)
    {
        CompareValues(sides);
        CompareExtensible(sides);
        Compare(sides, Default, "default", SchemaRules.DefaultAdded, SchemaRules.DefaultChanged, SchemaRules.DefaultRemoved);
        Compare(
            sides,
            ContentEncoding,
            "contentEncoding",
            SchemaRules.EncodingChanged,
            SchemaRules.EncodingChanged,
            SchemaRules.EncodingChanged);
        Compare(
            sides,
            ContentMediaType,
            "contentMediaType",
            SchemaRules.MediaTypeChanged,
            SchemaRules.MediaTypeChanged,
            SchemaRules.MediaTypeChanged);
        ComparePatterns(sides);
    }

    // A constant and a list of one value are the same; it is called a constant where nobody listed more.
    private static void CompareValues(SchemaSides sides)
    {
        var (before, after) = (sides.Base, sides.Revision);
        if (before.Values is null && after.Values is null)
            return;

        var isConstant = before[Const] is not null || after[Const] is not null;
        if (before.Values is null)
        {
            var rule = after[Const] is not null ? SchemaRules.ConstAdded : SchemaRules.BecameEnum;
            sides.Add(rule, $"only {Listed(after.Values!)} is allowed now", null, after.ValuesNode);
        }
        else if (after.Values is null)
        {
            var rule = before[Const] is not null ? SchemaRules.ConstRemoved : SchemaRules.EnumRemoved;
            sides.Add(rule, $"values were limited to {Listed(before.Values)}, and aren't any more", before.ValuesNode, null);
        }
        else if (isConstant && before.Values is [var one] && after.Values is [var other])
        {
            if (one.Key != other.Key)
                sides.Add(SchemaRules.ConstChanged, ContractText.WasIs("the constant", one.Node, other.Node), one.Node, other.Node);
        }
        else
        {
            Compare(
                before.Values,
                after.Values,
                sides,
                SchemaRules.EnumValueAdded,
                SchemaRules.EnumValueRemoved,
                "the value",
                before.ValuesNode,
                after.ValuesNode);
        }
    }

    private static void CompareExtensible(SchemaSides sides)
    {
        if (sides.Base[ExtensibleEnum] is not { } before || sides.Revision[ExtensibleEnum] is not { } after)
            return;

        Compare(
            [.. before.Items.Select(SchemaValue.Of)],
            [.. after.Items.Select(SchemaValue.Of)],
            sides,
            SchemaRules.ExtensibleValueAdded,
            SchemaRules.ExtensibleValueRemoved,
            "the value of x-extensible-enum",
            before,
            after);
    }

    private static void Compare(
        List<SchemaValue> before, List<SchemaValue> after, SchemaSides sides, SchemaRule added, SchemaRule removed, string what, ApiNode? inBase, ApiNode? inRevision)
    {
        var (had, has) = (
            before.Select(v => v.Key).ToHashSet(StringComparer.Ordinal), after.Select(v => v.Key).ToHashSet(StringComparer.Ordinal));
        foreach (var value in before.Where(v => !has.Contains(v.Key)))
            sides.Add(removed, $"{what} {ContractText.Value(value.Node)} is gone", value.Node, inRevision);

        foreach (var value in after.Where(v => !had.Contains(v.Key)))
            sides.Add(added, $"{what} {ContractText.Value(value.Node)} is new", inBase, value.Node);
    }

    /// <summary>A keyword with one value, of which nothing more is known than whether it is another one.</summary>
    public static void Compare(
        SchemaSides sides, SchemaKeyword keyword, string name, SchemaRule added, SchemaRule changed, SchemaRule removed)
    {
        var (before, after) = (sides.Base[keyword], sides.Revision[keyword]);
        if (before is null && after is not null)
            sides.Add(added, $"{name} {ContractText.Value(after)} is new", before, after);
        else if (before is not null && after is null)
            sides.Add(removed, $"{name} {ContractText.Value(before)} is gone", before, after);
        else if (before is not null && after is not null && SchemaValue.Of(before).Key != SchemaValue.Of(after).Key)
            sides.Add(changed, ContractText.WasIs(name, before, after), before, after);
    }

    private static void ComparePatterns(SchemaSides sides)
    {
        var gone = sides.Base.Patterns.Where(p => !sides.Revision.Patterns.Exists(q => q.Text == p.Text)).ToList();
        var fresh = sides.Revision.Patterns.Where(p => !sides.Base.Patterns.Exists(q => q.Text == p.Text)).ToList();
        if (gone is [var before] && fresh is [var after])
        {
            var rule = after.Text is ".*" or "^.*$" ? SchemaRules.PatternGeneralized : SchemaRules.PatternChanged;
            sides.Add(rule, ContractText.WasIs("the pattern", before, after), before, after);
            return;
        }
        foreach (var pattern in gone)
            sides.Add(SchemaRules.PatternRemoved, $"the pattern {ContractText.Value(pattern)} is gone", pattern, null);

        foreach (var pattern in fresh)
            sides.Add(SchemaRules.PatternAdded, $"the pattern {ContractText.Value(pattern)} is new", null, pattern);
    }

    private static string Listed(List<SchemaValue> values) =>
        values.Count == 1 ? ContractText.Value(values[0].Node) : "one of " + ContractText.Listed([.. values.Select(v => v.Node.Text)]);
}
