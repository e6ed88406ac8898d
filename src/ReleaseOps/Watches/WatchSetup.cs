using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Watches;

/// <summary>What a watch was begun with.</summary>
/// <param name="Runbook">The runbook; it has a watch.</param>
/// <param name="T0">T-0 of the release, UTC: the time of slot 0.</param>
internal sealed record WatchSetup(Runbook Runbook, DateTimeOffset T0)
{
    /// <summary>How it is watched.</summary>
    public Watch Watch => Runbook.Watch!;

    /// <summary>The end of the window; the first moment after it.</summary>
    public DateTimeOffset EndsAt { get; init; } = T0 + Runbook.Watch!.Window;

    /// <summary>When it was begun: T-0, or later where the release was out already.</summary>
    public DateTimeOffset BeganAt { get; init; } = T0;

    /// <summary>The incident commander at its beginning; null for none.</summary>
    public string? Commander { get; init; }

    /// <summary>The highest n of any INC-n that the ledger had at its beginning: its own incidents come after it.</summary>
    public int Incidents { get; init; }

    /// <summary>True for a replay, in which nobody can answer: clocks of people don't run, and no check is asked for.</summary>
    public bool Replays { get; init; }

    /// <summary>Everything that is judged at each look.</summary>
    public IReadOnlyList<WatchCondition> Conditions { get; } = WatchCondition.Of(Runbook);

    /// <summary>Two looks further apart than this have a gap between them.</summary>
    public TimeSpan LongestBetween => Watch.Interval * 2.5;

    /// <summary>What doesn't count against error budgets.</summary>
    public IReadOnlyList<Exclusion> Excluded =>
        [.. Watch.Maintenance.Select(m => new Exclusion(T0 + m.At.FromT0, T0 + m.At.FromT0 + m.For, m.Why))];
}
