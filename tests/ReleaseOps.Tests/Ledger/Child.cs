using System.Diagnostics;

namespace ReleaseOps.Tests.Ledger;

/// <summary>The test child as a process: what it printed, line by line.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Program and first argument that start the test child.</summary>
    public static string[] Command { get; } =
    [
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        Path.Combine(AppContext.BaseDirectory, "ReleaseOps.TestChild.dll"),
    ];

    public static Child Start(IEnumerable<string> command, IEnumerable<(string, string)>? environment = null)
    {
        var all = command.ToList();
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        return new Child(Process.Start(start)!);
    }

    /// <summary>Runs it to its end.</summary>
    public static (int Exit, List<string> Lines) Run(IEnumerable<string> command, IEnumerable<(string, string)>? environment = null)
    {
        using var child = Start(command, environment);
        child._process.StandardInput.Close();
        return (child.Wait(out var lines), lines);
    }

    public string? Read() => _process.StandardOutput.ReadLine();

    public string? Ask(string verb)
    {
        _process.StandardInput.WriteLine(verb);
        _process.StandardInput.Flush();
        return Read();
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill(out List<string> lines)
    {
        _process.Kill();
        Wait(out lines);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private int Wait(out List<string> lines)
    {
        lines = [.. _process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        _process.WaitForExit();
        return _process.ExitCode;
    }
}
