using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>Runs a watch over history: the same looks, the same state, nobody to answer and nothing to write.</summary>
internal static class WatchReplay
{
    /// <summary>How many slots are read at once.</summary>
    private const int Batch = 1000;

    /// <summary>The longest replay, in looks.</summary>
    public const int MostLooks = 200_000;

    public static async Task<WatchResult> RunAsync(
        Plan plan, DateTimeOffset from, DateTimeOffset to, WatchOptions options, CancellationToken cancellation)
    {
        var watch = plan.Runbook.Watch!;
        var (t0, end) = (WatchBeginning.Whole(from.ToUniversalTime()), to.ToUniversalTime());
        var slots = end <= t0 ? 0 : (end - t0) / watch.Interval;
        if (slots is 0 or > MostLooks || end > options.Run.Clock.GetUtcNow())
            throw new ReleaseOpsException(
                ErrorId.BadValue, $"A replay from {t0:yyyy-MM-dd'T'HH:mm:ss'Z'} to {end:yyyy-MM-dd'T'HH:mm:ss'Z'} can't be made.",
                $"Its end must be after its beginning, not in the future, and at most {MostLooks} looks of {Durations.Format(watch.Interval)} away.", "replay");
        var scope = ReleaseRun.Bound(plan, options.Run, out var mask);
        var setup = new WatchSetup(plan.Runbook, t0) { EndsAt = end, Replays = true };
        using var run = new RunContext("", plan, options.Run, scope, mask, "", mail: null);
        var (looks, fold) = (new WatchLooks(setup, run), new WatchFold(setup));
        foreach (var slo in plan.Runbook.Slos)
            fold.Budgets.Take(slo.Name, await looks.PastAsync(slo, cancellation).ConfigureAwait(false));
        var count = (int)Math.Ceiling(slots);
        while (fold.NextSlot < count)
        {
            var (seen, _) = await looks.LookAsync(
                fold.NextSlot, fold.NextAt, Math.Min(Batch, count - fold.NextSlot), end + watch.Interval, takesUnreachable: true, cancellation).ConfigureAwait(false);
            foreach (var look in seen)
            {
                var before = fold.Calls.Count;
                fold.Take(look, look.At);
                foreach (var call in fold.Calls.Skip(before))
                    run.Report(new WatchCalled(call));
            }
        }
        var findings = WatchDecision.Findings(fold, end, await looks.JudgeAsync(fold.LastLook!.At, cancellation).ConfigureAwait(false));
        return WatchStanding.Of(plan, fold, end, findings, WatchDecision.Of(findings)) with
        {
            // It leaves nothing behind, but it is no dry run: it did look.
            Run = "replay",
            Actor = options.Run.Actor,
            Replayed = true,
            Ended = true,
        };
    }
}
