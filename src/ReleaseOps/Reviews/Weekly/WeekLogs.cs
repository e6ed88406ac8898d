using System.Text.Json;
using ReleaseOps.Ledger;
using static System.FormattableString;
using static ReleaseOps.Reviews.Weekly.ForeignJson;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>Reads what people and programs wrote over the week: the timeline of incidents, interventions, alerts, changes.</summary>
/// <param name="problems">Takes what couldn't be read: file, line, what was expected.</param>
internal sealed class WeekLogs(List<string> problems)
{
    private readonly WeekRows _rows = new(problems);

    /// <summary>
    /// The timeline: a release's ledger (its <c>incident.*</c> events), or JSON Lines with <c>ts</c>, <c>incident</c>, <c>event</c> and, where known,
    /// <c>class</c>, <c>severity</c>, <c>text</c>. The events <c>resolved</c>, <c>closed</c> and <c>verified</c> end an incident.
    /// </summary>
    public IReadOnlyList<IncidentMark>? Timeline(string path, string shown)
    {
        if (Directory.Exists(path) || Path.GetFileName(path) == FileLedger.FileName)
            return Ledger(path, shown);
        return _rows.Rows(path, shown)?.Select(row => Mark(row.Row, shown, row.Line)).OfType<IncidentMark>().OrderBy(m => m.At).ToList();
    }

    /// <summary>
    /// The interventions: JSON Lines with <c>ts</c>, <c>reason</c> and, where known, <c>action</c> (<c>none</c> for nothing), <c>alert</c> or
    /// <c>labels</c>, <c>started</c> and <c>ended</c> of the alert.
    /// </summary>
    public IReadOnlyList<Intervention>? Interventions(string path, string shown) =>
        _rows.Rows(path, shown)?.Select(row => Intervention(row.Row, shown, row.Line)).OfType<Intervention>().OrderBy(i => i.At).ToList();

