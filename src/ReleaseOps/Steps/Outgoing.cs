using ReleaseOps.Channels;

namespace ReleaseOps.Steps;

/// <summary>A notice, and where it is to go.</summary>
/// <param name="Notice">The notice, filled in.</param>
/// <param name="Channels">Names of the channels.</param>
public sealed record Outgoing(Notice Notice, IReadOnlyList<string> Channels)
{
    /// <summary>The update of an incident that it is made of, for the ledger; null for a message about none.</summary>
    public IncidentWord? Word { get; init; }
}

/// <summary>How far a notice is on its way.</summary>
public enum NoticeState
{
    /// <summary>The service has it.</summary>
    Sent,
    /// <summary>It waits in the outbox, and is tried again by the next sending.</summary>
    Waiting,
    /// <summary>The service won't take it, however often it is tried.</summary>
    Refused,
}

/// <summary>What became of a notice on one channel.</summary>
/// <param name="Key">The notice's key.</param>
/// <param name="Title">Its headline.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="State">How far it is.</param>
/// <param name="Tries">How many tries it took so far.</param>
/// <param name="Detail">What the service said last, in one line, or why it said nothing yet.</param>
public sealed record NoticeDelivery(string Key, string Title, string Channel, NoticeState State, int Tries, string Detail)
{
    /// <summary>When the service said so, UTC; null where it was never tried.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The service's own name for the thread; null where it has none.</summary>
    public string? Remote { get; init; }

    /// <summary>True where an earlier try may have arrived: another process sends it now, or one was ended while it did.</summary>
    public bool MayBeThere { get; init; }

    /// <summary>NoticeWaiting or NoticeRefused; null for what was sent.</summary>
    public ErrorId? Reason => State switch
    {
        NoticeState.Waiting => ErrorId.NoticeWaiting,
        NoticeState.Refused => ErrorId.NoticeRefused,
        _ => null,
    };

    internal static NoticeDelivery Of(Outbox outbox, OutboxItem item) => new(
        item.Notice.Key, item.Notice.Title, item.Channel,
        item.State switch { OutboxState.Sent => NoticeState.Sent, OutboxState.Refused => NoticeState.Refused, _ => NoticeState.Waiting },
        item.Tries, item.Detail.Length > 0 ? item.Detail : item.State switch
        {
            OutboxState.InDoubt => "no end of it is known: it is being sent now, or was cut short",
            OutboxState.Waiting => "not tried yet",
            _ => "",
        })
    {
        At = item.At,
        Remote = outbox.RemoteOf(item.Notice.Thread, item.Channel),
        MayBeThere = item.IsOpen && (item.MayBeThere || item.State == OutboxState.InDoubt),
    };
}
