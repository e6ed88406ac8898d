using System.Text.Json.Serialization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>A step as it would run: in its place, with everything filled in that is known.</summary>
public sealed record PlannedStep
{
    /// <summary>Name of the phase; <c>rollback</c> for the way back.</summary>
    public required string Phase { get; init; }

    /// <summary>Id of the step; <c>phase:stage</c> for the head of a rollout's stage.</summary>
    public required string Id { get; init; }

    /// <summary>One line for people; null where the id says it.</summary>
    public string? Title { get; init; }

    /// <summary>What kind of work it is: command, script, http, git, file, checksums, document, junit, sql, alerts, gate, measure, poll, confirm, message, stage.</summary>
    public required string Kind { get; init; }

    /// <summary>What it would do, in full: the very command line, the request, the question. Secrets show as stars.</summary>
    public required string Does { get; init; }

    /// <summary>What it changes; null for a check.</summary>
    public string? Changes { get; init; }

    /// <summary>What must hold, as written; the implied criterion where the runbook has none.</summary>
    public IReadOnlyList<string> Expect { get; init; } = [];

    /// <summary>The condition under which it runs, as written; null for always.</summary>
    public string? If { get; init; }

    /// <summary>Ids of the steps that must have finished first.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>False where its verdict doesn't decide.</summary>
    public bool Required { get; init; } = true;

    /// <summary>How long one try may take.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>How many times it is tried at most.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>The role that it takes.</summary>
    public string? Role { get; init; }

    /// <summary>The role that must approve it before it is done; null for none.</summary>
    public string? Approval { get; init; }

    /// <summary>The stage of a rollout that it belongs to; null outside one.</summary>
    public string? Stage { get; init; }

    /// <summary>When it is due, against T-0; null when nobody said.</summary>
    public string? Due => DueAt?.ToString();

    /// <summary>The same as a distance to T-0.</summary>
    [JsonIgnore]
    public TimeOffset? DueAt { get; init; }

    /// <summary>The step of the runbook; null for a stage's head.</summary>
    [JsonIgnore]
    public Step? Step { get; init; }

    /// <summary>True where it changes something.</summary>
    [JsonIgnore]
    public bool IsAction => Changes is not null;

    /// <summary>What it comes to where nothing is looked at or done: one finding, which says why.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="why">Why, with its secrets hidden.</param>
    /// <param name="at">When that was known.</param>
    /// <param name="reason">The error that stands behind it; null where there is none.</param>
    internal StepResult WithoutLook(Verdict verdict, string why, DateTimeOffset at, ErrorId? reason = null) => new()
    {
        Phase = Phase,
        Id = Id,
        Verdict = verdict,
        Findings = [new Finding(Id, verdict, why) { Reason = reason, Required = Required }],
        Detail = why,
        StartedAt = at,
        Required = Required,
        Changes = Changes,
    };
}
