using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>Waits for the votes of a poll.</summary>
internal sealed class PollLooks
{
    public Task<StepResult> DecideAsync(RunContext run, PlannedStep planned, PollWork work, StepResult result, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