    /// <summary>The alerts, as Alertmanager's <c>GET /api/v2/alerts</c> answers (https://prometheus.io/docs/alerting/latest/clients/).</summary>
    public IReadOnlyList<UnresolvedAlert>? Alerts(string path, string shown, IReadOnlyList<string> groupBy)
    {
        if (_rows.Whole(path, shown) is not { } root)
            return null;
        if (root.ValueKind != JsonValueKind.Array)
        {
            problems.Add($"{shown}: expected was a list of alerts");
            return null;
        }
        return
        [
            .. root.EnumerateArray().Select((alert, place) => Alert(alert, shown, place + 1, groupBy)).OfType<UnresolvedAlert>()
                .OrderBy(a => a.StartsAt ?? DateTimeOffset.MinValue).ThenBy(a => a.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>Changes: those of a week's review, or a list of them alone.</summary>
    public IReadOnlyList<RunbookChange> Changes(string path, string shown, out JsonElement? document)
    {
        document = _rows.Whole(path, shown);
        var list = document is { ValueKind: JsonValueKind.Array } ? document : Member(document, "runbook_changes");
        if (list is not { ValueKind: JsonValueKind.Array } there)
        {
            if (document is not null)
                problems.Add($"{shown}: runbook_changes isn't there, or is no list");
            return [];
        }
        return [.. there.EnumerateArray().Select((change, place) => Change(change, shown, place + 1)).OfType<RunbookChange>()];
    }

    private List<IncidentMark>? Ledger(string path, string shown)
    {
        try
        {
            return [.. FileLedger.Read(path).Where(e => e.Type.StartsWith("incident.", StringComparison.Ordinal)).Select(Mark).OrderBy(m => m.At)];
        }
        catch (ReleaseOpsException e)
        {
            problems.Add($"{shown}: {e.Message}");
            return null;
        }
    }

    private static IncidentMark Mark(LedgerEvent happened)
    {
        var (data, about) = (happened.Data, Member(happened.Data, "incident"));
        var what = happened.Type["incident.".Length..];
        var (status, subject) = (LedgerText.Of(data, "status"), LedgerText.Of(data, "subject"));
        return new IncidentMark(LedgerText.TimeOf(data, "at") ?? happened.At, subject.Length > 0 ? subject : LedgerText.Of(data, "incident"),
            status.Length > 0 ? $"{what}: {status}" : what)
        {
            Class = Text(about, "source"),
            Severity = Text(about, "severity") is { Length: > 0 } severity ? severity : LedgerText.Of(data, "severity"),
            Text = LedgerText.Of(data, "text"),
            Ends = what == "verified" || status == nameof(IncidentStatus.Resolved),
        };
    }

    private IncidentMark? Mark(JsonElement row, string shown, int line)
    {
        var place = Invariant($"{shown}:{line}");
        if (Text(row, "incident") is not { Length: > 0 } incident || Text(row, "event") is not { Length: > 0 } what || !Says(row, "ts"))
        {
            problems.Add($"{place}: expected were ts, incident and event");
            return null;
        }
        return Time(row, "ts", place) is not { } at ? null : new IncidentMark(at, incident, what)
        {
            Class = Text(row, "class"),
            Severity = Text(row, "severity"),
            Text = Text(row, "text"),
            Ends = what.Trim().ToLowerInvariant() is "resolved" or "closed" or "verified",
        };
    }

    private Intervention? Intervention(JsonElement row, string shown, int line)
    {
        var place = Invariant($"{shown}:{line}");
        if (Text(row, "reason") is not { Length: > 0 } reason || !Says(row, "ts"))
        {
            problems.Add($"{place}: expected were ts and reason");
            return null;
        }
        if (Time(row, "ts", place) is not { } at)
            return null;
        var labels = Labels(Member(row, "labels"));
        if (Text(row, "alert") is { Length: > 0 } alert)
            labels.TryAdd("alertname", alert);
        var (from, to) = (Time(row, "started", place), Time(row, "ended", place));
        if (to < from)
        {
            problems.Add($"{place}: ended is before started; neither is used");
            (from, to) = (null, null);
        }
        return new Intervention(at, reason)
        {
            Action = Member(row, "action") is { ValueKind: JsonValueKind.String } ? Text(row, "action") : null,
            Labels = labels,
            From = from,
            To = to,
        };
    }

    private UnresolvedAlert? Alert(JsonElement alert, string shown, int place, IReadOnlyList<string> groupBy)
    {
        var (labels, status) = (Labels(Member(alert, "labels")), Member(alert, "status"));
        if (labels.Count == 0)
        {
            problems.Add(Invariant($"{shown}: alert {place} has no labels"));
            return null;
        }
        var summary = Text(Member(alert, "annotations"), "summary");
        return new UnresolvedAlert(AlertGroups.KeyOf(labels, groupBy), labels)
        {
            StartsAt = Time(alert, "startsAt", Invariant($"{shown}: alert {place}")),
            State = Text(status, "state"),
            IsMuted = new[] { "silencedBy", "inhibitedBy" }.Any(n => Member(status, n) is { ValueKind: JsonValueKind.Array } by
                && by.GetArrayLength() > 0),
            Summary = summary.Length > 0 ? summary : Text(Member(alert, "annotations"), "description"),
        };
    }

    private RunbookChange? Change(JsonElement change, string shown, int place)
    {
        if (Text(change, "id") is not { Length: > 0 } id)
        {
            problems.Add(Invariant($"{shown}: change {place} has no id"));
            return null;
        }
        return new RunbookChange(id, Text(change, "title"))
        {
            Owner = Text(change, "owner") is { Length: > 0 } owner ? owner : null,
            Due = Day(change, "due", shown, place),
            Opened = Day(change, "opened", shown, place),
            Closed = Day(change, "closed", shown, place),
            Carried = Member(change, "carried")?.ValueKind == JsonValueKind.True,
        };
    }

    private static bool Says(JsonElement row, string name) => Member(row, name) is { ValueKind: not JsonValueKind.Null };

    // Where it isn't there, nobody said; where it can't be read, somebody did, and it is named.
    private DateTimeOffset? Time(JsonElement row, string name, string place)
    {
        if (!Says(row, name))
            return null;
        if (WeekTime.Of(row.GetProperty(name)) is { } at)
            return at;
        problems.Add($"{place}: {name} is no time; expected was 2026-02-21T10:00:00Z, or seconds since 1970");
        return null;
    }

    private DateOnly? Day(JsonElement change, string name, string shown, int place)
    {
        if (!Says(change, name))
            return null;
        if (ForeignJson.Day(change, name) is { } day)
            return day;
        problems.Add(Invariant($"{shown}: {name} of change {place} is no day; expected was 2026-02-21"));
        return null;
    }

    private static Dictionary<string, string> Labels(JsonElement? map)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in map is { ValueKind: JsonValueKind.Object } there ? there.EnumerateObject().Select(NameOf).ToList() : [])
            labels[name] = Text(map, name);
        return labels;
    }
}
