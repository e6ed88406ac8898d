using ReleaseOps.Checklists;
using ReleaseOps.Gates;
using ReleaseOps.Hotfixes;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Cli;

/// <summary>What <c>releaseops</c> tells the shell. These numbers are API.</summary>
internal static class ExitCode
{
    /// <summary>
    /// Go, or a dry run that could be planned; a rollout that went through, a rollback by itself that worked. <c>watch --once</c>: the watch
    /// goes on and isn't NO-GO so far, so that a scheduled job is red only where somebody must act, and at the end says what was decided.
    /// </summary>
    public const int Go = 0;

    /// <summary>No-go: something required failed; a rollout that went back.</summary>
    public const int NoGo = 1;

    /// <summary>Wrong usage, or a bad runbook.</summary>
    public const int Usage = 2;

    /// <summary>It could not be told (hold), or the run could not go on.</summary>
    public const int Hold = 3;

    /// <summary>Interrupted with Ctrl+C; ended by SIGTERM 143, by SIGHUP 129.</summary>
    public const int Interrupted = 130;

    public static int Of(RunResult result) => result switch
    {
        WatchResult { Replayed: true, Decision: { } decision } => Of(decision),
        { DryRun: true } => Go,
        { Interrupted: true } => Hold,
        WatchResult { Ended: false, Decision: not Decision.NoGo } => Go,
        WatchResult { Decision: { } decision } => Of(decision),
        ChecklistResult { Decision: { } decision } => Of(decision),
        HotfixResult { Decision: { } decision } => Of(decision),
        // A rollback by itself is asked for: it went well where the way back did.
        RolloutResult { Plan.Phases.Count: 0, Rollback: { } back } => Of(back.Verdict),
        RolloutResult { Decision: RolloutDecision.Proceed } => Go,
        RolloutResult { Decision: RolloutDecision.Rollback } => NoGo,
        _ => Hold,
    };

    public static int Of(Decision decision) => decision switch { Decision.Go => Go, Decision.NoGo => NoGo, _ => Hold };

    public static int Of(Verdict verdict) => verdict switch { Verdict.Passed => Go, Verdict.Failed => NoGo, _ => Hold };

    /// <summary>A difference is a no-go, and what can't be compared a hold.</summary>
    public static int Of(IEnumerable<Comparison> comparisons)
    {
        var found = comparisons.Select(c => c.Classification).ToList();
        return found.Any(c => c is Classification.High or Classification.Low) ? NoGo
            : found.Count == 0 || found.Any(c => c != Classification.Pass) ? Hold : Go;
    }

    public static int Of(ReleaseOpsException error) => error.Id switch
    {
        ErrorId.LedgerTampered or ErrorId.LedgerHeld or ErrorId.LedgerLost or ErrorId.LedgerUnwritable or ErrorId.DiskFull
            or ErrorId.EvidenceUnwritable or ErrorId.EvidenceTampered or ErrorId.RunUnfinished or ErrorId.PlanChanged or ErrorId.Internal
            or ErrorId.ExpressionFailed or ErrorId.ExpressionTooCostly
            or ErrorId.OutsideWindow or ErrorId.PollNotGo or ErrorId.NotApproved or ErrorId.NoRolloutRunning
            or ErrorId.NoWatchRunning or ErrorId.WatchRunning => Hold,
        _ => Usage,
    };
}
