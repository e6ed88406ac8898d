using System.Text.Json;
using ReleaseOps.Gates;
using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>What the ledger remembers of the last watch of a release, event by event.</summary>
internal sealed class WatchHistory(Runbook runbook)
{
    // What people were told while no watch went on.
    private readonly List<IncidentWord> _updates = [];
    private IReadOnlyList<WatchIncident> _earlier = [];
    private int _incidents;
    private LedgerEvent? _announced;

    /// <summary>Id of the watch; null where none was begun.</summary>
    public string? Run { get; private set; }

    /// <summary>Its state; null where none was begun.</summary>
    public WatchFold? Fold { get; private set; }

    /// <summary>The plan that it was begun with.</summary>
    public string PlanDigest { get; private set; } = "";

    /// <summary>The runbook that it was begun with.</summary>
    public string RunbookDigest { get; private set; } = "";

    /// <summary>Who began it.</summary>
    public string Actor { get; private set; } = "";

    /// <summary>The last event that was taken.</summary>
    public long Seq { get; private set; }

    /// <summary>The last round of checks; -1 for none.</summary>
    public int Round { get; private set; } = -1;

    /// <summary>Since when nothing could be asked; null where it can.</summary>
    public DateTimeOffset? BlindSince { get; private set; }

    /// <summary>The decision; null where it goes on.</summary>
    public Decision? Decided { get; private set; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The gates as they were judged at the end.</summary>
    public IReadOnlyList<GateResult> Gates { get; private set; } = [];

    /// <summary>The findings that decided.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>True where it was given up.</summary>
    public bool Abandoned { get; private set; }

    /// <summary>True where it was begun and goes on.</summary>
    public bool IsOpen => Run is not null && Decided is null && !Abandoned;

    /// <summary>Takes the next event; one that was taken already is left out.</summary>
    /// <exception cref="ReleaseOpsException">BadDocument: another version wrote it.</exception>
    public void Take(LedgerEvent e)
    {
        if (e.Seq <= Seq)
            return;
        Seq = e.Seq;
        if (e.Type == "run.started" && LedgerText.Of(e.Data, "job") == nameof(RunJob.Watch))
            _announced = e;
        else if (Fold is not null && WatchWordJson.Of(e.Type, e.Data) is { } word)
            // Nobody speaks in the future: what a letter says of itself is no proof.
            Fold.Hear(word.At > e.At ? word with { At = e.At } : word);
        else if (IncidentWordJson.Of(e.Type, e.Data) is { } update)
            TakeUpdate(update.At > e.At ? update with { At = e.At } : update);
        else
        {
            if (e.Type == "incident.opened")
                Know(LedgerText.Of(e.Data, "subject"));
            // Killed between its first two lines, a watch hadn't begun.
            if (e.Type == WatchJournal.Began && _announced is { } started && started.Run == e.Run)
                Begin(started);
            if (e.Run == Run)
                TakeOwn(e);
        }
    }

    private void TakeUpdate(IncidentWord update)
    {
        Know(update.Incident);
        if (IsOpen && Fold is not null)
            Fold.Hear(update);
        else
            _updates.Add(update);
    }

    private void Know(string id) => _incidents = Math.Max(_incidents, IncidentIds.NumberOf(id));

    private void Begin(LedgerEvent e)
    {
        _earlier = Fold is null ? [] : [.. Fold.Incidents.ToldAndOpen];
        (Run, Fold, Actor, Round) = (e.Run, null, e.Actor, -1);
        (PlanDigest, RunbookDigest) = (LedgerText.Of(e.Data, "planDigest"), LedgerText.Of(e.Data, "runbookDigest"));
        (Decided, EndedAt, Gates, Findings, Abandoned, BlindSince) = (null, null, [], [], false, null);
    }

    private void TakeOwn(LedgerEvent e)
    {
        switch (e.Type)
        {
            // With another runbook its lines can't be understood; whoever asks is told so.
            case WatchJournal.Began when RunbookDigest == runbook.Digest:
                Fold = new WatchFold(new WatchSetup(runbook, Time(e.Data, "t0"))
                {
                    BeganAt = Time(e.Data, "beganAt"),
                    EndsAt = Time(e.Data, "endsAt"),
                    Commander = LedgerText.Of(e.Data, "commander") is { Length: > 0 } commander ? commander : null,
                    Incidents = _incidents,
                });
                TakeOver(Fold);
                break;
            case WatchJournal.Past:
                Fold?.Budgets.Take(LedgerText.Of(e.Data, "slo"), PastOf(e.Data));
                break;
            case WatchLookJson.Type:
                Fold?.Take(WatchLookJson.Read(e.Data), e.At);
                break;
            case WatchJournal.Moved:
                Fold?.MoveTo(Time(e.Data, "at"));
                break;
            case WatchJournal.Blinded:
                BlindSince = LedgerText.TimeOf(e.Data, "since");
                break;
            case WatchJournal.Checked:
                Round = e.Data.GetProperty("round").GetInt32();
                foreach (var result in e.Data.GetProperty("results").EnumerateArray())
                    Fold?.Take(StepJson.Read(result));
                break;
            case WatchJournal.Judged:
                Gates = [.. e.Data.GetProperty("gates").EnumerateArray().Select(GateOf)];
                Findings = FindingsOf(e.Data);
                break;
            case "run.finished":
                Decided = Enum.TryParse<Decision>(LedgerText.Of(e.Data, "decision"), out var decision) ? decision : Decision.Hold;
                EndedAt = e.At;
                break;
            case "run.abandoned":
                Abandoned = true;
                break;
            default:
                if (CallOf(e.Data) is { } call)
                    Fold?.TakeRecorded(call);
                break;
        }
    }

    /// <summary>What people were told of before, and isn't over, is this watch's too.</summary>
    private void TakeOver(WatchFold fold)
    {
        var over = _updates.GroupBy(u => u.Incident).Where(g => g.Last().Status == IncidentStatus.Resolved).Select(g => g.Key).ToHashSet();
        foreach (var incident in _earlier.Where(i => !over.Contains(i.Id)))
            fold.Adopt(incident);
        foreach (var update in _updates.Where(u => !over.Contains(u.Incident)))
            fold.Hear(update);
        _updates.Clear();
    }

    private static WatchCall? CallOf(JsonElement data) =>
        LedgerText.Of(data, "key") is { Length: > 0 } key && Enum.TryParse<CallKind>(LedgerText.Of(data, "kind"), out var kind)
            ? new WatchCall(key, kind, Time(data, "at"), LedgerText.Of(data, "subject"),
                Enum.TryParse<Verdict>(LedgerText.Of(data, "verdict"), out var verdict) ? verdict : Verdict.Inconclusive, LedgerText.Of(data, "text"))
            : null;

    private static SloPast PastOf(JsonElement data) => new(
        [.. data.GetProperty("steps").EnumerateArray().Select(WatchLookJson.ReadCount)],
        data.TryGetProperty("bad", out var bad) ? bad.GetDouble() : null,
        data.TryGetProperty("total", out var total) ? total.GetDouble() : null);

    private static GateResult GateOf(JsonElement data) => new(
        LedgerText.Of(data, "gate"), Enum.TryParse<Decision>(LedgerText.Of(data, "decision"), out var decision) ? decision : Decision.Hold, FindingsOf(data))
    {
        Score = data.TryGetProperty("score", out var score) ? score.GetDouble() : null,
    };

    private static IReadOnlyList<Finding> FindingsOf(JsonElement data) =>
        [.. data.GetProperty("findings").EnumerateArray().Select(StepJson.ReadFinding)];

    private static DateTimeOffset Time(JsonElement data, string name) => LedgerText.TimeOf(data, name)
        ?? throw new ReleaseOpsException(ErrorId.BadDocument, $"The ledger holds an event of a watch without '{name}'.",
            "Was it written by another version of ReleaseOps? Use that one to go on with the watch.");
}
