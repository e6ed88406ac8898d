using ReleaseOps.Ledger;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>The way back by itself: planned, rehearsed, taken.</summary>
public static class ReleaseRollback
{
    /// <summary>Plans the way back.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="given">Values of parameters, as text, by name.</param>
    /// <exception cref="ReleaseOpsException">NothingToRun, and what planning may throw.</exception>
    public static Plan Plan(Runbook runbook, IReadOnlyDictionary<string, string> given) => runbook.Rollback is null
        ? throw new ReleaseOpsException(ErrorId.NothingToRun, $"The runbook '{runbook.Name}' has no way back.", "Add one under 'rollback'.", runbook.Name)
        : Planner.MakeRollback(runbook, given);

    /// <summary>
    /// Goes back. It takes over from a rollout that was cut short; one that is running must be told to abort instead, for it holds the release.
    /// </summary>
    /// <param name="plan">The plan, as <see cref="Plan"/> makes it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it; it can be resumed.</param>
    /// <exception cref="ReleaseOpsException">As for a rollout, without those about its start.</exception>
    public static async Task<RolloutResult> RunAsync(Plan plan, string reason, RunOptions options, CancellationToken cancellation)
    {
        using var run = ReleaseRun.Begin(plan, RunJob.Rollback, options, supersedes: true);
        return await RunAsync(run, reason, cancellation).ConfigureAwait(false);
    }

    /// <summary>Goes on with a rollback that was cut short.</summary>
    /// <param name="plan">The plan; it must be the one that it was started with.</param>
    /// <param name="run">Id of the run; null for the last one that hasn't ended.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it again.</param>
    /// <exception cref="ReleaseOpsException">RunNotFound, PlanChanged, and all that a fresh run may throw.</exception>
    public static async Task<RolloutResult> ResumeAsync(Plan plan, string? run, RunOptions options, CancellationToken cancellation)
    {
        using var resumed = ReleaseRun.Resume(plan, RunJob.Rollback, run, options);
        return await RunAsync(resumed, "", cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Rehearses the way back: everything that it would do is filled in, secrets too, and every program that it would start is looked for;
    /// nothing is started. The ledger records it, and a rollout says so when it never was.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">Where the ledger is, and who rehearses.</param>
    /// <returns>One finding a step.</returns>
    /// <exception cref="ReleaseOpsException">MissingParameter, MissingSecret, and what opening the ledger may throw.</exception>
    public static IReadOnlyList<Finding> Rehearse(Plan plan, RunOptions options)
    {
        var scope = ReleaseRun.Bound(plan, options, out var mask);
        var findings = plan.Rollback.Select(row => Rehearsed(row, plan.Runbook, scope, options.Folder, mask)).ToList();
        using var ledger = FileLedger.Open(ReleaseRun.FolderOf(plan.Release, options), options.Actor, options.Clock, mask);
        new RolloutJournal(new RunJournal(ledger, "")).Rehearsed(plan.Runbook.Digest, Verdicts.Worst(findings.Select(f => f.Verdict)));
        return findings;
    }

    private static Finding Rehearsed(PlannedStep row, Runbook runbook, BindingScope scope, string folder, SecretMask mask)
    {
        try
        {
            var look = LookBinder.Bind(row.Step!.Work, runbook, scope, folder);
            if (look is not CommandLook command)
                return new Finding(row.Id, Verdict.Passed, $"{row.Does}: filled in");
            var searchPath = command.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH");
            return ProgramSearch.Find(command.Program, command.Folder, searchPath, out var problem) is { } path
                ? new Finding(row.Id, Verdict.Passed, mask.Apply($"{row.Does}: {path}"))
                : new Finding(row.Id, Verdict.Failed, mask.Apply(problem)) { Reason = ErrorId.ProgramNotFound };
        }
        catch (ReleaseOpsException error)
        {
            return new Finding(row.Id, Verdict.Failed, mask.Apply(error.Message)) { Reason = error.Id };
        }
    }

    private static async Task<RolloutResult> RunAsync(ReleaseRun run, string reason, CancellationToken cancellation)
    {
        var (context, clock) = (run.Context, run.Context.Clock);
        var journal = new RolloutJournal(run.Journal);
        var history = RolloutHistory.Of(run.Ledger.ReadAll(), run.History.Run);
        var result = CanaryRollout.DryRun(context.Plan, context.Options.Actor, clock) with
        {
            Run = run.History.Run,
            StartedAt = run.History.StartedAt,
            Folder = run.Folder,
            Reason = history.RollbackReason ?? reason,
        };
        try
        {
            var rollback = await new RollbackRun(run, journal)
                .RunAsync(result.Reason, null, history, cancellation).ConfigureAwait(false);
            await context.Notices.EndAsync(RolloutMoments.AtTheEnd).ConfigureAwait(false);
            run.Journal.Finished(Decision.NoGo);
            result = result with { Decision = RolloutDecision.Rollback, Rollback = rollback, Findings = rollback.Findings };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await context.Notices.EndAsync(TimeSpan.Zero).ConfigureAwait(false);
            run.Journal.Interrupted();
            result = result with { Decision = RolloutDecision.Hold, Interrupted = true };
        }
        return result with
        {
            Elapsed = clock.GetUtcNow() - result.StartedAt,
            Attestations = Attested.Of(run.Ledger.ReadAll(), context.Plan, run.History.Run),
            Weight = RolloutHistory.Of(run.Ledger.ReadAll(), run.History.Run).Weight,
        };
    }
}
