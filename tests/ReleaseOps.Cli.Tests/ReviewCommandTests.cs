using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseOps.Cli.Screen;
using ReleaseOps.Reviews;

namespace ReleaseOps.Cli.Tests;

/// <summary><c>releaseops review</c> in the place of the workflow's own script, and the week after.</summary>
public sealed class ReviewCommandTests : IDisposable
{
    // 2026-02-21T00:00:00Z
    private const long Midnight = 1771632000;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_scripts_own_command_line_writes_its_documents()
    {
        Artifacts("2026-02-21");
        Log("logs/events.jsonl", Run("r1"), Run("r2"));
        var ended = _scratch.Run("review", "daily", "--event-log-path", "logs/events.jsonl", "--policy-report-dir", "policies", "--signoff-report-dir", "signoffs",
            "--report-dir", "out", "--day", "2026-02-21", "--min-availability-rate", "0.99", "--max-error-rate", "0.2", "--json").With(0);
        Assert.Equal("", ended.Error);
        Assert.Equal(File.ReadAllText(Path("out/m31_slo_incident_2026-02-21.json")), ended.Out);
        Assert.True(ended.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(8, ended.Json.GetProperty("slo").GetProperty("event_total").GetInt64());
        Assert.Equal("policies/m30_post_golive_policy_2026-02-21.json", ended.Json.GetProperty("checklist")[0].GetProperty("evidence").GetString());
        Assert.StartsWith("# Daily review 2026-02-21: GO\n", File.ReadAllText(Path("out/m31_slo_incident_2026-02-21.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_item_is_exit_code_1_and_named()
    {
        Artifacts("2026-02-21");
        Log("logs/events.jsonl", Run("r1", "error"), Run("r2"));
        var ended = Daily("--event-log-path", "logs/events.jsonl").With(1);
        Assert.Contains("slo_availability_guard           | FAIL", ended.Out, StringComparison.Ordinal);
        Assert.Equal("Review of 2026-02-21: NO-GO, SEV-3, 6 of 7 items passed", ended.Lines[^1]);
    }

    [Fact]
    public void A_broken_floor_is_exit_code_1_though_it_is_ok()
    {
        Artifacts("2026-02-21");
        Log("logs/events.jsonl", Run("r1"), [Event(1, "r1", "execute_from_packet", "start")]);
        var ended = Daily("--event-log-path", "logs/events.jsonl", "--json").With(1);
        Assert.True(ended.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(1, ended.Json.GetProperty("releaseops").GetProperty("floor").GetProperty("duplicate_execution").GetInt64());
    }

    [Fact]
    public void What_can_not_be_told_is_exit_code_3()
    {
        Artifacts("2026-02-21");
        Log("logs/events.jsonl", Run("r1"), ["{oops"]);
        var ended = Daily("--event-log-path", "logs/events.jsonl").With(3);
        Assert.Contains("HOLD log: 1 of 5 lines of the day (20 %)", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_logs_and_standard_input_are_one_log()
    {
        Artifacts("2026-02-21");
        Log("a.jsonl", Run("r1"));
        var ended = Cli.Run(_scratch.Folder, [Cli.Program, "review", "daily", "--day", "2026-02-21", "--policy-report-dir", "policies", "--signoff-report-dir", "signoffs",
            "--report-dir", "out", "--event-log-path", "a.jsonl", "--event-log-path", "-", "--json"], _scratch.Environment, string.Join('\n', Run("r2"))).With(0);
        Assert.Equal((8, 2), (ended.Json.GetProperty("slo").GetProperty("event_total").GetInt64(), ended.Json.GetProperty("slo").GetProperty("run_total").GetInt64()));
    }

    [Fact]
    public void Before_it_opens_it_needs_no_log_and_says_what_is_due()
    {
        Artifacts("2026-02-20");
        var ended = Daily("--moment", "pre-open").With(0);
        Assert.Contains("Due: preflight (releaseops checklist m31-slo-review --step preflight)", ended.Out, StringComparison.Ordinal);
        Assert.Contains("HOLD policy (optional): the policy is of 2026-02-20, the newest up to 2026-02-21", ended.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path("out/m31_slo_incident_2026-02-21_pre-open.json")));
    }

    [Fact]
    public void A_log_that_is_not_there_is_said_and_the_review_is_written()
    {
        Artifacts("2026-02-21");
        var ended = Daily("--event-log-path", "nowhere.jsonl").With(1);
        Assert.Contains("HOLD log: ", ended.Out, StringComparison.Ordinal);
        Assert.Contains("nowhere.jsonl", ended.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path("out/m31_slo_incident_2026-02-21.json")));
    }

    [Fact]
    public void A_report_that_can_not_be_written_is_an_error()
    {
        Artifacts("2026-02-21");
        Log("a.jsonl", Run("r1"));
        _scratch.Write("out", "a file");
        Daily("--event-log-path", "a.jsonl").Refused(3, ErrorId.EvidenceUnwritable, "m31_slo_incident_2026-02-21.json");
    }

    [Theory]
    [InlineData("--day", "yesterday")]
    [InlineData("--min-availability-rate", "99")]
    [InlineData("--max-error-rate", "NaN")]
    [InlineData("--moment", "lunch")]
    [InlineData("--event-log-path", "")]
    [InlineData("--report-dir", "")]
    public void Wrong_usage_is_exit_code_2(string option, string value)
    {
        var ended = _scratch.Run("review", "daily", option, value).With(2);
        Assert.Contains(option, ended.Error, StringComparison.Ordinal);
        Assert.Contains("Try: releaseops review daily --help", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_runbook_without_a_review_is_refused() => _scratch.Run("review", "daily", "demo").Refused(2, ErrorId.NothingToRun, "demo");

    [Fact]
    public void A_week_is_made_of_its_days_and_carries_what_is_open_to_the_next()
    {
        foreach (var day in new[] { "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20" })
        {
            Artifacts(day);
            var from = (long)(DateTimeOffset.Parse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - DateTimeOffset.UnixEpoch).TotalSeconds - Midnight;
            Log("a.jsonl", [.. Enumerable.Range(0, 200).SelectMany(i => Run($"r{i}", i == 0 ? "error" : "end", from + 10 * i))]);
            DailyOf(day, "--event-log-path", "a.jsonl").With(0);
        }
        _scratch.Write("interventions.jsonl", """{"ts":"2026-02-17T02:03:00Z","reason":"false_alarm","action":"none","alert":"HighLatency","started":"2026-02-17T02:00:00Z","ended":"2026-02-17T02:03:00Z"}""");
        _scratch.Write("alerts.json", "[]");
        _scratch.Write("timeline.jsonl", "");
        string[] week = ["review", "weekly", "--report-dir", "out", "--timeline", "timeline.jsonl", "--intervention-log", "interventions.jsonl", "--alerts", "alerts.json"];
        var ended = _scratch.Run([.. week, "--day", "2026-02-20", "--json"]).With(0);
        Assert.Equal(File.ReadAllText(Path("out/m31_weekly_review_2026-02-20.json")), ended.Out);
        Assert.Equal("errors:execute_from_packet", ended.Json.GetProperty("failure_classes")[0].GetProperty("id").GetString());
        Assert.Contains("for: 5m", ended.Json.GetProperty("alert_groups")[0].GetProperty("reductions")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("<title>GO", File.ReadAllText(Path("out/m31_weekly_review_2026-02-20.html")), StringComparison.Ordinal);

        var next = _scratch.Run([.. week, "--day", "2026-03-13"]).With(3);
        Assert.Contains("Change OVERDUE recurring:errors:execute_from_packet: operator, 2026-03-06", next.Out, StringComparison.Ordinal);
        Assert.Contains("HOLD day:2026-03-13: out/m31_slo_incident_2026-03-13.json: not there", next.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_week_of_which_nothing_is_known_is_a_hold()
    {
        var ended = _scratch.Run("review", "weekly", "--day", "2026-02-20").With(3);
        Assert.Contains("no alerts were read (--alerts)", ended.Out, StringComparison.Ordinal);
        Assert.Equal("Weekly review 2026-02-16 to 2026-02-20: HOLD, 0 of 5 days, 0 open changes (0 overdue)", ended.Lines[^1]);
    }

    [Theory]
    [InlineData(250_000_000, 1_000_000_000L, 0.5, "[######..................] 25 %  250 MB of 1000 MB, 500 MB/s, 2s left")]
    [InlineData(1_000_000_000, 1_000_000_000L, 2.0, "[########################] 100 %  1000 MB of 1000 MB, 500 MB/s, 0s left")]
    [InlineData(250_000_000, null, 0.5, "250 MB, 500 MB/s")]
    public void How_far_the_reading_is_has_bytes_rate_and_time_left(long bytes, long? total, double seconds, string line) =>
        Assert.Equal(line, ReadingBar.Line(new LogProgress(bytes, total, TimeSpan.FromSeconds(seconds))));

    [Fact]
    public void The_bar_is_for_large_logs_only()
    {
        using var to = new StringWriter();
        using (var bar = new ReadingBar(to, TimeProvider.System))
        {
            bar.Report(new LogProgress(1, LogProgress.Smallest - 1, TimeSpan.FromSeconds(1)));
            Assert.Equal("", to.ToString());
            bar.Report(new LogProgress(1, LogProgress.Smallest, TimeSpan.FromSeconds(1)));
            Assert.StartsWith("\r[", to.ToString(), StringComparison.Ordinal);
        }
        Assert.EndsWith(" \r", to.ToString(), StringComparison.Ordinal);
    }

    private static string Event(double at, string run, string stage, string name) =>
        new JsonObject { ["ts"] = Midnight + at, ["run_id"] = run, ["stage"] = stage, ["event"] = name, ["payload"] = new JsonObject() }.ToJsonString();

    private static string[] Run(string run, string end = "end", double at = 0) =>
    [
        Event(at, run, "commander_router", "start"), Event(at + 1, run, "commander_router", "end"), Event(at + 2, run, "execute_from_packet", "start"),
        Event(at + 4, run, "execute_from_packet", end),
    ];

    private Ended Daily(params string[] more) => DailyOf("2026-02-21", more);

    private Ended DailyOf(string day, params string[] more) => _scratch.Run(
        ["review", "daily", "--day", day, "--policy-report-dir", "policies", "--signoff-report-dir", "signoffs", "--report-dir", "out", .. more]);

    private string Path(string name) => System.IO.Path.Join(_scratch.Folder, name);

    private void Log(string name, params string[][] lines)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllLines(Path(name), lines.SelectMany(l => l));
    }

    private void Artifacts(string day)
    {
        Directory.CreateDirectory(Path("policies"));
        Directory.CreateDirectory(Path("signoffs"));
        File.WriteAllText(Path($"policies/m30_post_golive_policy_{day}.json"), """{"escalation_level":"normal","policy":{"manual_approval_only":false,"oncall_escalation":"none"}}""");
        File.WriteAllText(Path($"signoffs/m30_final_golive_signoff_{day}.json"), JsonSerializer.Serialize(new { approved = true, go_live_decision = "approve_go_live" }));
    }
}
