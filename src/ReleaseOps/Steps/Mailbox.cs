using System.Globalization;
using System.Text.Json;
using ReleaseOps.Channels;
using ReleaseOps.Gates;
using ReleaseOps.Ledger;
using ReleaseOps.Probes;

namespace ReleaseOps.Steps;

/// <summary>
/// What people said to a release: votes, approvals, signals, words to its watch and updates of its incidents, from the ledger and from letters
/// that still arrive; and what other processes sent by channels meanwhile.
/// </summary>
internal sealed class Mailbox
{
    public const string VoteCast = "vote.cast";
    public const string ApprovalGiven = "approval.given";
    public const string Signalled = "rollout.signal";

    /// <summary>The longest comment or reason that is taken from a letter.</summary>
    private const int MostCharacters = 2000;

    private readonly Lock _lock = new();
    private readonly FileLedger _ledger;
    private readonly string _releaseFolder;
    private readonly string _run;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<Vote> _votes = [];
    private readonly List<Approval> _approvals = [];
    private readonly Queue<Signal> _signals = new();

    /// <summary>Opens it for a run.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="releaseFolder">The release's folder.</param>
    /// <param name="run">Id of the run.</param>
    /// <param name="resumed">True where an earlier part of the run is gone on with: what it was told to do, and didn't come to do, still holds.</param>
    public Mailbox(FileLedger ledger, string releaseFolder, string run, bool resumed)
    {
        (_ledger, _releaseFolder, _run) = (ledger, releaseFolder, run);
        foreach (var e in ledger.ReadAll())
            if (Read(e.Type, e.Data) is { } said)
                Learn(said, Text(e.Data, "letter"), isHeard: e.Run == run);
        // A letter that waits already was sent to whoever held the release before; only what it says to this run's earlier part is for it.
        Collect(resumed ? run : "");
        var signals = _signals.ToArray();
        _signals.Clear();
        foreach (var signal in signals.Where(s => resumed && s.Kind != SignalKind.Promote))
            _signals.Enqueue(signal);
    }

    /// <summary>The votes so far, oldest first.</summary>
    public IReadOnlyList<Vote> Votes
    {
        // A letter may come into the ledger after a vote that was cast later.
        get { lock (_lock) return [.. _votes.OrderBy(v => v.At)]; }
    }

    /// <summary>The last word on a subject in a role, on this plan; null where nobody has spoken.</summary>
    public Approval? ApprovalOf(string subject, string role, string planDigest)
    {
        lock (_lock)
            return _approvals.Where(a => a.Subject == subject && a.Role == role && a.PlanDigest == planDigest).OrderBy(a => a.At).LastOrDefault();
    }

    /// <summary>The next signal that hasn't been taken; null for none.</summary>
    public Signal? NextSignal()
    {
        lock (_lock)
            return _signals.TryDequeue(out var signal) ? signal : null;
    }

    /// <summary>Records the letters that have arrived, then takes them away; what says nothing that can be understood is set aside.</summary>
    public void Collect() => Collect(_run);

    private void Collect(string run)
    {
        lock (_lock)
        {
            foreach (var letter in Inbox.Waiting(_releaseFolder))
            {
                if (Understood(letter) is not { } said)
                {
                    Inbox.SetAside(_releaseFolder, letter);
                    continue;
                }
                if (!_known.Contains(letter.Id))
                {
                    _ledger.Append(letter.Type, run, data =>
                    {
                        data.WriteString("letter", letter.Id);
                        Write(data, said);
                    });
                    Learn(said, letter.Id, isHeard: true);
                }
                Inbox.Remove(_releaseFolder, letter);
            }
        }
    }

    /// <summary>Records a vote of somebody who is here.</summary>
    public void Cast(Vote vote)
    {
        lock (_lock)
        {
            _ledger.Append(VoteCast, _run, data => Write(data, vote));
            _votes.Add(vote);
        }
    }

    /// <summary>Records an approval of somebody who is here.</summary>
    public void Give(Approval approval)
    {
        lock (_lock)
        {
            _ledger.Append(ApprovalGiven, _run, data => Write(data, approval));
            _approvals.Add(approval);
        }
    }

    public static void Write(Utf8JsonWriter data, Vote vote)
    {
        data.WriteString("poll", vote.Poll);
        data.WriteString("role", vote.Role);
        data.WriteString("choice", vote.Choice.ToString());
        WriteWho(data, vote.By, vote.At, vote.PlanDigest);
        if (vote.Comment is { } comment)
            data.WriteString("comment", comment);
    }

    public static void Write(Utf8JsonWriter data, Approval approval)
    {
        data.WriteString("subject", approval.Subject);
        data.WriteString("role", approval.Role);
        data.WriteBoolean("given", approval.Given);
        WriteWho(data, approval.By, approval.At, approval.PlanDigest);
    }

    public static void Write(Utf8JsonWriter data, Signal signal)
    {
        data.WriteString("signal", signal.Kind.ToString());
        WriteWho(data, signal.By, signal.At, null);
        if (signal.Reason is { } reason)
            data.WriteString("reason", reason);
    }

