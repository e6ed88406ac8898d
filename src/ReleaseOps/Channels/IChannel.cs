namespace ReleaseOps.Channels;

/// <summary>A place that notices go to: the edge to one service.</summary>
internal interface IChannel
{
    /// <summary>Its name in the runbook.</summary>
    string Name { get; }

    /// <summary>True where the service takes the same notice once, however often it is sent: it has a dedup key, or can be asked whether it is there.</summary>
    bool Dedups { get; }

    /// <summary>The least time from one notice to the next.</summary>
    TimeSpan Pace { get; }

    /// <summary>Exactly what would be sent, with each secret as <see cref="SecretMask.Stars"/>.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="remote">The service's own name for the thread (Statuspage's incident id); null where it has none yet.</param>
    /// <exception cref="ReleaseOpsException">NoticeRefused: this kind of channel doesn't take such a notice.</exception>
    ChannelRequest Preview(Notice notice, string? remote);

    /// <summary>Tries once. What the service answered, or that it didn't, is an outcome, not an exception.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="remote">As for <see cref="Preview"/>.</param>
    /// <param name="mayBeThere">True where an earlier try, or an earlier notice of its thread, may have arrived: a channel that can look, looks before it sends.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<SendOutcome> SendAsync(Notice notice, string? remote, bool mayBeThere, CancellationToken cancellation);
}
