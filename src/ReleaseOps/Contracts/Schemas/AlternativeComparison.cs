namespace ReleaseOps.Contracts.Schemas;

/// <summary><c>oneOf</c> and <c>anyOf</c>: which alternatives belong together, which are new, which are gone.</summary>
internal static class AlternativeComparison
{
    public enum Outcome
    {
        /// <summary>What else the schemas say is to be compared as well.</summary>
        Part,

        /// <summary>One shape became a choice or the other way round: that is the whole difference.</summary>
        Whole,
    }

    public static Outcome Compare(SchemaSides sides)
    {
        // There are several where allOf brings them together, in an order that means nothing.
        var (before, after) = SchemaLikeness.InStep(
            sides.Base.Alternatives, sides.Revision.Alternatives, a => Likenesses(a, sides.BaseReader), a => Likenesses(a, sides.RevisionReader));
        for (var i = 0; i < Math.Min(before.Count, after.Count); i++)
            Match(sides, before[i], after[i]);

        for (var i = before.Count; i < after.Count; i++)
        {
            if (Wrap(sides, after[i]))
                return Outcome.Whole;
        }
        for (var i = after.Count; i < before.Count; i++)
        {
            if (Unwrap(sides, before[i]))
                return Outcome.Whole;
        }
        return Outcome.Part;
    }

    private static void Match(SchemaSides sides, SchemaAlternatives before, SchemaAlternatives after)
    {
        if (before.AnyOf && !after.AnyOf)
            sides.Add(SchemaRules.AnyOfRemoved, "it was anyOf and is oneOf, so what fits several alternatives isn't allowed any more", before.Node, after.Node);
        else if (!before.AnyOf && after.AnyOf)
            sides.Add(SchemaRules.AnyOfAdded, "it was oneOf and is anyOf, so what fits several alternatives is allowed now", before.Node, after.Node);

        var matches = AlternativeMatching.Match(before.Members, after.Members, sides);
        foreach (var (one, other) in matches.Pairs)
            sides.Enter($"{after.Keyword}[{other.Name}]", one.Schema, other.Schema);

        foreach (var member in matches.Gone)
            sides.Add(
                Removed(before),
                $"the alternative {ContractText.Quoted(member.Name)} of {before.Keyword} is gone",
                member.Written,
                after.Node);

        foreach (var member in matches.Fresh)
            sides.Add(
                Added(after), $"the alternative {ContractText.Quoted(member.Name)} of {after.Keyword} is new", before.Node, member.Written);
    }

    // The schema itself may be one of the alternatives now: then the others are new, and nothing else happened.
    private static bool Wrap(SchemaSides sides, SchemaAlternatives after)
    {
        var itself = Find(after.Members, sides.RevisionReader, SchemaLikeness.Of(sides.Pair.Base, sides.BaseReader));
        if (itself < 0)
        {
            sides.Add(
                SchemaRules.Wrapped, $"it was one shape, and is a choice by {after.Keyword} of {Names(after.Members)}", null, after.Node);
            return !HasShape(sides.Revision);
        }
        sides.Enter($"{after.Keyword}[{after.Members[itself].Name}]", sides.Pair.Base, after.Members[itself].Schema);
        foreach (var member in after.Members.Where((_, i) => i != itself))
            sides.Add(Added(after), $"the alternative {ContractText.Quoted(member.Name)} of {after.Keyword} is new", null, member.Written);

        return !HasShape(sides.Revision);
    }

    private static bool Unwrap(SchemaSides sides, SchemaAlternatives before)
    {
        var itself = Find(before.Members, sides.BaseReader, SchemaLikeness.Of(sides.Pair.Revision, sides.RevisionReader));
        if (itself < 0)
        {
            sides.Add(
                SchemaRules.Unwrapped,
                $"it was a choice by {before.Keyword} of {Names(before.Members)}, and is one shape",
                before.Node,
                null);
            return !HasShape(sides.Base);
        }
        sides.Enter($"{before.Keyword}[{before.Members[itself].Name}]", before.Members[itself].Schema, sides.Pair.Revision);
        foreach (var member in before.Members.Where((_, i) => i != itself))
            sides.Add(
                Removed(before), $"the alternative {ContractText.Quoted(member.Name)} of {before.Keyword} is gone", member.Written, null);

        return !HasShape(sides.Base);
    }

    private static HashSet<long> Likenesses(SchemaAlternatives alternatives, SchemaReader reader) =>
        [.. alternatives.Members.Select(m => m.Reference?.GetHashCode(StringComparison.Ordinal) ?? SchemaLikeness.Of(m.Schema, reader))];

    private static int Find(IReadOnlyList<SchemaMember> members, SchemaReader reader, long likeness)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (SchemaLikeness.Of(members[i].Schema, reader) == likeness)
                return i;
        }
        return -1;
    }

    private static string Names(IReadOnlyList<SchemaMember> members) => ContractText.Listed([.. members.Select(m => m.Name)]);

    private static bool HasShape(SchemaView view) =>
        view.HasType || view.Values is not null || view.Required.Count > 0 || view.Patterns.Count > 0 || view.Nots.Count > 0 || view.PrefixItems.Count > 0
        || Enum.GetValues<SchemaMap>().Any(m => view[m].Count > 0) || SchemaView.Constraints.Any(k => view[k] is not null);

    private static SchemaRule Added(SchemaAlternatives alternatives) => alternatives.AnyOf ? SchemaRules.AnyOfAdded : SchemaRules.OneOfAdded;

    private static SchemaRule Removed(SchemaAlternatives alternatives) => alternatives.AnyOf ? SchemaRules.AnyOfRemoved : SchemaRules.OneOfRemoved;
}
