namespace ReleaseOps.Contracts.Schemas;

/// <summary>Which property tells alternatives apart, and by which values.</summary>
internal static class DiscriminatorComparison
{
    public static void Compare(SchemaSides sides)
    {
        var (before, after) = (sides.Base[SchemaKeyword.Discriminator], sides.Revision[SchemaKeyword.Discriminator]);
        if (before is null && after is not null)
            sides.Add(SchemaRules.DiscriminatorAdded, $"the discriminator {Name(after)} is new", before, after);

        if (before is not null && after is null)
            sides.Add(SchemaRules.DiscriminatorRemoved, $"the discriminator {Name(before)} is gone", before, after);

        if (before is null || after is null)
            return;

        if (Name(before) != Name(after))
            sides.Add(SchemaRules.DiscriminatorName, $"the discriminator was {Name(before)}, is {Name(after)}", before, after);

        CompareMappings(sides, before["mapping"], after["mapping"]);
        EnterHeirs(sides);
    }

    // Without alternatives a discriminator leads to schemas that are made of this one, or that its mapping names (OpenAPI 3.1, 4.8.25.3).
    private static void EnterHeirs(SchemaSides sides)
    {
        if (sides.Pair.Base["discriminator"] is null || sides.Pair.Revision["discriminator"] is null || sides.Base.Alternatives.Count + sides.Revision.Alternatives.Count > 0)
            return;

        var others = SchemaHeirs.Of(sides.Pair.Revision, sides.RevisionReader);
        foreach (var (name, schema) in SchemaHeirs.Of(sides.Pair.Base, sides.BaseReader))
        {
            if (others.TryGetValue(name, out var other))
                sides.Enter($"discriminator[{name}]", schema, other);
        }
    }

    private static void CompareMappings(SchemaSides sides, ApiNode? before, ApiNode? after)
    {
        for (var i = 0; i < (before?.Keys.Length ?? 0); i++)
        {
            var (value, target) = (before!.Keys[i], before.Items[i]);
            if (after?[value] is not { } other)
                sides.Add(SchemaRules.MappingRemoved, $"the discriminator's value {ContractText.Quoted(value)} is gone", target, after);
            else if (Schema(target) != Schema(other))
                sides.Add(
                    SchemaRules.MappingChanged,
                    ContractText.WasIs($"the schema of the discriminator's value {ContractText.Quoted(value)}", target, other),
                    target,
                    other);
        }
        for (var i = 0; i < (after?.Keys.Length ?? 0); i++)
        {
            if (before?[after!.Keys[i]] is null)
                sides.Add(
                    SchemaRules.MappingAdded,
                    $"the discriminator's value {ContractText.Quoted(after!.Keys[i])} is new",
                    before,
                    after.Items[i]);
        }
    }

    private static string Name(ApiNode discriminator) =>
        ContractText.Quoted(discriminator.Kind == ApiNodeKind.Map ? discriminator["propertyName"]?.Text ?? "" : discriminator.Text);

    // A mapping names a schema, or refers to it: Cat and #/components/schemas/Cat are one.
    private static string Schema(ApiNode target) => target.Text[(target.Text.LastIndexOf('/') + 1)..];
}
