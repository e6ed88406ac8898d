using System.Globalization;

namespace ReleaseOps.Probes;

/// <summary>What brought a process to its end.</summary>
internal enum ProcessEnd
{
    /// <summary>It ended by itself.</summary>
    Exited,
    /// <summary>It took too long and was ended.</summary>
    TimedOut,
    /// <summary>The operator ended it.</summary>
    Cancelled,
}

/// <summary>How a process and all that it started came to their end.</summary>
/// <param name="End">What brought it about.</param>
/// <param name="Exit">How the process itself ended.</param>
/// <param name="Notes">Further facts, a sentence each.</param>
internal sealed record ProcessOutcome(ProcessEnd End, ProcessExit Exit, IReadOnlyList<string> Notes);

/// <summary>
/// Sees a process through to its end, and ends what it leaves behind: nothing that a step started outlives it. The step ends with its
/// process, not with the last one that holds its output.
/// </summary>
internal static class ProcessConduct
{
    // What is still in a pipe is read within this time after the end; what takes longer comes from somebody else.
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(2);

    // Between being asked to end and being killed. An operator who presses Ctrl+C waits; a time-out has time.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GraceWhenCancelled = TimeSpan.FromMilliseconds(300);

    // KILL works at once, except on what hangs in the kernel (a dead network disk) or belongs to somebody else.
    private static readonly TimeSpan LongestKill = TimeSpan.FromSeconds(3);

    // A look longer than this can afford to look at every process of the system at its end (1 to 5 ms).
    private static readonly TimeSpan LongLook = TimeSpan.FromSeconds(1);

    // The longest that a timer takes is 49 days.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(49);

    // Processes live in the system's time, whatever clock the run has.
    private static readonly TimeProvider System = TimeProvider.System;

    /// <summary>Waits until a process and all that it started have ended, or ends them.</summary>
    /// <param name="child">The process.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="clock">The clock of the time-out.</param>
    /// <param name="cancellation">Ends it at once.</param>
    public static async Task<ProcessOutcome> SeeThroughAsync(ChildProcess child, TimeSpan timeout, TimeProvider clock, CancellationToken cancellation)
    {
        var notes = new List<string>();
        var began = System.GetTimestamp();
        var end = await EndOfAsync(child, timeout, clock, cancellation).ConfigureAwait(false);
        var left = 0;
        if (end == ProcessEnd.Exited)
        {
            var held = !await DrainAsync(child).ConfigureAwait(false);
            var survivors = child.CountSurvivors(thorough: held || System.GetElapsedTime(began) > LongLook);
            if (held)
                notes.Add("The output was held by a background process after the program had ended.");
            if (survivors > 0)
            {
                left = await EndAllAsync(child, cancellation).ConfigureAwait(false);
                notes.Add(Processes(survivors) + " ended.");
            }
        }
        else
        {
            left = await EndAllAsync(child, cancellation).ConfigureAwait(false);
        }
        if (left > 0)
            notes.Add(Processes(left) + " could not be ended (another user's, or hanging in the kernel).");
        if (!child.Drained.IsCompleted)
        {
            await DrainAsync(child).ConfigureAwait(false);
            child.StopReading();
        }
        await child.Drained.ConfigureAwait(false);
        return new ProcessOutcome(end, child.Exited.IsCompleted ? child.Reap() : default, notes);
    }

    private static string Processes(int count) =>
        count == 1 ? "1 background process" : string.Create(CultureInfo.InvariantCulture, $"{count} background processes");

    private static async Task<ProcessEnd> EndOfAsync(ChildProcess child, TimeSpan timeout, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            await child.Exited.WaitAsync(timeout < LongestTimeout ? timeout : LongestTimeout, clock, cancellation).ConfigureAwait(false);
            return ProcessEnd.Exited;
        }
        catch (TimeoutException)
        {
            return ProcessEnd.TimedOut;
        }
        catch (OperationCanceledException)
        {
            return ProcessEnd.Cancelled;
        }
    }

    // False where somebody still holds the output.
    private static async Task<bool> DrainAsync(ChildProcess child)
    {
        var began = System.GetTimestamp();
        while (!child.Drained.IsCompleted)
        {
            var before = child.Received;
            await Task.WhenAny(child.Drained, Task.Delay(Idle, System)).ConfigureAwait(false);
            if (!child.Drained.IsCompleted && (child.Received == before || System.GetElapsedTime(began) > LongestDrain))
                return false;
        }
        return true;
    }

    // Asks, waits, kills; again until none is left, because what is ended may just have started another. Returns how many are left.
    private static async Task<int> EndAllAsync(ChildProcess child, CancellationToken cancellation)
    {
        var began = System.GetTimestamp();
        var left = child.SignalAll(force: false);
        var wait = TimeSpan.FromMilliseconds(2);
        while (left > 0)
        {
            await Task.Delay(wait, System, CancellationToken.None).ConfigureAwait(false);
            wait = wait < TimeSpan.FromMilliseconds(30) ? wait * 2 : wait;
            var elapsed = System.GetElapsedTime(began);
            var grace = cancellation.IsCancellationRequested ? GraceWhenCancelled : Grace;
            if (elapsed > grace + LongestKill)
                return left;
            left = elapsed > grace
                ? child.SignalAll(force: true)
                : child.CountSurvivors(thorough: true) + (child.Exited.IsCompleted ? 0 : 1);
        }
        return 0;
    }
}
