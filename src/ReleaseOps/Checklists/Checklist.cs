using ReleaseOps.Steps;

namespace ReleaseOps.Checklists;

/// <summary>The go-live checklist: plan it, look at the plan, run it, and take it up again after a crash.</summary>
public static class Checklist
{
    /// <summary>What a run would do; starts nothing, opens nothing, writes nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="clock">The clock.</param>
    public static ChecklistResult DryRun(Plan plan, string actor, TimeProvider clock) => new()
    {
        Runbook = plan.Runbook.Name,
        Title = plan.Runbook.Title,
        Release = plan.Release,
        Verdict = Verdict.Planned,
        StartedAt = clock.GetUtcNow(),
        Actor = actor,
        Plan = plan,
    };

    /// <summary>Runs a plan to its decision. When the operator ends it, the result says so and the ledger can be resumed.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the run: children are ended, the ledger is closed.</param>
    /// <exception cref="ReleaseOpsException">
    /// MissingParameter, MissingSecret, SecretTooShort, IsRollout, NothingToRun, RunUnfinished before anything is done; LedgerHeld, LedgerTampered,
    /// LedgerLost, LedgerUnwritable, DiskFull, EvidenceUnwritable.
    /// </exception>
    public static async Task<ChecklistResult> RunAsync(Plan plan, RunOptions options, CancellationToken cancellation)
    {
        RefuseRollouts(plan);
        using var run = ReleaseRun.Begin(plan, RunJob.Checklist, options);
        return await RunAsync(run, cancellation).ConfigureAwait(false);
    }

    /// <summary>Goes on with a run that a crash or the operator cut short: what finished isn't repeated.</summary>
    /// <param name="plan">The plan; it must be the one that the run was started with.</param>
    /// <param name="run">Id of the run; null for the last one that hasn't ended.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the run again.</param>
    /// <exception cref="ReleaseOpsException">RunNotFound, PlanChanged, and all that a fresh run may throw.</exception>
    public static async Task<ChecklistResult> ResumeAsync(Plan plan, string? run, RunOptions options, CancellationToken cancellation)
    {
        RefuseRollouts(plan);
        using var resumed = ReleaseRun.Resume(plan, RunJob.Checklist, run, options);
        return await RunAsync(resumed, cancellation).ConfigureAwait(false);
    }

    /// <summary>Gives up a run that was cut short, so that a new one may start.</summary>
    /// <param name="release">The release.</param>
    /// <param name="run">Id of the run; null for the last one that hasn't ended.</param>
    /// <param name="options">Where the ledger is, and who gives it up.</param>
    /// <returns>The id of the run that was given up.</returns>
    /// <exception cref="ReleaseOpsException">RunNotFound, and what opening the ledger may throw.</exception>
    public static string Abandon(Release release, string? run, RunOptions options) => ReleaseRun.Abandon(release, run, options);

    private static async Task<ChecklistResult> RunAsync(ReleaseRun run, CancellationToken cancellation)
    {
        var (context, history, plan, clock) = (run.Context, run.History, run.Context.Plan, run.Context.Clock);
        var scheduler = new StepScheduler(context, new StepExecution(context, run.Journal, history));
        var interrupted = false;
        try
        {
            await scheduler.RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            interrupted = true;
        }
        var steps = plan.Steps.Select(s => scheduler.Results.TryGetValue(s.Id, out var r) ? r : NotReached(s, clock)).ToList();
        var decision = interrupted ? Decision.Hold : Judge(steps);
        if (interrupted)
            run.Journal.Interrupted();
        else
            run.Journal.Finished(decision);
        return DryRun(plan, context.Options.Actor, clock) with
        {
            Run = history.Run,
            Verdict = decision.ToVerdict(),
            Decision = decision,
            Interrupted = interrupted,
            StartedAt = history.StartedAt,
            Elapsed = clock.GetUtcNow() - history.StartedAt,
            Steps = steps,
            Findings = [.. steps.SelectMany(s => s.Findings).OrderBy(f => f.Verdict.Rank()).ThenByDescending(f => f.Required)],
            Folder = run.Folder,
        };
    }

    /// <summary>
    /// NoGo when something required failed; Hold when something required is unknown or was left out, or when nothing was looked at;
    /// else Go.
    /// </summary>
    private static Decision Judge(IReadOnlyList<StepResult> steps) => Decisions.Of(steps.Where(s => s.Required).Select(s => s.Verdict));

    private static StepResult NotReached(PlannedStep step, TimeProvider clock) =>
        step.WithoutLook(Verdict.Skipped, "not run: the operator ended the run", clock.GetUtcNow(), ErrorId.Interrupted);

    private static void RefuseRollouts(Plan plan)
    {
        if (plan.Runbook is { Phases.Count: 0, Watch: null, Hotfix: null })
            throw new ReleaseOpsException(
                ErrorId.NothingToRun, $"The runbook '{plan.Runbook.Name}' has no phases: it only says how an event log is reviewed.",
                "Review it with 'releaseops review' or New-IncidentReview.", plan.Runbook.Name);
        if (plan.Runbook is { Phases.Count: 0, Watch: null })
            throw new ReleaseOpsException(
                ErrorId.NothingToRun, $"The runbook '{plan.Runbook.Name}' has no phases: it only says what may go out as a hotfix.",
                "Ask it with 'releaseops hotfix' or Test-HotfixReadiness.", plan.Runbook.Name);
        if (plan.Runbook.Phases.Count == 0)
            throw new ReleaseOpsException(
                ErrorId.NothingToRun, $"The runbook '{plan.Runbook.Name}' has no phases: it only says how a release is watched.",
                "Run it with 'releaseops watch' or Start-StabilityWatch.", plan.Runbook.Name);
        if (plan.Steps.FirstOrDefault(s => s.Kind == "stage") is { } stage)
            throw new ReleaseOpsException(
                ErrorId.IsRollout,
                $"The phase '{stage.Phase}' is a rollout, which a checklist doesn't run.",
                "Run it with 'releaseops rollout' or Invoke-CanaryRollout, and the other phases by name (--phase, -Phase): "
                + string.Join(", ", plan.Runbook.Phases.Where(p => p.Rollout is null).Select(p => p.Name)) + ".",
                stage.Phase);
    }
}
