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
    /// <summary>A clock that differs by more than this from the time that has passed was set, or the machine slept.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>What can't be asked or written is tried again after this long, or after an interval where that is shorter.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(15);

    private readonly WatchLock _lock;
    private readonly string _folder;
    private readonly RunContext _run;
    private readonly WatchBook _book;
    private readonly WatchRound _round;
    private string? _problem;

    private WatchProcess(Plan plan, WatchOptions options, BindingScope scope, SecretMask mask, WatchLock held, WatchHistory history)
    {
        var release = ReleaseRun.FolderOf(plan.Release, options.Run);
        _folder = Path.Combine(release, history.Run!);
        EvidencePlace.Prepare(options.Run.EvidenceRoot, _folder);
        _lock = held;
        _run = new RunContext(history.Run!, plan, options.Run, scope, mask, _folder, mail: null);
        _book = new WatchBook(plan.Runbook, release, options.Run, mask, history);
        _round = new WatchRound(_run, _book, _folder);
    }

    private DateTimeOffset Now => _run.Clock.GetUtcNow();

    private WatchFold Fold => _book.History.Fold!;

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
            process._run.Report(new RunStarted(process._book.History.Run!, plan, process._folder, Resumed: false));
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
            process._run.Report(new RunStarted(history.Run!, plan, process._folder, Resumed: true));
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
            var ended = await _round.MakeAsync(cancellation).ConfigureAwait(false);
            if (ended)
                return _round.Standing;
            if (_round.Checks is { } checks)
                await checks.ConfigureAwait(false);
            else if (Fold.NextAt > Now || _book.History.BlindSince is not null)
                return _round.Standing;
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
            return _round.Standing;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return _round.Standing with { Interrupted = true };
        }
        finally
        {
            // A check that still runs must not outlive us.
            await end.CancelAsync().ConfigureAwait(false);
            if (_round.Checks is { } checks)
                await checks.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _lock.Dispose();
    }

    /// <summary>A round that can't write is told once, and tried again: what it saw is still there to be seen.</summary>
    private async Task<bool> TryRoundAsync(CancellationToken cancellation)
    {
        try
        {
            var ended = await _round.MakeAsync(cancellation).ConfigureAwait(false);
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
            _book.ReadAgain();
            _run.Report(new WatchLooked(_round.Standing));
            return false;
        }
    }

    private static bool MayPass(ErrorId id) =>
        id is ErrorId.LedgerHeld or ErrorId.LedgerLost or ErrorId.LedgerUnwritable or ErrorId.DiskFull or ErrorId.EvidenceUnwritable;

    /// <summary>Sleeps until the next look; somebody's word, and the clocks of people, wake it before.</summary>
    private async Task SleepAsync(CancellationToken cancellation)
    {
        var most = _problem is null && _book.History.BlindSince is null ? Minute : Fold.Setup.Watch.Interval < Again ? Fold.Setup.Watch.Interval : Again;
        var until = Fold.NextAt < Now + Minute && most == Minute ? Fold.NextAt : Now + most;
        do
        {
            var (wall, began) = (Now, _run.Clock.GetTimestamp());
            var left = until - wall;
            await Task.Delay(left > TimeSpan.Zero && left < Pulse ? left : Pulse, _run.Clock, cancellation).ConfigureAwait(false);
            var jumped = Now - wall - _run.Clock.GetElapsedTime(began);
            if (jumped.Duration() > Jump)
            {
                _round.Jumped += jumped;
                _run.Report(new RunNoted($"The clock jumped by {(jumped < TimeSpan.Zero ? "-" : "")}{Durations.Format(TimeSpan.FromSeconds(Math.Floor(jumped.Duration().TotalSeconds)))}, or the machine slept."));
                return;
            }
        }
        // What has happened can't be recorded where nothing can: it wakes nobody.
        while (Now < until && (_problem is not null || (_round.Checks is not { IsCompleted: true } && !_book.HasNews)));
    }
}
