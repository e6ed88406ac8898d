using System.Globalization;

namespace ReleaseOps.Incidents;

/// <summary>What somebody wants to say of an incident; what is left out is taken from what is known.</summary>
public sealed record IncidentRequest
{
    /// <summary>
    /// The incident. Where it is null, this opens a new one, unless it says what only a known one can have (another status than Investigating,
    /// findings, a decision track, a resolution ...): then it is the one that is open.
    /// </summary>
    public string? Incident { get; init; }

    /// <summary>True where it opens a new one, or announces one that a watch opened; false where it goes on with one. Null: as <see cref="Incident"/> says.</summary>
    public bool? Opens { get; init; }

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

    /// <summary>The request with what it lacked: a field as <see cref="IncidentUpdate.Missing"/> names it.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">What somebody answered.</param>
    /// <exception cref="ReleaseOpsException">BadValue: a time that is none; UnknownReference: nobody can be asked for that.</exception>
    public IncidentRequest With(string field, string value) => field switch
    {
        "severity" => this with { Severity = value },
        "impact" => this with { Impact = value },
        "scope" => this with { Scope = value },
        "current_action" => this with { CurrentAction = value },
        "findings" => this with { Findings = value },
        "decision_track" => this with { DecisionTrack = value },
        "risk" => this with { Risk = value },
        "resolution" => this with { Resolution = value },
        "evidence" => this with { Evidence = value },
        "follow_ups" => this with { FollowUps = value },
        "commander" => this with { Commander = value },
        "owner" => this with { Owner = value },
        "escalation" => this with { Escalation = value },
        "impact_start" or "impact_window" => this with { ImpactFrom = Time(field, value) },
        "impact_end" => this with { ImpactTo = Time(field, value) },
        "next_update" when Durations.TryParse(value, out var after) => this with { NextUpdateIn = after },
        "next_update" => this with { NextUpdateAt = Time(field, value) },
        _ => throw new ReleaseOpsException(ErrorId.UnknownReference, $"'{field}' isn't something to be said of an incident.", "Give it as a parameter of the runbook.", field),
    };

    private static DateTimeOffset Time(string field, string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at
        : throw new ReleaseOpsException(ErrorId.BadValue, $"{field} is a time, and '{Probes.OutsideText.OneLine(value, SecretMask.None, 60)}' is none.",
            "Write it in UTC, as in 2026-12-01T10:00Z.", field);
}
