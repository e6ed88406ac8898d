using ReleaseOps.Gates;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>What a round of a watch does: it looks at what is due, judges it, has it written and tells it; at the end it decides.</summary>
/// <param name="run">The run.</param>
/// <param name="book">The ledger.</param>
/// <param name="folder">Full path of the watch's evidence folder.</param>
internal sealed class WatchRound(RunContext run, WatchBook book, string folder)
{
    /// <summary>How many slots one round looks at; a long time away is made up for in several, each of which is on record.</summary>
    private const int MostLooks = 500;

    /// <summary>A clock set back by less than this is waited for.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromMinutes(5);

    private readonly WatchLooks _looks = new(book.History.Fold!.Setup, run);
    private int _round;
    private int _heard = book.History.Fold!.Words.Count;

    /// <summary>The checks that are running, or whose results nobody has taken yet; null for none.</summary>
    public Task<IReadOnlyList<StepResult>>? Checks { get; private set; }

    /// <summary>By how much the clock has jumped since the last round.</summary>
    public TimeSpan Jumped { get; set; }

    private WatchHistory History => book.History;

    private WatchFold Fold => book.History.Fold!;

    private DateTimeOffset Now => run.Clock.GetUtcNow();

    /// <summary>Where it stands.</summary>
    public WatchResult Standing => StandingAt(Now);

    /// <summary>Makes one; true where the watch is over.</summary>
    public async Task<bool> MakeAsync(CancellationToken cancellation)
    {
        book.CatchUp();
        if (History.Abandoned)
            throw WatchBeginning.GivenUp(run.Plan.Release, History.Run!);
        if (History.Decided is not null)
            return true;
        var now = Now;
        Fold.Advance(now);
        // What is due can't be moved: it would be lost without a gap. And nothing is due before T-0, whatever year a clock falls back to.
        var again = now < Fold.Setup.T0 ? Fold.Setup.T0 : WatchBeginning.Whole(now);
        var back = Fold.LastLook is { } last && last.At - now > Back && Fold.NextAt > again ? last.At - now : (TimeSpan?)null;
        if (back is not null)
            Fold.MoveTo(again);
        var due = Due(now);
        var (looks, unreachable) = due == 0 ? ([], null) : await _looks.LookAsync(
            Fold.NextSlot, Fold.NextAt, due, now, takesUnreachable: now >= Fold.Setup.EndsAt + Fold.Setup.Watch.Grace, cancellation).ConfigureAwait(false);
        var pasts = new List<(string Slo, SloPast Past)>();
        // Where nobody can be asked, nobody can tell what was before either.
        foreach (var slo in looks.Count == 0 ? [] : Fold.Budgets.WithoutPast.ToList())
            pasts.Add((slo.Name, await _looks.PastAsync(slo, cancellation).ConfigureAwait(false)));
        if (Checks is null && Fold.Stopped is null && WatchBeginning.RoundOf(Fold.Setup, now) is var round && round > History.Round && now < Fold.Setup.EndsAt)
            (_round, Checks) = (round, WatchChecks.RunAsync(run, Fold.Checks.ToDictionary(), cancellation));
        // Where nothing was asked, nothing is known of whether it can be.
        Record(now, back is null ? null : Fold.NextAt, pasts, looks, due > 0 ? unreachable is not null : History.BlindSince is not null, unreachable ?? "", back);
        if (Fold.Stopped is null && (Fold.NextAt < Fold.Setup.EndsAt || now < Fold.Setup.EndsAt))
            return false;
        return await TryEndAsync(now, cancellation).ConfigureAwait(false);
    }

    private int Due(DateTimeOffset now)
    {
        var until = now < Fold.Setup.EndsAt ? now : Fold.Setup.EndsAt - TimeSpan.FromTicks(1);
        if (Fold.Stopped is not null || Fold.NextAt > until)
            return 0;
        return (int)Math.Min(MostLooks, (until - Fold.NextAt) / Fold.Setup.Watch.Interval + 1);
    }

