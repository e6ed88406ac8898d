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
        foreach (var (name, node) in sides.Base.Required)
        {
            if (!sides.Revision.Requires(name))
                Became(sides, name, false, node, null);
        }
        foreach (var (name, node) in sides.Revision.Required)
        {
            if (!sides.Base.Requires(name))
                Became(sides, name, true, null, node);
        }
    }

    // What is new or gone as a property is told so; what neither lists as one must still be there.
    private static void Became(SchemaSides sides, string name, bool required, ApiNode? inBase, ApiNode? inRevision)
    {
        var (before, after) = (Get(sides.Base, name), Get(sides.Revision, name));
        if (before is null != after is null)
            return;

        var (readOnly, writeOnly, withDefault) = (false, false, false);
        if (after is not null)
        {
            var view = sides.RevisionReader.Glance(after);
            (readOnly, writeOnly, withDefault) = (view.IsReadOnly, view.IsWriteOnly, view[SchemaKeyword.Default] is not null);
        }
        sides.Add(new SchemaChange.PropertyBecame(name, required, withDefault, readOnly, writeOnly) { Base = inBase ?? before, Revision = inRevision ?? after });
    }

    private static ApiNode? Get(SchemaView view, string name)
    {
        foreach (var (key, value) in view[SchemaMap.Properties])
        {
            if (key == name)
                return value;
        }
        return null;
    }

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
