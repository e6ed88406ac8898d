using System.Text.Json;
using ReleaseOps.Ledger;

namespace ReleaseOps.Channels;

/// <summary>How far a notice is on its way to one channel.</summary>
internal enum OutboxState
{
    /// <summary>It is to go out, or to be tried again.</summary>
    Waiting,
    /// <summary>It is being sent; where no process is at it, one was killed, and it may have arrived or not.</summary>
    InDoubt,
    /// <summary>The service has it.</summary>
    Sent,
    /// <summary>The service won't take it.</summary>
    Refused,
}

/// <summary>A notice on its way to one channel.</summary>
/// <param name="Notice">The notice.</param>
/// <param name="Channel">Name of the channel.</param>
internal sealed record OutboxItem(Notice Notice, string Channel)
{
    public OutboxState State { get; init; }

    /// <summary>True where an earlier try may have arrived.</summary>
    public bool MayBeThere { get; init; }

    /// <summary>Tries so far, in all turns that came to an end.</summary>
    public int Tries { get; init; }

    /// <summary>What the service said last.</summary>
    public string Detail { get; init; } = "";

    /// <summary>When that was; null where it was never tried, or no turn came to an end.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>True where it is still to be sent.</summary>
    public bool IsOpen => State is OutboxState.Waiting or OutboxState.InDoubt;
}

/// <summary>
/// What is to go out of a release, folded from its ledger and its letters.
/// <code>
/// queued [a, b]                        a: Waiting   b: Waiting
/// sending a, sent a                    a: Sent
/// sending b, failed b (again)          b: Waiting
/// sending b, and the process is killed b: InDoubt; from here on an earlier try may have arrived
/// </code>
/// What was sent stays sent, whatever is read after it; a notice that is queued twice is one.
/// </summary>
internal sealed class Outbox
{
    private readonly List<OutboxItem> _items = [];
    private readonly Dictionary<(string Key, string Channel), int> _places = [];
    private readonly Dictionary<string, Notice> _notices = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Thread, string Channel), string> _remotes = [];
    private readonly List<OutboxEvent> _early = [];
    private readonly HashSet<string> _letters = new(StringComparer.Ordinal);

    /// <summary>Each notice and channel, in the order in which they were queued.</summary>
    public IReadOnlyList<OutboxItem> Items => _items;

    /// <summary>The notice of a key; null where nobody queued one.</summary>
    public Notice? NoticeOf(string key) => _notices.GetValueOrDefault(key);

    /// <summary>How far a notice is on its way to a channel; null where it isn't to go there.</summary>
    public OutboxItem? Find(string key, string channel) => _places.TryGetValue((key, channel), out var place) ? _items[place] : null;

    /// <summary>The service's own name for a thread; null where it isn't known.</summary>
    public string? RemoteOf(string thread, string channel) => _remotes.GetValueOrDefault((thread, channel));

    /// <summary>
    /// True where the service may have a thread without our knowing its name there: what began it may have arrived, and was given up.
    /// </summary>
    public bool MayBeThere(string thread, string channel) => RemoteOf(thread, channel) is null
        && _items.Exists(i => i.Channel == channel && i.Notice.Thread == thread && i is { State: OutboxState.Refused, MayBeThere: true });

    /// <summary>Lets what a channel refused be tried again, except where a later notice of its thread is out: old news doesn't follow new.</summary>
    public void Reopen(string channel)
    {
        var passed = new HashSet<string>(StringComparer.Ordinal);
        for (var i = _items.Count - 1; i >= 0; i--)
        {
            var item = _items[i];
            if (item.Channel != channel)
                continue;
            if (item.State == OutboxState.Sent)
                passed.Add(item.Notice.Thread);
            else if (item.State == OutboxState.Refused && !passed.Contains(item.Notice.Thread))
                _items[i] = item with { State = OutboxState.Waiting };
        }
    }

    /// <summary>Reads an outbox.</summary>
    /// <param name="events">The events of the ledger, in order.</param>
    /// <param name="letters">Letters that were waiting before the ledger was read: what is in both counts once.</param>
    public static Outbox Of(IEnumerable<LedgerEvent> events, IReadOnlyList<Letter> letters)
    {
        var outbox = new Outbox();
        foreach (var e in events)
            outbox.Take(e.Type, e.Data, LedgerText.Of(e.Data, "letter"));
        foreach (var letter in letters)
            outbox.Take(letter.Type, letter.Data, letter.Id);
        return outbox;
    }

    /// <summary>Takes an event; what is none of ours is left out.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="data">Its data.</param>
    /// <param name="letter">The letter that it came by; empty for none.</param>
    public void Take(string type, JsonElement data, string letter)
    {
        if (data.ValueKind == JsonValueKind.Object && OutboxEvent.Of(type, data) is { } happened && (letter.Length == 0 || _letters.Add(letter)))
            Take(happened);
    }

    /// <summary>Takes an event.</summary>
    public void Take(OutboxEvent happened)
    {
        // Letters are read in the order of their clocks: one that was set back puts what became of a notice before its queueing.
        if (ChannelOf(happened) is { } channel && !_places.ContainsKey((happened.Key, channel)))
            _early.Add(happened);
        switch (happened)
        {
            case NoticeQueued queued:
                Queue(queued);
                break;
            case NoticeSending sending:
                Change(sending.Key, sending.Channel, item => item with
                {
                    State = OutboxState.InDoubt,
                    MayBeThere = item.MayBeThere || item.State == OutboxState.InDoubt,
                });
                break;
            case NoticeSent sent:
                Change(sent.Key, sent.Channel, item => item with
                {
                    State = OutboxState.Sent,
                    Tries = item.Tries + sent.Tries,
                    Detail = sent.Detail,
                    At = sent.At,
                });
                if (sent.Remote is { } remote && _notices.TryGetValue(sent.Key, out var notice))
                    _remotes[(notice.Thread, sent.Channel)] = remote;
                break;
            case NoticeFailed failed:
                Change(failed.Key, failed.Channel, item => item with
                {
                    State = failed.Again ? OutboxState.Waiting : OutboxState.Refused,
                    MayBeThere = item.MayBeThere || failed.Unclear,
                    Tries = item.Tries + failed.Tries,
                    Detail = failed.Detail,
                    At = failed.At,
                });
                break;
        }
    }

    private void Queue(NoticeQueued queued)
    {
        _notices.TryAdd(queued.Key, queued.Notice);
        foreach (var channel in queued.Channels)
            if (_places.TryAdd((queued.Key, channel), _items.Count))
                _items.Add(new OutboxItem(_notices[queued.Key], channel));
        var early = _early.FindAll(e => e.Key == queued.Key);
        _early.RemoveAll(e => e.Key == queued.Key);
        early.ForEach(Take);
    }

    private static string? ChannelOf(OutboxEvent happened) => happened switch
    {
        NoticeSending sending => sending.Channel,
        NoticeSent sent => sent.Channel,
        NoticeFailed failed => failed.Channel,
        _ => null,
    };

    private void Change(string key, string channel, Func<OutboxItem, OutboxItem> change)
    {
        if (_places.TryGetValue((key, channel), out var place) && _items[place].State != OutboxState.Sent)
            _items[place] = change(_items[place]);
    }
}
