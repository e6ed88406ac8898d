using ReleaseOps.Gates;
using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>
/// A process' part in a watch. It asks without holding anything, and takes the ledger only while it writes; a round that couldn't write is
/// made up for by a later one. Staying with a watch is making rounds until it ends.
/// </summary>
internal sealed class WatchProcess : IDisposable
{
    /// <summary>How many slots one round looks at; a long time away is made up for in several, each of which is on record.</summary>
    private const int MostLooks = 500;

    /// <summary>A clock that differs by more than this from the time that has passed was set, or the machine slept.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(30);

    /// <summary>A clock set back by less than this is waited for.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>What can't be asked or written is tried again after this long, or after an interval where that is shorter.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(15);

    private readonly Plan _plan;
    private readonly WatchOptions _options;
    private readonly SecretMask _mask;
    private readonly string _folder;
    private readonly WatchLock _lock;
    private readonly RunContext _run;
    private readonly WatchLooks _looks;
    private WatchHistory _history;
    private Task<IReadOnlyList<StepResult>>? _checks;
    private int _round;
    private long _seen = -1;
    private int _heard;
    private TimeSpan _jumped;
    private string? _problem;

    private WatchProcess(Plan plan, WatchOptions options, BindingScope scope, SecretMask mask, WatchLock held, WatchHistory history)
    {
        (_plan, _options, _mask, _lock, _history) = (plan, options, mask, held, history);
        _heard = history.Fold!.Words.Count;
        _folder = ReleaseRun.FolderOf(plan.Release, options.Run);
        Folder = Path.Combine(_folder, history.Run!);
        EvidencePlace.Prepare(options.Run.EvidenceRoot, Folder);
        _run = new RunContext(history.Run!, plan, options.Run, scope, mask, Folder, mail: null);
        _looks = new WatchLooks(history.Fold!.Setup, _run);
    }

    /// <summary>Full path of the watch's evidence folder.</summary>
    public string Folder { get; }

    private TimeProvider Clock => _options.Run.Clock;

    private DateTimeOffset Now => Clock.GetUtcNow();

    private WatchFold Fold => _history.Fold!;

