using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace ReleaseOps.PowerShell.Tests;

/// <summary>What Pester said about a test.</summary>
/// <param name="Name">The text after <c>It</c>.</param>
/// <param name="Result">Passed, Failed, Skipped, NotRun.</param>
/// <param name="Message">Why it failed.</param>
public sealed record PesterResult(string Name, string Result, string Message);

/// <summary>Runs each Pester file once, in a pwsh of its own, when the first of its tests is asked for.</summary>
public sealed class PesterRun
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Lazy<List<PesterResult>>> _files = new(StringComparer.Ordinal);

    public IReadOnlyList<PesterResult> Of(string file) =>
        _files.GetOrAdd(file, f => new Lazy<List<PesterResult>>(() => Run(f))).Value;

    private static List<PesterResult> Run(string file)
    {
        var results = Path.GetTempFileName();
        try
        {
            using var pwsh = Process.Start(new ProcessStartInfo("pwsh")
            {
                ArgumentList =
                {
                    "-NoProfile", "-NonInteractive", "-File", Path.Combine(Checkout.Root, "tests", "module", "Invoke-PesterFile.ps1"),
                    "-Path", Path.Combine(Checkout.Root, "tests", "module", file), "-Results", results,
                },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            pwsh.StandardInput.Close();
            var output = pwsh.StandardOutput.ReadToEndAsync();
            var errors = pwsh.StandardError.ReadToEndAsync();
            if (!pwsh.WaitForExit(Longest))
            {
                pwsh.Kill(entireProcessTree: true);
                throw new TimeoutException($"{file} took longer than {Longest}:\n{output.Result}\n{errors.Result}");
            }
            var json = File.ReadAllText(results);
            return json.Length > 0
                ? JsonSerializer.Deserialize<List<PesterResult>>(json)!
                : throw new InvalidOperationException($"{file} gave no results:\n{output.Result}\n{errors.Result}");
        }
        finally
        {
            File.Delete(results);
        }
    }
}
