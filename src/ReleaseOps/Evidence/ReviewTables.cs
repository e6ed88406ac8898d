using System.Globalization;
using ReleaseOps.Reviews;
using ReleaseOps.Runbooks;
using static ReleaseOps.Evidence.ReportCell;

namespace ReleaseOps.Evidence;

/// <summary>What the reports of a daily review show.</summary>
internal static class ReviewTables
{
    /// <summary>The title of the table of findings.</summary>
    public const string WhatDecides = "What decides, worst first";

    /// <summary>The rows of its head.</summary>
    public static IEnumerable<(string Name, ReportCell Cell)> Facts(DailyReviewResult result)
    {
        yield return ("Day", Own($"{ReviewJson.Day(result.Day)}, {result.Zone}"));
        yield return ("Moment", Own(ReviewMoment.Word(result.Moment)));
        yield return ("Decision", Mark(result.Decision.ToVerdict(), result.Decision.Word()));
        yield return ("Items", Own(FormattableString.Invariant($"{result.RequiredPassTotal} of {result.RequiredTotal} required passed")));
        yield return ("Level", Said(result.Policy.EscalationLevel.Length > 0 ? result.Policy.EscalationLevel : "none"));
        yield return ("Severity", Said(result.Policy.Severity));
        yield return ("Ownership", Said(result.Policy.Ownership));
        yield return ("On call", Said(result.Policy.OncallEscalation));
        yield return ("Manual approval only", Own(result.Policy.ManualApprovalOnly ? "yes" : "no"));
        yield return ("Signoff", Said($"{(result.Signoff.Approved ? "approved" : "not approved")} {result.Signoff.GoLiveDecision}".TrimEnd()));
        yield return ("Sources", Said(string.Join(", ", result.Sources)));
        yield return ("Runbook", Said($"{result.Runbook} sha256:{result.RunbookDigest}"));
    }

    /// <summary>All tables that have something to show.</summary>
    public static IEnumerable<ReportTable> Of(DailyReviewResult result) => new[]
    {
        ReportTable.Of("Checklist", ["ITEM", "STATUS", "TITLE", "EVIDENCE"], result.Checklist, item =>
            [Said(item.Id), !item.Required ? Own("-") : item.Passed ? Mark(Verdict.Passed, "PASS") : Mark(Verdict.Failed, "FAIL"), Said(item.Title),
                Said(item.Evidence)]),
        ReportTable.Of("Service levels", ["MEASURE", "VALUE", "ASKED"], Levels(result), row => [Own(row.Name), Own(row.Value), Own(row.Asked)]),
        ReportTable.Of("Error budget of the day", ["OF", "ALLOWED", "USED", "CONSUMED"], result.Budget, budget =>
            [Own(budget.Name), Own(ReportNumber.Of(budget.Allowed)), Own(Long(budget.Used)), Own(ReportNumber.Of(budget.ConsumedPercent, "%"))]),
        ReportTable.Of("Latency", ["STAGE", "PAIRS", "UNPAIRED", "P50", "P95", "P99", "ERROR"], result.Latency, stage =>
            [Said(stage.Stage), Own(Long(stage.Count)), Own(Long(stage.Unpaired)), Seconds(stage.P50), Seconds(stage.P95), Seconds(stage.P99),
             Own(stage.RelativeError == 0 ? "exact" : ReportNumber.Of(100 * stage.RelativeError, "%"))]),
        ReportTable.Of("Safety floor", ["RULE", "COUNT", "WHERE"], result.Floor, rule =>
            [Said(rule.Name), Count(rule), Said(string.Join(", ", rule.Places))]),
        ReportTable.Of("Stages with most errors", ["STAGE", "ERRORS"], result.Slo.StageErrorTop, stage =>
            [Said(stage.Stage), Own(Long(stage.ErrorTotal))]),
        ReportTable.Of("Incidents and interventions", ["COUNTER", "COUNT"], result.Incident, counter =>
            [Said(counter.Name), Own(Long(counter.Total))]),
        Findings(result.Findings),
        ReportTable.Of("What couldn't be counted", ["LINES", "COUNT"], Faults(result.Faults), row => [Own(row.Name), Own(Long(row.Count))]),
        ReportTable.Of("Where", ["PLACE"], result.Faults.Places, place => [Said(place)]),
        ReportTable.Of("Due at this moment", ["STEP"], result.Due, step => [Said(step)]),
    }.Where(t => t.Rows.Count > 0);

    /// <summary>What didn't pass, worst first.</summary>
    public static ReportTable Findings(IEnumerable<Finding> findings) => ReportTable.Of(WhatDecides, ["STATUS", "SUBJECT", "FINDING"],
        findings.Where(f => f.Verdict != Verdict.Passed),
        finding => [Mark(finding.Verdict, StatusWord.Of(finding.Verdict) + (finding.Required ? "" : " (optional)")), Said(finding.Subject),
            Said(finding.Text)]);

    /// <summary>A count.</summary>
    public static string Long(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A share as percent, with the digits that a person reads.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.######", CultureInfo.InvariantCulture) + " %";

    private static ReportCell Count(NamedCount rule) => rule.Total > 0 ? Mark(Verdict.Failed, Long(rule.Total))
        : rule.Untold > 0 ? Mark(Verdict.Inconclusive, $"0, and {Long(rule.Untold)} untold") : Own("0");

    private static ReportCell Seconds(double? seconds) => Own(ReportNumber.Of(seconds, "s"));

    private static IEnumerable<(string Name, string Value, string Asked)> Levels(DailyReviewResult result)
    {
        var (slo, asked) = (result.Slo, result.Thresholds);
        if (result.Budget.Count == 0)
            yield break;
        yield return ("availability", $"{Percent(slo.AvailabilityRate)} ({Long(slo.SuccessRunTotal)} of {Long(slo.RunTotal)} runs)",
            ">= " + Percent(asked.MinAvailabilityRate));
        yield return ("error rate", $"{Percent(slo.ErrorRate)} ({Long(slo.ErrorTotal)} of {Long(slo.EventTotal)} events)",
            "<= " + Percent(asked.MaxErrorRate));
    }

    private static IEnumerable<(string Name, long Count)> Faults(LogFaults faults) => faults.Lines == 0 ? [] :
    [
        ("read", faults.Lines), ("blank", faults.Blank), ("malformed", faults.Malformed), ("without a time", faults.Undated),
        ("with a field of another type", faults.WrongType),
        ("malformed or without a time, among the day's", faults.AmongDay),
        ("that a rule can't be held against", faults.Unjudged), ("too long to look at their payload", faults.TooLong),
    ];
}
