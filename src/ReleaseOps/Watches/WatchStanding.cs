using ReleaseOps.Gates;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>State -> result: where a watch stands, for people and for evidence. Pure.</summary>
internal static class WatchStanding
{
    /// <summary>The result of a watch that was begun.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="history">What the ledger remembers.</param>
    /// <param name="now">The time.</param>
    /// <param name="actor">Who ran it.</param>
    /// <param name="folder">Its evidence folder.</param>
    public static WatchResult Of(Plan plan, WatchHistory history, DateTimeOffset now, string actor, string? folder)
    {
        var fold = history.Fold!;
        var asOf = history.EndedAt ?? now;
        var findings = history.Decided is not null ? history.Findings : Unseen(history, asOf, WatchDecision.Findings(fold, asOf, final: null));
        return Of(plan, fold, asOf, findings, history.Decided ?? WatchDecision.Of(findings)) with
        {
            Run = history.Run,
            Actor = actor,
            Ended = history.Decided is not null,
            Gates = history.Decided is not null ? history.Gates : GatesSoFar(fold),
            Folder = folder,
        };
    }

    /// <summary>The result of a state.</summary>
    public static WatchResult Of(Plan plan, WatchFold fold, DateTimeOffset asOf, IReadOnlyList<Finding> findings, Decision decision) => new()
    {
        Runbook = plan.Runbook.Name,
        Title = plan.Runbook.Title,
        Release = plan.Release,
        Plan = plan,
        Actor = "",
        Decision = decision,
        Findings = findings,
        StartedAt = fold.Setup.BeganAt,
        Elapsed = asOf > fold.Setup.BeganAt ? asOf - fold.Setup.BeganAt : TimeSpan.Zero,
        T0 = fold.Setup.T0,
        EndsAt = fold.Setup.EndsAt,
        Interval = fold.Setup.Watch.Interval,
        AsOf = asOf,
        Stopped = fold.Stopped is { } stop ? stop.By + (stop.Text is { } why ? ": " + why : "") : null,
        LastLookAt = fold.LastLook?.At,
        Commander = fold.Commander,
        Looks = fold.NextSlot,
        FromHistory = fold.FromHistory,
        Untold = fold.Gaps.Untold,
        Incidents = fold.Incidents.All,
        Reviews = fold.Reviews.All,
        Thresholds = [.. fold.Conditions.Where(c => c.Condition.Kind is ConditionKind.Threshold or ConditionKind.Trigger).Select(c => Of(fold, c))],
        Severities = [.. fold.Conditions.Where(c => c.Condition.Kind == ConditionKind.Severity).Select(c => c.Latest)],
        Slos = fold.Budgets.Standings,
        Checks = [.. fold.Setup.Watch.Checks.Where(c => fold.Checks.ContainsKey(c.Id)).Select(c => fold.Checks[c.Id])],
        Gaps = fold.Gaps.All,
        Exit = fold.Exit?.StandingAt(asOf < fold.Setup.EndsAt ? asOf : fold.Setup.EndsAt),
        Calls = [.. fold.Calls.OrderBy(c => c.At)],
        Words = fold.Words,
        Plots = [.. plan.Runbook.Metrics.Where(m => fold.Plots.ContainsKey(m.Name)).Select(m => new MetricPlot(m.Name, m.Unit, fold.Plots[m.Name].Points)
        {
            Limits = Limits(fold.Setup.Conditions, m.Name),
        })],
        Budgets = [.. fold.Budgets.Left.Select(b => new MetricPlot(b.Key, "%", b.Value.Points))],
    };

    private static ThresholdStanding Of(WatchFold fold, ConditionTrack track)
    {
        var name = track.Condition.Name;
        var isThreshold = track.Condition.Kind == ConditionKind.Threshold;
        var normal = isThreshold ? fold.Conditions.FirstOrDefault(c => c.Condition.Kind == ConditionKind.Normal && c.Condition.Name == name) : null;
        return new ThresholdStanding(name, isThreshold ? "threshold" : "trigger", track.Condition.When!.Expression.Source)
        {
            Latest = track.Latest,
            IsBreached = track.IsBreached,
            Breaches = track.Breaches,
            FirstBreach = track.FirstBreach,
            Breached = track.Breached,
            Action = isThreshold ? fold.Setup.Watch.Thresholds.First(t => t.Name == name).Action : null,
            Normal = normal?.Condition.When!.Expression.Source,
            NormalBreaches = normal?.Breaches ?? 0,
            NormalFirstBreach = normal?.FirstBreach,
            NormalBreached = normal?.Breached ?? TimeSpan.Zero,
        };
    }

    private static IReadOnlyList<GateResult> GatesSoFar(WatchFold fold) =>
    [
        .. fold.Conditions.Where(c => c.Condition.Kind == ConditionKind.Gate && fold.LastLook is not null).Select(c => new GateResult(
            c.Condition.Name, c.Holds switch { true => Decision.NoGo, false => Decision.Go, null => Decision.Hold },
            c.Holds == false ? [] : [new Finding(c.Condition.Name, c.Holds is null ? Verdict.Inconclusive : Verdict.Failed, c.Text)])),
    ];

    /// <summary>
    /// A watch that nobody is with, that can't ask anybody or can't write isn't as sure as its last look was: after the longest gap that the
    /// runbook allows it can't be told.
    /// </summary>
    private static IReadOnlyList<Finding> Unseen(WatchHistory history, DateTimeOffset asOf, IReadOnlyList<Finding> findings)
    {
        var fold = history.Fold!;
        var due = asOf < fold.Setup.EndsAt ? asOf : fold.Setup.EndsAt;
        var isLong = due - fold.NextAt > fold.Setup.Watch.LongestGap;
        if (!isLong && history.BlindSince is null)
            return findings;
        var what = history.BlindSince is null ? "nothing was looked at" : "nothing can be asked";
        var unseen = new Finding("looks", Verdict.Inconclusive, $"{what} since {WatchDecision.Clock(history.BlindSince ?? fold.NextAt)}; what is missed is made up for")
        {
            Required = isLong,
        };
        return [.. findings.Append(unseen).OrderByDescending(f => f.Required).ThenBy(f => f.Verdict.Rank())];
    }

    /// <summary>The numbers that conditions compare a metric with.</summary>
    private static IReadOnlyList<PlotLimit> Limits(IReadOnlyList<WatchCondition> conditions, string metric) =>
    [
        .. conditions.Where(c => c.When is not null)
            .SelectMany(c => c.When!.Expression.LimitsOf(metric).Select(value => new PlotLimit(c.Id, value))),
        .. conditions.Where(c => c.Gate is not null)
            .SelectMany(c => c.Gate!.Criteria.Where(g => g.Expect is not null)
                .SelectMany(g => g.Expect!.Expression.LimitsOf(metric)).Select(value => new PlotLimit(c.Id, value))),
    ];
}
