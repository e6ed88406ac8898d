using System.Globalization;
using System.Text.Json;
using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

/// <summary>What a step looks at misbehaves: the run ends in time, says what it saw, and never passes it.</summary>
public sealed class BadWorldTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_program_that_does_not_exist() =>
        Held("- { id: tool, command: [no-such-program-anywhere] }", "ProgramNotFound", "no-such-program-anywhere");

    [NeedsProgram("sleep")]
    public void A_program_that_never_ends()
    {
        Held("- { id: tool, command: [sleep, infinity], timeout: 300ms }", "TimedOut", "300ms");
        _scratch.AwaitNoProcess();
    }

    [NeedsProgram("bash", "yes", "head")]
    public void A_program_that_prints_1_GB_costs_neither_memory_nor_disk()
    {
        _scratch.WriteSteps("""
            - id: flood
              command: [bash, -c, 'yes 0123456789012345678901234567890123456789 | head -c 1000000000']
              expect: truncated && output.startsWith('0123456789')
            """);
        using var run = _scratch.Start("checklist", "./r.yaml");
        var most = 0L;
        while (!run.HasEnded)
        {
            most = Math.Max(most, HighWater(run.Id));
            Thread.Sleep(20);
        }
        run.End(TimeSpan.FromSeconds(5)).With(0);
        Assert.InRange(most, 1, 300 << 10);
        var log = Directory.EnumerateFiles(_scratch.Evidence, "flood.log", SearchOption.AllDirectories).Single();
        Assert.InRange(new FileInfo(log).Length, 1 << 20, 17 << 20);
    }

    [Fact]
    public void A_host_that_accepts_and_never_answers()
    {
        using var host = new RawHost(_ => null);
        Held($"- {{ id: web, http: 'http://{host.Address}/', timeout: 300ms }}", "TimedOut", host.Address);
    }

    [Fact]
    public void A_redirect_without_end()
    {
        using var host = new RawHost(n => $"HTTP/1.1 302 Found\r\nLocation: /{n}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Held($"- {{ id: web, http: 'http://{host.Address}/', redirects: 5, timeout: 20s }}", "RedirectRefused", "more than 5 redirects");
        Assert.Equal(6, host.Asked);
    }

    [Fact]
    public void A_body_that_says_it_is_JSON_and_is_not()
    {
        using var host = new RawHost(_ => "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{\"ready\":");
        Held($"- {{ id: web, http: 'http://{host.Address}/', expect: body.ready, timeout: 20s }}", "ExpressionFailed", "body is not valid JSON at 1:10");
    }

    [Theory]
    [InlineData("r.yaml/below-a-file")]
    [InlineData("/proc/releaseops")]
    public void An_evidence_folder_that_can_not_be_written(string folder)
    {
        _scratch.WriteSteps("- { id: a, changes: a file, command: [touch, begun] }");
        _scratch.Checklist("--evidence", folder).Refused(3, ErrorId.LedgerUnwritable, folder);
        Assert.False(File.Exists(Path.Combine(_scratch.Folder, "begun")));
    }

    [NeedsUserNamespace]
    public void On_a_full_disk_no_further_action_begins_and_the_record_before_it_is_whole()
    {
        _scratch.WriteSteps(string.Join('\n', Enumerable.Range(1, 60).Select(n => $"""
            - id: action-{n}
              changes: a file
              script: |
                touch action-{n}
                head -c 8000 /dev/zero | tr '\0' x
            """)));
        var kept = Path.Combine(_scratch.Folder, "kept");
        const string script = """
            mkdir small && mount -t tmpfs -o size=256k none small || exit 99
            "$1" checklist ./r.yaml --evidence small; code=$?
            cp small/*/ledger.jsonl kept; exit $code
            """;
        var ended = Cli.Run(_scratch.Folder, ["unshare", "-Urm", "sh", "-c", script, "sh", Cli.Program], _scratch.Environment).With(3);
        Assert.Contains("DiskFull", ended.Out + ended.Error, StringComparison.Ordinal);
        var events = File.ReadAllText(kept).Split('\n')[..^1].Select(l => JsonElement.Parse(l)).ToList();
        var begun = events.Count(e => e.GetProperty("type").GetString() == "step.started");
        Assert.InRange(begun, 2, 59);
        Assert.Equal(begun, Directory.EnumerateFiles(_scratch.Folder, "action-*").Count());
    }

    private void Held(string step, string reason, string named)
    {
        _scratch.WriteSteps(step);
        var result = _scratch.Checklist("--json").With(3).Json;
        Assert.Equal("Hold", result.GetProperty("decision").GetString());
        Assert.Contains(result.GetProperty("findings").EnumerateArray(), f => f.TryGetProperty("reason", out var r) && r.GetString() == reason);
        Assert.Contains(named, result.GetProperty("steps")[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The most memory that a process has held so far, in KiB; 0 where it has ended.</summary>
    private static long HighWater(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