    private void Record(
        DateTimeOffset now, DateTimeOffset? movedTo, List<(string Slo, SloPast Past)> pasts, IReadOnlyList<WatchLook> looks, bool isBlind, string why, TimeSpan? back)
    {
        var results = Checks is { IsCompleted: true } checks ? checks.GetAwaiter().GetResult() : null;
        var turns = isBlind != History.BlindSince is not null;
        if (movedTo is null && pasts.Count + looks.Count == 0 && results is null && !turns && Jumped == TimeSpan.Zero
            && Fold.Unrecorded.Count == 0 && !book.HasLetters)
        {
            // Somebody who found the ledger free has put a word there without us; and without looks a watch gets less sure by the minute.
            if (Fold.Words.Count > _heard || isBlind)
                Tell([], now);
            return;
        }
        var said = new List<WatchCall>();
        book.Write(journal =>
        {
            if (Jumped != TimeSpan.Zero)
                journal.ClockJumped(Jumped);
            if (movedTo is { } at)
                journal.MovedTo(at, back!.Value);
            foreach (var (slo, past) in pasts)
                journal.Counted(slo, past);
            foreach (var look in looks)
                journal.Looked(look);
            if (turns)
                journal.Blind(isBlind ? Fold.NextAt : null, why);
            if (results is not null)
                journal.ChecksRan(_round, results);
            Fold.Advance(now);
            said.AddRange(Fold.Unrecorded);
            foreach (var call in said)
                journal.Said(call);
        });
        Jumped = TimeSpan.Zero;
        if (results is not null)
            Checks = null;
        Tell(said, now);
    }

    private void Tell(List<WatchCall> said, DateTimeOffset now)
    {
        foreach (var word in Fold.Words.Skip(_heard))
            run.Report(new WatchHeard(word));
        _heard = Fold.Words.Count;
        foreach (var call in said)
            run.Report(new WatchCalled(call));
        run.Report(new WatchLooked(StandingAt(now)));
    }

    /// <summary>
    /// Judges the gates over the whole watch, looks at the checks once more, and decides. Where the gates' sources can't be asked, they are
    /// waited for: what they know of the watch isn't lost because nobody could ask at its end.
    /// </summary>
    private async Task<bool> TryEndAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        IReadOnlyList<GateResult> gates = Fold.Stopped is null && Fold.LastLook is { } last
            ? await _looks.JudgeAsync(last.At, cancellation).ConfigureAwait(false) : [];
        var unasked = gates.SelectMany(g => g.Findings).FirstOrDefault(f => f.Required && Snapshot.CouldNotAsk(f.Reason));
        if (unasked is not null && now < Fold.Setup.EndsAt + Fold.Setup.Watch.Grace)
        {
            Record(now, null, [], [], isBlind: true, unasked.Text, null);
            return false;
        }
        if (Checks is { } running)
            await running.ConfigureAwait(false);
        Checks = null;
        IReadOnlyList<StepResult> checks = Fold.Stopped is null ? await WatchChecks.RunAsync(run, Fold.Checks, cancellation).ConfigureAwait(false) : [];
        book.Write(journal =>
        {
            if (History.BlindSince is not null && unasked is null && gates.Count > 0)
                journal.Blind(null, "");
            if (checks.Count > 0)
                journal.ChecksRan(int.MaxValue, checks);
            Fold.Advance(Now);
            foreach (var call in Fold.Unrecorded)
                journal.Said(call);
            var findings = WatchDecision.Findings(Fold, Now, gates);
            journal.Decided(gates, WatchDecision.Of(findings), findings);
        });
        run.Report(new WatchLooked(Standing));
        return true;
    }

    private WatchResult StandingAt(DateTimeOffset now) => WatchStanding.Of(run.Plan, History, now, run.Options.Actor, folder);
}
