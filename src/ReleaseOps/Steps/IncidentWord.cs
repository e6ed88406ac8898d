namespace ReleaseOps.Steps;

/// <summary>What somebody says of an incident in an update, as the ledger keeps it: what it is, how far it is, who is on it.</summary>
/// <param name="Incident">Id of the incident: INC-1.</param>
/// <param name="Number">Which update of it, from 1.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Severity">Its severity by the runbook's ladder.</param>
/// <param name="By">Who says so: a login name.</param>
/// <param name="At">When, UTC.</param>
public sealed record IncidentWord(string Incident, int Number, IncidentStatus Status, string Severity, string By, DateTimeOffset At)
{
    /// <summary>True where nobody knew of the incident before: the update opens it.</summary>
    public bool Opens { get; init; }

    /// <summary>True where it takes a way that incidents don't go (Investigating -> Resolved), because somebody said so.</summary>
    public bool Forced { get; init; }

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

    /// <summary>When the next update is promised; null for no promise.</summary>
    public DateTimeOffset? NextUpdateAt { get; init; }

    /// <summary>The incident commander.</summary>
    public string? Commander { get; init; }

    /// <summary>Who works on it.</summary>
    public string? Owner { get; init; }

    /// <summary>How far it was escalated: L1 to L5.</summary>
    public string? Escalation { get; init; }
}
