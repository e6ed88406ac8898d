using System.Text;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Evidence;

namespace ReleaseOps.Tests.Runbooks.Tars;

/// <summary>Every row of the document's post-GA half is in the runbook, and what both halves have is the same in both.</summary>
public class TarsPostGaTests
{
    private static readonly string Path = System.IO.Path.Join(Golden.Root, "module/runbooks/tars-post-ga.yaml");
    private static readonly Runbook Book = RunbookReader.Load(Path);
    private static readonly Watch Watched = Book.Watch!;

    [Fact]
    public void It_reads_without_an_error_or_a_warning() => Assert.Empty(RunbookReader.Parse(File.ReadAllBytes(Path), Path).Problems);

    [Fact]
    public void It_watches_for_a_day() => Assert.Equal(TimeSpan.FromHours(24), Watched.Window);

    [Theory]
    [InlineData("availability", "availability_pct < 99.9", "availability_pct < 99.95", "Immediate investigation")]
    [InlineData("latency", "latency_p95_ms > 100.0", "latency_p95_ms > 90.0", "Monitor closely")]
    [InlineData("errors", "error_rate_pct > 1.0", "error_rate_pct > 0.5", "Immediate investigation")]
    [InlineData("restarts", "pod_restarts_1h > 3.0", "pod_restarts_1h > 1.0", "Investigate root cause")]
    [InlineData("memory", "memory_growth_1h > 10.0", "memory_growth_1h > 5.0", "Check for memory leaks")]
    public void Each_alert_has_its_threshold_the_normal_one_and_its_action(string name, string normal, string when, string action)
    {
        var found = Watched.Thresholds.Single(t => t.Name == name);
        Assert.Equal((normal, when, action, null), (found.Normal!.ToString(), found.When.ToString(), found.Action, found.Severity));
    }

    [Theory]
    [InlineData("T+2h", "SRE On-Call", "Review first 2h metrics, check for anomalies", "none detected", "SLOs on track")]
    [InlineData("T+4h", "Support Lead", "Customer feedback review, support ticket check", "no widespread issues")]
    [InlineData("T+8h", "Engineering Lead", "Performance analysis, resource optimization", "resource utilization optimal", "no memory leaks detected")]
    [InlineData("T+12h", "Release Manager", "Mid-point SLO report", "all targets met", "trend analysis positive")]
    [InlineData("T+24h", "Release Manager", "Full 24h GA Day Report, retrospective scheduling", "lessons learned documented", "next steps planned")]
    public void Each_scheduled_check_is_required_of_its_owner_with_the_items_of_its_checklist(string at, string owner, string what, params string[] items)
    {
        var row = Book.Schedule.Single(r => r.At.ToString() == at);
        Assert.Equal((owner, true), (row.Owner, row.Required));
        Assert.StartsWith(what, row.What, StringComparison.Ordinal);
        Assert.All(items, item => Assert.Contains(item, row.What, StringComparison.Ordinal));
    }

    [Fact]
    public void No_review_lies_after_its_end() => Assert.All(Book.Schedule, r => Assert.InRange(r.At.FromT0, TimeSpan.Zero, Watched.Window));

    [Fact]
    public void What_calls_for_an_immediate_rollback_is_no_go_whatever_was_done_about_it()
    {
        Assert.Equal(["P0"], Watched.NoGoEver);
        Assert.Equal(["P0", "P1"], Watched.NoGoOpen);
    }

    [Fact]
    public void The_slos_decide_and_the_drift_from_staging_is_shown()
    {
        Assert.Equal([new WatchGate("slo", true), new WatchGate("staging-drift", false)], Watched.Gates);
        Assert.Equal(["availability_24h >= 99.9", "latency_p95_ms < 100.0", "error_rate_pct < 1.0"], Book.Gates[0].Criteria.Select(c => c.Expect!.ToString()));
        Assert.Equal(["drift.availability_pct < 5.0", "drift.latency_p95_ms < 5.0", "drift.error_rate_pct < 5.0"], Book.Gates[1].Criteria.Select(c => c.Expect!.ToString()));
    }

    [Theory]
    [InlineData("availability_pct")]
    [InlineData("latency_p95_ms")]
    [InlineData("error_rate_pct")]
    public void Production_is_compared_with_staging(string metric)
    {
        var found = Book.Metrics.Single(m => m.Name == metric);
        Assert.Equal(found.Query.Text.Replace("kube_namespace", "staging_namespace", StringComparison.Ordinal), found.Control!.Text);
        Assert.NotEqual(Worse.Either, found.Worse);
    }

    [Fact]
    public void The_ladder_the_way_up_and_the_decision_tree_are_those_of_GA_day()
    {
        Assert.Equal(TarsGaDay.Book.Severities.Select(Parts), Book.Severities.Select(Parts));
        Assert.Equal(TarsGaDay.Book.Escalation, Book.Escalation);
        Assert.Equal(TarsGaDay.Book.Rollback!.Decide.Select(r => (r.ToString(), r.Then, r.Within)), Book.Rollback!.Decide.Select(r => (r.ToString(), r.Then, r.Within)));
        Assert.Equal(TarsGaDay.Book.Rollback.Within, Book.Rollback.Within);

        static (string, string, string?, TimeSpan?, string?, string?) Parts(Severity s) => (s.Name, s.Definition, s.When?.ToString(), s.For, s.Owner, s.Escalation);
    }

    [Fact]
    public void The_way_back_has_the_documents_eight_steps()
    {
        // 5. is the health and the suite among what verifies it; 3. the rollout and the pods.
        Assert.Equal(["rollback:announce", "rollback:helm", "rollback:migrations", "rollback:status-page", "rollback:stakeholders", "rollback:post-mortem"],
            Book.Rollback!.Steps.Select(s => s.Id));
        Assert.Equal(["rollback:rollout", "rollback:pods", "rollback:health", "rollback:suite"], Book.Rollback.Verify.Select(s => s.Id));
        Assert.Contains("approve-restore", Book.Roles.Single(r => r.Name == Book.Rollback.Steps[2].Approval).May);
    }

    [Fact]
    public void What_the_status_page_is_sent_is_json()
    {
        var given = new Dictionary<string, string> { ["status_page"] = "page1", ["starts_at"] = "2026-12-01T10:00Z", ["ends_at"] = "2026-12-01T12:00Z" };
        var scope = BindingScope.ForPlan(ParameterBinder.Bind(Book, given), new Release("TARS", "1.0.1"));
        var body = Assert.Single(Book.AllSteps().Select(s => s.Work).OfType<HttpWork>().Select(w => w.Body).OfType<Template>());
        System.Text.Json.JsonDocument.Parse(Encoding.UTF8.GetBytes(scope.Bind(body))).Dispose();
    }
}
