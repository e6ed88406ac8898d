using System.Text.Json;
using ReleaseOps.Ledger;
using ReleaseOps.Steps;

namespace ReleaseOps.Incidents;

/// <summary>What the calls of a watch, the words of people, and updates do to an incident. Pure.</summary>
internal static class IncidentCalls
{
    /// <summary>Who calls.</summary>
    public const string Watch = "watch";

    /// <summary>Takes what the watch says.</summary>
    public static void Take(IncidentEntry entry, LedgerEvent e)
    {
        var (at, text) = (LedgerText.TimeOf(e.Data, "at") ?? e.At, Sentence(entry.Now.Id, e.Data));
        entry.Add(at, Watch, text);
        entry.Set(i => Rated(i, e.Data));
        switch (e.Type)
        {
            case "incident.raised":
                // What gets worse isn't over, whatever somebody said.
                entry.Set(i => (i.IsOpen ? i : Reopened(i, IncidentStatus.Investigating)) with
                {
                    Severity = Of(e.Data, "severity") ?? i.Severity,
                    Text = Of(e.Data, "text") ?? i.Text,
                    News = News(i, text),
                });
                break;
            case "incident.verified":
                entry.Set(i => i with { VerifiedAt = at, News = i.IsOpen ? News(i, text) : i.News });
                if (entry.Closing is { } closing)
                    entry.Set(i => Closed(i, closing.At > at ? closing.At : at, closing.By) with { News = Over(i, closing.By) });
                entry.Closing = null;
                break;
            case "incident.returned":
                entry.Closing = null;
                entry.Set(i => Reopened(i, IncidentStatus.Investigating) with { News = News(i, text) });
                break;
        }
    }

    /// <summary>Takes a word that somebody told the watch of it.</summary>
    public static void Take(IncidentEntry entry, WatchWord word, DateTimeOffset at)
    {
        var said = word.Text is { } text ? ": " + text : "";
        switch (word.Kind)
        {
            case WatchWordKind.Acknowledge:
                entry.Add(at, word.By, "acknowledged it" + said);
                entry.Set(i => Acknowledged(i, at, word.By));
                break;
            case WatchWordKind.Mitigate:
                entry.Add(at, word.By, "said that it is mitigated" + said);
                entry.Set(i => Mitigated(i, at, word.By, word.Text));
                break;
            case WatchWordKind.Triage when word.Value is { } severity:
                entry.Add(at, word.By, $"gave it the severity {severity}" + said);
                // Another rung is somebody else's.
                if (severity != entry.Now.Severity)
                    entry.Set(i => i with { Severity = severity, Owner = null, Escalation = null, News = News(i, $"{word.By} gave it the severity {severity}{said}") });
                break;
            // What isn't known to be gone can't be closed: it is mitigated, until the watch says that it is gone.
            case WatchWordKind.Resolve when entry.Now.IsUnverified:
                entry.Add(at, word.By, "said that it is over" + said);
                entry.Set(i => Mitigated(i, at, word.By, word.Text));
                entry.Closing = (at, word.By);
                break;
            case WatchWordKind.Resolve:
                entry.Add(at, word.By, "closed it" + said);
                entry.Set(i => Closed(i, at, word.By) with { Mitigation = i.Mitigation ?? word.Text, News = Over(i, word.By) });
                break;
        }
    }

    /// <summary>Takes an update.</summary>
    public static void Take(IncidentEntry entry, IncidentWord word, DateTimeOffset at)
    {
        entry.Add(word);
        entry.Add(at, word.By, Said(word));
        var wasOver = !entry.Now.IsOpen;
        entry.Set(i => Acknowledged(i, at, word.By) with
        {
            Severity = word.Severity.Length > 0 ? word.Severity : i.Severity,
            Owner = word.Owner ?? i.Owner,
            Escalation = word.Escalation ?? i.Escalation,
            Commander = word.Commander ?? i.Commander,
            Impact = word.Impact ?? i.Impact,
            Scope = word.Scope ?? i.Scope,
            ImpactFrom = word.ImpactFrom ?? i.ImpactFrom,
            ImpactTo = word.ImpactTo ?? i.ImpactTo,
            LastUpdate = Math.Max(i.LastUpdate, word.Number),
            LastUpdateAt = at,
            NextUpdateAt = word.NextUpdateAt,
            News = null,
        });
        if (wasOver && word.Status != IncidentStatus.Resolved && !word.Forced)
            return;
        entry.Closing = null;
        entry.Set(i => word.Status switch
        {
            IncidentStatus.Resolved => Closed(i, i.ResolvedAt ?? at, i.ResolvedBy ?? word.By) with { Mitigation = i.Mitigation ?? word.Resolution },
            IncidentStatus.Monitoring when i.MitigatedAt is null || wasOver =>
                Mitigated(Reopened(i, i.Status), at, word.By, word.CurrentAction ?? word.Resolution ?? word.Findings),
            IncidentStatus.Monitoring => i with { Status = word.Status },
            _ => Reopened(i, word.Status),
        });
    }

