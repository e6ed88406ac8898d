using System.Globalization;
using ReleaseOps.Reviews.Weekly;
using static ReleaseOps.Evidence.ReportCell;

namespace ReleaseOps.Evidence;

/// <summary>What the reports of a weekly review show.</summary>
internal static class WeeklyTables
{
    /// <summary>The rows of its head.</summary>
    public static IEnumerable<(string Name, ReportCell Cell)> Facts(WeeklyReviewResult result)
    {
        yield return ("Week", Own($"{ReviewJson.Day(result.Days[0].Day)} to {ReviewJson.Day(result.Day)}"));
        yield return ("Decision", Mark(result.Decision.ToVerdict(), result.Decision.Word()));
        yield return ("Days reviewed", Own(FormattableString.Invariant($"{result.Days.Count - result.MissingDays.Count} of {result.Days.Count}")));
        if (result.MissingDays.Count > 0)
            yield return ("Missing days", Own(string.Join(", ", result.MissingDays.Select(ReviewJson.Day))));
        var (open, overdue) = (result.Changes.Count(c => c.IsOpen), result.Changes.Count(c => c.Overdue));
        yield return ("Open changes", Own(FormattableString.Invariant($"{open}, {overdue} overdue")));
        yield return ("Unresolved alerts", Count(result.UnresolvedAlerts.Count));
        yield return ("Incidents", Count(result.Incidents.Count));
        yield return ("Runbook", Said(result.Runbook));
    }

    /// <summary>All tables that have something to show.</summary>
    public static IEnumerable<ReportTable> Of(WeeklyReviewResult result) => new[]
    {
        ReviewTables.Findings(result.Findings),
        ReportTable.Of("Days", ["DAY", "REVIEW", "SEVERITY", "AVAILABILITY", "ERROR RATE", "RUNS", "EVENTS", "FAILURES"], result.Days, DayRow),
        Classes(result),
        ReportTable.Of("False positives and duplicates", ["ALERTS", "ALL", "FALSE", "ACTED ON", "DUPLICATES", "PROPOSED"], result.AlertGroups,
            group => [Said(group.Key), Count(group.Total), Count(group.FalsePositives), Count(group.ActedOn), Count(group.Duplicates),
                Said(string.Join("; or ", group.Reductions))]),
        ReportTable.Of("Runbook changes", ["CHANGE", "STATUS", "OWNER", "DUE", "SINCE", "WHAT"], result.Changes, ChangeRow),
        ReportTable.Of("SLO targets and thresholds", ["THRESHOLD", "NOW", "LOWEST", "MEDIAN", "HIGHEST", "PROPOSED", "WHY"], result.Thresholds,
            ThresholdRow),
        ReportTable.Of("Incidents", ["INCIDENT", "CLASS", "SEVERITY", "FROM", "TO", "LAST"], result.Incidents, incident =>
            [Said(incident.Id), Said(incident.Class), Said(incident.Severity), At(incident.From), incident.To is null ? Own("open")
                : At(incident.To), Said(incident.Last)]),
        ReportTable.Of("Interventions", ["REASON", "COUNT"], result.Interventions, reason =>
            [Said(reason.Name), Own(ReviewTables.Long(reason.Total))]),
        ReportTable.Of("Unresolved alerts", ["ALERT", "SINCE", "STATE", "SUMMARY"], result.UnresolvedAlerts, alert =>
            [Said(alert.Key), At(alert.StartsAt), Said(alert.State + (alert.IsMuted ? ", muted" : "")), Said(alert.Summary)]),
        ReportTable.Of("Read", ["FILE"], result.Sources, source => [Said(source)]),
    }.Where(t => t.Rows.Count > 0);

    /// <summary>A trend in a word.</summary>
    public static string Word(Trend trend) => trend switch
    {
        Trend.Steady => "steady",
        Trend.Rising => "rising",
        Trend.Falling => "falling",
        _ => "too few days",
    };

    private static ReportTable Classes(WeeklyReviewResult result) => new("Top recurring failure classes",
        ["CLASS", .. result.Days.Select(d => d.Day.ToString("d MMM", CultureInfo.InvariantCulture)), "ALL", "DAYS", "TREND", "WEEK BEFORE"],
        [.. result.FailureClasses.Select(failed => (IReadOnlyList<ReportCell>)
            [
                Said(failed.Id), .. failed.PerDay.Select(n => Own(ReportNumber.Of(n, null))), Own(ReportNumber.Of(failed.Total)),
                    Count(failed.DaysSeen),
                Own(Word(failed.Trend)), Own(ReportNumber.Of(failed.LastWeek, null)),
            ])]);

    private static ReportCell[] DayRow(WeekDay day) =>
    [
        Own(ReviewJson.Day(day.Day)),
        !day.IsThere ? Mark(Verdict.Inconclusive, "MISSING") : day.Decision is { } decision ? Mark(decision.ToVerdict(), decision.Word())
            : day.Ok is { } ok ? Mark(ok ? Verdict.Passed : Verdict.Failed, ok ? "OK" : "FAILED") : Mark(Verdict.Inconclusive, "HOLD"),
        Said(day.Severity), Share(day.AvailabilityRate), Share(day.ErrorRate), Own(ReportNumber.Of(day.RunTotal, null)),
            Own(ReportNumber.Of(day.EventTotal, null)),
        Said(string.Join(", ", day.Failures)),
    ];

    private static ReportCell[] ChangeRow(RunbookChange change) =>
    [
        Said(change.Id),
        change.Overdue ? Mark(Verdict.Failed, "OVERDUE") : !change.IsOpen ? Mark(Verdict.Passed, "CLOSED")
            : Own(change.Carried ? "open, carried" : "open"),
        change.Owner is null ? Mark(Verdict.Inconclusive, "nobody") : Said(change.Owner),
        change.Due is { } due ? Own(ReviewJson.Day(due)) : Mark(Verdict.Inconclusive, "no date"),
        Own(change.Opened is { } opened ? ReviewJson.Day(opened) : "-"), Said(change.Title),
    ];

    private static ReportCell[] ThresholdRow(ThresholdProposal threshold) =>
    [
        Said(threshold.Name), .. new[] { threshold.Current, threshold.Lowest, threshold.Median, threshold.Highest }.Select(n => Own(Exact(n) ?? "-")),
        Own(Exact(threshold.Proposed) ?? "keep"), Own(threshold.Reason),
    ];

    /// <summary>A threshold: of 0.9975 each digit counts.</summary>
    public static string? Exact(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);

    private static ReportCell Share(double? share) => Own(share is { } value ? ReviewTables.Percent(value) : "-");
}
