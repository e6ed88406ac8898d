using ReleaseOps.Incidents;
using static ReleaseOps.Evidence.ReportCell;

namespace ReleaseOps.Evidence;

/// <summary>A postmortem as tables, in the order of its template.</summary>
internal static class PostmortemTables
{
    private static readonly string[] Two = ["WHAT", "SAID"];

    public static IEnumerable<ReportTable> Of(IncidentPostmortem p) =>
    [
        Table("1. Event summary",
            ("Incident", Said(p.Incident)), ("Release", Said(p.Release.ToString())), ("Severity", Text(p.Severity)),
            ("Status", Own(p.Status.ToString())),
            ("Time window", p.From is null ? Own("not known") : At(p.From) + Own("to") + (p.To is null ? Own("not over") : At(p.To))),
            ("Summary", Text(p.Summary)), ("Impacted scope", Text(p.Scope))),
        Table("2. Detection and response",
            ("First signal", Said(p.FirstSignal)), ("Detected", At(p.DetectedAt)),
            ("Detection delay", p.DetectionDelay is { } delay ? Own(Span(delay)) : Own("not known")), ("Measured", Text(p.DetectionBasis)),
            ("Acknowledged after", Own(Span(p.AcknowledgedAfter))), ("Mitigated after", Own(Span(p.MitigatedAfter))),
            ("Resolved after", Own(Span(p.ResolvedAfter))), ("Mitigation", Text(p.Mitigation))),
        ReportTable.Of("Timeline", ["TIME", "WHO", "WHAT"], p.Timeline, m => [At(m.At), Said(m.By), Said(m.Text)]),
        Table("3. Root cause and contributing factors",
            [("Technical root cause", Text(p.RootCause)), ("Process and policy factors", Text(p.ProcessFactors)),
                .. p.KnownFactors.Select(f => ("On record", Said(f)))]),
        Table("4. Corrective actions",
            ("Immediate guard changes", Text(p.GuardChanges)), ("Medium-term engineering tasks", Text(p.EngineeringTasks)),
            ("Prevention checks and acceptance criteria", Text(p.PreventionChecks))),
        Table("5. Ownership and follow-up",
            ("Action owner", Text(p.ActionOwner)), ("Follow-ups", Said(p.FollowUps)), ("Due date", Text(p.DueDate)),
            ("Verification evidence", Text(p.VerificationEvidence))),
    ];

    private static ReportTable Table(string title, params (string What, ReportCell Said)[] rows) =>
        ReportTable.Of(title, Two, rows.Where(r => r.Said.Parts.Count > 0), r => [Own(r.What), r.Said]);

    private static ReportCell Text(string text) =>
        text.StartsWith(IncidentPostmortem.Open, StringComparison.Ordinal) ? Mark(Verdict.Failed, text) : Said(text);

    private static string Span(TimeSpan? span) =>
        span is { } time ? Durations.Format(TimeSpan.FromSeconds(Math.Round(time.TotalSeconds))) : "not yet";
}
