using System.Globalization;

namespace ReleaseOps.Probes;

/// <summary>Says what the end of a command means.</summary>
internal static class CommandEnd
{
    /// <summary>Why nothing can be told; null where the exit code is a result.</summary>
    public static ErrorId? CouldNotTell(ProcessOutcome outcome, bool pytest) => outcome switch
    {
        { End: ProcessEnd.TimedOut } => ErrorId.TimedOut,
        { Exit.Signal: not null } => ErrorId.Signaled,
        { Exit.Code: null } => ErrorId.Internal,
        { Exit.Code: { } code } when pytest && Pytest(code) is not null => ErrorId.ExitCodeInconclusive,
        _ => null,
    };

    /// <summary>One line for a person: why nothing can be told, and the last line that the program printed.</summary>
    public static string Describe(ProcessOutcome outcome, bool pytest, TimeSpan timeout, string lastLine, string lastErrorLine)
    {
        var exit = outcome.Exit.Code ?? 0;
        // A program that fails says why on standard error, one that succeeds says what on standard output; one that we ended was at what it
        // said last on standard output (on the other there is a shell's "Terminated").
        var failed = outcome.End == ProcessEnd.Exited && exit != 0;
        var line = lastLine.Length == 0 || failed && lastErrorLine.Length > 0 ? lastErrorLine : lastLine;
        var end = outcome switch
        {
            { End: ProcessEnd.TimedOut } => $"still running after {Durations.Format(timeout)}, so it was ended",
            { Exit.Signal: { } signal } => "ended by " + Name(signal),
            { Exit.Code: null } => "ended, but its exit code was taken by another part of this process",
            _ when pytest && Pytest(exit) is { } meaning => string.Create(CultureInfo.InvariantCulture, $"pytest {meaning} (exit {exit})"),
            _ => null,
        };
        return end is null
            ? line.Length > 0 ? line : string.Create(CultureInfo.InvariantCulture, $"exit {exit}, no output")
            : line.Length > 0 ? $"{end}; last line: {line}" : end;
    }

    /// <summary>What an exit code may mean beside itself.</summary>
    public static IEnumerable<string> Notes(ProcessOutcome outcome)
    {
        if (outcome is { End: ProcessEnd.Exited, Exit: { Signal: null, Code: { } code } } && SignalName(code - 128) is not null)
            yield return string.Create(CultureInfo.InvariantCulture, $"Exit code {code} is what a shell gives when a program in it was ended by {Name(code - 128)}.");
    }

    private static string Name(int signal) => string.Create(CultureInfo.InvariantCulture, $"signal {signal}")
        + (SignalName(signal) is { } name ? $" ({name})" : "");

    // Those that have the same number everywhere, and Linux's BUS and SYS.
    private static string? SignalName(int signal) => signal switch
    {
        1 => "HUP",
        2 => "INT",
        3 => "QUIT",
        4 => "ILL",
        6 => "ABRT",
        7 => "BUS",
        8 => "FPE",
        9 => "KILL",
        11 => "SEGV",
        13 => "PIPE",
        14 => "ALRM",
        15 => "TERM",
        24 => "XCPU",
        25 => "XFSZ",
        31 => "SYS",
        _ => null,
    };

    // https://docs.pytest.org/en/stable/reference/exit-codes.html
    private static string? Pytest(int exit) => exit switch
    {
        2 => "was interrupted",
        3 => "had an internal error",
        4 => "was called the wrong way",
        5 => "collected no tests",
        _ => null,
    };
}
