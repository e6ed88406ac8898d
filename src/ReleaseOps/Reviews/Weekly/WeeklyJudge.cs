using static System.FormattableString;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>Judges a week. Pure.</summary>
internal static class WeeklyJudge
{
    /// <summary>Judges it.</summary>
    public static WeeklyReviewResult Judge(WeeklyInput input)
    {
        var (review, classes, alerts, thresholds) = (input.Runbook.Review!, FailureClasses.Of(input), AlertGroups.Of(input), Thresholds.Of(input));
        var changes = RunbookChanges.Of(input, classes, alerts, thresholds);
        var findings = Findings(input, changes).ToList();
        return new WeeklyReviewResult
        {
            Day = input.Day,
            Days = input.Days,
            FailureClasses = [.. classes.Take(review.Weekly.Top)],
            AlertGroups = alerts,
            UnresolvedAlerts = input.Alerts ?? [],
            Interventions =
            [
                .. input.InterventionsOfWeek.GroupBy(i => i.Reason, StringComparer.Ordinal)
                    .Select(g => new NamedCount(g.Key, g.Count())).OrderByDescending(c => c.Total).ThenBy(c => c.Name, StringComparer.Ordinal),
            ],
            Incidents = WeekIncidents.Of(input),
            Changes = changes,
            Thresholds = thresholds,
            Decision = Decisions.Of(findings.Where(f => f.Required).Select(f => f.Verdict)),
            Findings = [.. findings.OrderBy(f => f.Verdict.Rank()).ThenByDescending(f => f.Required)],
            Sources = input.Sources,
            Runbook = input.Runbook.Name,
            Title = input.Runbook.Title,
            RunbookDigest = input.Runbook.Digest,
            Asked = new ReviewThresholds(review.MinAvailabilityRate, review.MaxErrorRate),
        };
    }

    private static IEnumerable<Finding> Findings(WeeklyInput input, IReadOnlyList<RunbookChange> changes)
    {
        foreach (var day in input.Days)
            foreach (var finding in Day(day))
                yield return finding;
        foreach (var (name, given, option) in new[]
        {
            ("timeline", input.Timeline is not null, "--timeline"), ("interventions", input.Interventions is not null, "--intervention-log"),
            ("alerts", input.Alerts is not null, "--alerts"),
        })
        {
            yield return given ? new Finding(name, Verdict.Passed, $"{name}: read")
                : new Finding(name, Verdict.Inconclusive, $"no {name} were read ({option}): that nothing is known isn't that there was nothing")
                { Reason = ErrorId.NoData };
        }
        foreach (var problem in input.Problems)
            yield return new Finding("input", Verdict.Inconclusive, problem) { Reason = ErrorId.BadDocument };
        foreach (var reason in UnknownReasons(input))
            yield return new Finding("interventions", Verdict.Inconclusive,
                $"the reason code '{reason}' is none of the runbook's")
            { Required = false };
        foreach (var change in changes.Where(c => c.IsOpen && (c.Owner is null || c.Due is null)))
            yield return new Finding("change:" + change.Id, Verdict.Inconclusive,
                $"the change '{change.Id}' has no {(change.Owner is null ? "owner" : "due date")}")
            { Reason = ErrorId.MissingField };
        foreach (var change in changes.Where(c => c.IsOpen))
            foreach (var text in Closings(input, change))
                yield return new Finding("change:" + change.Id, Verdict.Inconclusive, text) { Required = false };
        foreach (var change in changes.Where(c => c.Overdue))
            yield return new Finding("change:" + change.Id, Verdict.Failed,
                Invariant($"the change '{change.Id}' was due {change.Due:yyyy-MM-dd}"))
            { Required = false };
    }

    private static IEnumerable<Finding> Day(WeekDay day)
    {
        var name = Invariant($"day:{day.Day:yyyy-MM-dd}");
        foreach (var problem in day.Problems)
            yield return new Finding(name, Verdict.Inconclusive, problem) { Reason = ErrorId.BadDocument };
        if (!day.IsThere)
            yield break;
        yield return day.Ok switch
        {
            true => new Finding(name, Verdict.Passed, "every required item passed"),
            false => new Finding(name, Verdict.Failed, $"required items failed: {string.Join(", ", day.Failures)}"),
            null => new Finding(name, Verdict.Inconclusive, "it doesn't say whether it passed") { Reason = ErrorId.BadDocument },
        };
        if (day.Floor is not { } floor)
            yield return new Finding(name, Verdict.Inconclusive, "its review says nothing of the safety floor") { Reason = ErrorId.NoData };
        else
            foreach (var (rule, count) in floor.Where(f => f.Value > 0))
                yield return new Finding(name, Verdict.Failed, Invariant($"the safety floor was broken: {rule} {count}"));
        if (day is { Ok: true, Decision: Decision.Hold })
            yield return new Finding(name, Verdict.Inconclusive, "its review ended on HOLD");
        else if (day is { Ok: true, Decision: Decision.NoGo } && (day.Floor?.Values.All(n => n == 0) ?? true))
            yield return new Finding(name, Verdict.Failed, "its review ended on NO-GO");
    }

    // What somebody wrote of a closing, and what it didn't come to.
    private static IEnumerable<string> Closings(WeeklyInput input, RunbookChange change)
    {
        if (change.Closed is { } later)
            yield return Invariant($"the change '{change.Id}' is to be closed on {later:yyyy-MM-dd}, after this week: it is open until then");
        foreach (var closed in input.Given.Where(g => g.Id == change.Id && g.Closed <= input.Day).Select(g => g.Closed))
            yield return Invariant($"the change '{change.Id}' was closed on {closed:yyyy-MM-dd}, ")
                + Invariant($"and is asked for again since {change.Opened:yyyy-MM-dd}");
    }

    private static IEnumerable<string> UnknownReasons(WeeklyInput input)
    {
        var known = input.Runbook.Review!.Weekly.Reasons.Select(r => r.Code).ToHashSet(StringComparer.Ordinal);
        return known.Count == 0 ? [] : input.InterventionsOfWeek.Select(i => i.Reason).Where(r => !known.Contains(r))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }
}
