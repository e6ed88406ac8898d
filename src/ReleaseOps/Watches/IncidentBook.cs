using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>
/// The incidents of a watch. What opens them is a signal: the ladder, a threshold or a trigger that names a severity, a burning budget; each
/// has one open incident at most, which gets worse with it. A person may open others, and an update to people may.
/// <code>
/// signal holds for its time -> opened -> acknowledged -> mitigated (a person says so) -> verified (the signal is gone for `clear`) -> resolved
///                                             a signal that fires anew takes the mitigation back
/// </code>
/// </summary>
/// <param name="runbook">The runbook.</param>
/// <param name="longest">Two looks further apart than this have a gap between them.</param>
/// <param name="highest">The highest n of any INC-n that is taken.</param>
internal sealed class IncidentBook(Runbook runbook, TimeSpan longest, int highest)
{
    /// <summary>The source of what a person opened.</summary>
    public const string Person = "person";

    private static readonly Trigger Clear = new("clear", Consequence.Page);

    private readonly List<Entry> _entries = [];
    private readonly Trigger _clear = Clear with { For = runbook.Watch!.Clear };
    private int _highest = highest;

    /// <summary>The incidents, in the order in which they were opened.</summary>
    public IReadOnlyList<WatchIncident> All => [.. _entries.Select(e => e.Incident)];

    /// <summary>Takes what a signal came to at a look.</summary>
    /// <param name="source">The signal.</param>
    /// <param name="severity">The severity that it asks for now; null where it doesn't fire.</param>
    /// <param name="present">Whether there is anything of it left; null where that can't be told.</param>
    /// <param name="text">What was seen.</param>
    /// <param name="at">When.</param>
    /// <param name="calledAt">When the watch could first tell somebody.</param>
    /// <param name="slot">The look.</param>
    public IEnumerable<WatchCall> Signal(
        string source, string? severity, bool? present, string text, DateTimeOffset at, DateTimeOffset calledAt, int slot)
    {
        var entry = _entries.LastOrDefault(e => e.Incident.Source == source && e.Incident.IsOpen);
        if (entry is null)
        {
            if (severity is not null)
                yield return Opened(new Entry(source), severity, at, calledAt, text);
            yield break;
        }
        // What is seen late, of a time before the mitigation, is what was mitigated.
        var returned = severity is not null && !entry.Fired && (at > entry.Incident.MitigatedAt || entry.Incident.VerifiedAt is not null);
        entry.Fired = severity is not null || (entry.Fired && present is null);
        entry.Gone = entry.Gone.Look(!present, at, longest);
        if (present == true)
            entry.Incident = entry.Incident with { LastSeenAt = at };
        if (returned)
        {
            entry.Incident = entry.Incident with { MitigatedAt = null, MitigatedBy = null, VerifiedAt = null };
            yield return Call(entry.Incident, CallKind.IncidentReturned, $"returned:{slot}", at, Verdict.Failed, $"came back after it had been mitigated: {text}");
        }
        if (severity is not null && IsWorse(severity, entry.Incident.Severity))
            yield return Raised(entry, severity, at, calledAt, text, slot);
        if (entry.Incident.MitigatedAt <= at && entry.Incident.VerifiedAt is null && entry.Gone.Fires(_clear))
            yield return Verified(entry, at, $"verified:{slot}");
    }

    /// <summary>Takes what a person says about an incident; what speaks of none that is open changes nothing.</summary>
    public IEnumerable<WatchCall> Hear(WatchWord word, DateTimeOffset at)
    {
        if (word.Kind == WatchWordKind.Open && Find(word.Subject) is not null)
            return Return(word, at);
        if (word.Kind == WatchWordKind.Open)
        {
            var opened = new Entry(Person) { Fired = true };
            return [Opened(opened, word.Value ?? WatchCondition.Unrated, at, at, word.Text ?? "", word.Subject)];
        }
        if (Find(word.Subject) is not { Incident.IsOpen: true } entry)
            return [];
        var incident = entry.Incident;
        entry.Incident = word.Kind switch
        {
            WatchWordKind.Acknowledge when incident.AcknowledgedAt is null => incident with { AcknowledgedAt = at, AcknowledgedBy = word.By },
            // What isn't known to be gone can't be closed: it is mitigated at most.
            WatchWordKind.Resolve when MayResolve(incident.Id) => incident with
            {
                ResolvedAt = at,
                ResolvedBy = word.By,
                Mitigation = incident.Mitigation ?? word.Text,
                AcknowledgedAt = incident.AcknowledgedAt ?? at,
                AcknowledgedBy = incident.AcknowledgedBy ?? word.By,
            },
            // Who mitigates it has taken it on.
            WatchWordKind.Mitigate or WatchWordKind.Resolve => incident with
            {
                MitigatedAt = at,
                MitigatedBy = word.By,
                Mitigation = word.Text,
                AcknowledgedAt = incident.AcknowledgedAt ?? at,
                AcknowledgedBy = incident.AcknowledgedBy ?? word.By,
            },
            WatchWordKind.Triage when word.Value is { } severity => Triaged(incident, severity, at),
            _ => incident,
        };
        var isGone = word.Kind == WatchWordKind.Mitigate ? IsGone(entry, at) : entry.Source != Person && entry.Incident.ResolvedAt is not null;
        return isGone && entry.Incident.VerifiedAt is null ? [Verified(entry, at, $"verified:{at:O}")] : [];
    }

