using ReleaseOps.Runbooks.Format;
using ReleaseOps.Steps;

namespace ReleaseOps.Incidents;

/// <summary>Writes postmortems.</summary>
public static class IncidentPostmortems
{
    /// <summary>Writes down what the ledger knows of an incident; one that is still open too.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="incident">Its id.</param>
    /// <param name="options">Where the ledger is.</param>
    /// <exception cref="ReleaseOpsException">UnknownIncident; LedgerTampered, FileUnreadable.</exception>
    public static IncidentPostmortem Draft(Plan plan, string incident, RunOptions options)
    {
        var all = IncidentUpdates.Read(plan, options);
        var found = all.FirstOrDefault(i => i.Id == incident) ?? throw new ReleaseOpsException(
            ErrorId.UnknownIncident, $"There is no incident '{Reading.Show(incident)}' of {plan.Release}.",
            all.Count == 0 ? "There is none at all." : $"There is: {string.Join(", ", all.Select(i => i.Id))}.", incident);
        return Of(plan.Release, found, IncidentEvidence.Paths(plan, options), options.Clock.GetUtcNow());
    }

    /// <summary>The same of what is known already; pure.</summary>
    internal static IncidentPostmortem Of(Release release, Incident incident, IReadOnlyList<string> evidence, DateTimeOffset now)
    {
        var toDo = new List<string>();
        string Said(string? text, string what)
        {
            if (!string.IsNullOrEmpty(text))
                return text;
            toDo.Add(what);
            return IncidentPostmortem.Open + what;
        }
        var window = ImpactWindow.Of(incident, null, null);
        var (from, basis) = Beginning(incident);
        var last = incident.Updates;
        // In the order of the template: so is what is still to do.
        return new IncidentPostmortem
        {
            Release = release,
            Incident = incident.Id,
            Severity = Said(incident.Severity, "the severity"),
            Status = incident.Status,
            From = window.From,
            To = incident.IsOpen && incident.ImpactTo is null && incident.VerifiedAt is null ? null : window.To,
            Summary = Said(incident.Impact ?? incident.Text, "what happened, and who felt it"),
            Scope = Said(incident.Scope, "the scope: which tenants and systems"),
            FirstSignal = incident.Source switch
            {
                Incident.Update => $"{incident.OpenedBy} declared it{Colon(incident.Text)}",
                Incident.Person => $"{incident.OpenedBy ?? "a person"} told the watch{Colon(incident.Text)}",
                _ => $"{incident.Source} of the watch{Colon(incident.Text)}",
            },
            DetectedAt = incident.CalledAt,
            DetectionDelay = from is { } began ? Positive(incident.CalledAt - began) : null,
            DetectionBasis = from is null ? Said(null, "the beginning of the impact, from which the detection delay counts") : basis,
            AcknowledgedAfter = Positive(incident.AcknowledgedAt - incident.CalledAt),
            MitigatedAfter = Positive(incident.MitigatedAt - incident.CalledAt),
            ResolvedAfter = Positive(incident.ResolvedAt - incident.CalledAt),
            Mitigation = Said(incident.Mitigation ?? last.LastOrDefault(w => w.Resolution is not null)?.Resolution, "how it was mitigated"),
            Timeline = incident.Timeline,
            RootCause = Said(null, "the technical root cause"),
            ProcessFactors = Said(null, "process and policy factors"),
            KnownFactors = Factors(incident, now),
            GuardChanges = Said(null, "immediate guard changes"),
            EngineeringTasks = Said(null, "medium-term engineering tasks"),
            PreventionChecks = Said(null, "prevention checks and acceptance criteria"),
            ActionOwner = Said(incident.Owner, "the action owner"),
            FollowUps = last.LastOrDefault(w => w.FollowUps is not null)?.FollowUps,
            DueDate = Said(null, "the due date of the actions"),
            VerificationEvidence = Said(
                last.LastOrDefault(w => w.Evidence is not null)?.Evidence ?? string.Join(", ", evidence), "the path of the verification evidence"),
            At = now,
            ToDo = toDo,
        };
    }

    private static (DateTimeOffset? From, string Basis) Beginning(Incident incident)
    {
        var called = $"to when it was called ({MessageText.Time(incident.CalledAt)})";
        return incident switch
        {
            { ImpactFrom: { } given } => (given, $"from the beginning of the impact as it was given ({MessageText.Time(given)}) {called}"),
            { SignalAt: { } seen } => (seen, $"from the first look in which its signal held ({MessageText.Time(seen)}) {called}"),
            { Source: not (Incident.Person or Incident.Update) } =>
                (incident.OpenedAt, $"from the look in which it had held for long enough ({MessageText.Time(incident.OpenedAt)}) {called}"),
            _ => (null, ""),
        };
    }

    private static List<string> Factors(Incident incident, DateTimeOffset now)
    {
        var factors = new List<string>();
        Late("acknowledged", incident.AcknowledgeBy, incident.AcknowledgedAt);
        Late("mitigated", incident.MitigateBy, incident.MitigatedAt);
        foreach (var (before, after) in incident.Updates.Zip(incident.Updates.Skip(1)).Where(p => p.First.NextUpdateAt < p.Second.At))
        {
            var late = Durations.Format(Whole(after.At - before.NextUpdateAt!.Value));
            factors.Add(FormattableString.Invariant($"update {after.Number} came {late} after it was promised"));
        }
        if (incident.Updates.Count == 0)
            factors.Add("no update was sent");
        return factors;

        void Late(string what, DateTimeOffset? by, DateTimeOffset? at)
        {
            if (by < (at ?? incident.ResolvedAt ?? now))
                factors.Add(at is { } done ? $"it was {what} {Durations.Format(Whole(done - by.Value))} too late"
                    : $"it was not {what}, which was due at {MessageText.Time(by.Value)}");
        }
    }

    private static string Colon(string text) => text.Length == 0 ? "" : ": " + text;

    private static TimeSpan? Positive(TimeSpan? span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;

    private static TimeSpan Whole(TimeSpan span) => TimeSpan.FromSeconds(Math.Ceiling(span.TotalSeconds));
}
