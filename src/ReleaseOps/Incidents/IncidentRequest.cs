namespace ReleaseOps.Incidents;

/// <summary>What somebody wants to say of an incident; what is left out is taken from what is known.</summary>
public sealed record IncidentRequest
{
    /// <summary>
    /// The incident. Where it is null, this opens a new one, unless it says what only a known one can have (another status than Investigating,
    /// findings, a decision track, a resolution ...): then it is the one that is open.
    /// </summary>
    public string? Incident { get; init; }

    /// <summary>How far it is; null for as far as it was.</summary>
    public IncidentStatus? Status { get; init; }

    /// <summary>Its severity by the runbook's ladder; null for what it was.</summary>
    public string? Severity { get; init; }

    /// <summary>Who or what is affected, and how.</summary>
    public string? Impact { get; init; }

    /// <summary>Where it ends: tenants, systems.</summary>
    public string? Scope { get; init; }

    /// <summary>What is being done: triage, rollback, forward-fix.</summary>
    public string? CurrentAction { get; init; }

    /// <summary>What was found since the last update.</summary>
    public string? Findings { get; init; }

    /// <summary>Which way was taken: rollback-first or forward-fix.</summary>
    public string? DecisionTrack { get; init; }

    /// <summary>What may go wrong on that way; whether the contract drifts.</summary>
    public string? Risk { get; init; }

    /// <summary>What ended it.</summary>
    public string? Resolution { get; init; }

    /// <summary>What shows that it is over: artifact paths, checks.</summary>
    public string? Evidence { get; init; }

    /// <summary>What is still to do, whose, by when.</summary>
    public string? FollowUps { get; init; }

    /// <summary>When customers began to feel it.</summary>
    public DateTimeOffset? ImpactFrom { get; init; }

    /// <summary>When they no longer did.</summary>
    public DateTimeOffset? ImpactTo { get; init; }

    /// <summary>When the next update is promised; it goes before <see cref="NextUpdateIn"/>.</summary>
    public DateTimeOffset? NextUpdateAt { get; init; }

    /// <summary>The time to the next update; null for what the message, or else the severity, asks for.</summary>
    public TimeSpan? NextUpdateIn { get; init; }

    /// <summary>The incident commander.</summary>
    public string? Commander { get; init; }

    /// <summary>Who works on it.</summary>
    public string? Owner { get; init; }

    /// <summary>How far it was escalated: L1 to L5.</summary>
    public string? Escalation { get; init; }

    /// <summary>True to say it though incidents don't go that way; it is recorded as forced.</summary>
    public bool Force { get; init; }

    /// <summary>Name of the message whose text is taken instead of the usual one.</summary>
    public string? Message { get; init; }
}