    /// <summary>The incident of that name; null for none.</summary>
    public WatchIncident? Of(string id) => Find(id)?.Incident;

    /// <summary>Takes what an update promises people; its name is taken from now on, whether the incident is known here or not.</summary>
    public void Promise(string id, DateTimeOffset? nextUpdate)
    {
        _highest = Math.Max(_highest, IncidentIds.NumberOf(id));
        if (Find(id) is not { } entry)
            return;
        entry.Incident = entry.Incident with { NextUpdateAt = nextUpdate };
        entry.Told = true;
    }

    /// <summary>What people were told of, and is still open: it doesn't end with the watch.</summary>
    public IEnumerable<WatchIncident> ToldAndOpen => _entries.Where(e => e.Told && e.Incident.IsOpen).Select(e => e.Incident);

    /// <summary>Takes over what people were told of in an earlier watch. Its signal was that watch's: it is a person's from now on.</summary>
    public WatchCall Adopt(WatchIncident earlier)
    {
        _entries.Add(new Entry(Person) { Incident = earlier with { Source = Person, LastSeenAt = null }, Fired = true, Told = true });
        return Call(_entries[^1].Incident, CallKind.IncidentOpened, "opened", earlier.CalledAt, Verdict.Failed, earlier.Text + Duties(earlier));
    }

    /// <summary>Whether it can be closed: its signal is known to be gone for as long as the runbook asks; what a person opened always can.</summary>
    /// <param name="id">The incident.</param>
    public bool MayResolve(string id) =>
        Find(id) is { } entry && (entry.Incident.Source == Person || entry.Gone.Fires(_clear));

    /// <summary>The clocks that have run out by now.</summary>
    public IEnumerable<WatchCall> Overdue(DateTimeOffset now)
    {
        foreach (var incident in _entries.Select(e => e.Incident).Where(i => i.IsOpen))
        {
            if (incident is { AcknowledgedAt: null, AcknowledgeBy: { } acknowledge } && now >= acknowledge)
                yield return Call(incident, CallKind.AcknowledgeOverdue, $"acknowledge-overdue:{incident.Severity}", acknowledge, Verdict.Failed,
                    $"nobody has acknowledged it since {Clock(incident.CalledAt)}{Next(incident)}");
            if (incident.NextUpdateAt is { } promised && now >= promised)
                yield return Call(incident, CallKind.UpdateOverdue, $"update-overdue:{promised:O}", promised, Verdict.Failed,
                    $"the update that was promised for {Clock(promised)} hasn't come");
            if (incident is { MitigatedAt: null, MitigateBy: { } mitigate } && now >= mitigate)
                yield return Call(incident, CallKind.MitigateOverdue, $"mitigate-overdue:{incident.Severity}", mitigate, Verdict.Failed,
                    $"it is not mitigated since {Clock(incident.CalledAt)}{Next(incident)}");
        }
    }

    /// <summary>Whether one severity is worse than another, by the ladder.</summary>
    private bool IsWorse(string severity, string than) => Rank(severity) < Rank(than);

    private int Rank(string severity)
    {
        var index = runbook.Severities.ToList().FindIndex(s => s.Name == severity);
        return index < 0 ? int.MaxValue : index;
    }

    private Entry? Find(string? id) => _entries.Find(e => e.Incident.Id == id);

    /// <summary>Somebody says that it is there nevertheless: a word that it was mitigated, or over, is taken back.</summary>
    private IReadOnlyList<WatchCall> Return(WatchWord word, DateTimeOffset at)
    {
        var entry = Find(word.Subject)!;
        var open = entry.Incident with { MitigatedAt = null, MitigatedBy = null, VerifiedAt = null, ResolvedAt = null, ResolvedBy = null };
        entry.Incident = word.Value is { } severity && severity != open.Severity && Rank(severity) != int.MaxValue ? Triaged(open, severity, at) : open;
        return [];
    }

