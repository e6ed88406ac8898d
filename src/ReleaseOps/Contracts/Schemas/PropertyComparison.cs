namespace ReleaseOps.Contracts.Schemas;

/// <summary>Properties: which there are, and which must be there.</summary>
internal static class PropertyComparison
{
    public static void Compare(SchemaSides sides)
    {
        var (before, after) = (sides.Base[SchemaMap.Properties], sides.Revision[SchemaMap.Properties]);
        var others = Index(before, after);
        for (var i = 0; i < before.Count; i++)
        {
            var (name, property) = before[i];
            if (Find(name, i, after, others) is { } other)
                sides.EnterProperty(name, property, other);
            else
                Remove(sides, name, property);
        }

        var known = others is null ? null : Index(after, before);
        for (var i = 0; i < after.Count; i++)
        {
            if (Find(after[i].Key, i, before, known) is null)
                Add(sides, after[i].Key, after[i].Value);
        }

        CompareRequired(sides);
    }

    /// <summary>Whether the schema itself became read-only or write-only; it counts where it is a property.</summary>
    public static void CompareMutability(SchemaSides sides)
    {
        Compare(SchemaKeyword.ReadOnly, isReadOnly: true);
        Compare(SchemaKeyword.WriteOnly, isReadOnly: false);

        void Compare(SchemaKeyword keyword, bool isReadOnly)
        {
            var (before, after) = (sides.Base[keyword], sides.Revision[keyword]);
            if (before is null != after is null)
                sides.Add(new SchemaChange.Mutability(isReadOnly, after is not null) { Base = before, Revision = after });
        }
    }

    private static void Remove(SchemaSides sides, string name, ApiNode property)
    {
        var view = sides.BaseReader.Glance(property);
        sides.Add(new SchemaChange.PropertyRemoved(name, sides.Base.Requires(name), view.IsReadOnly, view.IsWriteOnly) { Base = property });
    }

    private static void Add(SchemaSides sides, string name, ApiNode property)
    {
        var view = sides.RevisionReader.Glance(property);
        sides.Add(new SchemaChange.PropertyAdded(
            name, sides.Revision.Requires(name), view[SchemaKeyword.Default] is not null, view.IsReadOnly, view.IsWriteOnly)
        { Revision = property });
    }

    private static void CompareRequired(SchemaSides sides)
    {
        if (sides.Base.Required.Count + sides.Revision.Required.Count == 0)
            return;

        var (before, after) = (ByName(sides.Base), ByName(sides.Revision));
        foreach (var (name, node) in sides.Base.Required)
        {
            if (!sides.Revision.Requires(name))
                Became(sides, name, false, node, null, before.GetValueOrDefault(name), after.GetValueOrDefault(name));
        }
        foreach (var (name, node) in sides.Revision.Required)
        {
            if (!sides.Base.Requires(name))
                Became(sides, name, true, null, node, before.GetValueOrDefault(name), after.GetValueOrDefault(name));
        }
    }

    // A new property is told with whether it is required, and one that is gone with whether it was; what isn't listed as one must be there all the same.
    private static void Became(SchemaSides sides, string name, bool required, ApiNode? inBase, ApiNode? inRevision, ApiNode? before, ApiNode? after)
    {
        if (required ? before is null && after is not null : before is not null && after is null)
            return;

        var (readOnly, writeOnly, withDefault) = (false, false, false);
        if (after is not null)
        {
            var view = sides.RevisionReader.Glance(after);
            (readOnly, writeOnly, withDefault) = (view.IsReadOnly, view.IsWriteOnly, view[SchemaKeyword.Default] is not null);
        }
        sides.Add(new SchemaChange.PropertyBecame(name, required, withDefault, readOnly, writeOnly) { Base = inBase ?? before, Revision = inRevision ?? after });
    }

    private static Dictionary<string, ApiNode> ByName(SchemaView view) => view[SchemaMap.Properties].ToDictionary(StringComparer.Ordinal);

    // Mostly both have the same properties in the same order.
    private static Dictionary<string, ApiNode>? Index(List<KeyValuePair<string, ApiNode>> before, List<KeyValuePair<string, ApiNode>> after)
    {
        var alike = before.Count == after.Count;
        for (var i = 0; i < before.Count && alike; i++)
            alike = before[i].Key == after[i].Key;

        return alike ? null : after.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
    }

    private static ApiNode? Find(string name, int at, List<KeyValuePair<string, ApiNode>> map, Dictionary<string, ApiNode>? index) =>
        index is null ? map[at].Value : index.GetValueOrDefault(name);
}
