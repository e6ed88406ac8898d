using System.Globalization;
using ReleaseOps.Ledger;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>
/// A run that holds its release: the ledger is open, an earlier run that was cut short is dealt with, and the evidence folder is there.
/// Checklists, rollouts and rollbacks all begin, resume and are given up alike.
/// </summary>
internal sealed class ReleaseRun : IDisposable
{
    private ReleaseRun(FileLedger ledger, RunJournal journal, RunHistory history, RunContext context, string folder) =>
        (Ledger, Journal, History, Context, Folder) = (ledger, journal, history, context, folder);

    public RunJournal Journal { get; }

    public RunHistory History { get; }

    public RunContext Context { get; }

    /// <summary>Full path of the run's evidence folder.</summary>
    public string Folder { get; }

    public FileLedger Ledger { get; }

    /// <summary>Starts a new run.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="job">What kind of run it is.</param>
    /// <param name="options">How.</param>
    /// <param name="supersedes">True where it may take over from a run that was cut short: a way back from it.</param>
    /// <exception cref="ReleaseOpsException">
    /// MissingParameter, MissingSecret, SecretTooShort, RunUnfinished before anything is done; LedgerHeld, LedgerTampered, LedgerLost,
    /// LedgerUnwritable, DiskFull, EvidenceUnwritable.
    /// </exception>
    public static ReleaseRun Begin(Plan plan, RunJob job, RunOptions options, bool supersedes = false)
    {
        var scope = Bound(plan, options, out var mask);
        var releaseFolder = FolderOf(plan.Release, options);
        var ledger = OpenLedger(releaseFolder, options, mask);
        try
        {
            var startedAt = options.Clock.GetUtcNow();
            var run = RunId.New(startedAt);
            var journal = new RunJournal(ledger, run);
            // Whether a hotfix is ready is asked in the middle of trouble: it leaves other runs as they are.
            var earlierRuns = job == RunJob.Hotfix ? [] : RunJournal.Histories(ledger.ReadAll()).Where(h => !h.Ended && h.Job != RunJob.Watch);
            foreach (var earlier in earlierRuns)
            {
                if (earlier.ChangedSomething && !supersedes)
                    throw new ReleaseOpsException(
                        ErrorId.RunUnfinished,
                        $"The run {earlier.Run} of '{earlier.Runbook}' on {plan.Release} was cut short after it had begun to change something.",
                        "Go on with it (--resume, -Resume), or give it up (--abandon, -Abandon) if you know what it left behind.", earlier.Run);
                EndLeftovers(earlier.Run, options);
                journal.Abandoned(earlier.Run);
            }
            journal.Started(plan, job);
            return Open(plan, options, scope, mask, ledger, journal, new RunHistory(run, job, plan.Runbook.Name, plan.Digest, startedAt), resumed: false);
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    /// <summary>Goes on with a run that a crash or the operator cut short: what finished isn't repeated.</summary>
    /// <param name="plan">The plan; it must be the one that the run was started with.</param>
    /// <param name="job">What kind of run it is.</param>
    /// <param name="run">Id of the run; null for the last one that hasn't ended.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ReleaseOpsException">RunNotFound, PlanChanged, and all that a fresh run may throw.</exception>
    public static ReleaseRun Resume(Plan plan, RunJob job, string? run, RunOptions options)
    {
        var scope = Bound(plan, options, out var mask);
        var releaseFolder = FolderOf(plan.Release, options);
        if (!Directory.Exists(releaseFolder))
            throw NothingToResume(plan.Release, run, releaseFolder);
        var ledger = OpenLedger(releaseFolder, options, mask);
        try
        {
            var history = RunJournal.Histories(ledger.ReadAll())
                .LastOrDefault(h => h.Job == job && IsOpen(h, releaseFolder) && (run is null || h.Run == run))
                ?? throw NothingToResume(plan.Release, run, releaseFolder);
            if (history.PlanDigest != plan.Digest)
                throw new ReleaseOpsException(
                    ErrorId.PlanChanged,
                    $"The run {history.Run} was started with another plan: the runbook, its parameters or the chosen phases have changed since.",
                    "Resume it with the same ones, or give it up (--abandon, -Abandon) and start a new run.", history.Run);
            EndLeftovers(history.Run, options);
            var journal = new RunJournal(ledger, history.Run);
            journal.Resumed();
            // What is there speaks of a run that was cut short. It must not pass for the evidence of one that was finished and then killed.
            EvidencePlace.Renew(Path.Combine(releaseFolder, history.Run));
            return Open(plan, options, scope, mask, ledger, journal, history, resumed: true);
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    /// <summary>Gives up a run that was cut short, so that a new one may start.</summary>
    /// <param name="release">The release.</param>
    /// <param name="run">Id of the run; null for the last one that hasn't ended.</param>
    /// <param name="options">Where the ledger is, and who gives it up.</param>
    /// <param name="isWatch">True for a watch; it goes on beside other runs, and is given up by itself.</param>
    /// <returns>The id of the run that was given up.</returns>
    /// <exception cref="ReleaseOpsException">RunNotFound, and what opening the ledger may throw.</exception>
    public static string Abandon(Release release, string? run, RunOptions options, bool isWatch = false)
    {
        var releaseFolder = FolderOf(release, options);
        if (!Directory.Exists(releaseFolder))
            throw NothingToResume(release, run, releaseFolder);
        using var ledger = OpenLedger(releaseFolder, options, SecretMask.None);
        var history = RunJournal.Histories(ledger.ReadAll())
            .LastOrDefault(h => !h.Ended && h.Job == RunJob.Watch == isWatch && (run is null || h.Run == run))
            ?? throw NothingToResume(release, run, releaseFolder);
        EndLeftovers(history.Run, options);
        new RunJournal(ledger, "").Abandoned(history.Run);
        return history.Run;
    }

    /// <summary>The folder of a release: its ledger and its runs.</summary>
    public static string FolderOf(Release release, RunOptions options) => Path.Combine(options.EvidenceRoot, release.FolderName);

    /// <summary>Opens the ledger of a release; a watch, or a sender of messages, that is just writing into it is waited for.</summary>
    /// <exception cref="ReleaseOpsException">LedgerHeld, LedgerTampered, LedgerUnwritable, DiskFull.</exception>
    public static FileLedger OpenLedger(string releaseFolder, RunOptions options, SecretMask mask)
    {
        for (var waited = 0; ; waited++)
        {
            try
            {
                return FileLedger.Open(releaseFolder, options.Actor, options.Clock, mask);
            }
            catch (ReleaseOpsException held) when (held.Id == ErrorId.LedgerHeld && waited < 60 && (WatchLock.IsHeld(releaseFolder) || OutboxLock.IsForAMoment(releaseFolder)))
            {
                Thread.Sleep(50);
            }
        }
    }

    public void Dispose()
    {
        Context.Dispose();
        Ledger.Dispose();
    }

    private static ReleaseRun Open(
        Plan plan, RunOptions options, BindingScope scope, SecretMask mask, FileLedger ledger, RunJournal journal, RunHistory history, bool resumed)
    {
        var releaseFolder = FolderOf(plan.Release, options);
        var folder = Path.Combine(releaseFolder, history.Run);
        EvidencePlace.Prepare(options.EvidenceRoot, folder);
        var context = new RunContext(history.Run, plan, options, scope, mask, folder, new Mailbox(ledger, releaseFolder, history.Run, resumed));
        context.Notices = new RunNotices(context, journal, ledger, releaseFolder);
        foreach (var earlier in history.Steps.Values)
            context.Remember(earlier);
        context.Report(new RunStarted(history.Run, plan, folder, Resumed: resumed && (history.Steps.Count > 0 || history.ChangedSomething)));
        return new ReleaseRun(ledger, journal, history, context, folder);
    }

    /// <summary>A run may have reached its decision and been killed before its evidence was written: it is resumed for that alone.</summary>
    private static bool IsOpen(RunHistory history, string releaseFolder) =>
        !history.Ended || (history.Finished && !File.Exists(Path.Combine(releaseFolder, history.Run, EvidencePlace.ResultName)));

    /// <summary>What a crash left running is ended before anything goes on, and the operator is told of it.</summary>
    private static void EndLeftovers(string run, RunOptions options)
    {
        var (found, left) = LeftoverProcesses.End(run);
        if (found > 0)
            options.Listener?.Report(new RunNoted(string.Create(
                CultureInfo.InvariantCulture,
                $"The interrupted run {run} had left {found} process(es) running; {found - left} ended, {left} could not be.")));
    }

    /// <summary>Everything that can stop a run before it begins is looked at first, so that nothing is half done.</summary>
    /// <exception cref="ReleaseOpsException">MissingParameter, MissingSecret, SecretTooShort.</exception>
    public static BindingScope Bound(Plan plan, RunOptions options, out SecretMask mask)
    {
        if (plan.Missing.Count > 0)
            throw new ReleaseOpsException(
                ErrorId.MissingParameter,
                $"The runbook '{plan.Runbook.Name}' can't run without values for: {string.Join(", ", plan.Missing)}.",
                $"Give each one: --param {plan.Missing[0]}=VALUE, or -Parameter @{{ {plan.Missing[0]} = 'VALUE' }}.", plan.Missing[0]);
        // A channel's secret is never what keeps a run from starting; where it is there, it is hidden like any other.
        var secrets = EnvironmentSecrets.Resolve(plan.Secrets, options.Secrets)
            .Union(EnvironmentSecrets.Present(Carriers.SecretsOf(plan.Runbook, Carriers.ChannelsOf(plan.Runbook)), options.Secrets))
            .ToDictionary(StringComparer.Ordinal);
        mask = secrets.Count == 0 ? SecretMask.None : new SecretMask([.. secrets.Values]);
        return BindingScope.ForRun(plan.Bound!, plan.Release, secrets);
    }

    private static ReleaseOpsException NothingToResume(Release release, string? run, string folder) => new(
        ErrorId.RunNotFound,
        run is null ? $"No run of {release} was cut short; there is nothing to resume." : $"No unfinished run '{run}' of {release}.",
        $"The ledger is looked for in '{folder}'; give --evidence or -EvidencePath if it is elsewhere.", run);
}

/// <summary>The kinds of runs.</summary>
internal enum RunJob
{
    /// <summary>A checklist.</summary>
    Checklist,
    /// <summary>A staged rollout.</summary>
    Rollout,
    /// <summary>A rollback by itself.</summary>
    Rollback,
    /// <summary>A watch, which other runs may go on beside.</summary>
    Watch,
    /// <summary>The checks of a hotfix, which change nothing.</summary>
    Hotfix,
}
