using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ReleaseOps.Cli.Tests;

/// <summary>The real <c>releaseops</c>, as it was built with these tests.</summary>
internal static class Cli
{
    public static readonly string Root = Above(AppContext.BaseDirectory);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // bin/<configuration>/<framework>/ here as there.
    private static readonly string Output = Path.Combine(Root, "src", "ReleaseOps.Cli", "bin",
        Path.GetRelativePath(Path.Combine(Root, "tests", "ReleaseOps.Cli.Tests", "bin"), AppContext.BaseDirectory.TrimEnd('/', '\\')));

    public static string Program => Path.Combine(Output, OperatingSystem.IsWindows() ? "releaseops.exe" : "releaseops");

    public static Ended Run(string folder, params string[] arguments) => Run(folder, [Program, .. arguments], new Dictionary<string, string>());

    public static Ended Run(string folder, IReadOnlyList<string> command, Dictionary<string, string> environment, string input = "")
    {
        using var running = Start(folder, command, environment, input);
        return running.End(Patience);
    }

    public static Running Start(string folder, IReadOnlyList<string> command, Dictionary<string, string> environment, string input = "")
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A CI job's own variables would change what is written.
        foreach (var name in new[] { "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "TF_BUILD", "RELEASEOPS_EVIDENCE", "RELEASEOPS_RUNBOOKS" })
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return new Running(process);
    }

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "ReleaseOps.psd1")) ? folder : Above(Path.GetDirectoryName(folder.TrimEnd('/', '\\'))!);
}

/// <summary>How a program ended, and what it wrote.</summary>
internal sealed record Ended(int Code, string Out, string Error)
{
    public string[] Lines => Out.TrimEnd().Split('\n');

    public JsonElement Json => JsonElement.Parse(Out);

    /// <summary>It ended with that code; where not, what it wrote says why.</summary>
    public Ended With(int code)
    {
        Assert.True(code == Code, $"exit code {Code}, not {code}\n{Out}\n{Error}");
        Assert.DoesNotContain("   at ReleaseOps", Out + Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", Out + Error, StringComparison.Ordinal);
        return this;
    }

    /// <summary>It ended with that code, its error has that id, and the message names all of that.</summary>
    public void Refused(int code, ErrorId id, params string[] named)
    {
        With(code);
        Assert.EndsWith($"({id})\n", Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All(named, name => Assert.Contains(name, Error, StringComparison.Ordinal));
    }
}

/// <summary>A program that was started.</summary>
internal sealed class Running(Process process) : IDisposable
{
    private readonly Task<string> _output = process.StandardOutput.ReadToEndAsync();
    private readonly Task<string> _errors = process.StandardError.ReadToEndAsync();

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public Ended End(TimeSpan within)
    {
        if (!process.WaitForExit(within))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"still running after {within}:\n{_output.Result}\n{_errors.Result}");
        }
        return new Ended(process.ExitCode, _output.Result, _errors.Result);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}

/// <summary>A folder for one test, with a mark that all processes started in it carry.</summary>
internal sealed class Scratch : IDisposable
{
    private const string MarkName = "RELEASEOPS_TEST_MARK";

    private readonly string _mark = Guid.NewGuid().ToString("N");

    public string Folder { get; } = Directory.CreateTempSubdirectory("releaseops-cli-").FullName;

    public Dictionary<string, string> Environment => new() { [MarkName] = _mark };

    public string Evidence => Path.Combine(Folder, "evidence");

    /// <summary>The only ledger under the evidence folder.</summary>
    public string Ledger => Directory.EnumerateDirectories(Evidence).Select(d => Path.Combine(d, "ledger.jsonl")).Single();

    /// <summary>The whole lines of the ledger; none where there is no ledger yet.</summary>
    public string[] LedgerLines()
    {
        if (!Directory.Exists(Evidence) || !Directory.EnumerateDirectories(Evidence).Any() || !File.Exists(Ledger))
            return [];
        using var reader = new StreamReader(new FileStream(Ledger, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd().Split('\n')[..^1];
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a runbook of one phase with these steps, each a YAML block that starts with "- ".</summary>
    public void WriteSteps(string steps) => Write("r.yaml", $"runbook: r\nphases:\n  - phase: p\n    steps:\n{Indented(steps)}");

    public Ended Run(params string[] arguments) => Cli.Run(Folder, [Cli.Program, .. arguments], Environment);

    /// <summary>Runs <c>r.yaml</c>.</summary>
    public Ended Checklist(params string[] more) => Run(["checklist", "./r.yaml", .. more]);

    /// <summary>Starts it so that it takes signals even where the tests themselves run in the background of a shell, which ignores SIGINT.</summary>
    public Running Start(params string[] arguments) => Cli.Start(Folder, ["env", "--default-signal=INT,TERM,HUP", Cli.Program, .. arguments], Environment);

    /// <summary>Waits for something to come about.</summary>
    public static void Await(Func<bool> there, string what, int seconds = 30)
    {
        for (var since = Stopwatch.StartNew(); !there(); Thread.Sleep(5))
            Assert.True(since.Elapsed.TotalSeconds < seconds, $"waited {seconds} s in vain: {what}");
    }

    /// <summary>Waits until nothing that was started in this folder runs any more.</summary>
    public void AwaitNoProcess() => Await(() => !AnyProcess(), "every process has ended", 5);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private bool AnyProcess() => Directory.EnumerateDirectories("/proc").Any(p => int.TryParse(Path.GetFileName(p), out _) && HasMark(p));

    private bool HasMark(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Contains($"{MarkName}={_mark}", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Indented(string steps) =>
        string.Concat(steps.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => $"      {line}\n"));
}
