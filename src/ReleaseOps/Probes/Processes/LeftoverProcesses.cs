namespace ReleaseOps.Probes;

/// <summary>What an earlier process of ours that died left running.</summary>
public static class LeftoverProcesses
{
    // As long as a time-out's grace, so that a deployment tool that is asked to end can undo what it was about.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Ends every process that carries the mark of a run (asks first, after 2 s it kills) and waits until none is left, 5 s at most. To be
    /// called before a run is resumed, while no step of it is running. Linux only; elsewhere it finds nothing.
    /// </summary>
    /// <param name="run">Id of the run, as <see cref="LookContext.Run"/> gave it to the processes.</param>
    /// <returns>How many there were at once, and how many are left (another user's, or ones that hang in the kernel).</returns>
    public static (int Found, int Left) End(string run)
    {
        if (!OperatingSystem.IsLinux())
            return (0, 0);
        var mark = ProcessMarks.Run + "=" + run;
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        var found = 0;
        var asked = new HashSet<int>();
        while (true)
        {
            var left = LinuxProcesses.Find(mark);
            found = Math.Max(found, left.Count);
            var elapsed = clock.GetElapsedTime(began);
            if (left.Count == 0 || elapsed > Bound)
                return (found, left.Count);
            foreach (var process in left)
            {
                if (elapsed > Grace)
                    _ = Libc.kill(process, Libc.SigKill);
                else if (asked.Add(process))
                    _ = Libc.kill(process, Libc.SigTerm);
                _ = Libc.kill(process, Libc.SigContinue);
            }
            Thread.Sleep(10);
        }
    }
}
