using ReleaseOps.Ledger;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;
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
    /// MissingParameter, MissingSecret, SecretTooShort, IsRollout, RunUnfinished before anything is done; LedgerHeld, LedgerTampered,
    /// LedgerLost, LedgerUnwritable, DiskFull, EvidenceUnwritable.
    /// </exception>
    public static async Task<ChecklistResult> RunAsync(Plan plan, RunOptions options, CancellationToken cancellation)
    {
        var mask = Ready(plan, options, out var scope);
        var releaseFolder = Path.Combine(options.EvidenceRoot, plan.Release.FolderName);
        using var ledger = FileLedger.Open(releaseFolder, options.Actor, options.Clock, mask);
        var startedAt = options.Clock.GetUtcNow();
        var run = RunId.New(startedAt);
        var journal = new RunJournal(ledger, run);
        foreach (var earlier in RunJournal.Histories(ledger.ReadAll()).Where(h => !h.Ended))
        {
            if (earlier.ChangedSomething)
                throw new ReleaseOpsException(
                    ErrorId.RunUnfinished,
                    $"The run {earlier.Run} of '{earlier.Runbook}' on {plan.Release} was cut short after it had begun to change something.",
                    "Go on with it (--resume, -Resume), or give it up (--abandon, -Abandon) if you know what it left behind.", earlier.Run);
            EndLeftovers(earlier.Run, options);
            journal.Abandoned(earlier.Run);
        }
        journal.Started(plan);
        return await RunAsync(plan, options, scope, mask, journal, new RunHistory(run, plan.Runbook.Name, plan.Digest, startedAt), releaseFolder, cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Goes on with a run that a crash or the operator cut short: what finished isn't repeated.</summary>
    /// <param name="plan">The plan; it must be the one that the run was started with.</param>
    /// <param name="run">Id of the run; null for the last one that hasn't ended.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the run again.</param>
    /// <exception cref="ReleaseOpsException">RunNotFound, PlanChanged, and all that a fresh run may throw.</exception>
    public static async Task<ChecklistResult> ResumeAsync(Plan plan, string? run, RunOptions options, CancellationToken cancellation)
    {
        var mask = Ready(plan, options, out var scope);
        var releaseFolder = Path.Combine(options.EvidenceRoot, plan.Release.FolderName);
        if (!Directory.Exists(releaseFolder))
            throw NothingToResume(plan.Release, run, releaseFolder);
        using var ledger = FileLedger.Open(releaseFolder, options.Actor, options.Clock, mask);
        var history = RunJournal.Histories(ledger.ReadAll()).LastOrDefault(h => IsOpen(h, releaseFolder) && (run is null || h.Run == run))
            ?? throw NothingToResume(plan.Release, run, releaseFolder);
        if (history.PlanDigest != plan.Digest)
            throw new ReleaseOpsException(
                ErrorId.PlanChanged,
                $"The run {history.Run} was started with another plan: the runbook, its parameters or the chosen phases have changed since.",
                "Resume it with the same ones, or give it up (--abandon, -Abandon) and start a new run.", history.Run);
        EndLeftovers(history.Run, options);
        var journal = new RunJournal(ledger, history.Run);
        journal.Resumed();
        return await RunAsync(plan, options, scope, mask, journal, history, releaseFolder, cancellation).ConfigureAwait(false);
    }

    /// <summary>A run may have reached its decision and been killed before its evidence was written: it is resumed for that alone.</summary>
    private static bool IsOpen(RunHistory history, string releaseFolder) =>
        !history.Ended || (history.Finished && !File.Exists(Path.Combine(releaseFolder, history.Run, EvidencePlace.ResultName)));

    /// <summary>Gives up a run that was cut short, so that a new one may start.</summary>
    /// <param name="release">The release.</param>
    /// <param name="run">Id of the run; null for the last one that hasn't ended.</param>
    /// <param name="options">Where the ledger is, and who gives it up.</param>
    /// <returns>The id of the run that was given up.</returns>
    /// <exception cref="ReleaseOpsException">RunNotFound, and what opening the ledger may throw.</exception>
    public static string Abandon(Release release, string? run, RunOptions options)
    {
        var releaseFolder = Path.Combine(options.EvidenceRoot, release.FolderName);
        if (!Directory.Exists(releaseFolder))
            throw NothingToResume(release, run, releaseFolder);
        using var ledger = FileLedger.Open(releaseFolder, options.Actor, options.Clock, SecretMask.None);
        var history = RunJournal.Histories(ledger.ReadAll()).LastOrDefault(h => !h.Ended && (run is null || h.Run == run))
            ?? throw NothingToResume(release, run, releaseFolder);
        EndLeftovers(history.Run, options);
        new RunJournal(ledger, "").Abandoned(history.Run);
        return history.Run;
    }

    private static async Task<ChecklistResult> RunAsync(
        Plan plan, RunOptions options, BindingScope scope, SecretMask mask, RunJournal journal, RunHistory history, string releaseFolder,
        CancellationToken cancellation)
    {
        var folder = Path.Combine(releaseFolder, history.Run);
        EvidencePlace.Prepare(options.EvidenceRoot, folder);
        using var context = new RunContext(history.Run, plan, options, scope, mask, folder);
        context.Report(new RunStarted(history.Run, plan, folder, Resumed: history.Steps.Count > 0 || history.ChangedSomething));
        var scheduler = new StepScheduler(context, new StepExecution(context, journal, history));
        var interrupted = false;
        try
        {
            await scheduler.RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            interrupted = true;
        }
        var steps = plan.Steps.Select(s => scheduler.Results.TryGetValue(s.Id, out var r) ? r : NotReached(s, options.Clock)).ToList();
        var decision = interrupted ? Decision.Hold : Judge(steps);
        if (interrupted)
            journal.Interrupted();
        else
            journal.Finished(decision);
        return DryRun(plan, options.Actor, options.Clock) with
        {
            Run = history.Run,
            Verdict = VerdictOf(decision),
            Decision = decision,
            Interrupted = interrupted,
            StartedAt = history.StartedAt,
            Elapsed = options.Clock.GetUtcNow() - history.StartedAt,
            Steps = steps,
            Findings = [.. steps.SelectMany(s => s.Findings).OrderBy(f => f.Verdict.Rank()).ThenByDescending(f => f.Required)],
            Folder = folder,
        };
    }

    /// <summary>
    /// NoGo when something required failed; Hold when something required is unknown or was left out, or when nothing was looked at;
    /// else Go.
    /// </summary>
    private static Decision Judge(IReadOnlyList<StepResult> steps) => Verdicts.Worst(steps.Where(s => s.Required).Select(s => s.Verdict)) switch
    {
        Verdict.Failed => Decision.NoGo,
        Verdict.Passed => Decision.Go,
        _ => Decision.Hold,
    };

    private static Verdict VerdictOf(Decision decision) => decision switch
    {
        Decision.Go => Verdict.Passed,
        Decision.NoGo => Verdict.Failed,
        _ => Verdict.Inconclusive,
    };

    /// <summary>What a crash left running is ended before anything goes on, and the operator is told of it.</summary>
    private static void EndLeftovers(string run, RunOptions options)
    {
        var (found, left) = LeftoverProcesses.End(run);
        if (found > 0)
            options.Listener?.Report(new RunNoted(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The interrupted run {run} had left {found} process(es) running; {found - left} ended, {left} could not be.")));
    }

    private static StepResult NotReached(PlannedStep step, TimeProvider clock) => new()
    {
        Phase = step.Phase,
        Id = step.Id,
        Verdict = Verdict.Skipped,
        Findings = [new Finding(step.Id, Verdict.Skipped, "not run: the operator ended the run") { Required = step.Required, Reason = ErrorId.Interrupted }],
        Detail = "not run: the operator ended the run",
        StartedAt = clock.GetUtcNow(),
        Required = step.Required,
        Changes = step.Changes,
    };

    /// <summary>Everything that can stop a run before it begins is looked at first, so that nothing is half done.</summary>
    private static SecretMask Ready(Plan plan, RunOptions options, out BindingScope scope)
    {
        if (plan.Steps.FirstOrDefault(s => s.Kind == "stage") is { } stage)
            throw new ReleaseOpsException(
                ErrorId.IsRollout,
                $"The phase '{stage.Phase}' is a rollout, which a checklist doesn't run.",
                "Run it with 'releaseops rollout' or Invoke-CanaryRollout, and the other phases by name (--phase, -Phase): "
                + string.Join(", ", plan.Runbook.Phases.Where(p => p.Rollout is null).Select(p => p.Name)) + ".",
                stage.Phase);
        if (plan.Missing.Count > 0)
            throw new ReleaseOpsException(
                ErrorId.MissingParameter,
                $"The runbook '{plan.Runbook.Name}' can't run without values for: {string.Join(", ", plan.Missing)}.",
                $"Give each one: --param {plan.Missing[0]}=VALUE, or -Parameter @{{ {plan.Missing[0]} = 'VALUE' }}.", plan.Missing[0]);
        var secrets = EnvironmentSecrets.Resolve(plan.Secrets, options.Secrets);
        scope = BindingScope.ForRun(plan.Bound!, plan.Release, secrets);
        return secrets.Count == 0 ? SecretMask.None : new SecretMask([.. secrets.Values]);
    }

    private static ReleaseOpsException NothingToResume(Release release, string? run, string folder) => new(
        ErrorId.RunNotFound,
        run is null ? $"No run of {release} was cut short; there is nothing to resume." : $"No unfinished run '{run}' of {release}.",
        $"The ledger is looked for in '{folder}'; give --evidence or -EvidencePath if it is elsewhere.", run);
}
