using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Rollouts;

/// <summary>A release in stages: plan it, look at the plan, run it, and take it up again after a crash.</summary>
public static class CanaryRollout
{
    /// <summary>Plans the rollout of a runbook, with its way back.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="given">Values of parameters, as text, by name.</param>
    /// <param name="phase">The phase, where the runbook has several rollouts; null for the only one.</param>
    /// <exception cref="ReleaseOpsException">NothingToRun, UnknownPhase, and what planning may throw.</exception>
    public static Plan Plan(Runbook runbook, IReadOnlyDictionary<string, string> given, string? phase)
    {
        var rollouts = runbook.Phases.Where(p => p.Rollout is not null).Select(p => p.Name).ToList();
        if (phase is not null && !rollouts.Contains(phase))
            throw new ReleaseOpsException(
                ErrorId.UnknownPhase, $"The runbook '{runbook.Name}' has no rollout '{phase}'.",
                rollouts.Count == 0 ? "It has none at all." : "Its rollouts are: " + string.Join(", ", rollouts) + ".", phase);
        if (phase is null && rollouts.Count != 1)
            throw new ReleaseOpsException(
                ErrorId.NothingToRun,
                rollouts.Count == 0 ? $"The runbook '{runbook.Name}' has no rollout." : $"The runbook '{runbook.Name}' has several rollouts.",
                rollouts.Count == 0 ? "Add a phase with 'rollout:', or run its checklist." : "Name one (--phase, -Phase): " + string.Join(", ", rollouts) + ".",
                runbook.Name);
        return Planner.Make(runbook, given, new Selection([phase ?? rollouts[0]], []));
    }

    /// <summary>What a rollout would do; starts nothing, opens nothing, writes nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="clock">The clock.</param>
    public static RolloutResult DryRun(Plan plan, string actor, TimeProvider clock) => new()
    {
        Runbook = plan.Runbook.Name,
        Title = plan.Runbook.Title,
        Release = plan.Release,
        StartedAt = clock.GetUtcNow(),
        Actor = actor,
        Plan = plan,
    };

    /// <summary>Runs a rollout to its decision, its way back included. When the operator ends it, it can be resumed.</summary>
    /// <param name="plan">The plan, as <see cref="Plan"/> makes it.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the run: children are ended, the ledger is closed; the traffic stays where it is.</param>
    /// <exception cref="ReleaseOpsException">
    /// OutsideWindow, NotApproved, PollNotGo, MissingParameter, MissingSecret, SecretTooShort, RunUnfinished before anything is done;
    /// LedgerHeld, LedgerTampered, LedgerLost, LedgerUnwritable, DiskFull, EvidenceUnwritable.
    /// </exception>
    public static async Task<RolloutResult> RunAsync(Plan plan, RolloutOptions options, CancellationToken cancellation)
    {
        var phase = PhaseOf(plan);
        using var run = ReleaseRun.Begin(plan, RunJob.Rollout, options.Run);
        try
        {
            return await RunAsync(run, phase, options, cancellation).ConfigureAwait(false);
        }
        catch (ReleaseOpsException error) when (error.Id is ErrorId.OutsideWindow or ErrorId.NotApproved or ErrorId.PollNotGo)
        {
            // It never began: what is left of it is the record that it was tried, and why it wasn't done.
            run.Journal.Note("rollout.refused", data => data.WriteString("reason", error.Message));
            run.Journal.Abandoned(run.History.Run);
            throw;
        }
    }

    /// <summary>
    /// Goes on with a rollout that a crash, the operator or an unanswered hold ended. Stages that proceeded aren't repeated; an action
    /// without an end is never repeated by guessing; the stage's watch begins anew; what triggers remembered is kept.
    /// </summary>
    /// <param name="plan">The plan; it must be the one that the rollout was started with.</param>
    /// <param name="run">Id of the run; null for the last one that hasn't ended.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the run again.</param>
    /// <exception cref="ReleaseOpsException">RunNotFound, PlanChanged, and all that a fresh run may throw.</exception>
    public static async Task<RolloutResult> ResumeAsync(Plan plan, string? run, RolloutOptions options, CancellationToken cancellation)
    {
        var phase = PhaseOf(plan);
        using var resumed = ReleaseRun.Resume(plan, RunJob.Rollout, run, options.Run);
        return await RunAsync(resumed, phase, options, cancellation).ConfigureAwait(false);
    }

    /// <summary>Gives up a run that was cut short, so that a new one may start.</summary>
    /// <param name="release">The release.</param>
    /// <param name="run">Id of the run; null for the last one that hasn't ended.</param>
    /// <param name="options">Where the ledger is, and who gives it up.</param>
    /// <returns>The id of the run that was given up.</returns>
    /// <exception cref="ReleaseOpsException">RunNotFound, and what opening the ledger may throw.</exception>
    public static string Abandon(Release release, string? run, RunOptions options) => ReleaseRun.Abandon(release, run, options);

    /// <summary>Says something to the rollout that is running on a release.</summary>
    /// <param name="release">The release.</param>
    /// <param name="signal">What, and who.</param>
    /// <param name="options">Where its ledger is.</param>
    /// <exception cref="ReleaseOpsException">NoRolloutRunning: nobody would read it. LedgerUnwritable, DiskFull.</exception>
    public static void Send(Release release, Signal signal, RunOptions options)
    {
        var folder = ReleaseRun.FolderOf(release, options);
        if (!Ledger.FileLedger.IsHeld(folder) || Running(folder) is not (null or RunJob.Rollout))
            throw new ReleaseOpsException(
                ErrorId.NoRolloutRunning, $"No rollout of {release} is running that could be told to {signal.Kind.ToString().ToLowerInvariant()}.",
                $"Its ledger is looked for in '{folder}'; give --evidence or -EvidencePath if it is elsewhere. To go back without one: "
                + "releaseops rollback, Invoke-ReleaseRollback.", release.ToString());
        Ledger.Inbox.Send(folder, options.Clock.GetUtcNow(), Mailbox.Signalled, data => Mailbox.Write(data, signal));
    }

    /// <summary>What kind of run holds the release; null where that can't be told.</summary>
    private static RunJob? Running(string folder)
    {
        try
        {
            return RunJournal.Histories(Ledger.FileLedger.Read(folder)).LastOrDefault(h => !h.Ended && h.Job != RunJob.Watch)?.Job;
        }
        catch (ReleaseOpsException)
        {
            // A word too many does no harm; one that isn't delivered may.
            return null;
        }
    }

    private static Task<RolloutResult> RunAsync(ReleaseRun run, Phase phase, RolloutOptions options, CancellationToken cancellation)
    {
        var scope = new RolloutScope(run, phase, new RolloutJournal(run.Journal));
        return new RolloutRun(scope, RolloutHistory.Of(run.Ledger.ReadAll(), run.History.Run)).RunAsync(options.Hotfix, cancellation);
    }

    private static Phase PhaseOf(Plan plan) => plan.Runbook.Phases.First(p => p.Rollout is not null && plan.Phases.Contains(p.Name));
}
