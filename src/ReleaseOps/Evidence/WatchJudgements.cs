using System.Globalization;
using ReleaseOps.Gates;
using ReleaseOps.Watches;
using static ReleaseOps.Evidence.ReportCell;
using static ReleaseOps.Evidence.WatchTables;

namespace ReleaseOps.Evidence;

/// <summary>What a watch was judged by, as tables: thresholds, objectives, gates, the severity ladder.</summary>
internal static class WatchJudgements
{
    public static ReportTable Thresholds(WatchResult result) => ReportTable.Of(
        "Day-one thresholds and triggers, beside the normal ones",
        ["NAME", "KIND", "STATE", "CONDITION", "BREACHES", "FIRST", "IN ALL", "NORMAL", "BREACHES", "FIRST", "IN ALL", "LAST LOOK", "ACTION"],
        result.Thresholds, t =>
        [
            Said(t.Name), Said(t.Kind), State(t), Said(t.Condition), Count(t.Breaches), At(t.FirstBreach), Lasted(t.Breaches, t.Breached),
            Said(t.Normal), t.Normal is null ? Empty : Count(t.NormalBreaches), At(t.NormalFirstBreach),
            t.Normal is null ? Empty : Lasted(t.NormalBreaches, t.NormalBreached), Said(t.Latest.Text), Said(t.Action),
        ]);

    public static ReportTable Slos(WatchResult result) => ReportTable.Of(
        "Objectives", ["OBJECTIVE", "ASKED", "WINDOW", "ATTAINED", "BUDGET LEFT", "BAD", "OF", "NOT TOLD", "TAKEN OUT", "AS OF", "STANDING"],
        result.Slos, s =>
        [
            Said(s.Slo), Own(ReportNumber.Of(s.Objective, "%")), Own(Span(s.Window)), Own(Share(s.Attained)), Budget(s.BudgetLeft),
            Own(ReportNumber.Of(s.Bad)), Own(ReportNumber.Of(s.Total)), Own(Span(s.Untold)), Own(Span(s.Excluded)), At(s.At), Said(s.Text),
        ]);

    public static ReportTable Burns(WatchResult result) => ReportTable.Of(
        "How fast the error budgets burn", ["OBJECTIVE", "ALERT", "WORTH", "STATE", "LONG", "SHORT", "SAMPLE", "ARITHMETIC"],
        result.Slos.SelectMany(s => s.Burns.Select(b => (s.Slo, Burn: b))), x =>
        [
            Said(x.Slo),
            Own($"{ReportNumber.Of(x.Burn.Rule.Factor)}x over {Span(x.Burn.Rule.Long)} and {Span(x.Burn.Rule.Short)}"),
            Own(x.Burn.Rule.Page ? "a page" : "a ticket"), State(x.Burn), Own(Rate(x.Burn.LongRate)), Own(Rate(x.Burn.ShortRate)),
            Own(x.Burn.IsSmall ? "small" : ""), Said(x.Burn.Text),
        ]);

    public static ReportTable Gates(WatchResult result) => ReportTable.Of(
        "Gates", ["GATE", "DECISION", "STATUS", "CRITERION", "FINDING", "OBSERVED", "CONDITION", "QUERY", "SOURCE"],
        result.Gates.SelectMany(g => g.Findings.Select(f => (Gate: g, Finding: f))), x =>
        [
            Said(x.Gate.Gate), Mark(x.Gate.Decision.ToVerdict(), StatusWord.Of(x.Gate.Decision)), Status(x.Finding), Said(x.Finding.Subject),
            Text(x.Finding), Said(x.Finding.Observed), Said(x.Finding.Condition), Said(x.Finding.Query), Said(x.Finding.Source),
        ]);

    public static ReportTable Severities(WatchResult result) => ReportTable.Of(
        "The severity ladder at its last look", ["SEVERITY", "STATE", "FINDING", "CONDITION"], result.Severities,
        f => [Said(f.Subject), Mark(f.Verdict, Holds(f.Verdict)), Text(f), Said(f.Condition)]);

    public static ReportTable Findings(IEnumerable<Finding> findings) => ReportTable.Of(
        "Findings, worst first", ["STATUS", "ABOUT", "FINDING", "OBSERVED", "CONDITION", "SOURCE", "LOG"],
        findings.OrderBy(f => f.Verdict.Rank()).ThenBy(f => !f.Required),
        f => [Status(f), Said(f.Subject), Text(f), Said(f.Observed), Said(f.Condition), Said(f.Source), Said(f.Evidence)]);

    private static ReportCell Status(Finding finding) => Mark(finding.Verdict, MarkdownTables.Status(finding));

    private static ReportCell Text(Finding finding) => Said(finding.Text) + (finding.Reason is { } reason ? Own($"({reason})") : Empty);

    private static ReportCell State(ThresholdStanding threshold) => threshold switch
    {
        { IsBreached: true } => Mark(Verdict.Failed, "BREACHED"),
        { Latest.Verdict: Verdict.Failed } => Mark(Verdict.Inconclusive, "holds, not for long enough yet"),
        { Latest.Verdict: Verdict.Passed } => Mark(Verdict.Passed, "quiet"),
        _ => Mark(Verdict.Inconclusive, "can't be told"),
    };

    private static ReportCell State(BurnLook burn) => burn.Fires switch
    {
        true => Mark(Verdict.Failed, "FIRES"),
        false => Mark(Verdict.Passed, "quiet"),
        null => Mark(Verdict.Inconclusive, "can't be told"),
    };

    private static string Holds(Verdict verdict) => verdict switch
    {
        Verdict.Failed => "HOLDS",
        Verdict.Passed => "quiet",
        _ => "can't be told",
    };

    private static ReportCell Lasted(int breaches, TimeSpan span) => breaches == 0 ? Empty : Own(Span(span));

    private static ReportCell Budget(double? left) => left switch
    {
        null => Mark(Verdict.Inconclusive, "can't be told"),
        < 0 => Mark(Verdict.Failed, ReportNumber.Of(left, "%")),
        _ => Own(ReportNumber.Of(left, "%")),
    };

    private static string Share(double? share) => share is null ? "can't be told"
        // Rounded down: 99.89999 % must not read as 99.9 %.
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share.Value * 10_000) / 10_000:0.####} %");

    private static string Rate(double? rate) => rate is { } number ? ReportNumber.Of(number) + "x" : "can't be told";
}
