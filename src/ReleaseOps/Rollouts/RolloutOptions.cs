using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>How a rollout is run.</summary>
/// <param name="Run">How its steps are run, where its ledger is, who runs it.</param>
public sealed record RolloutOptions(RunOptions Run)
{
    /// <summary>True for a hotfix: outside the deployment windows it may start with the approval that the runbook names.</summary>
    public bool Hotfix { get; init; }
}
