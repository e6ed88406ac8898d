using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using static System.FormattableString;

namespace ReleaseOps.Probes.Git;

/// <summary>
/// Runs git on one working tree: read-only, never asking a person, in English. It isn't a command of the runbook: its output is read to the
/// last byte before anything is masked or cut, and variables are taken out of its environment.
/// </summary>
/// <param name="folder">The working tree, or a bare repository.</param>
/// <param name="mask">Hides secrets in what git says went wrong.</param>
/// <param name="environment">The variables that it starts from; null for those of this process.</param>
internal sealed class GitProgram(string folder, SecretMask mask, IReadOnlyDictionary<string, string>? environment = null)
{
    /// <summary>The most that git may say where nothing else is asked for: 16 MiB.</summary>
    internal const int MaxOutput = 16 << 20;

    // git's exit code for an option that it doesn't know (usage_with_options in its parse-options API).
    private const int UsageExit = 129;

    // What a hook or a wrapper may have set to point git elsewhere than at the folder (git rev-parse --local-env-vars), and what changes
    // how it reads paths and shows differences (git(1), "Environment Variables").
    private static readonly string[] Elsewhere =
    [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_NAMESPACE", "GIT_PREFIX", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_REPLACE_REF_BASE", "GIT_NO_REPLACE_OBJECTS",
        "GIT_IMPLICIT_WORK_TREE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_QUARANTINE_PATH",
        "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
        "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_ATTR_SOURCE",
    ];

    private static readonly string[] ElsewherePrefixes = ["GIT_TRACE", "GIT_REDIRECT_", "GIT_TEST_"];

    /// <summary>Hides secrets.</summary>
    internal SecretMask Mask => mask;

    /// <summary>Standard output of git, as text.</summary>
    /// <exception cref="CouldNotTellException">ProgramNotFound, or GitFailed with git's own words.</exception>
    internal async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        Encoding.UTF8.GetString(Whole(await AskAsync(arguments, MaxOutput, cancellation).ConfigureAwait(false)).Output);

    /// <summary>Standard output of git, as bytes: the content of a file.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="most">The most bytes that are read.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CouldNotTellException">As above; GitFailed where there are more.</exception>
    internal async Task<ReadOnlyMemory<byte>> ReadAsync(IReadOnlyList<string> arguments, int most, CancellationToken cancellation) =>
        Whole(await AskAsync(arguments, most, cancellation).ConfigureAwait(false)).Bytes;

    /// <summary>What git says, whatever its exit code; where that is more than a bound, its beginning.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="bound">The most that is read of its standard output, in bytes; git is ended there.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CouldNotTellException">ProgramNotFound.</exception>
    internal async Task<GitAnswer> AskAsync(IReadOnlyList<string> arguments, int bound, CancellationToken cancellation)
    {
        using var process = Start(arguments);
        try
        {
            process.StandardInput.Close();
            var errors = BoundedStream.UpToAsync(process.StandardError.BaseStream, MaxOutput, cancellation);
            var output = await BoundedStream.UpToAsync(process.StandardOutput.BaseStream, bound + 1, cancellation).ConfigureAwait(false);
            if (output.Length > bound)
                return new GitAnswer(output[..bound], "", 0) { Bound = bound };
            var complaint = Encoding.UTF8.GetString((await errors.ConfigureAwait(false)).Span);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return new GitAnswer(output, complaint, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>The answer, where git succeeded and all of it was read.</summary>
    /// <exception cref="CouldNotTellException">GitFailed with git's own words.</exception>
    internal GitAnswer Whole(GitAnswer answer) =>
        answer.IsCut ? throw new CouldNotTellException(ErrorId.GitFailed, Invariant($"git said more than {answer.Bound} bytes"))
        : answer.Exit != 0 ? throw Failed(answer)
        : answer;

    /// <summary>GitFailed with git's own words.</summary>
    internal CouldNotTellException Failed(GitAnswer answer)
    {
        var lines = answer.Complaint.Split('\n');
        var first = lines.FirstOrDefault(line => line.StartsWith("fatal:", StringComparison.Ordinal)) ?? lines[0];
        var old = answer.Exit == UsageExit ? "; git 2.18 or newer is needed" : "";
        return new CouldNotTellException(ErrorId.GitFailed,
            Invariant($"git couldn't tell (exit code {answer.Exit}): {OutsideText.OneLine(first, mask)}{old}"));
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (environment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
        }
        // By its full path: Process.Start would take a file "git" of the current folder first, which may be the release's own.
        var searchPath = start.Environment.TryGetValue("PATH", out var path) ? path : null;
        start.FileName = ProgramSearch.Find("git", Path.GetPathRoot(folder) ?? folder, searchPath, out var problem)
            ?? throw new CouldNotTellException(ErrorId.ProgramNotFound, OutsideText.OneLine(problem, mask));
        // A monitor that the repository configures is a program of its own, which would be started here and outlive git with its pipe held.
        foreach (var argument in (string[])["-C", folder, "-c", "core.fsmonitor=false", .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(IsElsewhere).ToList())
            start.Environment.Remove(name);
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        // Commits that git shows in the place of others, and parents that it makes up, exist on this machine only.
        start.Environment["GIT_NO_REPLACE_OBJECTS"] = "1";
        start.Environment["GIT_GRAFT_FILE"] = "/dev/null";
        start.Environment["GIT_ATTR_NOSYSTEM"] = "1";
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

    private static bool IsElsewhere(string name) =>
        Elsewhere.Contains(name) || ElsewherePrefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal));
}

/// <summary>What git said.</summary>
/// <param name="Bytes">Its standard output.</param>
/// <param name="Complaint">Its standard error.</param>
/// <param name="Exit">Its exit code.</param>
internal sealed record GitAnswer(ReadOnlyMemory<byte> Bytes, string Complaint, int Exit)
{
    /// <summary>Its standard output.</summary>
    public ReadOnlySpan<byte> Output => Bytes.Span;

    /// <summary>The bound, in bytes, at which it was cut off; null where all of it is here.</summary>
    public int? Bound { get; init; }

    /// <summary>True where git had more to say.</summary>
    public bool IsCut => Bound is not null;
}
