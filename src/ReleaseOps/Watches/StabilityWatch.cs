using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>The watch after a release: plan it, run it or have it look once, say something to it, read where it stands, and replay it over history.</summary>
public static class StabilityWatch
{
    /// <summary>Plans the watch of a runbook.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="given">Values of parameters, as text, by name.</param>
    /// <exception cref="ReleaseOpsException">NothingToRun: it has no <c>watch</c>; and what <see cref="Planner.Make"/> says.</exception>
    public static Plan Plan(Runbook runbook, IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(runbook);
        return runbook.Watch is not null ? Planner.MakeWatch(runbook, given) : throw new ReleaseOpsException(
            ErrorId.NothingToRun, $"The runbook '{runbook.Name}' has no watch.", "Add one under 'watch'.", runbook.Name);
    }

    /// <summary>What a watch would look at; asks nothing, writes nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How.</param>
    public static WatchResult DryRun(Plan plan, WatchOptions options)
    {
        var now = options.Run.Clock.GetUtcNow();
        var setup = new WatchSetup(plan.Runbook, WatchBeginning.Whole(options.T0?.ToUniversalTime() ?? now)) { Commander = options.Commander };
        return WatchStanding.Of(plan, new WatchFold(setup), now, [], Decision.Hold) with { Decision = null, Actor = options.Run.Actor };
    }

    /// <summary>Begins a watch and stays with it to its end.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the process' part in it; the watch itself can be gone on with.</param>
    /// <returns>The decision; or, where it was cancelled, where it stands, with <see cref="RunResult.Interrupted"/>.</returns>
    /// <exception cref="ReleaseOpsException">
    /// MissingParameter, MissingSecret, SecretTooShort; WatchRunning: a watch of this release was begun and hasn't ended; BadValue: no
    /// commander, or a T-0 that can't be; LedgerTampered, LedgerUnwritable, DiskFull, EvidenceUnwritable.
    /// </exception>
    public static async Task<WatchResult> RunAsync(Plan plan, WatchOptions options, CancellationToken cancellation)
    {
        using var process = WatchProcess.Begin(plan, options);
        return await process.StayAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Goes on with a watch that was begun, and stays with it to its end; what was missed is looked at in history.</summary>
    /// <param name="plan">The plan; the one that it was begun with.</param>
    /// <param name="run">Its id; null for the one that hasn't ended.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">As for <see cref="RunAsync"/>.</param>
    /// <exception cref="ReleaseOpsException">RunNotFound, PlanChanged, WatchRunning: a process is with it already; and as for <see cref="RunAsync"/>.</exception>
    public static async Task<WatchResult> ResumeAsync(Plan plan, string? run, WatchOptions options, CancellationToken cancellation)
    {
        using var process = WatchProcess.GoOn(plan, run, options);
        return await process.StayAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes the looks that are due and returns: begins the watch where there is none, goes on with it where there is, and where it has
    /// ended gives its result again, unless it is asked for a release that went out at another time. For cron and scheduled pipelines.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">As for <see cref="RunAsync"/>.</param>
    /// <exception cref="ReleaseOpsException">As for <see cref="RunAsync"/> and <see cref="ResumeAsync"/>.</exception>
    public static async Task<WatchResult> OnceAsync(Plan plan, WatchOptions options, CancellationToken cancellation)
    {
        var folder = ReleaseRun.FolderOf(plan.Release, options.Run);
        var last = File.Exists(Path.Combine(folder, FileLedger.FileName)) ? WatchBeginning.Read(plan.Runbook, FileLedger.Read(folder)) : null;
        var wentOutAgain = options.T0 is { } t0 && last is { Fold: { } fold } && WatchBeginning.Whole(t0.ToUniversalTime()) != fold.Setup.T0;
        if (last is { Decided: not null } && !wentOutAgain)
            return last.Fold is null || last.PlanDigest == plan.Digest ? Read(plan, options) : throw WatchBeginning.OtherParameters(last.Run!);
        using var process = last is { IsOpen: true } ? WatchProcess.GoOn(plan, null, options) : WatchProcess.Begin(plan, options);
        return await process.OnceAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Where the last watch of a release stands, as its ledger has it; takes nothing and writes nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">Where its ledger is.</param>
    /// <exception cref="ReleaseOpsException">RunNotFound: there is none. LedgerTampered, FileUnreadable.</exception>
    public static WatchResult Read(Plan plan, WatchOptions options)
    {
        var folder = ReleaseRun.FolderOf(plan.Release, options.Run);
        var (history, now) = (WatchBeginning.Last(plan, folder), options.Run.Clock.GetUtcNow());
        if (history.IsOpen)
            history.Fold!.Advance(now);
        return WatchStanding.Of(plan, history, now, history.Actor, Path.Combine(folder, history.Run!));
    }

    /// <summary>Tells the watch of a release something, from any terminal.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="word">What.</param>
    /// <param name="options">Where its ledger is.</param>
    /// <exception cref="ReleaseOpsException">
    /// NoWatchRunning; UnknownReference: it has no such incident, review, check, severity or role; RoleMayNot; BadValue; LedgerUnwritable, DiskFull.
    /// </exception>
    public static Delivery Say(Plan plan, WatchWord word, WatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(word);
        var folder = ReleaseRun.FolderOf(plan.Release, options.Run);
        var history = File.Exists(Path.Combine(folder, FileLedger.FileName)) ? WatchBeginning.Last(plan, folder) : null;
        if (history is not { IsOpen: true, Fold: { } fold })
            throw new ReleaseOpsException(
                ErrorId.NoWatchRunning, $"No watch of {plan.Release} goes on that could be told anything.",
                $"Its ledger is looked for in '{folder}'; give --evidence or -EvidencePath if it is elsewhere.", plan.Release.ToString());
        fold.Advance(options.Run.Clock.GetUtcNow());
        WatchWords.Check(fold, word);
        return Letters.Deliver(plan.Release, options.Run, WatchWordJson.Type, data => WatchWordJson.Write(data, word));
    }

    /// <summary>
    /// Runs the same watch over history: what it would have called and decided, and when, and how the day-one thresholds compare with the
    /// normal ones. Nobody is asked, no check is run, nothing is recorded.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="from">The beginning, UTC; it stands for T-0.</param>
    /// <param name="to">The end, UTC.</param>
    /// <param name="options">Whom to tell of each call as it comes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ReleaseOpsException">MissingParameter, MissingSecret, SecretTooShort; BadValue: the end isn't after the beginning, or too far.</exception>
    public static Task<WatchResult> ReplayAsync(
        Plan plan, DateTimeOffset from, DateTimeOffset to, WatchOptions options, CancellationToken cancellation) =>
        WatchReplay.RunAsync(plan, from, to, options, cancellation);

    /// <summary>Gives up a watch that wasn't brought to its end.</summary>
    /// <param name="release">The release.</param>
    /// <param name="run">Its id; null for the one that hasn't ended.</param>
    /// <param name="options">Where its ledger is.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="ReleaseOpsException">RunNotFound, and what opening the ledger may throw.</exception>
    public static string Abandon(Release release, string? run, RunOptions options) => ReleaseRun.Abandon(release, run, options, isWatch: true);
}
