namespace ReleaseOps.Probes;

/// <summary>
/// Ends our processes when we die without having done so (a crash, SIGKILL): a shell that waits for the end of a pipe which only we hold,
/// then ends all that carries our mark. Asking the kernel instead (PR_SET_PDEATHSIG) would tie a process's life to the thread that started
/// it, and the thread pool ends threads. One for each process of ours, started with the first command; Linux only.
/// </summary>
internal static class Guardian
{
    private static readonly Lazy<Task> Started = new(() => Task.Run(Start));

    // grep -l names the files that hold the text, here /proc/4711/environ. A program that is just being started has an empty environment for
    // an instant, hence two looks in a row that find nothing. TERM first, KILL after two seconds; few looks before it, since on a busy machine with
    // many processes each takes its time.
    private const string Script = """
        trap '' HUP INT QUIT TERM
        read -r nothing
        i=0; none=0
        while [ $i -lt 54 ] && [ $none -lt 2 ]; do
            none=$((none + 1))
            for file in $(grep -lF "RELEASEOPS_STEP=$1-" /proc/[0-9]*/environ 2>/dev/null); do
                none=0
                process=${file#/proc/}; process=${process%/environ}
                if [ $i -gt 3 ]; then kill -KILL $process; elif [ $i -eq 0 ]; then kill -TERM $process; kill -CONT $process; fi
            done
            case $i in 2) sleep 0.8 ;; 3) sleep 1 ;; *) sleep 0.1 ;; esac
            i=$((i + 1))
        done
        """;

    /// <summary>Starts it, once, beside whatever comes next.</summary>
    public static void Ensure()
    {
        if (LinuxChild.IsSupported)
            _ = Started.Value;
    }

    private static void Start()
    {
        // In a session of its own, with no output, no mark, and nothing of our environment: no terminal's Ctrl+C reaches it, it holds nobody's pipe,
        // and it is nobody's survivor, not even where we are a step of another run.
        var start = new ProcessStart("releaseops-guardian", "/bin/sh", ["-c", Script, "releaseops-guardian", ProcessMarks.OurWord], "/",
            new Dictionary<string, string> { ["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/bin:/bin" }, null);
        var ends = new int[2];
        if (Libc.pipe2(ends, Libc.CloseOnExec) < 0)
            return;
        try
        {
            _ = LinuxChild.Spawn(start, ends[0], -1, -1);
            // The other end stays open for as long as we live.
        }
        catch (StartFailedException)
        {
            // Without it, what we leave behind in a crash is found when the run is resumed.
            _ = Libc.close(ends[1]);
        }
        finally
        {
            _ = Libc.close(ends[0]);
        }
    }
}
