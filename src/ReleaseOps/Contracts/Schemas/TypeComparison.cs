namespace ReleaseOps.Contracts.Schemas;

/// <summary>Types, formats and null.</summary>
internal static class TypeComparison
{
    public static void CompareNull(SchemaSides sides)
    {
        var (before, after) = (sides.Base, sides.Revision);
        if (before.IsNullable is { } was && after.IsNullable is { } isNow && was != isNow)
        {
            sides.Add(
                isNow ? SchemaRules.BecameNullable : SchemaRules.BecameNotNullable,
                isNow ? "null was not allowed, and is" : "null was allowed, and is not any more",
                before.TypeNode,
                after.TypeNode);
        }
    }

    public static void Compare(SchemaSides sides)
    {
        var (before, after) = (sides.Base, sides.Revision);
        var (baseNode, revisionNode) = (before.TypeNode, after.TypeNode);
        var (types, others) = (before.TypesButNull, after.TypesButNull);
        var (format, otherFormat) = (before.TextOf(SchemaKeyword.Format), after.TextOf(SchemaKeyword.Format));
        if (types != others && (before.HasListOfTypes || after.HasListOfTypes) && format == otherFormat)
        {
            var text = $"types were {types.Words(null)}, and are {others.Words(null)}";
            if (!types.IsWithin(others))
                sides.Add(SchemaRules.TypesNarrowed, text, baseNode, revisionNode);

            if (!others.IsWithin(types))
                sides.Add(SchemaRules.TypesWidened, text, baseNode, revisionNode);
        }
        else if (types != others || format != otherFormat)
        {
            sides.Add(new SchemaChange.OtherType(types, others, format, otherFormat)
            {
                Base = baseNode ?? before[SchemaKeyword.Format],
                Revision = revisionNode ?? after[SchemaKeyword.Format],
            });
        }
    }
}
