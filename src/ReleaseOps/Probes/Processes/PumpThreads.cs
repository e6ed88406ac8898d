using System.Collections.Concurrent;

namespace ReleaseOps.Probes;

/// <summary>
/// Threads for work that waits in the kernel for as long as a process lives. The thread pool's own few threads would all be taken by that; a
/// thread made for each made starts half again as slow, so a thread that has become free waits a while for the next.
/// </summary>
internal static class PumpThreads
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly BlockingCollection<Action> Work = [];
    private static int _free;

    /// <summary>Does some work on a thread that has nothing else to do.</summary>
    /// <param name="work">The work; it must not throw.</param>
    public static void Run(Action work)
    {
        // Each free thread is promised to one piece of work, so none waits for another's end.
        if (Interlocked.Decrement(ref _free) < 0)
        {
            Interlocked.Increment(ref _free);
            new Thread(Serve) { IsBackground = true, Name = "ReleaseOps output" }.Start();
        }
        Work.Add(work);
    }

    private static void Serve()
    {
        while (true)
        {
            if (!Work.TryTake(out var work, Patience))
            {
                // Only a thread that nobody counts on may go.
                if (Interlocked.Decrement(ref _free) >= 0)
                    return;
                Interlocked.Increment(ref _free);
                work = Work.Take();
            }
            work();
            Interlocked.Increment(ref _free);
        }
    }
}
