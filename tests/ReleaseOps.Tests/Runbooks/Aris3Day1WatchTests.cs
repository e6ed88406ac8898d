using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Evidence;

namespace ReleaseOps.Tests.Runbooks;

/// <summary>Every row of the day-1 stability watch of ARIS3 is in its runbook.</summary>
public class Aris3Day1WatchTests
{
    private static readonly string Path = System.IO.Path.Join(Golden.Root, "module/runbooks/aris3-day1-watch.yaml");
    private static readonly Runbook Book = RunbookReader.Load(Path);
    private static readonly Watch Watched = Book.Watch!;

    [Fact]
    public void It_reads_without_an_error_or_a_warning() => Assert.Empty(RunbookReader.Parse(File.ReadAllBytes(Path), Path).Problems);

    [Theory]
    [InlineData("SEV0", "Full production outage, safety/compliance risk, unrecoverable corruption risk", "5m", "30m", "Ops Lead + Dev On-call",
        "Exec + Incident Commander")]
    [InlineData("SEV1", "Major feature degradation with business impact, no safe workaround", "10m", "1h", "Dev On-call + QA Lead", "Engineering Manager")]
    [InlineData("SEV2", "Partial degradation with workaround available", "30m", "4h", "Feature Dev + QA", "Daily stability review")]
    [InlineData("SEV3", "Minor defect/no immediate business impact", "1d", null, "Backlog owner", "Next sprint planning")]
    public void Each_severity_is_the_documents(string name, string definition, string acknowledge, string? mitigate, string owner, string escalation)
    {
        var found = Book.Severities.Single(s => s.Name == name);
        Assert.Equal((definition, acknowledge, mitigate, owner, escalation), (found.Definition, Durations.Format(found.Acknowledge!.Value),
            found.Mitigate is { } time ? Durations.Format(time) : null, found.Owner, found.Escalation));
    }

    [Fact]
    public void The_ladder_stands_worst_first() => Assert.Equal(["SEV0", "SEV1", "SEV2", "SEV3"], Book.Severities.Select(s => s.Name));

    [Theory]
    [InlineData(3, 0.2, 100, 100, 100, 10, null)]
    [InlineData(0, 0.2, 100, 100, 100, 10, "SEV0")]
    [InlineData(1, 99, 100, 100, 100, 10, "SEV0")]
    [InlineData(3, 98.9, 100, 100, 100, 10, "SEV1")]
    [InlineData(3, 5.0, 100, 100, 100, 10, "SEV1")]
    [InlineData(3, 4.99, 100, 100, 100, 10, null)]
    [InlineData(3, 0, 96.9, 100, 100, 10, "SEV1")]
    [InlineData(3, 0, 97, 100, 100, 10, null)]
    [InlineData(3, 0, 100, 98.9, 100, 10, "SEV2")]
    [InlineData(3, 0, 100, 99, 100, 10, null)]
    [InlineData(3, 0, 100, 100, 501, 10, "SEV2")]
    [InlineData(3, 0, 100, 100, 500, 10, null)]
    [InlineData(3, 0, 100, 100, 100, 90, "SEV2")]
    [InlineData(3, 0, 100, 100, 100, 89.9, null)]
    public void The_machines_half_of_the_ladder_is_P1_and_P2(
        double up, double errors, double checkout, double transfers, double latency, double saturation, string? severity)
    {
        var seen = new Dictionary<string, object?>
        {
            ["instances_up"] = up,
            ["error_rate"] = errors,
            ["checkout_success"] = checkout,
            ["transfer_success"] = transfers,
            ["latency_p95"] = latency,
            ["database_saturation"] = saturation,
        };
        Assert.Equal(severity, Book.Severities.FirstOrDefault(s => s.When is { } when && CriterionJudge.Judge(when.Expression, seen).Verdict == Verdict.Passed)?.Name);
    }

    [Theory]
    [InlineData("SEV0", "1m")]
    [InlineData("SEV1", "10m")]
    [InlineData("SEV2", "15m")]
    public void And_must_hold_for_as_long(string severity, string time) => Assert.Equal(time, Durations.Format(Book.Severities.Single(s => s.Name == severity).For!.Value));