    private WatchCall Opened(Entry entry, string severity, DateTimeOffset at, DateTimeOffset calledAt, string text, string? name = null)
    {
        var id = IncidentIds.NumberOf(name ?? "") > 0 ? name! : IncidentIds.Of(_highest + 1);
        _highest = Math.Max(_highest, IncidentIds.NumberOf(id));
        entry.Incident = Rated(new WatchIncident(id, entry.Source, severity, at, text)
        {
            CalledAt = calledAt,
            LastSeenAt = entry.Source == Person ? null : at,
        }, severity, calledAt);
        entry.Fired = true;
        _entries.Add(entry);
        return Call(entry.Incident, CallKind.IncidentOpened, "opened", at, Verdict.Failed, text + Duties(entry.Incident));
    }

    private WatchCall Raised(Entry entry, string severity, DateTimeOffset at, DateTimeOffset calledAt, string text, int slot)
    {
        var before = entry.Incident;
        entry.Incident = Worse(before, severity, calledAt) with { Text = text };
        return Call(entry.Incident, CallKind.IncidentRaised, $"raised:{slot}", at, Verdict.Failed, $"was {before.Severity}: {text}{Duties(entry.Incident)}");
    }

    /// <summary>What is less bad than it looked has the time that such a one has, from when it was called.</summary>
    private WatchIncident Triaged(WatchIncident incident, string severity, DateTimeOffset at) =>
        IsWorse(incident.Severity, severity) ? Rated(incident, severity, incident.CalledAt) : Worse(incident, severity, at);

    /// <summary>Getting worse gives nobody more time.</summary>
    private WatchIncident Worse(WatchIncident before, string severity, DateTimeOffset from)
    {
        var worse = Rated(before, severity, from);
        return worse with
        {
            AcknowledgeBy = Earlier(before.AcknowledgeBy, worse.AcknowledgeBy),
            MitigateBy = Earlier(before.MitigateBy, worse.MitigateBy),
        };
    }

    private WatchCall Verified(Entry entry, DateTimeOffset at, string key)
    {
        entry.Incident = entry.Incident with { VerifiedAt = at };
        return Call(entry.Incident, CallKind.MitigationVerified, key, at, Verdict.Passed,
            $"its mitigation is verified: nothing of it was seen for {Durations.Format(runbook.Watch!.Clear)}");
    }

    /// <summary>Whether its signal is known to be gone at a time: it was lately looked at. What a person opened has none.</summary>
    private bool IsGone(Entry entry, DateTimeOffset at) =>
        entry.Source != Person && entry.Gone.Fires(_clear) && entry.Gone.HeldAt is { } seen && at - seen <= longest;

    private WatchIncident Rated(WatchIncident incident, string severity, DateTimeOffset from)
    {
        var rung = runbook.Severities.FirstOrDefault(s => s.Name == severity);
        return incident with
        {
            Severity = severity,
            Owner = rung?.Owner,
            Escalation = rung?.Escalation,
            AcknowledgeBy = from + rung?.Acknowledge,
            MitigateBy = from + rung?.Mitigate,
        };
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null ? other : other is null || one < other ? one : other;

    private static string Duties(WatchIncident incident)
    {
        string?[] duties =
        [
            incident.Owner,
            incident.AcknowledgeBy is { } acknowledge ? $"acknowledge by {Clock(acknowledge)}" : null,
            incident.MitigateBy is { } mitigate ? $"mitigate by {Clock(mitigate)}" : null,
        ];
        var said = string.Join(", ", duties.OfType<string>());
        return said.Length == 0 ? "" : $" ({said})";
    }

    private static string Next(WatchIncident incident) =>
        (incident.Owner is { } owner ? $"; it is {owner}'s" : "") + (incident.Escalation is { } escalation ? $"; escalate to {escalation}" : "");

    // Minutes alone would have a clock of seconds run out when it begins.
    private static string Clock(DateTimeOffset at) =>
        at.UtcDateTime.ToString(at.Second == 0 ? "HH:mm'Z'" : "HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static WatchCall Call(WatchIncident incident, CallKind kind, string key, DateTimeOffset at, Verdict verdict, string text) =>
        new($"{incident.Id}:{key}", kind, at, incident.Id, verdict, $"{incident.Severity} {incident.Id}: {text}");

    private sealed class Entry(string source)
    {
        public string Source => source;

        public WatchIncident Incident { get; set; } = null!;

        /// <summary>Whether the signal fired when it was last known.</summary>
        public bool Fired { get; set; }

        /// <summary>True where people were told of it by an update.</summary>
        public bool Told { get; set; }

        /// <summary>Since when nothing of the signal has been seen.</summary>
        public TriggerState Gone { get; set; } = TriggerState.Fresh;
    }
}
