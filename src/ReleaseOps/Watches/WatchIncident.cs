namespace ReleaseOps.Watches;

/// <summary>An incident of a watch: something that went on for long enough to have a severity, or that a person opened.</summary>
/// <param name="Id">INC-1, INC-2 ... each once in a release's ledger.</param>
/// <param name="Source">What opened it: <c>severity</c> (the ladder), <c>threshold:NAME</c>, <c>trigger:NAME</c>, <c>slo:NAME</c>, or <c>person</c>.</param>
/// <param name="Severity">Its severity now: the worst that it ever had, unless a person said otherwise.</param>
/// <param name="OpenedAt">The time of the look that it was seen in, UTC.</param>
/// <param name="Text">What was seen, in a sentence.</param>
public sealed record WatchIncident(string Id, string Source, string Severity, DateTimeOffset OpenedAt, string Text)
{
    /// <summary>When the watch could first tell somebody: later than <see cref="OpenedAt"/> where the look was made up for. The clocks run from here.</summary>
    public required DateTimeOffset CalledAt { get; init; }

    /// <summary>Who answers for it, by the ladder.</summary>
    public string? Owner { get; init; }

    /// <summary>Whom it goes to next, by the ladder.</summary>
    public string? Escalation { get; init; }

    /// <summary>By when it must be acknowledged; null for no such limit.</summary>
    public DateTimeOffset? AcknowledgeBy { get; init; }

    /// <summary>When it was acknowledged; null where it wasn't.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who acknowledged it.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>By when it must be mitigated; null for no such limit.</summary>
    public DateTimeOffset? MitigateBy { get; init; }

    /// <summary>When somebody said that it is mitigated; null where nobody did, or it came back.</summary>
    public DateTimeOffset? MitigatedAt { get; init; }

    /// <summary>Who said so.</summary>
    public string? MitigatedBy { get; init; }

    /// <summary>What was done, in that person's words.</summary>
    public string? Mitigation { get; init; }

    /// <summary>
    /// When the mitigation was verified: its signal was seen to be gone for as long as the runbook asks. One that a person opened has no
    /// signal, and is verified by the person who resolves it. Null where it isn't.
    /// </summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>When it was closed; null where it is open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Who closed it.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>The last look in which its signal held; null for one that a person opened.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>When the next update to people is promised; null where none is.</summary>
    public DateTimeOffset? NextUpdateAt { get; init; }

    /// <summary>True where nobody has closed it.</summary>
    public bool IsOpen => ResolvedAt is null;

    /// <summary>True where nothing speaks for its being over: it isn't resolved, and its mitigation isn't verified.</summary>
    public bool IsUnmitigated => ResolvedAt is null && VerifiedAt is null;

    /// <summary>Whether the acknowledgement came too late, or hasn't come and is overdue.</summary>
    /// <param name="now">The time.</param>
    public bool AcknowledgeBreached(DateTimeOffset now) => AcknowledgeBy < (AcknowledgedAt ?? ResolvedAt ?? now);

    /// <summary>The same for the mitigation.</summary>
    /// <param name="now">The time.</param>
    public bool MitigateBreached(DateTimeOffset now) => MitigateBy < (MitigatedAt ?? ResolvedAt ?? now);
}
