using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

public sealed class DryRunTests : IDisposable
{
    private static readonly string[] Arguments = ["checklist", "aris3-go-live", "--phase", "pre-deploy", "--dry-run"];

    // The six of the playbook's section 1, in its order, each with the command that a real run executes.
    private static readonly (string Id, string Does)[] Steps =
    [
        ("git:working-tree-clean", "git status --porcelain"),
        ("migrations:single-head", "alembic heads"),
        ("migrations:upgrade-head", "alembic upgrade head"),
        ("release-gate:day6", "python scripts/release_readiness_gate.py --pytest-target tests/smoke/test_post_merge_readiness.py"),
        ("smoke:go-live-day7", "pytest -q tests/smoke/test_go_live_validation.py"),
        ("health:ready-endpoints", "GET https://<host>/health https://<host>/ready"),
    ];

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_dry_run_lists_the_steps_in_order_with_their_very_commands()
    {
        var ended = _scratch.Run(Arguments).With(0);
        var lines = Steps.Select(s => Array.IndexOf(ended.Lines, $"{s.Id} ... DRY-RUN {s.Does}")).ToList();
        Assert.DoesNotContain(-1, lines);
        Assert.Equal(lines.Order(), lines);
        Assert.Contains("release-gate:day6 ... DRY-RUN python scripts/release_readiness_gate.py --pytest-target tests/smoke/test_post_merge_readiness.py",
            ended.Lines);
        Assert.Equal("Go-live checklist result: DRY-RUN", ended.Lines[^1]);
    }

    [Fact]
    public void As_json_it_holds_the_same_steps()
    {
        var result = _scratch.Run([.. Arguments, "--json"]).With(0).Json;
        Assert.True(result.GetProperty("dryRun").GetBoolean());
        var planned = result.GetProperty("plan").GetProperty("steps").EnumerateArray()
            .Select(s => (Id: s.GetProperty("id").GetString()!, Does: s.GetProperty("does").GetString()!));
        Assert.Equal(Steps, planned.Where(p => Steps.Any(s => s.Id == p.Id)));
    }

    [Fact]
    public void With_t0_the_plan_and_the_page_show_clock_times()
    {
        var plan = _scratch.Run("checklist", "tars-ga-day", "--dry-run", "--t0", "2026-12-01T10:00Z").With(0);
        Assert.Contains("preparation (T-60m, 2026-12-01 09:00 UTC, Final preparation, owner Release Manager, SRE Lead, QA Lead)", plan.Lines);
        Assert.Contains(plan.Lines, l => l.StartsWith("    at 2026-12-01 10:15 UTC; expects gate canary-10", StringComparison.Ordinal));
        var page = _scratch.Run("checklist", "tars-ga-day", "--dry-run", "--timeline", "--t0", "2026-12-01T11:00+01:00", "--zone", "Europe/Berlin").With(0);
        Assert.InRange(page.Lines.Length, 40, 66);
        Assert.Contains("Tue 1 Dec  09:00 10:00   T-60m  30m   Final preparation — Release Manager, SRE Lead, QA Lead", page.Lines);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.Folder));
    }

    [Theory]
    [InlineData("--t0 '2026-12-01T10:00' is no moment", "--dry-run", "--t0", "2026-12-01T10:00")]
    [InlineData("--t0 'tomorrow' is no moment", "--dry-run", "--t0", "tomorrow")]
    [InlineData("--zone 'Mars/Olympus' is no time zone", "--dry-run", "--t0", "2026-12-01T10:00Z", "--zone", "Mars/Olympus")]
    [InlineData("--zone goes with --t0", "--dry-run", "--zone", "Europe/Berlin")]
    [InlineData("--timeline goes with --dry-run", "--timeline")]
    [InlineData("--t0 goes with --dry-run", "--t0", "2026-12-01T10:00Z")]
    public void A_moment_must_be_one_and_goes_with_a_dry_run(string says, params string[] options) =>
        Assert.Contains(says, _scratch.Run(["checklist", "tars-ga-day", .. options]).With(2).Error, StringComparison.Ordinal);

    [NeedsProgram("strace")]
    public void It_starts_no_process_opens_no_connection_and_writes_nothing()
    {
        using var elsewhere = new Scratch();
        var trace = Path.Combine(elsewhere.Folder, "trace");
        Cli.Run(_scratch.Folder, ["strace", "-f", "-o", trace, "-e", "trace=execve,connect,socket", Cli.Program, .. Arguments], []).With(0);
        var calls = File.ReadAllLines(trace);
        Assert.Single(calls, c => c.Contains("execve(", StringComparison.Ordinal));
        // The runtime's own diagnostics and the C library's look-up of the user's name are AF_UNIX.
        Assert.DoesNotContain(calls, c =>
            (c.Contains("socket(", StringComparison.Ordinal) || c.Contains("connect(", StringComparison.Ordinal))
            && !c.Contains("AF_UNIX", StringComparison.Ordinal) && !c.Contains("resumed>", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.Folder));
    }

    [Theory]
    [InlineData("tr_TR.UTF-8", "UTC")]
    [InlineData("de_DE.UTF-8", "Asia/Seoul")]
    public void Culture_and_time_zone_change_no_byte_but_the_time_it_began(string culture, string zone)
    {
        string Plan(Dictionary<string, string> environment) => string.Join('\n',
            Cli.Run(_scratch.Folder, [Cli.Program, .. Arguments, "--json"], environment).With(0).Lines
                .Where(l => !l.StartsWith("  \"startedAt\": ", StringComparison.Ordinal)));
        var plain = Plan(new() { ["LANG"] = "C", ["LC_ALL"] = "C", ["TZ"] = "UTC" });
        Assert.Equal(plain, Plan(new()
        {
            ["LANG"] = culture,
            ["LC_ALL"] = culture,
            ["TZ"] = zone,
            ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0",
        }));
    }
}
