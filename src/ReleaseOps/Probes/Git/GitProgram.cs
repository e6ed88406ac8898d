using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using static System.FormattableString;

namespace ReleaseOps.Probes.Git;

/// <summary>
/// Runs git on one working tree: read-only, never asking a person, in English. It isn't a command of the runbook: its output is read to the
/// last byte before anything is masked or cut, and variables are taken out of its environment.
/// </summary>
/// <param name="folder">The working tree.</param>
/// <param name="mask">Hides secrets in what git says went wrong.</param>
internal sealed class GitProgram(string folder, SecretMask mask)
{
    private const int MaxOutput = 16 << 20;

    // What a hook or a wrapper may have set to point git elsewhere than at the folder (git rev-parse --local-env-vars).
    private static readonly string[] Elsewhere =
    [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_NAMESPACE", "GIT_PREFIX", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_REPLACE_REF_BASE", "GIT_NO_REPLACE_OBJECTS",
        "GIT_IMPLICIT_WORK_TREE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_LITERAL_PATHSPECS", "GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT",
    ];

    /// <summary>Standard output of git, as text.</summary>
    /// <exception cref="CouldNotTellException">ProgramNotFound, or GitFailed with git's own words.</exception>
    internal Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        RunAsync(arguments, process => ReadAsync(process.StandardOutput, cancellation), cancellation);

    /// <summary>Standard output of git, as bytes: the content of a file.</summary>
    /// <param name="arguments">What git is told to do.</param>
    /// <param name="most">The most bytes that are read.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="CouldNotTellException">As above.</exception>
    internal Task<ReadOnlyMemory<byte>> ReadAsync(IReadOnlyList<string> arguments, int most, CancellationToken cancellation) =>
        RunAsync(
            arguments, process => BoundedStream.ReadAsync(process.StandardOutput.BaseStream, most, "what git has", cancellation), cancellation);

    private async Task<T> RunAsync<T>(IReadOnlyList<string> arguments, Func<Process, Task<T>> read, CancellationToken cancellation)
    {
        using var process = Start(arguments);
        try
        {
            process.StandardInput.Close();
            var output = read(process);
            var errors = ReadAsync(process.StandardError, cancellation);
            var (said, complained) = (await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return process.ExitCode == 0 ? said : throw Failed(complained, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        // By its full path: Process.Start would take a file "git" of the current folder first, which may be the release's own.
        var git = ProgramSearch.Find("git", Path.GetPathRoot(folder) ?? folder, Environment.GetEnvironmentVariable("PATH"), out var problem)
            ?? throw new CouldNotTellException(ErrorId.ProgramNotFound, OutsideText.OneLine(problem, mask));
        var start = new ProcessStartInfo(git)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        // A monitor that the repository configures is a program of its own, which would be started here and outlive git with its pipe held.
        foreach (var argument in (string[])["-C", folder, "-c", "core.fsmonitor=false", .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var name in Elsewhere)
            start.Environment.Remove(name);
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new CouldNotTellException(ErrorId.ProgramNotFound, $"git could not be started: {OutsideText.OneLine(e.Message, mask)}");
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new char[8192];
        while (await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and var read)
        {
            if (text.Length + read > MaxOutput)
                throw new CouldNotTellException(ErrorId.GitFailed, Invariant($"git said more than {MaxOutput} characters"));
            text.Append(buffer, 0, read);
        }
        return text.ToString();
    }

    private CouldNotTellException Failed(string complaint, int exit)
    {
        var first = complaint.Split('\n').FirstOrDefault(line => line.StartsWith("fatal:", StringComparison.Ordinal))
            ?? complaint.Split('\n')[0];
        return new CouldNotTellException(ErrorId.GitFailed,
            Invariant($"git couldn't tell (exit code {exit}): {OutsideText.OneLine(first, mask)}"));
    }
}