    /// <summary>Begins a watch.</summary>
    /// <exception cref="ReleaseOpsException">As <see cref="StabilityWatch.RunAsync"/> says.</exception>
    public static WatchProcess Begin(Plan plan, WatchOptions options)
    {
        var scope = ReleaseRun.Bound(plan, options.Run, out var mask);
        var setup = WatchBeginning.Of(plan.Runbook, options);
        var folder = ReleaseRun.FolderOf(plan.Release, options.Run);
        var held = WatchLock.Take(folder);
        try
        {
            using var ledger = ReleaseRun.OpenLedger(folder, options.Run, mask);
            var history = WatchBeginning.Read(plan.Runbook, ledger.ReadAll());
            if (history.IsOpen)
                throw WatchBeginning.Running(plan.Release, history.Run!);
            // A letter that waits already was for an earlier watch, and is put on record before this one begins.
            _ = new Mailbox(ledger, folder, "", resumed: false);
            var journal = new RunJournal(ledger, RunId.New(options.Run.Clock.GetUtcNow()));
            // One that was killed while it began.
            foreach (var earlier in RunJournal.Histories(ledger.ReadAll()).Where(h => !h.Ended && h.Job == RunJob.Watch))
                journal.Abandoned(earlier.Run);
            journal.Started(plan, RunJob.Watch);
            journal.Note(WatchJournal.Began, data => WatchJournal.Write(data, setup));
            var process = new WatchProcess(plan, options, scope, mask, held, WatchBeginning.Read(plan.Runbook, ledger.ReadAll()));
            process._run.Report(new RunStarted(process._history.Run!, plan, process.Folder, Resumed: false));
            return process;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Goes on with a watch.</summary>
    /// <exception cref="ReleaseOpsException">As <see cref="StabilityWatch.ResumeAsync"/> says.</exception>
    public static WatchProcess GoOn(Plan plan, string? run, WatchOptions options)
    {
        var scope = ReleaseRun.Bound(plan, options.Run, out var mask);
        var folder = ReleaseRun.FolderOf(plan.Release, options.Run);
        var history = WatchBeginning.ToGoOn(plan, folder, run);
        var held = WatchLock.Take(folder);
        try
        {
            var process = new WatchProcess(plan, options, scope, mask, held, history);
            process._run.Report(new RunStarted(history.Run!, plan, process.Folder, Resumed: true));
            return process;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Makes one round; the checks that are due are waited for.</summary>
    public async Task<WatchResult> OnceAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var ended = await RoundAsync(cancellation).ConfigureAwait(false);
            if (ended)
                return Result(Now);
            if (_checks is { } checks)
                await checks.ConfigureAwait(false);
            else if (Fold.NextAt > Now || _history.BlindSince is not null)
                return Result(Now);
        }
    }

    /// <summary>Makes rounds until the watch has ended, or the operator ends this process' part in it.</summary>
    public async Task<WatchResult> StayAsync(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            while (!await TryRoundAsync(end.Token).ConfigureAwait(false))
                await SleepAsync(end.Token).ConfigureAwait(false);
            return Result(Now);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Result(Now) with { Interrupted = true };
        }
        finally
        {
            // A check that still runs must not outlive us.
            await end.CancelAsync().ConfigureAwait(false);
            if (_checks is { } checks)
                await checks.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _lock.Dispose();
    }

    /// <summary>Where it stands.</summary>
    public WatchResult Result(DateTimeOffset now) => WatchStanding.Of(_plan, _history, now, _options.Run.Actor, Folder);

    /// <summary>A round that can't write is told once, and tried again: what it saw is still there to be seen.</summary>
    private async Task<bool> TryRoundAsync(CancellationToken cancellation)
    {
        try
        {
            var ended = await RoundAsync(cancellation).ConfigureAwait(false);
            if (_problem is not null)
                _run.Report(new RunNoted("The watch can write again; what it missed is made up for."));
            _problem = null;
            return ended;
        }
        catch (ReleaseOpsException error) when (MayPass(error.Id) && Now < Fold.Setup.EndsAt + Fold.Setup.Watch.Grace)
        {
            if (_problem != error.Message)
                _run.Report(new RunNoted($"The watch can't write: {error.Message} It tries again, and makes up for what it misses."));
            _problem = error.Message;
            // Whether the last line is on the disk isn't known: what is there is read again.
            _history = WatchBeginning.Read(_plan.Runbook, FileLedger.Read(_folder));
            _run.Report(new WatchLooked(Result(Now)));
            return false;
        }
    }

    private static bool MayPass(ErrorId id) =>
        id is ErrorId.LedgerHeld or ErrorId.LedgerLost or ErrorId.LedgerUnwritable or ErrorId.DiskFull or ErrorId.EvidenceUnwritable;

    private async Task<bool> RoundAsync(CancellationToken cancellation)
    {
        CatchUp();
        if (_history.Abandoned)
            throw WatchBeginning.GivenUp(_plan.Release, _history.Run!);
        if (_history.Decided is not null)
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
        if (_checks is null && Fold.Stopped is null && WatchBeginning.RoundOf(Fold.Setup, now) is var round && round > _history.Round && now < Fold.Setup.EndsAt)
            (_round, _checks) = (round, WatchChecks.RunAsync(_run, Fold.Checks.ToDictionary(), cancellation));
        // Where nothing was asked, nothing is known of whether it can be.
        Record(now, back is null ? null : Fold.NextAt, pasts, looks, due > 0 ? unreachable is not null : _history.BlindSince is not null, unreachable ?? "", back);
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

    /// <summary>Reads what others have written since: words from other terminals, and looks of another process.</summary>
    private void CatchUp()
    {
        var length = new FileInfo(Path.Combine(_folder, FileLedger.FileName)) is { Exists: true } file ? file.Length : 0;
        if (length == _seen)
            return;
        foreach (var e in FileLedger.Read(_folder))
            _history.Take(e);
        _seen = length;
    }

    private void Record(
        DateTimeOffset now, DateTimeOffset? movedTo, List<(string Slo, SloPast Past)> pasts, IReadOnlyList<WatchLook> looks, bool isBlind, string why, TimeSpan? back)
    {
        var results = _checks is { IsCompleted: true } checks ? checks.GetAwaiter().GetResult() : null;
        var turns = isBlind != _history.BlindSince is not null;
        if (movedTo is null && pasts.Count + looks.Count == 0 && results is null && !turns && _jumped == TimeSpan.Zero
            && Fold.Unrecorded.Count == 0 && Inbox.Waiting(_folder).Count == 0)
        {
            // Somebody who found the ledger free has put a word there without us; and without looks a watch gets less sure by the minute.
            if (Fold.Words.Count > _heard || isBlind)
                Tell([], now);
            return;
        }
        var said = new List<WatchCall>();
        Write(journal =>
        {
            if (_jumped != TimeSpan.Zero)
                journal.ClockJumped(_jumped);
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
        _jumped = TimeSpan.Zero;
        if (results is not null)
            _checks = null;
        Tell(said, now);
    }

    private void Tell(List<WatchCall> said, DateTimeOffset now)
    {
        foreach (var word in Fold.Words.Skip(_heard))
            _run.Report(new WatchHeard(word));
        _heard = Fold.Words.Count;
        foreach (var call in said)
            _run.Report(new WatchCalled(call));
        _run.Report(new WatchLooked(Result(now)));
    }

    /// <summary>Takes the ledger, hears what letters say, writes, and lets go.</summary>
    private void Write(Action<WatchJournal> write)
    {
        using (var ledger = ReleaseRun.OpenLedger(_folder, _options.Run, _mask))
        {
            if (Inbox.Waiting(_folder).Count > 0)
                _ = new Mailbox(ledger, _folder, _history.Run!, resumed: true);
            // The line that opening it has written is of no matter; what else is new was written by somebody else.
            if (ledger.Seq > _history.Seq + 1)
                foreach (var e in ledger.ReadAll())
                    _history.Take(e);
            write(new WatchJournal(ledger, _history));
        }
        _seen = new FileInfo(Path.Combine(_folder, FileLedger.FileName)).Length;
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
        if (_checks is { } running)
            await running.ConfigureAwait(false);
        _checks = null;
        IReadOnlyList<StepResult> checks = Fold.Stopped is null ? await WatchChecks.RunAsync(_run, Fold.Checks, cancellation).ConfigureAwait(false) : [];
        Write(journal =>
        {
            if (_history.BlindSince is not null && unasked is null && gates.Count > 0)
                journal.Blind(null, "");
            if (checks.Count > 0)
                journal.ChecksRan(int.MaxValue, checks);
            Fold.Advance(Now);
            foreach (var call in Fold.Unrecorded)
                journal.Said(call);
            var findings = WatchDecision.Findings(Fold, Now, gates);
            journal.Decided(gates, WatchDecision.Of(findings), findings);
        });
        _run.Report(new WatchLooked(Result(Now)));
        return true;
    }

    /// <summary>Sleeps until the next look; somebody's word, and the clocks of people, wake it before.</summary>
    private async Task SleepAsync(CancellationToken cancellation)
    {
        var most = _problem is null && _history.BlindSince is null ? Minute : Fold.Setup.Watch.Interval < Again ? Fold.Setup.Watch.Interval : Again;
        var until = Fold.NextAt < Now + Minute && most == Minute ? Fold.NextAt : Now + most;
        do
        {
            var (wall, began) = (Now, Clock.GetTimestamp());
            var left = until - wall;
            await Task.Delay(left > TimeSpan.Zero && left < Pulse ? left : Pulse, Clock, cancellation).ConfigureAwait(false);
            var jumped = Now - wall - Clock.GetElapsedTime(began);
            if (jumped.Duration() > Jump)
            {
                _jumped += jumped;
                _run.Report(new RunNoted($"The clock jumped by {(jumped < TimeSpan.Zero ? "-" : "")}{Durations.Format(TimeSpan.FromSeconds(Math.Floor(jumped.Duration().TotalSeconds)))}, or the machine slept."));
                return;
            }
        }
        // What has happened can't be recorded where nothing can: it wakes nobody.
        while (Now < until && (_problem is not null || (_checks is not { IsCompleted: true } && !SomethingHappened())));
    }

    private bool SomethingHappened() =>
        new FileInfo(Path.Combine(_folder, FileLedger.FileName)).Length != _seen || Inbox.Waiting(_folder).Count > 0;
}
