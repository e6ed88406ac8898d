using System.Text;
using ReleaseOps.Expressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews.Logs;

/// <summary>A review's rules, as they are held against lines: the day as seconds, names as bytes.</summary>
internal sealed class DayRules
{
    private DayRules(Review review, DateOnly day)
    {
        Day = day;
        Span = DaySpan.Of(day, review.Zone);
        ErrorEvent = Encoding.UTF8.GetBytes(review.ErrorEvent);
        Latency = [.. review.Latency.Select(s => new SpanRule(s))];
        Selectors =
        [
            .. review.Counters.Select(c => new LineRule(c.Name, c.Lines, [])),
            .. review.Floor.Select(f => new LineRule(f.Name, f.Lines, f.Duplicate)),
        ];
        Counters = review.Counters.Count;
    }

    /// <summary>The day.</summary>
    internal DateOnly Day { get; }

    /// <summary>From when to when it lasts.</summary>
    internal DaySpan Span { get; }

    /// <summary>The event of an error.</summary>
    internal byte[] ErrorEvent { get; }

    /// <summary>The stages whose latency is measured.</summary>
    internal SpanRule[] Latency { get; }

    /// <summary>What is counted: first the counters, then the floor.</summary>
    internal LineRule[] Selectors { get; }

    /// <summary>How many of them are counters.</summary>
    internal int Counters { get; }

    /// <summary>A review's rules for a day.</summary>
    /// <param name="review">The review.</param>
    /// <param name="day">The day, in the review's time zone.</param>
    /// <exception cref="ReleaseOpsException">BadValue: a time zone or a field that there isn't.</exception>
    internal static DayRules Of(Review review, DateOnly day) => new(review, day);
}

/// <summary>A stage whose latency is measured.</summary>
/// <param name="span">What the runbook says of it.</param>
internal sealed class SpanRule(StageSpan span)
{
    /// <summary>What the runbook says of it.</summary>
    internal StageSpan Source { get; } = span;

    /// <summary>The stage.</summary>
    internal byte[] Stage { get; } = Encoding.UTF8.GetBytes(span.Stage);

    /// <summary>The event that begins it.</summary>
    internal byte[] Start { get; } = Encoding.UTF8.GetBytes(span.Start);

    /// <summary>The event that ends it.</summary>
    internal byte[] End { get; } = Encoding.UTF8.GetBytes(span.End);
}

/// <summary>A selector of lines with its name.</summary>
internal sealed class LineRule
{
    /// <summary>Makes one.</summary>
    /// <param name="name">The name of the counter or of the rule of the floor.</param>
    /// <param name="lines">Which lines.</param>
    /// <param name="duplicate">The fields that make a line one; empty where each line counts.</param>
    internal LineRule(string name, EventSelector lines, IReadOnlyList<string> duplicate)
    {
        Name = name;
        Stage = lines.Stage is null ? null : Encoding.UTF8.GetBytes(lines.Stage);
        Event = lines.Event is null ? null : Encoding.UTF8.GetBytes(lines.Event);
        Where = [.. lines.Where.Select(w => (EventPath.Read(w.Key), w.Value))];
        When = lines.When?.Expression;
        Duplicate = [.. duplicate.Select(EventPath.Read)];
        IsPlain = Where.Length == 0 && When is null && Duplicate.Length == 0;
        IsByRun = Duplicate is [{ Field: "run_id" }];
    }

    /// <summary>Its name.</summary>
    internal string Name { get; }

    /// <summary>The stage that a line must have; null for any.</summary>
    internal byte[]? Stage { get; }

    /// <summary>The event that a line must have; null for any.</summary>
    internal byte[]? Event { get; }

    /// <summary>Texts that fields must have, in any case.</summary>
    internal (EventPath Path, string Text)[] Where { get; }

    /// <summary>What must hold; null for nothing.</summary>
    internal CelExpression? When { get; }

    /// <summary>The fields that make a line one.</summary>
    internal EventPath[] Duplicate { get; }

    /// <summary>True where only stage and event are asked for.</summary>
    internal bool IsPlain { get; }

    /// <summary>True where a run has one line of it, and each further one is too many.</summary>
    internal bool IsByRun { get; }

    /// <summary>True where a line has the stage and the event.</summary>
    internal bool Means(ReadOnlySpan<byte> stage, ReadOnlySpan<byte> occurrence) =>
        (Stage is null || stage.SequenceEqual(Stage)) && (Event is null || occurrence.SequenceEqual(Event));
}
