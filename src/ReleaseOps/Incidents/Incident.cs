using ReleaseOps.Steps;

namespace ReleaseOps.Incidents;

/// <summary>An incident of a release, as its ledger has it: what the watch called, what people told the watch, and what updates said of it.</summary>
/// <param name="Id">INC-1, INC-2 ...</param>
/// <param name="Source">
/// What opened it: a watch's signal (<c>severity</c>, <c>threshold:NAME</c>, <c>trigger:NAME</c>, <c>slo:NAME</c>), <c>person</c> (somebody
/// told the watch), or <c>update</c> (an update declared it).
/// </param>
/// <param name="Severity">Its severity now; empty where nobody has given it one.</param>
/// <param name="Status">How far it is.</param>
/// <param name="OpenedAt">When it began to count, UTC: for a signal's, the look in which it had held for long enough.</param>
/// <param name="Text">What it is, in a sentence; empty where nobody has said.</param>
public sealed record Incident(string Id, string Source, string Severity, IncidentStatus Status, DateTimeOffset OpenedAt, string Text)
{
    /// <summary>Source of what somebody told the watch.</summary>
    internal const string Person = "person";

    /// <summary>Source of what an update declared.</summary>
    internal const string Update = "update";

    /// <summary>Who opened it: a login name; null for a signal.</summary>
    public string? OpenedBy { get; init; }

    /// <summary>When it was called: nobody could be told before. Later than <see cref="OpenedAt"/> where a look was made up for.</summary>
    public required DateTimeOffset CalledAt { get; init; }

    /// <summary>The first look in which its signal held, without a break up to <see cref="OpenedAt"/>; null where no look shows it.</summary>
    public DateTimeOffset? SignalAt { get; init; }

    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>Whom it goes to next.</summary>
    public string? Escalation { get; init; }

    /// <summary>The incident commander.</summary>
    public string? Commander { get; init; }

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

    /// <summary>When the watch saw that its signal was gone for long enough; null where it didn't.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>When it was closed; null where it is open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Who closed it.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>Who or what is affected, as the last update that spoke of it has it.</summary>
    public string? Impact { get; init; }

    /// <summary>Where it ends, likewise.</summary>
    public string? Scope { get; init; }

    /// <summary>When customers began to feel it, as somebody said; null where nobody did.</summary>
    public DateTimeOffset? ImpactFrom { get; init; }

    /// <summary>When they no longer did, as somebody said.</summary>
    public DateTimeOffset? ImpactTo { get; init; }

    /// <summary>The updates, in order.</summary>
    public IReadOnlyList<IncidentWord> Updates { get; init; } = [];

    /// <summary>The last update; null where there is none.</summary>
    internal IncidentWord? LastWord => Updates.Count > 0 ? Updates[^1] : null;

    /// <summary>The number of the last update; 0 where there is none.</summary>
    public int LastUpdate { get; init; }

    /// <summary>When that was; null where there is none.</summary>
    public DateTimeOffset? LastUpdateAt { get; init; }

    /// <summary>When the next update is promised; null for no promise.</summary>
    public DateTimeOffset? NextUpdateAt { get; init; }

    /// <summary>True where that time is over, and the incident isn't.</summary>
    public bool IsUpdateOverdue { get; init; }

    /// <summary>
    /// What people ought to hear since the last update, in a sentence: that it is there, got worse, came back, is verified or over; null for nothing.
    /// </summary>
    public string? News { get; init; }

    /// <summary>What was sent, and what could not be.</summary>
    public IReadOnlyList<IncidentNotice> Notices { get; init; } = [];

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<IncidentMoment> Timeline { get; init; } = [];

    /// <summary>True where nobody has closed it.</summary>
    public bool IsOpen => Status != IncidentStatus.Resolved;

    /// <summary>True where a signal opened it that isn't known to be gone: nothing but somebody's word speaks for its being over.</summary>
    public bool IsUnverified => Source is not (Person or Update) && VerifiedAt is null;
}

/// <summary>A notice of an incident, at one channel.</summary>
/// <param name="Number">The update that it carries; 0 where it carries none.</param>
/// <param name="Channel">The channel.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Sent">True where the service has it.</param>
/// <param name="Detail">What the service said; empty for nothing.</param>
public sealed record IncidentNotice(int Number, string Channel, DateTimeOffset At, bool Sent, string Detail);

/// <summary>Something that happened in an incident.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who: a login name, or <c>watch</c>, <c>rollout</c>, <c>rollback</c> ...</param>
/// <param name="Text">What, in a sentence.</param>
public sealed record IncidentMoment(DateTimeOffset At, string By, string Text);
