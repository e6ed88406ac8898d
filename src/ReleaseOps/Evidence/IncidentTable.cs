using ReleaseOps.Watches;
using static ReleaseOps.Evidence.ReportCell;

namespace ReleaseOps.Evidence;

/// <summary>The incidents of a watch: whose, how far, and which of their clocks ran out.</summary>
internal static class IncidentTable
{
    public static ReportTable Of(WatchResult result) => ReportTable.Of(
        "Incidents",
        ["INCIDENT", "SEVERITY", "STATE", "WHAT", "OWNER", "OPENED", "ACKNOWLEDGED", "MITIGATED", "VERIFIED", "RESOLVED", "SOURCE"],
        result.Incidents, i =>
        [
            Said(i.Id), Said(i.Severity), State(i), Said(i.Text),
            Said(i.Owner) + (i.Escalation is null ? Empty : Own("then") + Said(i.Escalation)),
            At(i.OpenedAt) + (i.CalledAt > i.OpenedAt ? Own("called") + At(i.CalledAt) : Empty),
            Acknowledged(i, result.AsOf), Mitigated(i, result.AsOf), At(i.VerifiedAt), At(i.ResolvedAt) + Said(i.ResolvedBy), Said(i.Source),
        ]);

    /// <summary>How far an incident is.</summary>
    public static ReportCell State(WatchIncident incident) => incident switch
    {
        { ResolvedAt: not null } => Mark(Verdict.Passed, "resolved"),
        { VerifiedAt: not null } => Mark(Verdict.Passed, "mitigation verified"),
        { MitigatedAt: not null } => Mark(Verdict.Inconclusive, "mitigated, not verified"),
        { AcknowledgedAt: not null } => Mark(Verdict.Failed, "OPEN, acknowledged"),
        _ => Mark(Verdict.Failed, "OPEN"),
    };

    /// <summary>Who acknowledged it and when, or by when somebody must.</summary>
    public static ReportCell Acknowledged(WatchIncident incident, DateTimeOffset now) =>
        Clock(incident.AcknowledgedAt, incident.AcknowledgedBy, incident.AcknowledgeBy, incident.AcknowledgeBreached(now), incident, now);

    /// <summary>The same for the mitigation, and what it was.</summary>
    public static ReportCell Mitigated(WatchIncident incident, DateTimeOffset now) =>
        Clock(incident.MitigatedAt, incident.MitigatedBy, incident.MitigateBy, incident.MitigateBreached(now), incident, now) + Said(incident.Mitigation);

    private static ReportCell Clock(
        DateTimeOffset? done, string? by, DateTimeOffset? limit, bool breached, WatchIncident incident, DateTimeOffset now)
    {
        var what = done is null ? Own("not yet") : At(done) + Said(by);
        if (limit is not { } due)
            return what;
        var late = breached ? Mark(Verdict.Failed, "LATE by " + WatchTables.Span((done ?? incident.ResolvedAt ?? now) - due)) : Empty;
        return what + Own("/ due") + At(due) + late;
    }
}
