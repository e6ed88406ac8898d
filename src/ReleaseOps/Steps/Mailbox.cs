using System.Globalization;
using System.Text.Json;
using ReleaseOps.Gates;
using ReleaseOps.Ledger;

namespace ReleaseOps.Steps;

/// <summary>What people said to a release: votes, approvals and signals, from the ledger and from letters that still arrive.</summary>
internal sealed class Mailbox
{
    public const string VoteCast = "vote.cast";
    public const string ApprovalGiven = "approval.given";
    public const string Signalled = "rollout.signal";

    private readonly Lock _lock = new();
    private readonly FileLedger _ledger;
    private readonly string _releaseFolder;
    private readonly string _run;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<Vote> _votes = [];
    private readonly List<Approval> _approvals = [];
    private readonly Queue<Signal> _signals = new();

    public Mailbox(FileLedger ledger, string releaseFolder, string run)
    {
        (_ledger, _releaseFolder, _run) = (ledger, releaseFolder, run);
        foreach (var e in ledger.ReadAll())
            Learn(e.Type, e.Data, isNew: false);
    }

    /// <summary>The votes so far, oldest first.</summary>
    public IReadOnlyList<Vote> Votes
    {
        get { lock (_lock) return [.. _votes]; }
    }

    /// <summary>The last word on a subject in a role, on this plan; null where nobody has spoken.</summary>
    public Approval? ApprovalOf(string subject, string role, string planDigest)
    {
        lock (_lock)
            return _approvals.FindLast(a => a.Subject == subject && a.Role == role && a.PlanDigest == planDigest);
    }

    /// <summary>The next signal that hasn't been taken; null for none.</summary>
    public Signal? NextSignal()
    {
        lock (_lock)
            return _signals.TryDequeue(out var signal) ? signal : null;
    }

    /// <summary>Records the letters that have arrived, then takes them away.</summary>
    public void Collect()
    {
        lock (_lock)
        {
            foreach (var letter in Inbox.Waiting(_releaseFolder))
            {
                if (!_known.Contains(letter.Id))
                {
                    _ledger.Append(letter.Type, _run, data =>
                    {
                        data.WriteString("letter", letter.Id);
                        foreach (var property in letter.Data.EnumerateObject().Where(p => p.Name != "letter"))
                            property.WriteTo(data);
                    });
                    using var recorded = WithId(letter);
                    Learn(letter.Type, recorded.RootElement, isNew: true);
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
        type == VoteCast && Enum.TryParse<VoteChoice>(Text(data, "choice"), out var choice)
            ? new Vote(Text(data, "poll"), Text(data, "role"), choice, Text(data, "by"), Time(data), Text(data, "plan"))
            {
                Comment = data.TryGetProperty("comment", out var comment) ? comment.GetString() : null,
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
        type == Signalled && Enum.TryParse<SignalKind>(Text(data, "signal"), out var kind)
            ? new Signal(kind, Text(data, "by"), Time(data)) { Reason = Text(data, "reason") is { Length: > 0 } reason ? reason : null }
            : null;

    private static void WriteWho(Utf8JsonWriter data, string by, DateTimeOffset at, string? plan)
    {
        data.WriteString("by", by);
        data.WriteString("at", at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        if (plan is not null)
            data.WriteString("plan", plan);
    }

    private void Learn(string type, JsonElement data, bool isNew)
    {
        if (data.ValueKind != JsonValueKind.Object)
            return;
        if (Text(data, "letter") is { Length: > 0 } letter && !_known.Add(letter))
            return;
        if (VoteOf(type, data) is { } vote)
            _votes.Add(vote);
        else if (ApprovalOf(type, data) is { } approval)
            _approvals.Add(approval);
        // A signal speaks to the run that was there; what an earlier run was told is history.
        else if (isNew && SignalOf(type, data) is { } signal)
            _signals.Enqueue(signal);
    }

    private static JsonDocument WithId(Letter letter)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("letter", letter.Id);
            foreach (var property in letter.Data.EnumerateObject().Where(p => p.Name != "letter"))
                property.WriteTo(json);
            json.WriteEndObject();
        }
        return JsonDocument.Parse(bytes.WrittenMemory);
    }

    private static string Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static DateTimeOffset Time(JsonElement data) =>
        DateTimeOffset.TryParse(Text(data, "at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at : default;
}

/// <summary>What a second terminal may tell a running rollout.</summary>
public enum SignalKind
{
    /// <summary>Stay at this stage until told otherwise; triggers are still looked at.</summary>
    Pause,
    /// <summary>Go on after a pause.</summary>
    Resume,
    /// <summary>Don't watch any longer: judge now. On a hold: go on, on the word of who says so.</summary>
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
