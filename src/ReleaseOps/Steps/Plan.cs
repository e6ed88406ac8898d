using System.Text.Json.Serialization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>What a run would do, in order: the same object that a dry run shows and a real run executes.</summary>
public sealed record Plan
{
    /// <summary>The runbook that it was made from.</summary>
    [JsonIgnore]
    public required Runbook Runbook { get; init; }

    /// <summary>The release that it is for.</summary>
    public required Release Release { get; init; }

    /// <summary>The steps of the chosen phases, in order.</summary>
    public required IReadOnlyList<PlannedStep> Steps { get; init; }

    /// <summary>
    /// The way back, its verification last: shown with a plan of the whole runbook, and run by a rollout and a rollback, never by a checklist.
    /// </summary>
    public IReadOnlyList<PlannedStep> Rollback { get; init; } = [];

    /// <summary>The steps that the triggers of the plan's rollouts look at, wherever they stand.</summary>
    [JsonIgnore]
    public IReadOnlyList<PlannedStep> Watched { get; init; } = [];

    /// <summary>The texts that go out to people, shown with a plan of the whole runbook.</summary>
    public IReadOnlyList<PlannedMessage> Messages { get; init; } = [];

    /// <summary>Values of the parameters, by name; those that are missing aren't in it.</summary>
    public required IReadOnlyDictionary<string, object?> Parameters { get; init; }

    /// <summary>Names of the parameters that a real run still needs.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Names of the secrets that a real run takes from its environment.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>The phases chosen, in order; all of them when none was named.</summary>
    public required IReadOnlyList<string> Phases { get; init; }

    /// <summary>
    /// SHA-256 (lower-case hex) over the runbook's digest, the parameters and the chosen steps. A resumed run must have the same.
    /// </summary>
    public required string Digest { get; init; }

    /// <summary>
    /// SHA-256 (lower-case hex) over the runbook's digest and the parameters, whatever part was chosen. Votes and approvals bind to it: they
    /// are about the release, not about one of its phases.
    /// </summary>
    [JsonIgnore]
    public required string BallotDigest { get; init; }

    /// <summary>The parameters as they were bound, for the run to bind the steps again with its secrets.</summary>
    internal BoundParameters? Bound { get; init; }
}

/// <summary>A message as it would read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="When">When it goes out; null when nobody said.</param>
/// <param name="Text">The text, with what is known filled in.</param>
public sealed record PlannedMessage(string Name, string? When, string Text);

/// <summary>Which part of a runbook to plan. Nothing named means all of it.</summary>
/// <param name="Phases">Names of phases.</param>
/// <param name="Steps">Ids of steps.</param>
public sealed record Selection(IReadOnlyList<string> Phases, IReadOnlyList<string> Steps)
{
    /// <summary>The whole runbook.</summary>
    public static readonly Selection All = new([], []);
}
