using System.Globalization;

namespace ReleaseOps.Probes;

/// <summary>
/// Starts a program and tells how it ended and what it printed. The program is started directly, never through a shell; it has no
/// terminal, and its standard input is what the look says or empty. Nothing that it starts outlives it: background processes are ended when it ends.
/// </summary>
/// <remarks>
/// <para>Values: <c>exit</c> (long), <c>signal</c> (long; only where a signal ended it, <c>exit</c> is then 128 + the signal), <c>output</c> and
/// <c>error_output</c> (string: UTF-8, masked, without the newlines at the end, at most the first 1 MiB and the last 64 KiB), <c>lines</c> (of
/// <c>output</c>), <c>json</c> (only where the whole of <c>output</c> is one JSON document, at most 64 deep and with no key twice), <c>elapsed</c>
/// (TimeSpan), <c>truncated</c> (bool: a part of an output wasn't kept). After a time-out there is no <c>exit</c>.</para>
/// <para>Could not tell: <see cref="ErrorId.ProgramNotFound"/>, <see cref="ErrorId.TimedOut"/>, <see cref="ErrorId.Signaled"/>,
/// <see cref="ErrorId.ExitCodeInconclusive"/>, <see cref="ErrorId.BadValue"/> (a NUL character in an argument or variable),
/// <see cref="ErrorId.DiskFull"/> or <see cref="ErrorId.EvidenceUnwritable"/> (its log: what can't be proved isn't a pass).</para>
/// <para>Only a signal that ended the program itself counts as one. A shell whose child was ended by a signal exits with 128 + the signal;
/// that is an exit code like any other, and a note says what it may mean.</para>
/// </remarks>
public static class CommandProbe
{
    /// <summary>Makes the look.</summary>
    /// <param name="look">The command.</param>
    /// <param name="context">Its run, step, time-out, mask and clock.</param>
    /// <param name="cancellation">Ends the program and all that it started, then throws; takes 300 ms at most where they obey no signal but KILL.</param>
    /// <exception cref="OperationCanceledException">It was cancelled before the program ended.</exception>
    public static Task<Observation> LookAsync(CommandLook look, LookContext context, CancellationToken cancellation) =>
        LookAsync(look, context, ChildProcess.Start, cancellation);

    internal static async Task<Observation> LookAsync(
        CommandLook look, LookContext context, Func<ProcessStart, string, ChildProcess.Receiver, ChildProcess> startProcess, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Guardian.Ensure();
        var at = context.Clock.GetUtcNow();
        var began = context.Clock.GetTimestamp();
        Observation NotStarted(ErrorId why, string detail) =>
            new() { At = at, Elapsed = context.Clock.GetElapsedTime(began), Detail = context.Mask.Apply(detail), CouldNotTell = why };

        if (HoldsNul(look) is { } place)
            return NotStarted(ErrorId.BadValue, $"{look.Program}: {place} holds a NUL character, which no program can be given; take it out.");
        var word = ProcessMarks.NewWord();
        var environment = EnvironmentOf(look, context.Run, word);
        var path = ProgramSearch.Find(look.Program, look.Folder, environment.GetValueOrDefault("PATH"), out var problem);
        if (path is null)
            return NotStarted(ErrorId.ProgramNotFound, problem);

        using var log = new StepLog(context.LogFolder, context.Step);
        using var output = new CapturedOutput();
        using var errorOutput = new CapturedOutput();
        var masking = new Masking(context.Mask, part => { output.Write(part); log.Write(part); });
        var errorMasking = new Masking(context.Mask, part => { errorOutput.Write(part); log.Write(part); });
        ProcessOutcome outcome;
        try
        {
            var start = new ProcessStart(look.Program, path, look.Arguments, look.Folder, environment, look.Input);
            using var child = startProcess(start, word, (part, isError) => (isError ? errorMasking : masking).Write(part));
            outcome = await ProcessConduct.SeeThroughAsync(child, context.Timeout, context.Clock, cancellation).ConfigureAwait(false);
        }
        catch (StartFailedException e)
        {
            return NotStarted(ErrorId.ProgramNotFound, $"{look.Program}: {path} could not be started: {e.Message}.");
        }
        masking.Complete();
        errorMasking.Complete();
        log.Complete();
        if (outcome.End == ProcessEnd.Cancelled)
            throw new OperationCanceledException(cancellation);

        var elapsed = context.Clock.GetElapsedTime(began);
        var (text, errorText) = (output.Text(), errorOutput.Text());
        var values = new Dictionary<string, object?>
        {
            ["elapsed"] = elapsed,
            ["output"] = text,
            ["error_output"] = errorText,
            ["truncated"] = output.IsTruncated || errorOutput.IsTruncated,
        };
        if (outcome is { End: ProcessEnd.Exited, Exit.Code: { } code })
            values["exit"] = (long)code;
        if (outcome is { End: ProcessEnd.Exited, Exit.Signal: { } signal })
            values["signal"] = (long)signal;
        return new Observation
        {
            At = at,
            Elapsed = elapsed,
            Values = new CommandValues(values, text, !output.IsTruncated),
            Detail = CommandEnd.Describe(outcome, look.PytestExitCodes, context.Timeout, TerminalText.LastLine(text), TerminalText.LastLine(errorText)),
            CouldNotTell = CommandEnd.CouldNotTell(outcome, look.PytestExitCodes) ?? log.Failure,
            Log = log.Name,
            Notes = [.. outcome.Notes, .. CommandEnd.Notes(outcome), .. Truncation("standard output", output), .. Truncation("standard error", errorOutput),
                .. log.Failure is null ? (string[])[] : [$"The log could not be written: {log.FailureText}"]],
        };
    }

    private static IEnumerable<string> Truncation(string name, CapturedOutput output) => !output.IsTruncated ? [] :
        [string.Create(CultureInfo.InvariantCulture,
            $"Of {output.Size} bytes on {name} the first {CapturedOutput.HeadSize} and the last {CapturedOutput.TailSize} were kept; SHA-256 of all: {output.Digest()}.")];

    // Release tools find their way by the environment (PATH, HOME, proxies, credentials of the CI job, the locale), so a command gets ours
    // as it is, then what its runbook adds, then the marks by which it and its descendants are found.
    private static Dictionary<string, string> EnvironmentOf(CommandLook look, string run, string word)
    {
        var environment = ProcessStart.OwnEnvironment();
        foreach (var (name, value) in look.Environment)
            environment[name] = value;
        environment[ProcessMarks.Run] = run;
        environment[ProcessMarks.Step] = word;
        return environment;
    }

    private static string? HoldsNul(CommandLook look)
    {
        for (var i = 0; i < look.Arguments.Count; i++)
        {
            if (look.Arguments[i].Contains('\0', StringComparison.Ordinal))
                return string.Create(CultureInfo.InvariantCulture, $"argument {i + 1}");
        }
        foreach (var (name, value) in look.Environment)
        {
            if (name.Contains('\0', StringComparison.Ordinal) || value.Contains('\0', StringComparison.Ordinal))
                return "the environment variable " + name.Replace("\0", "", StringComparison.Ordinal);
        }
        return look.Program.Contains('\0', StringComparison.Ordinal) || look.Folder.Contains('\0', StringComparison.Ordinal) ? "its name or folder" : null;
    }
}
