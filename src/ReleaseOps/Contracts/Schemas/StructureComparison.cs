namespace ReleaseOps.Contracts.Schemas;

/// <summary>Schemas inside of schemas, other than properties and alternatives.</summary>
internal static class StructureComparison
{
    public static void Compare(SchemaSides sides)
    {
        foreach (var (keyword, segment, added, removed) in SchemaRules.Inner)
        {
            var (before, after) = (sides.Base[keyword], sides.Revision[keyword]);
            if (keyword == SchemaKeyword.AdditionalProperties && (IsNothing(before) || IsNothing(after)))
                CompareForbidden(sides, before, after);
            else if (before is null && after is not null)
                sides.Add(added, $"{segment} is new", before, after);
            else if (before is not null && after is null)
                sides.Add(removed, $"{segment} is gone", before, after);
            else if (before is not null && after is not null && keyword == SchemaKeyword.If)
                sides.Enter(segment, before, after, SchemaRules.IfChanged);
            else if (before is not null && after is not null)
                sides.Enter(segment, before, after);
        }

        foreach (var (map, segment, added, removed) in SchemaRules.InnerMaps)
            CompareMaps(sides, map, segment, added, removed);

        CompareNots(sides);
        ComparePrefixes(sides);
        CompareDependentRequired(sides);
        DiscriminatorComparison.Compare(sides);
    }

    private static void CompareForbidden(SchemaSides sides, ApiNode? before, ApiNode? after)
    {
        if (!IsNothing(before))
            sides.Add(SchemaRules.AdditionalForbidden, "properties that aren't listed were allowed, and aren't any more", before, after);
        else if (!IsNothing(after))
            sides.Add(SchemaRules.AdditionalAllowed, "properties that aren't listed weren't allowed, and are", before, after);
    }

    private static void CompareMaps(SchemaSides sides, SchemaMap map, string segment, SchemaRule added, SchemaRule removed)
    {
        var (before, after) = (sides.Base[map].ToDictionary(StringComparer.Ordinal), sides.Revision[map].ToDictionary(StringComparer.Ordinal));
        foreach (var (name, schema) in sides.Base[map])
        {
            if (!after.TryGetValue(name, out var other))
                sides.Add(removed, $"{ContractText.Quoted(name)} of {segment} is gone", schema, null);
            else
                sides.Enter($"{segment}[{name}]", schema, other);
        }
        foreach (var (name, schema) in sides.Revision[map])
        {
            if (!before.ContainsKey(name))
                sides.Add(added, $"{ContractText.Quoted(name)} of {segment} is new", null, schema);
        }
    }

    // What is asked for under a not, or as a condition, may mean less or more: that it changed is all that can be told.
    private static void CompareNots(SchemaSides sides)
    {
        var (before, after) = SchemaLikeness.InStep(
            sides.Base.Nots, sides.Revision.Nots, n => [SchemaLikeness.Of(n, sides.BaseReader)], n => [SchemaLikeness.Of(n, sides.RevisionReader)]);
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            if (i >= before.Count)
                sides.Add(SchemaRules.NotAdded, "not is new", null, after[i]);
            else if (i >= after.Count)
                sides.Add(SchemaRules.NotRemoved, "not is gone", before[i], null);
            else
                sides.Enter("not", before[i], after[i], SchemaRules.NotChanged);
        }
    }

    private static void ComparePrefixes(SchemaSides sides)
    {
        // What stands behind them is what items says (JSON Schema 2020-12, 10.3.1.2).
        var (before, after) = (sides.Base.PrefixItems, sides.Revision.PrefixItems);
        var (rest, otherRest) = (sides.Base[SchemaKeyword.Items], sides.Revision[SchemaKeyword.Items]);
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            var segment = FormattableString.Invariant($"prefixItems[{i}]");
            var (one, other) = (i < before.Count ? before[i] : rest, i < after.Count ? after[i] : otherRest);
            if (i >= before.Count && IsNothing(rest))
                sides.Add(SchemaRules.PrefixItemsAdded, $"{segment} is new", null, other);
            else if (i >= after.Count && IsNothing(otherRest))
                sides.Add(SchemaRules.PrefixItemsRemoved, $"{segment} is gone", one, null);
            else
                sides.Enter(segment, one ?? new(ApiNodeKind.Map, sides.Pair.Base), other ?? new(ApiNodeKind.Map, sides.Pair.Revision));
        }
    }

    private static void CompareDependentRequired(SchemaSides sides)
    {
        var (before, after) = (sides.Base[SchemaMap.DependentRequired], sides.Revision[SchemaMap.DependentRequired]);
        foreach (var (name, list) in before)
        {
            var other = after.Find(p => p.Key == name).Value;
            if (other is null)
                sides.Add(
                    SchemaRules.DependentRequiredRemoved, $"{ContractText.Quoted(name)} no longer asks for {Names(list)}", list, null);
            else if (!list.Items.Select(i => i.Text).ToHashSet(StringComparer.Ordinal).SetEquals(other.Items.Select(i => i.Text)))
                sides.Add(
                    SchemaRules.DependentRequiredChanged,
                    $"{ContractText.Quoted(name)} asked for {Names(list)}, and asks for {Names(other)}",
                    list,
                    other);
        }
        foreach (var (name, list) in after)
        {
            if (!before.Exists(p => p.Key == name))
                sides.Add(SchemaRules.DependentRequiredAdded, $"{ContractText.Quoted(name)} asks for {Names(list)} now", null, list);
        }
    }

    private static string Names(ApiNode list) => ContractText.Listed([.. list.Items.Select(i => i.Text)]);

    private static bool IsNothing(ApiNode? schema) => schema is { Kind: ApiNodeKind.Boolean, Text: "false" };
}
