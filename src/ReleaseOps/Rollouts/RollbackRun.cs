using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>
/// Takes the way back: each step, also after one that failed; then the verification; measured against the time that it may take. What asks a
/// person comes last: traffic that has to go back doesn't wait for somebody to say that a message is out. What channels carry begins at its place,
/// goes out beside the rest, and is waited for at the end.
/// </summary>
internal sealed class RollbackRun(ReleaseRun run, RolloutJournal journal)
{
    /// <summary>Goes back. What finished before an interruption isn't done again.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="trigger">The trigger that fired; null where something else decided.</param>
    /// <param name="history">What was before an interruption: it may have been begun then, or been through.</param>
    /// <param name="cancellation">Ends it; it can be resumed.</param>
    public async Task<RollbackResult> RunAsync(string reason, string? trigger, RolloutHistory history, CancellationToken cancellation)
    {
        var (context, rollback) = (run.Context, run.Context.Plan.Runbook.Rollback);
        var startedAt = history.RollbackStartedAt ?? context.Clock.GetUtcNow();
        if (history.RollbackStartedAt is null)
            journal.RollbackStarted(reason, trigger);
        context.Report(new RollbackStarted(reason, rollback?.Within));
        var result = new RollbackResult { Reason = reason, Trigger = trigger, StartedAt = startedAt, Within = rollback?.Within };
        if (rollback is null)
        {
            result = result with
            {
                Verdict = Verdict.Failed,
                Findings = [new Finding("rollback", Verdict.Failed, "the runbook has no way back: the traffic stays where it is")],
            };
            journal.RollbackFinished(result);
            return result;
        }
        var results = new Dictionary<string, StepResult>(StringComparer.Ordinal);
        var all = rollback.Steps.Concat(rollback.Verify).ToList();
        var last = all.Where(step => AsksPerson(step, all)).ToList();
        new RolloutMoments(run).Tell(new RolloutMoment(RolloutMomentKind.Rollback));
        await StepsAsync(all, last, results, cancellation).ConfigureAwait(false);
        var elapsed = (history.RollbackFinishedAt ?? context.Clock.GetUtcNow()) - startedAt;
        await StepsAsync(last, [], results, cancellation).ConfigureAwait(false);
        var steps = all.Select(step => results[step.Id]).ToList();
        result = result with
        {
            Elapsed = elapsed,
            Steps = steps,
            Verdict = Verdicts.Worst(steps.Where(s => s.Required).Select(s => s.Verdict)),
            Findings =
            [
                .. steps.Where(s => s.Verdict != Verdict.Passed && s.Required).SelectMany(s => s.Findings).Where(f => f.Verdict != Verdict.Passed),
                .. InTime(elapsed, rollback.Within),
            ],
        };
        // A way back that ended well and moved nothing is what its verification is there to see.
        if (result.Verdict == Verdict.Passed)
            journal.Weighted("rollback", 0);
        if (history.RollbackFinishedAt is null)
            journal.RollbackFinished(result);
        context.Report(new RollbackFinished(result));
        return result;
    }

    /// <summary>Takes steps in order; those that are put off begin to send what they send, and no more.</summary>
    private async Task StepsAsync(IEnumerable<Step> steps, IReadOnlyList<Step> putOff, Dictionary<string, StepResult> results, CancellationToken cancellation)
    {
        var execution = new StepExecution(run.Context, run.Journal, run.History);
        foreach (var step in steps)
        {
            var planned = run.Context.Plan.Rollback.First(row => row.Id == step.Id);
            if (!putOff.Contains(step))
                results[step.Id] = await execution.RunInPlaceAsync(planned, cancellation).ConfigureAwait(false);
            else if (step.Work is MessageWork work && run.History.Steps.GetValueOrDefault(step.Id) is null && execution.MayBegin(planned))
                BeginSending(planned, run.Context.Plan.Runbook.Messages.First(m => m.Name == work.Message));
        }
    }

    private void BeginSending(PlannedStep planned, Message message)
    {
        try
        {
            MessageSending.Begin(run.Context, planned, message);
        }
        catch (ReleaseOpsException error) when (error.Id is not (ErrorId.LedgerLost or ErrorId.LedgerUnwritable or ErrorId.DiskFull))
        {
            // What keeps a message from being made is said at its step's end; it keeps nothing else.
        }
    }

    /// <summary>Whether a step waits for a person, and nothing that does not waits for it.</summary>
    private static bool AsksPerson(Step step, IReadOnlyList<Step> all) =>
        step.Work is ConfirmWork or MessageWork && all.Where(other => other.Needs.Contains(step.Id)).All(other => AsksPerson(other, all));

    private static IEnumerable<Finding> InTime(TimeSpan elapsed, TimeSpan? within)
    {
        if (within is not { } limit)
            yield break;
        var took = "the rollback took " + Durations.Took(elapsed);
        yield return elapsed <= limit
            ? new Finding("rollback:within", Verdict.Passed, $"{took}, within {Durations.Format(limit)}") { Required = false }
            : new Finding("rollback:within", Verdict.Failed, $"{took}, more than {Durations.Format(limit)}") { Required = false };
    }
}
