using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>What must be so before a watch begins, or goes on.</summary>
internal static class WatchBeginning
{
    /// <summary>What a watch is begun with.</summary>
    /// <exception cref="ReleaseOpsException">BadValue: no commander, or a T-0 that can't be.</exception>
    public static WatchSetup Of(Runbook runbook, WatchOptions options)
    {
        var watch = runbook.Watch!;
        if (watch.Commander is { } role && string.IsNullOrWhiteSpace(options.Commander))
            throw new ReleaseOpsException(
                ErrorId.BadValue, $"The watch of '{runbook.Name}' needs an incident commander (the role {role}) from its beginning.",
                "Name one: --commander NAME, or -Commander NAME.", role);
        var now = Whole(options.Run.Clock.GetUtcNow());
        var t0 = Whole(options.T0?.ToUniversalTime() ?? now);
        if (t0 > now + watch.Window || t0 <= now - watch.Window)
            throw new ReleaseOpsException(
                ErrorId.BadValue, $"T-0 is {t0:yyyy-MM-dd'T'HH:mm:ss'Z'}, further from now than the window of {Durations.Format(watch.Window)}.",
                "Give the time at which the release went out (--t0, -T0); for one that has passed altogether, replay it.", "t0");
        return new WatchSetup(runbook, t0)
        {
            BeganAt = t0 > now ? t0 : now,
            Commander = options.Commander is { } name ? Probes.OutsideText.OneLine(name, SecretMask.None) : null,
        };
    }

    /// <summary>What a ledger remembers of the last watch.</summary>
    public static WatchHistory Read(Runbook runbook, IEnumerable<LedgerEvent> events)
    {
        var history = new WatchHistory(runbook);
        foreach (var e in events)
            history.Take(e);
        return history;
    }

    /// <summary>The last watch of a release, as its ledger has it.</summary>
    /// <exception cref="ReleaseOpsException">RunNotFound, PlanChanged, LedgerTampered, FileUnreadable.</exception>
    public static WatchHistory Last(Plan plan, string folder)
    {
        var history = File.Exists(Path.Combine(folder, FileLedger.FileName)) ? Read(plan.Runbook, FileLedger.Read(folder)) : null;
        if (history?.Run is null)
            throw new ReleaseOpsException(ErrorId.RunNotFound, $"No watch of {plan.Release} was begun.",
                $"Its ledger is looked for in '{folder}'; give --evidence or -EvidencePath if it is elsewhere.", plan.Release.ToString());
        return history.RunbookDigest == plan.Runbook.Digest && history.Fold is not null ? history : throw new ReleaseOpsException(
            ErrorId.PlanChanged, $"The watch {history.Run} was begun with another version of the runbook '{plan.Runbook.Name}', or with another runbook.",
            "Use the one that it was begun with, or give the watch up (--abandon, -Abandon) and begin a new one.", history.Run);
    }

    /// <summary>The watch that is to be gone on with.</summary>
    /// <exception cref="ReleaseOpsException">RunNotFound, PlanChanged, LedgerTampered, FileUnreadable.</exception>
    public static WatchHistory ToGoOn(Plan plan, string folder, string? run)
    {
        var history = Last(plan, folder);
        if (!history.IsOpen || (run is not null && run != history.Run))
            throw new ReleaseOpsException(ErrorId.RunNotFound,
                run is null ? $"No watch of {plan.Release} was cut short; the last one, {history.Run}, has ended." : $"No unfinished watch '{run}' of {plan.Release}.",
                "Begin a new one without --resume, -Resume.", run);
        return history.PlanDigest == plan.Digest ? history : throw OtherParameters(history.Run!);
    }

    public static ReleaseOpsException OtherParameters(string run) => new(
        ErrorId.PlanChanged, $"The watch {run} was begun with other parameters.",
        "Use the same ones; or, where it hasn't ended, give it up (--abandon, -Abandon), and begin a new one.", run);

    public static ReleaseOpsException Running(Release release, string run) => new(
        ErrorId.WatchRunning, $"The watch {run} of {release} was begun and hasn't ended.",
        "Go on with it (--resume, -Resume; --once, -Once), end it (releaseops watch stop, Stop-StabilityWatch), or give it up (--abandon, -Abandon).", run);

    public static ReleaseOpsException GivenUp(Release release, string run) => new(
        ErrorId.NoWatchRunning, $"The watch {run} of {release} was given up while this process was with it; it comes to no decision.",
        "Begin a new one, if the release is to be watched.", run);

    /// <summary>The round of checks that is due: 0 at the beginning.</summary>
    public static int RoundOf(WatchSetup setup, DateTimeOffset now) =>
        setup.Watch.Checks.Count == 0 || now < setup.BeganAt ? -1 : setup.Watch.ChecksEvery is { } every ? (int)((now - setup.BeganAt) / every) : 0;

    /// <summary>The second that a time lies in.</summary>
    public static DateTimeOffset Whole(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
