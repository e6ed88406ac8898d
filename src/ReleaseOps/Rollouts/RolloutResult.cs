using System.Text.Json.Serialization;
using ReleaseOps.Gates;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>What a stage, or a rollout, comes to. The zero value is the careful one.</summary>
public enum RolloutDecision
{
    /// <summary>Could not be told, or a person must decide.</summary>
    Hold,
    /// <summary>Go on to the next stage; at the end: it is out.</summary>
    Proceed,
    /// <summary>Go back.</summary>
    Rollback,
}

/// <summary>What a rollout, or a rollback by itself, came to; for a dry run, what it would do.</summary>
public sealed record RolloutResult : RunResult
{
    /// <summary>Proceed where every stage did; Rollback where it went back; null for a dry run.</summary>
    [JsonPropertyOrder(DecidedPlace)]
    public RolloutDecision? Decision { get; init; }

    /// <summary>The sentence that decided: the number, its threshold, when.</summary>
    [JsonPropertyOrder(DecidedPlace)]
    public string? Reason { get; init; }

    /// <summary>Share of the traffic that the new version has now, in percent, as the ledger says; null where that isn't known.</summary>
    [JsonPropertyOrder(DecidedPlace)]
    public double? Weight { get; init; }

    /// <summary>The stages that were reached, in order.</summary>
    public IReadOnlyList<StageResult> Stages { get; init; } = [];

    /// <summary>What each trigger came to at its last look.</summary>
    public IReadOnlyList<Finding> Triggers { get; init; } = [];

    /// <summary>The way back; null where it wasn't taken.</summary>
    public RollbackResult? Rollback { get; init; }

    /// <summary>What people said that bears on it, oldest first: votes, approvals, what a second terminal told it.</summary>
    public IReadOnlyList<Attested> Attestations { get; init; } = [];

    /// <summary>
    /// The closing line: <c>Canary rollout result: PROCEED</c>, <c>ROLLBACK (reason)</c>, <c>HOLD (reason)</c>; <c>ROLLBACK FAILED (reason)</c>
    /// and <c>ROLLBACK UNVERIFIED (reason)</c> where the way back failed, or could not be told to have worked. A rollback by itself begins
    /// with <c>Rollback result:</c>.
    /// </summary>
    [JsonPropertyOrder(LastPlace)]
    public override string Summary => (Plan.Phases.Count == 0 ? "Rollback result: " : "Canary rollout result: ") + Word
        + (Reason is null || (Decision == RolloutDecision.Proceed && !Interrupted) ? "" : $" ({Reason})");

    private string Word => this switch
    {
        { DryRun: true } => "DRY-RUN",
        { Interrupted: true } => "INTERRUPTED",
        { Decision: RolloutDecision.Rollback } => Rollback?.Verdict switch
        {
            null or Verdict.Passed => "ROLLBACK",
            Verdict.Failed => "ROLLBACK FAILED",
            _ => "ROLLBACK UNVERIFIED",
        },
        { Decision: RolloutDecision.Proceed } => "PROCEED",
        _ => "HOLD",
    };
}

/// <summary>What a stage came to.</summary>
public sealed record StageResult
{
    /// <summary>Its name.</summary>
    public required string Stage { get; init; }

    /// <summary>Its share of the traffic, in percent.</summary>
    public required double Weight { get; init; }

    /// <summary>Proceed, Hold or Rollback.</summary>
    public RolloutDecision Decision { get; init; }

    /// <summary>The sentence that decided.</summary>
    public required string Reason { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, waiting included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How many looks at the metrics were made.</summary>
    public int Looks { get; init; }

    /// <summary>What was done in it.</summary>
    public IReadOnlyList<StepResult> Steps { get; init; } = [];

    /// <summary>What was checked at its end.</summary>
    public IReadOnlyList<StepResult> Checks { get; init; } = [];

    /// <summary>What its gate came to; null where it has none or didn't get there.</summary>
    public GateResult? Gate { get; init; }

    /// <summary>Who decided, where a person did; null where the gate did.</summary>
    public string? DecidedBy { get; init; }
}

/// <summary>What the way back came to.</summary>
public sealed record RollbackResult
{
    /// <summary>Why it was taken.</summary>
    public required string Reason { get; init; }

    /// <summary>The trigger that fired; null where something else decided.</summary>
    public string? Trigger { get; init; }

    /// <summary>When it began, UTC: when it was decided.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From its beginning until its verification was through.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How long it may take; null where nobody said.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Passed where every required step and its verification did.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Its steps, then its verification.</summary>
    public IReadOnlyList<StepResult> Steps { get; init; } = [];

    /// <summary>What is worth knowing: too late, a step that failed.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
