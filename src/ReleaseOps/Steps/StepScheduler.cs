namespace ReleaseOps.Steps;

/// <summary>
/// Runs the steps of a plan, phase after phase. Inside a phase steps run in order; one with <c>needs</c>, or any in a phase with
/// <c>parallel: true</c>, starts as soon as what it needs has ended, up to the bound.
/// <code>
/// a, b, c(needs a), d     a first; then b and c side by side; d after all three, because it stands below them and names no needs.
/// a fails (required)      b, c and d are left out. With KeepGoing, checks still run; what would change something doesn't.
/// </code>
/// </summary>
internal sealed class StepScheduler(RunContext run, StepExecution execution)
{
    private readonly Dictionary<string, StepResult> _results = new(StringComparer.Ordinal);
    private StepResult? _stoppedBy;

    /// <summary>What has ended so far; each step of the plan has its result here once <see cref="RunAsync"/> has ended well.</summary>
    public IReadOnlyDictionary<string, StepResult> Results => _results;

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var phase in run.Plan.Steps.GroupBy(s => s.Phase, StringComparer.Ordinal))
            await RunPhaseAsync([.. phase], IsParallel(phase.Key), cancellation).ConfigureAwait(false);
    }

    private bool IsParallel(string phase) => run.Plan.Runbook.Phases.Any(p => p.Name == phase && p.Parallel);

    private async Task RunPhaseAsync(List<PlannedStep> waiting, bool parallel, CancellationToken cancellation)
    {
        // Then nothing behind a step that waits can be ready, and a long phase need not be searched for it.
        var inStrictOrder = !parallel && waiting.TrueForAll(s => s.Needs.Count == 0);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new List<Task<StepResult>>();
        try
        {
            while (waiting.Count > 0 || running.Count > 0)
            {
                StartWhatIsReady(waiting, running, parallel, inStrictOrder, stop.Token);
                if (running.Count == 0)
                {
                    if (waiting.Count == 0)
                        break;
                    throw new ReleaseOpsException(ErrorId.Internal, $"Step '{waiting[0].Id}' waits for something that never ends.");
                }
                var ended = running.Count == 1 ? running[0] : await Task.WhenAny(running).ConfigureAwait(false);
                Keep(await ended.ConfigureAwait(false));
                running.Remove(ended);
            }
        }
        catch
        {
            // Nothing of this run goes on after the operator or the ledger has ended it.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
                .ConfigureAwait(false);
            throw;
        }
    }

    private void StartWhatIsReady(
        List<PlannedStep> waiting, List<Task<StepResult>> running, bool parallel, bool inStrictOrder, CancellationToken cancellation)
    {
        for (var i = 0; i < waiting.Count && running.Count < run.Options.Parallelism;)
        {
            var step = waiting[i];
            var inOrder = step.Needs.Count == 0 && !parallel;
            var ready = inOrder ? i == 0 && running.Count == 0 : step.Needs.All(_results.ContainsKey);
            if (!ready && inStrictOrder)
                return;
            if (!ready)
            {
                i++;
                continue;
            }
            waiting.RemoveAt(i);
            if (LeftOut(step) is { } result)
            {
                Keep(result);
                i = 0;
            }
            else
                running.Add(execution.RunAsync(step, cancellation));
        }
    }

    private void Keep(StepResult result)
    {
        _results[result.Id] = result;
        if (result.Required && result.Verdict != Verdict.Passed)
            _stoppedBy ??= result;
    }

    private StepResult? LeftOut(PlannedStep step)
    {
        if (execution.LeaveOut(step) is { } left)
            return left;
        if (_stoppedBy is { } first && (!run.Options.KeepGoing || step.IsAction))
            return execution.Skip(step, $"not run: '{first.Id}' {Ended(first)}");
        return run.Options.Declined.Contains(step.Id) ? execution.Skip(step, "declined by the operator") : null;
    }

    private static string Ended(StepResult result) => result.Verdict switch
    {
        Verdict.Failed => "failed",
        Verdict.Skipped => "was left out",
        _ => "could not be told",
    };
}
