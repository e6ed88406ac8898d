using System.Globalization;
using System.Text.Json;
using ReleaseOps.Ledger;
using ReleaseOps.Steps;

namespace ReleaseOps.Incidents;

/// <summary>
/// What a release's ledger knows of incidents, event by event; pure. Jobs meet in the ledger: a watch writes what it calls, people's words to
/// it stand there too, and so does each update; here they come to one story.
/// </summary>
internal sealed class IncidentHistory
{
    private readonly List<IncidentEntry> _entries = [];
    private readonly Queue<WatchWord> _opens = new();
    private readonly SignalTimes _signals = new();
    private readonly RunMoments _runs = new();
    private readonly CheckResults _checks = new();

    /// <summary>T-0 of the last watch; null where none was begun.</summary>
    public DateTimeOffset? T0 { get; private set; }

    /// <summary>The incident commander of the last watch.</summary>
    public string? Commander { get; private set; }

    /// <summary>The highest n of any INC-n.</summary>
    public int Highest { get; private set; }

    /// <summary>What the release's checks came to, the last result of each.</summary>
    public CheckResults Checks => _checks;

    /// <summary>True while a rollback is under way.</summary>
    public bool IsRollingBack => _runs.IsRollingBack;

    /// <summary>Reads a ledger.</summary>
    public static IncidentHistory Read(IEnumerable<LedgerEvent> events)
    {
        var history = new IncidentHistory();
        foreach (var e in events)
            history.Take(e);
        return history;
    }

    /// <summary>The incidents, in the order in which they were opened.</summary>
    /// <param name="now">The time: promises run out.</param>
    public IReadOnlyList<Incident> At(DateTimeOffset now) => [.. _entries.Select(e => e.At(now, _runs.All))];

    /// <summary>Takes the next event.</summary>
    public void Take(LedgerEvent e)
    {
        _signals.Take(e);
        _runs.Take(e);
        _checks.Take(e);
        switch (e.Type)
        {
            case "watch.started":
                T0 = LedgerText.TimeOf(e.Data, "t0") ?? T0;
                Commander = Text(e.Data, "commander") ?? Commander;
                break;
            case "incident.opened":
                Opened(e);
                break;
            case "incident.raised" or "incident.overdue" or "incident.verified" or "incident.returned":
                if (Find(LedgerText.Of(e.Data, "subject")) is { } entry)
                    IncidentCalls.Take(entry, e);
                break;
            case "notice.sent" or "notice.failed":
                Noticed(e);
                break;
            default:
                if (WatchWordJson.Of(e.Type, e.Data) is { } word)
                    Heard(word, Earlier(word.At, e.At));
                else if (IncidentWordJson.Of(e.Type, e.Data) is { } update)
                    Updated(update, Earlier(update.At, e.At));
                break;
        }
    }

    private void Opened(LedgerEvent e)
    {
        var id = LedgerText.Of(e.Data, "subject");
        Know(id);
        var source = IncidentCalls.Of(e.Data, "source") ?? Incident.Person;
        // An update that declared it was heard by the watch, which then calls it: it is the same one, and has its clocks from there.
        if (Find(id) is { } known)
            known.Set(i => IncidentCalls.Rated(i, e.Data) with { Owner = i.Owner, Escalation = i.Escalation });
        if (id.Length == 0 || Find(id) is not null)
            return;
        var opens = source == Incident.Person && _opens.TryDequeue(out var word) ? word : null;
        var at = LedgerText.TimeOf(e.Data, "at") ?? e.At;
        var severity = IncidentCalls.Of(e.Data, "severity") ?? "";
        var opened = new Incident(id, source, severity, IncidentStatus.Investigating, at, IncidentCalls.Sentence(id, e.Data))
        {
            CalledAt = e.At > at ? e.At : at,
            OpenedBy = opens?.By,
            SignalAt = _signals.Since(source, at),
            Commander = Commander,
            News = "nobody was told of it",
        };
        var entry = new IncidentEntry(IncidentCalls.Rated(opened, e.Data));
        entry.Add(at, opens?.By ?? IncidentCalls.Watch, $"opened{(severity.Length == 0 ? "" : " as " + severity)} ({source}): {opened.Text}");
        if (opened.CalledAt - at > TimeSpan.FromMinutes(1))
            entry.Add(opened.CalledAt, IncidentCalls.Watch, "called: what was seen then could be told only now");
        _entries.Add(entry);
    }

    private void Heard(WatchWord word, DateTimeOffset at)
    {
        if (word.Kind == WatchWordKind.Open)
            _opens.Enqueue(word);
        else if (word.Kind == WatchWordKind.Commander)
            Commander = word.Value ?? word.By;
        else if (Find(word.Subject ?? "") is { Now.IsOpen: true } entry)
            IncidentCalls.Take(entry, word, at);
    }

    private void Updated(IncidentWord word, DateTimeOffset at)
    {
        Know(word.Incident);
        var entry = Find(word.Incident);
        if (entry is null)
            _entries.Add(entry = new IncidentEntry(
                new Incident(word.Incident, Incident.Update, word.Severity, IncidentStatus.Investigating, at, word.Impact ?? "")
                {
                    CalledAt = at,
                    OpenedBy = word.By,
                    Commander = Commander,
                }));
        IncidentCalls.Take(entry, word, at);
    }

    private void Noticed(LedgerEvent e)
    {
        // RELEASE/INCIDENT/NUMBER
        if (LedgerText.Of(e.Data, "key").Split('/') is not [.., var id, var number] || Find(id) is not { } entry)
            return;
        var sent = e.Type == "notice.sent";
        var update = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        var (channel, detail) = (Text(e.Data, "channel") ?? "?", Text(e.Data, "detail") ?? "");
        var at = Earlier(LedgerText.TimeOf(e.Data, "at") ?? e.At, e.At);
        entry.Add(new IncidentNotice(update, channel, at, sent, detail));
        entry.Add(at, e.Actor, sent ? $"update {number} was sent to {channel}" : $"update {number} could not be sent to {channel}: {detail}");
    }

    private IncidentEntry? Find(string id) => _entries.Find(e => e.Now.Id == id);

    private void Know(string id) => Highest = Math.Max(Highest, IncidentIds.NumberOf(id));

    private static string? Text(JsonElement data, string name) => LedgerText.Of(data, name) is { Length: > 0 } text ? text : null;

    /// <summary>Nobody speaks in the future: what a letter says of itself is no proof.</summary>
    private static DateTimeOffset Earlier(DateTimeOffset said, DateTimeOffset recorded) => said > recorded ? recorded : said;
}