    /// <summary>Reads a vote; null where the event is none.</summary>
    public static Vote? VoteOf(string type, JsonElement data) =>
        type == VoteCast && Enum.TryParse<VoteChoice>(Text(data, "choice"), out var choice) && Enum.IsDefined(choice)
            ? new Vote(Text(data, "poll"), Text(data, "role"), choice, Text(data, "by"), Time(data), Text(data, "plan"))
            {
                Comment = Text(data, "comment") is { Length: > 0 } comment ? comment : null,
            }
            : null;

    /// <summary>Reads an approval; null where the event is none.</summary>
    public static Approval? ApprovalOf(string type, JsonElement data) => type == ApprovalGiven
        ? new Approval(
            Text(data, "subject"), Text(data, "role"), data.TryGetProperty("given", out var given) && given.ValueKind == JsonValueKind.True,
            Text(data, "by"), Time(data), Text(data, "plan"))
        : null;

    /// <summary>Reads a signal; null where the event is none.</summary>
    public static Signal? SignalOf(string type, JsonElement data) =>
        type == Signalled && Enum.TryParse<SignalKind>(Text(data, "signal"), out var kind) && Enum.IsDefined(kind)
            ? new Signal(kind, Text(data, "by"), Time(data)) { Reason = Text(data, "reason") is { Length: > 0 } reason ? reason : null }
            : null;

    private static void WriteWho(Utf8JsonWriter data, string by, DateTimeOffset at, string? plan)
    {
        data.WriteString("by", by);
        data.WriteString("at", at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        if (plan is not null)
            data.WriteString("plan", plan);
    }

    private void Learn(object said, string letter, bool isHeard)
    {
        if (letter.Length > 0 && !_known.Add(letter))
            return;
        if (said is Vote vote)
            _votes.Add(vote);
        else if (said is Approval approval)
            _approvals.Add(approval);
        // A signal speaks to the run that was there; what another run was told is history.
        else if (isHeard && said is Signal signal)
            _signals.Enqueue(signal);
    }

    /// <summary>A vote, an approval, a signal, a word to a watch, an update of an incident or a step of a notice on its way; null where the event is none.</summary>
    private static object? Read(string type, JsonElement data) => data.ValueKind != JsonValueKind.Object ? null
        : (object?)VoteOf(type, data) ?? (object?)ApprovalOf(type, data) ?? (object?)SignalOf(type, data) ?? (object?)WatchWordJson.Of(type, data)
            ?? (object?)Update(type, data) ?? OutboxEvent.Of(type, data);

    /// <summary>An update of an incident, and the notice of it where the same line has it.</summary>
    private static Updated? Update(string type, JsonElement data) =>
        IncidentWordJson.Of(type, data) is { } word ? new Updated(word, OutboxEvent.Of(type, data)) : null;

    private static void Write(Utf8JsonWriter data, object said)
    {
        if (said is Vote vote)
            Write(data, vote);
        else if (said is Approval approval)
            Write(data, approval);
        else if (said is Signal signal)
            Write(data, signal);
        else if (said is WatchWord watch)
            WatchWordJson.Write(data, watch);
        else if (said is Updated update)
        {
            IncidentWordJson.Write(data, update.Word);
            update.Notice?.Write(data);
        }
        else
            ((OutboxEvent)said).Write(data);
    }

    /// <summary>
    /// What a letter says, made fit to be shown; null where it is none of these, or doesn't say whose. Nothing else
    /// comes into the ledger by letter: a letter can't say that a stage was decided.
    /// </summary>
    private static object? Understood(Letter letter) => Read(letter.Type, letter.Data) is not { } said ? null : said switch
    {
        Vote { By.Length: > 0 } vote => vote with { By = Line(vote.By), Comment = vote.Comment is { } comment ? Line(comment) : null },
        Approval { By.Length: > 0 } approval => approval with { By = Line(approval.By) },
        WatchWord or Updated or OutboxEvent => said,
        Signal { By.Length: > 0 } signal => signal with { By = Line(signal.By), Reason = signal.Reason is { } reason ? Line(reason) : null },
        _ => null,
    };

    private sealed record Updated(IncidentWord Word, OutboxEvent? Notice);

    private static string Line(string text) => OutsideText.OneLine(text, SecretMask.None, MostCharacters);

    private static DateTimeOffset Time(JsonElement data) => LedgerText.TimeOf(data, "at") ?? default;

    private static string Text(JsonElement data, string name) => LedgerText.Of(data, name);
}

/// <summary>What a second terminal may tell a running rollout.</summary>
public enum SignalKind
{
    /// <summary>Stay at this stage until told otherwise, on a hold without its limit; triggers are still looked at.</summary>
    Pause,
    /// <summary>Go on after a pause.</summary>
    Resume,
    /// <summary>Don't watch any longer: judge now. On a hold: go on, on the word of who says so. It lifts a pause.</summary>
    Promote,
    /// <summary>Go back now.</summary>
    Abort,
}

/// <summary>A word to a running rollout.</summary>
/// <param name="Kind">What.</param>
/// <param name="By">Who: a login name.</param>
/// <param name="At">When, UTC.</param>
public sealed record Signal(SignalKind Kind, string By, DateTimeOffset At)
{
    /// <summary>Why; null where nobody said.</summary>
    public string? Reason { get; init; }
}