    /// <summary>Whose it is, and its clocks, as the watch writes them beside a call.</summary>
    public static Incident Rated(Incident incident, JsonElement data) => Beside(data) is not { } rated ? incident : incident with
    {
        Owner = Of(data, "owner") ?? incident.Owner,
        Escalation = Of(data, "escalation") ?? incident.Escalation,
        AcknowledgeBy = LedgerText.TimeOf(rated, "acknowledgeBy"),
        MitigateBy = LedgerText.TimeOf(rated, "mitigateBy"),
    };

    /// <summary>A text of what the watch writes about the incident beside a call.</summary>
    public static string? Of(JsonElement data, string name) => Beside(data) is { } incident && LedgerText.Of(incident, name) is { Length: > 0 } text ? text : null;

    /// <summary>The call without the incident's name: <c>SEV1 INC-1: error_rate ...</c></summary>
    public static string Sentence(string id, JsonElement data)
    {
        if (LedgerText.Of(data, "kind") == "IncidentOpened" && Of(data, "text") is { } own)
            return own;
        var text = LedgerText.Of(data, "text");
        return text.IndexOf($"{id}: ", StringComparison.Ordinal) is >= 0 and var at ? text[(at + id.Length + 2)..] : text;
    }

    private static JsonElement? Beside(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("incident", out var incident) && incident.ValueKind == JsonValueKind.Object ? incident : null;

    private static Incident Acknowledged(Incident incident, DateTimeOffset at, string by) =>
        incident.AcknowledgedAt is null ? incident with { AcknowledgedAt = at, AcknowledgedBy = by } : incident;

    // Who mitigates it has taken it on.
    private static Incident Mitigated(Incident incident, DateTimeOffset at, string by, string? how) => Acknowledged(incident, at, by) with
    {
        Status = IncidentStatus.Monitoring,
        MitigatedAt = at,
        MitigatedBy = by,
        Mitigation = how,
    };

    private static Incident Closed(Incident incident, DateTimeOffset at, string by) => Acknowledged(incident, at, by) with
    {
        Status = IncidentStatus.Resolved,
        MitigatedAt = incident.MitigatedAt ?? at,
        MitigatedBy = incident.MitigatedBy ?? by,
        ResolvedAt = at,
        ResolvedBy = by,
        NextUpdateAt = null,
    };

    private static Incident Reopened(Incident incident, IncidentStatus status) => incident with
    {
        Status = status,
        MitigatedAt = null,
        MitigatedBy = null,
        VerifiedAt = null,
        ResolvedAt = null,
        ResolvedBy = null,
    };

    // Who hasn't heard of it at all need not hear what became of it first.
    private static string News(Incident incident, string text) => incident.LastUpdate == 0 ? incident.News ?? text : text;

    private static string? Over(Incident incident, string by) => incident.LastUpdate == 0 ? null : $"{by} closed it";

    private static string Said(IncidentWord word)
    {
        var what = word.Status == IncidentStatus.Resolved ? word.Resolution ?? word.Findings
            : word.Opens ? word.Impact ?? word.Findings : word.Findings ?? word.CurrentAction ?? word.Impact;
        var status = $"{word.Severity} {word.Status}".TrimStart() + (word.Forced ? " (forced)" : "");
        return FormattableString.Invariant($"{(word.Opens ? "opened it; " : "")}update {word.Number}: {status}{(what is null ? "" : ": " + what)}");
    }
}
