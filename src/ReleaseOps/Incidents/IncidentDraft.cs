using ReleaseOps.Runbooks;
using ReleaseOps.Runbooks.Format;
using ReleaseOps.Steps;

namespace ReleaseOps.Incidents;

/// <summary>What an update says: what somebody asks for, and for the rest what is known. Pure.</summary>
/// <param name="runbook">The runbook.</param>
/// <param name="release">The release.</param>
/// <param name="history">What the ledger knows.</param>
/// <param name="evidence">Paths of the evidence that is there.</param>
/// <param name="now">The time.</param>
internal sealed class IncidentDraft(Runbook runbook, Release release, IncidentHistory history, IReadOnlyList<string> evidence, DateTimeOffset now)
{
    private const int MostNamed = 5;

    /// <summary>The incident that a request is about; null where it opens one.</summary>
    /// <exception cref="ReleaseOpsException">UnknownIncident.</exception>
    public Incident? Chosen(IncidentRequest request)
    {
        var all = history.At(now);
        if (request.Incident is { } id)
            return all.FirstOrDefault(i => i.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
                ?? throw Unknown($"There is no incident '{Reading.Show(id)}' of {release}.", [.. all.Select(i => i.Id)], id);
        if (!(request.Opens is { } opens ? !opens : IsAboutOne(request)))
            return null;
        var open = all.Where(i => i.IsOpen).ToList();
        return open.Count == 1 ? open[0]
            : throw Unknown(
                open.Count == 0 ? $"No incident of {release} is open that this could be about." : "Several incidents are open: say which this is about.",
                [.. open.Select(i => i.Id)], null);
    }

    /// <summary>What the update says.</summary>
    /// <exception cref="ReleaseOpsException">BadTransition; UnknownReference: no such severity; BadValue: times that can't be.</exception>
    public IncidentWord Word(IncidentRequest request, Incident? incident, Message message, string by)
    {
        var status = StatusOf(request, incident);
        var severity = request.Severity is { } given ? Known(given) : incident?.Severity ?? "";
        var rung = runbook.Severities.FirstOrDefault(s => s.Name == severity);
        var last = incident?.LastWord;
        var isFirst = last is null;
        // What a watch saw, or was told of, is about the release that it watches; what it saw is what was found, until somebody says more.
        var isWatched = incident is not null and not { Source: Incident.Update };
        var isSeen = isWatched && incident!.Source != Incident.Person;
        // Another rung is somebody else's.
        var same = incident is not null && incident.Severity == severity;
        var impact = ImpactWindow.Of(incident, request.ImpactFrom, request.ImpactTo);
        if (request.ImpactFrom > now || impact.To < impact.From)
            throw new ReleaseOpsException(ErrorId.BadValue, "The impact can't begin in the future, nor end before it began.",
                "Give times in UTC, as in 2026-11-21T18:45Z.", "impact");
        var firstLevel = runbook.Escalation.Count > 0 ? runbook.Escalation[0] : null;
        return new IncidentWord(incident?.Id ?? IncidentIds.Of(history.Highest + 1), (incident?.LastUpdate ?? 0) + 1, status, severity, by, now)
        {
            Opens = incident is null,
            Forced = request.Force && Refusal(request, incident, status) is not null,
            Impact = request.Impact ?? incident?.Impact ?? Filled(incident?.Text),
            Scope = request.Scope ?? incident?.Scope ?? (isWatched ? release.ToString() : null),
            CurrentAction = request.CurrentAction ?? (history.IsRollingBack ? "rollback" : status switch
            {
                IncidentStatus.Investigating => "triage",
                IncidentStatus.Resolved => null,
                _ => incident?.Mitigation ?? last?.CurrentAction,
            }),
            Findings = request.Findings ?? (isFirst ? null : incident!.News) ?? (isFirst || isSeen ? Filled(incident?.Text) : null),
            DecisionTrack = request.DecisionTrack ?? Last(incident, w => w.DecisionTrack),
            Risk = request.Risk ?? ContractChecks() ?? Last(incident, w => w.Risk),
            Resolution = request.Resolution ?? (status == IncidentStatus.Resolved ? incident?.Mitigation : null),
            Evidence = request.Evidence ?? (status == IncidentStatus.Resolved ? Proof() : null),
            FollowUps = request.FollowUps ?? Last(incident, w => w.FollowUps),
            ImpactFrom = request.ImpactFrom ?? incident?.ImpactFrom,
            ImpactTo = request.ImpactTo ?? incident?.ImpactTo,
            NextUpdateAt = status == IncidentStatus.Resolved ? null : NextUpdate(request, message, rung),
            Commander = request.Commander ?? incident?.Commander ?? history.Commander,
            Owner = request.Owner ?? (same ? incident!.Owner : null) ?? rung?.Owner ?? firstLevel?.To,
            Escalation = request.Escalation ?? (same ? incident!.Escalation : null) ?? rung?.Escalation
                ?? (runbook.Escalation.Count > 1 ? $"{runbook.Escalation[1].Level} {runbook.Escalation[1].To}" : null),
        };
    }

    /// <summary>How far the incident is by an update.</summary>
    public static IncidentStatus StatusOf(IncidentRequest request, Incident? incident)
    {
        var status = request.Status ?? incident?.Status ?? IncidentStatus.Investigating;
        return !request.Force && Refusal(request, incident, status) is { } refusal ? throw refusal : status;
    }

    // One that is declared while it is dealt with already has been looked into.
    private static ReleaseOpsException? Refusal(IncidentRequest request, Incident? incident, IncidentStatus status) =>
        // What is announced of what is over changes nothing about it.
        request.Message == UsualMessages.Postmortem && status == incident?.Status ? null
        : incident is not null ? IncidentTransitions.Refusal(incident, status)
        : status is IncidentStatus.Investigating or IncidentStatus.Mitigating ? null : new ReleaseOpsException(
            ErrorId.BadTransition, $"A new incident can't be {status}.",
            "It may be Investigating or Mitigating; or say so nevertheless (--force, -Force).");

    // A new incident has nothing of these yet.
    private static bool IsAboutOne(IncidentRequest request) =>
        request.Status is not (null or IncidentStatus.Investigating)
        || (request.Status is null
            && (request.Findings ?? request.DecisionTrack ?? request.Resolution ?? request.Evidence ?? request.FollowUps) is not null)
        || request.Message is UsualMessages.Update or UsualMessages.Resolved or UsualMessages.Postmortem;

    // In the middle of the night sev1 is SEV1.
    private string Known(string severity) => runbook.Severities.Count == 0 ? severity
        : (runbook.Severities.FirstOrDefault(s => s.Name == severity)
            ?? runbook.Severities.FirstOrDefault(s => s.Name.Equals(severity, StringComparison.OrdinalIgnoreCase)))?.Name
        ?? throw new ReleaseOpsException(ErrorId.UnknownReference, $"There is no severity '{Reading.Show(severity)}' in the runbook '{runbook.Name}'.",
            $"There is: {string.Join(", ", runbook.Severities.Select(s => s.Name))}.", "severity");

    private DateTimeOffset? NextUpdate(IncidentRequest request, Message message, Severity? rung)
    {
        var next = request.NextUpdateAt?.ToUniversalTime() ?? now + (request.NextUpdateIn ?? message.NextUpdate ?? rung?.NextUpdate);
        return next > now || next is null ? next : throw new ReleaseOpsException(
            ErrorId.BadValue, $"The next update can't be promised for {MessageText.Time(next.Value)}: that is over.",
            "Give a time in UTC that is to come, or how long it takes.", "next_update");
    }

    /// <summary>What the checks of the contract came to, by their names; null where none was looked at.</summary>
    private string? ContractChecks()
    {
        var checks = history.Checks.All.Where(c => c.Id.StartsWith("contract", StringComparison.OrdinalIgnoreCase)).ToList();
        return checks.Count == 0 ? null : string.Join(", ", checks.Select(c => $"{c.Id} {c.Word}"));
    }

    private string? Proof()
    {
        var passed = history.Checks.All.Where(c => c.Verdict == Verdict.Passed).Select(c => c.Id).TakeLast(MostNamed).ToList();
        string[] proof = [string.Join(", ", evidence), passed.Count == 0 ? "" : "passed: " + string.Join(", ", passed)];
        return Filled(string.Join("; ", proof.Where(t => t.Length > 0)));
    }

    private static string? Last(Incident? incident, Func<IncidentWord, string?> field) =>
        incident?.Updates.Select(field).LastOrDefault(t => t is not null);

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static ReleaseOpsException Unknown(string text, IReadOnlyList<string> there, string? id) => new(
        ErrorId.UnknownIncident, text,
        there.Count == 0 ? "There is none; leave out the status to open one." : $"There is: {string.Join(", ", there)}.", id);
}
