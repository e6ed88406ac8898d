using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>What all parts of one rollout share.</summary>
internal sealed record RolloutScope(ReleaseRun Run, Phase Phase, RolloutJournal Journal)
{
    /// <summary>Says what people are told by itself.</summary>
    public RolloutMoments Moments { get; } = new(Run);

    public Rollout Rollout => Phase.Rollout!;

    public RunContext Context => Run.Context;

    public Plan Plan => Run.Context.Plan;

    public TimeProvider Clock => Run.Context.Clock;

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The plan's row of a step.</summary>
    public PlannedStep Planned(Step step) =>
        Plan.Steps.Concat(Plan.Rollback).First(row => row.Id == step.Id && row.Step is not null);

    /// <summary>The plan's row of a stage.</summary>
    public PlannedStep Head(Stage stage) => Plan.Steps.First(row => row.Kind == "stage" && row.Stage == stage.Name && row.Phase == Phase.Name);
}
