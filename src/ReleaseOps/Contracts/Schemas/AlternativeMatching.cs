using System.Globalization;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>Which alternative of the base is which of the revision.</summary>
internal static class AlternativeMatching
{
    /// <summary>What belongs together, and what is left.</summary>
    public sealed record Matches(List<(SchemaMember Base, SchemaMember Revision)> Pairs, List<SchemaMember> Gone, List<SchemaMember> Fresh);

    /// <summary>By the name of the reference, by likeness, by title; of what is left then, one and one belong together.</summary>
    public static Matches Match(IReadOnlyList<SchemaMember> before, IReadOnlyList<SchemaMember> after, SchemaSides sides)
    {
        var matches = new Matches([], [.. before], [.. after]);
        Take(matches, m => m.Reference, m => m.Reference);
        Take(matches, m => Likeness(m, sides.BaseReader), m => Likeness(m, sides.RevisionReader));
        Take(matches, m => m.Title, m => m.Title);
        if (matches is { Gone: [var one], Fresh: [var other] } && (one.Reference is null || other.Reference is null))
        {
            matches.Pairs.Add((one, other));
            matches.Gone.Clear();
            matches.Fresh.Clear();
        }
        return matches;
    }

    private static void Take(Matches matches, Func<SchemaMember, string?> ofBase, Func<SchemaMember, string?> ofRevision)
    {
        if (matches.Gone.Count == 0 || matches.Fresh.Count == 0)
            return;

        var keys = matches.Fresh.ConvertAll(m => ofRevision(m));
        var places = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i] is not { } key)
                continue;

            if (!places.TryGetValue(key, out var queue))
                places.Add(key, queue = new());

            queue.Enqueue(i);
        }

        var taken = new HashSet<int>();
        var gone = new List<SchemaMember>();
        foreach (var one in matches.Gone)
        {
            if (ofBase(one) is { } key && places.TryGetValue(key, out var queue) && queue.TryDequeue(out var place))
            {
                matches.Pairs.Add((one, matches.Fresh[place]));
                taken.Add(place);
            }
            else
            {
                gone.Add(one);
            }
        }
        var fresh = matches.Fresh.Where((_, i) => !taken.Contains(i)).ToList();
        matches.Gone.Clear();
        matches.Gone.AddRange(gone);
        matches.Fresh.Clear();
        matches.Fresh.AddRange(fresh);
    }

    private static string Likeness(SchemaMember member, SchemaReader reader) =>
        SchemaLikeness.Of(member.Schema, reader).ToString(CultureInfo.InvariantCulture);
}
