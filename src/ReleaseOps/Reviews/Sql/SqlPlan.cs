using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews.Sql;

/// <summary>Who counts which rule: the database, in one question or in one of its own, or we, row by row.</summary>
internal sealed class SqlPlan
{
    /// <summary>Shares the rules out.</summary>
    /// <param name="review">The review.</param>
    /// <param name="table">The table.</param>
    internal SqlPlan(Review review, EventTable table)
    {
        Counters = [.. review.Counters.Select(c => new FloorRule(c.Name, c.Lines))];
        Floor = review.Floor;
        var all = Counters.Concat(Floor).Distinct(ReferenceEqualityComparer.Instance).Cast<FloorRule>().ToList();
        var fitting = all.Where(r => SqlRule.Fits(r.Lines, r.Duplicate, table)).ToList();
        Counted = [.. fitting.Where(r => r.Duplicate.Count == 0)];
        Grouped = [.. fitting.Where(r => r.Duplicate.Count > 0)];
        Judged = [.. all.Where(r => !SqlRule.Fits(r.Lines, r.Duplicate, table))];
    }

    /// <summary>The review's counters, as rules.</summary>
    internal IReadOnlyList<FloorRule> Counters { get; }

    /// <summary>The review's floor.</summary>
    internal IReadOnlyList<FloorRule> Floor { get; }

    /// <summary>Those that the database counts all at once.</summary>
    internal IReadOnlyList<FloorRule> Counted { get; }

    /// <summary>Those that it groups by a key.</summary>
    internal IReadOnlyList<FloorRule> Grouped { get; }

    /// <summary>Those that are judged here.</summary>
    internal IReadOnlyList<FloorRule> Judged { get; }

    /// <summary>What each rule came to.</summary>
    internal Dictionary<FloorRule, NamedCount> Counts { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What holds for the rows that are judged here: at least the stage and the event of one of the rules.</summary>
    internal string Meant(SqlText text) => string.Join(" OR ", Judged.Select(r => $"({Plain(r.Lines, text)})"));

    private static string Plain(EventSelector lines, SqlText text)
    {
        var parts = new List<string> { "true" };
        if (lines.Stage is not null)
            parts.Add($"coalesce(e.stage::text, '') = {text.Text(lines.Stage)}");
        if (lines.Event is not null)
            parts.Add($"coalesce(e.event::text, '') = {text.Text(lines.Event)}");
        return string.Join(" AND ", parts);
    }
}