    [Fact]
    public void It_watches_for_a_day_under_an_incident_commander() =>
        Assert.Equal((TimeSpan.FromHours(24), "incident-commander"), (Watched.Window, Watched.Commander));

    [Fact]
    public void The_day_1_gate_is_the_service_levels_and_each_threshold_is_where_one_is_not_kept()
    {
        Assert.Equal([new WatchGate("day-one", true)], Watched.Gates);
        Assert.Equal(
            ["error_rate < 1.0", "latency_p95 < 350.0", "checkout_success >= 99.5", "transfer_success >= 99.5", "database_availability >= 99.9", "database_saturation < 80.0"],
            Criteria("day-one"));
        Assert.Equal(
            ["error_rate >= 1.0", "latency_p95 >= 350.0", "checkout_success < 99.5", "transfer_success < 99.5", "database_availability < 99.9", "database_saturation >= 80.0"],
            Watched.Thresholds.Select(t => t.When.ToString()));
    }

    [Fact]
    public void Smoke_is_required_and_the_full_suite_is_not()
    {
        Assert.Equal(["post-ga-gate:full"], Watched.Checks.Where(c => !c.Required).Select(c => c.Id));
        Assert.Equal(
            ["post-ga-gate:smoke", "post-ga-gate:full", "integrity", "contract:stock", "contract:emergency-fixes", "rollback-path", "stakeholders-informed"],
            Watched.Checks.Select(c => c.Id));
    }

    [Fact]
    public void No_go_is_an_open_SEV0_or_SEV1_and_one_that_was_mended_in_time_is_not()
    {
        Assert.Equal(["SEV0", "SEV1"], Watched.NoGoOpen);
        Assert.Empty(Watched.NoGoEver);
    }

    [Fact]
    public void Hypercare_ends_after_a_clean_day_when_engineering_and_product_accept_it()
    {
        Assert.Equal((TimeSpan.FromHours(24), "hypercare"), (Watched.Exit!.Clean, Watched.Exit.Targets));
        Assert.Equal(["engineering", "product-ops"], Watched.Exit.Accept);
        Assert.Equal(["error_rate < 1.0", "latency_p95 < 350.0", "checkout_success >= 99.5", "transfer_success >= 99.5"], Criteria("hypercare"));
    }

    [Theory]
    [InlineData("incident-start", "When", "Severity", "Impact", "Scope", "Current action", "Next update ETA")]
    [InlineData("incident-update", "When", "Status", "Latest findings", "Decision track", "Risk statement", "Next update ETA")]
    [InlineData("incident-resolved", "When", "Resolution", "Validation evidence", "Customer impact window", "Follow-ups")]
    public void Each_text_has_the_documents_lines_to_fill_in(string name, params string[] lines)
    {
        var text = Book.Messages.Single(m => m.Name == name).Template!;
        Assert.Equal(lines, text.Split('\n').Where(l => l.StartsWith("- ", StringComparison.Ordinal)).Select(l => l[2..l.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public void The_way_back_waits_for_no_text_to_be_written() =>
        Assert.Equal(["previous", "host"], Planner.MakeRollback(Book, new Dictionary<string, string>()).Missing);

    [Theory]
    [InlineData("error_rate")]
    [InlineData("latency_p95")]
    [InlineData("checkout_success")]
    [InlineData("transfer_success")]
    [InlineData("database_saturation")]
    public void What_go_live_measures_is_measured_alike(string metric)
    {
        var goLive = RunbookReader.Load(System.IO.Path.Join(Golden.Root, "module/runbooks/aris3-go-live.yaml"));
        Assert.Equal(goLive.Metrics.Single(m => m.Name == metric).Query.Text, Book.Metrics.Single(m => m.Name == metric).Query.Text);
    }

    [Fact]
    public void Every_metric_says_which_way_it_gets_worse() => Assert.DoesNotContain(Book.Metrics, m => m.Worse == Worse.Either);

    private static IEnumerable<string> Criteria(string gate) => Book.Gates.Single(g => g.Name == gate).Criteria.Select(c => c.Expect!.ToString());
}
