namespace ReleaseOps.Incidents;

/// <summary>
/// The postmortem of an incident, as far as the ledger can write it, by the "Recurring Postmortem Template (Minimal)" of the M31-1 SLO Baseline and
/// Incident Review Workflow. What only people know begins with <see cref="Open"/>.
/// </summary>
public sealed record IncidentPostmortem
{
    /// <summary>What a text begins with that people have to write.</summary>
    public const string Open = "TO DO: ";

    /// <summary>The release.</summary>
    public required Release Release { get; init; }

    // 1. Event summary

    /// <summary>The incident's id.</summary>
    public required string Incident { get; init; }

    /// <summary>Its severity.</summary>
    public required string Severity { get; init; }

    /// <summary>How far it is.</summary>
    public required IncidentStatus Status { get; init; }

    /// <summary>When customers began to feel it, as far as it is known, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When they no longer did; null where they still do, or that isn't known.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>What it was, in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Where it ended: tenants, systems.</summary>
    public required string Scope { get; init; }

    // 2. Detection and response

    /// <summary>What first told of it: the watch's signal, or a person.</summary>
    public required string FirstSignal { get; init; }

    /// <summary>When it was called.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>From the beginning of the impact to <see cref="DetectedAt"/>; null where the beginning isn't known.</summary>
    public TimeSpan? DetectionDelay { get; init; }

    /// <summary>From what to what the delay was measured.</summary>
    public required string DetectionBasis { get; init; }

    /// <summary>From when it was called to when somebody took it on; null where nobody did.</summary>
    public TimeSpan? AcknowledgedAfter { get; init; }

    /// <summary>From when it was called to when it was said to be mitigated; null where it wasn't.</summary>
    public TimeSpan? MitigatedAfter { get; init; }

    /// <summary>From when it was called to when it was closed; null where it is open.</summary>
    public TimeSpan? ResolvedAfter { get; init; }

    /// <summary>What was done about it.</summary>
    public required string Mitigation { get; init; }

    /// <summary>What happened, in order.</summary>
    public required IReadOnlyList<IncidentMoment> Timeline { get; init; }

    // 3. Root cause and contributing factors

    /// <summary>The technical root cause.</summary>
    public required string RootCause { get; init; }

    /// <summary>What in process or policy let it happen, or made it last.</summary>
    public required string ProcessFactors { get; init; }

    /// <summary>What the ledger shows of that: clocks that ran out, updates that didn't come.</summary>
    public required IReadOnlyList<string> KnownFactors { get; init; }

    // 4. Corrective actions

    /// <summary>What is changed in the guards at once.</summary>
    public required string GuardChanges { get; init; }

    /// <summary>What is to be built.</summary>
    public required string EngineeringTasks { get; init; }

    /// <summary>What will show that it can't happen again, and when that is good enough.</summary>
    public required string PreventionChecks { get; init; }

    // 5. Ownership and follow-up

    /// <summary>Who answers for the actions.</summary>
    public required string ActionOwner { get; init; }

    /// <summary>What was said to be still to do, whose, by when.</summary>
    public string? FollowUps { get; init; }

    /// <summary>By when.</summary>
    public required string DueDate { get; init; }

    /// <summary>Where the proof is.</summary>
    public required string VerificationEvidence { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What people have to add, in the order of the template.</summary>
    public required IReadOnlyList<string> ToDo { get; init; }
}
