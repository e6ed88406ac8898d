using System.Text;
using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks.Tars;

/// <summary>Every number of the document is in the runbook.</summary>
public class TarsGaDayTests
{
    private static Runbook Book => TarsGaDay.Book;

    [Fact]
    public void It_reads_without_an_error_or_a_warning() =>
        Assert.Empty(RunbookReader.Parse(File.ReadAllBytes(TarsGaDay.File), TarsGaDay.File).Problems);

    [Theory]
    [InlineData("readiness", "T-24h")]
    [InlineData("artifacts", "T-24h")]
    [InlineData("preparation", "T-60m")]
    [InlineData("checks", "T-30m")]
    [InlineData("deploy", "T+0")]
    [InlineData("validation", "T+60m")]
    [InlineData("slo", "T+70m")]
    [InlineData("hotfixes", "T+80m")]
    [InlineData("close", "T+90m")]
    [InlineData("success", "T+24h")]
    public void Each_part_is_due_when_the_document_has_it(string phase, string at) =>
        Assert.Equal(at, Book.Phases.Single(p => p.Name == phase).At.ToString());

    [Theory]
    [InlineData("migrations", 0, "T+0", "5m", null)]
    [InlineData("canary-1", 1, "T+5m", "10m", null)]
    [InlineData("canary-10", 10, "T+15m", "10m", "release-manager")]
    [InlineData("canary-25", 25, "T+25m", "10m", "release-manager")]
    [InlineData("canary-50", 50, "T+35m", "10m", "release-manager")]
    [InlineData("canary-100", 100, "T+45m", "10m", "release-manager")]
    [InlineData("post-deployment", 100, "T+55m", "5m", null)]
    public void Each_stage_has_its_share_its_clock_and_its_approval(string stage, double weight, string due, string watch, string? approval)
    {
        var planned = TarsGaDay.Plan().Steps.Single(s => s.Kind == "stage" && s.Stage == stage);
        var found = TarsGaDay.Rollout.Stages.Single(s => s.Name == stage);
        Assert.Equal((weight, due, watch, approval), (found.Weight, planned.Due, Durations.Format(found.Watch), found.Approval));
    }

    [Fact]
    public void The_stages_are_the_documents_seven_in_its_order() =>
        Assert.Equal([0, 1, 10, 25, 50, 100, 100], TarsGaDay.Rollout.Stages.Select(s => s.Weight));

    [Theory]
    [InlineData("go-no-go", "availability_24h >= 99.9", "latency_p95_ms < 100.0", "error_rate_pct < 1.0")]
    [InlineData("canary-1", "canary_availability >= 99.0", "canary_error_rate < 2.0", "canary_latency_p95 < 120.0")]
    [InlineData("canary-10", "canary_availability >= 99.5", "canary_error_rate < 1.5", "canary_latency_p95 < 110.0", "drift.canary_availability < 10.0",
        "drift.canary_error_rate < 10.0", "drift.canary_latency_p95 < 10.0")]
    [InlineData("canary-25", "canary_availability >= 99.9", "canary_error_rate < 1.0", "canary_latency_p95 < 100.0", "drift.canary_availability < 5.0",
        "drift.canary_error_rate < 5.0", "drift.canary_latency_p95 < 5.0")]
    [InlineData("canary-50", "canary_availability >= 99.9", "canary_error_rate < 0.5", "canary_latency_p95 < 100.0")]
    [InlineData("canary-100", "availability_pct >= 99.9", "error_rate_pct < 0.5", "latency_p95_ms < 100.0")]
    [InlineData("slo", "availability_pct >= 99.9", "latency_p95_ms < 100.0", "error_rate_pct < 1.0")]
    [InlineData("success", "availability_24h >= 99.9", "latency_p95_ms < 100.0", "error_rate_pct < 1.0")]
    [InlineData("alerts-normal", "availability_pct >= 99.9", "latency_p95_ms <= 100.0", "error_rate_pct <= 1.0", "pod_restarts_1h <= 3.0",
        "memory_growth_1h <= 10.0")]
    [InlineData("alerts-ga-day", "availability_pct >= 99.95", "latency_p95_ms <= 90.0", "error_rate_pct <= 0.5", "pod_restarts_1h <= 1.0",
        "memory_growth_1h <= 5.0")]
    public void Each_gate_decides_by_the_documents_thresholds(string gate, params string[] criteria) =>
        Assert.Equal(criteria, Book.Gates.Single(g => g.Name == gate).Criteria.Where(c => !c.Shadow).Select(c => c.Expect!.ToString()));

    [Fact]
    public void Each_stage_from_1_to_100_percent_has_the_gate_of_its_name() =>
        Assert.All(TarsGaDay.Rollout.Stages.Where(s => s.Name.StartsWith("canary-", StringComparison.Ordinal)), s => Assert.Equal(s.Name, s.Gate));

    [Theory]
    [InlineData("canary_availability")]
    [InlineData("canary_error_rate")]
    [InlineData("canary_latency_p95")]
    public void The_canary_is_compared_with_the_stable_deployment(string metric)
    {
        var found = Book.Metrics.Single(m => m.Name == metric);
        Assert.Equal(found.Query.Text.Replace("\"canary\"", "\"stable\"", StringComparison.Ordinal), found.Control!.Text);
        Assert.NotEqual(Worse.Either, found.Worse);
    }

    [Fact]
    public void No_share_is_divided_label_set_by_label_set()
    {
        foreach (var query in Book.Metrics.SelectMany(m => new[] { m.Query.Text, m.Control?.Text ?? "" }).Where(q => q.Contains("status=~", StringComparison.Ordinal)))
        {
            Assert.Contains("(sum(rate(", query, StringComparison.Ordinal);
            Assert.Contains("/ sum(rate(", query, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_poll_asks_the_four_roles_their_questions()
    {
        var poll = Assert.Single(Book.Polls);
        Assert.Equal(
            [
                ("release-manager", "All artifacts verified?"), ("sre-lead", "Monitoring ready?"), ("qa-lead", "Validation suite ready?"),
                ("engineering-lead", "Rollback plan confirmed?"),
            ], poll.Asks.Select(a => (a.Role, a.Question)));
        Assert.Equal((4, "go-no-go", "go-no-go"), (poll.Quorum, poll.Gate, TarsGaDay.Rollout.Poll));
        Assert.All(poll.Asks, a => Assert.Contains("vote", Book.Roles.Single(r => r.Name == a.Role).May));
    }

    [Theory]
    [InlineData("T+2h", "SRE On-Call", "Review first 2h metrics, check for anomalies")]
    [InlineData("T+4h", "Support Lead", "Customer feedback review, support ticket check")]
    [InlineData("T+8h", "Engineering Lead", "Performance analysis, resource optimization")]
    [InlineData("T+12h", "Release Manager", "Mid-point SLO report")]
    [InlineData("T+24h", "Release Manager", "Full 24h GA Day Report, retrospective scheduling")]
    public void Each_scheduled_check_is_there_with_its_owner(string at, string owner, string what)
    {
        var row = Book.Schedule.Single(r => r.At.ToString() == at);
        Assert.Equal(owner, row.Owner);
        Assert.StartsWith(what, row.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(98.9, 0.1, 0, "P0")]
    [InlineData(99.0, 0.1, 0, "P1")]
    [InlineData(99.5, 0.1, 0, "P1")]
    [InlineData(99.51, 0.1, 0, "P2")]
    [InlineData(99.9, 0.1, 0, "P2")]
    [InlineData(99.95, 0.1, 0, "P3")]
    [InlineData(100, 5.01, 0, "P0")]
    [InlineData(100, 5.0, 0, "P1")]
    [InlineData(100, 2.0, 0, "P1")]
    [InlineData(100, 1.99, 0, "P2")]
    [InlineData(100, 1.0, 0, "P2")]
    [InlineData(100, 0.99, 0, "P3")]
    [InlineData(100, 0, 50.1, "P1")]
    [InlineData(100, 0, 50, "P2")]
    [InlineData(100, 0, 20, "P2")]
    [InlineData(100, 0, 19.9, "P3")]
    public void A_value_on_a_border_belongs_to_the_worse_severity(double availability, double errors, double slower, string severity) =>
        Assert.Equal(severity, Book.Severities.First(s => s.When is null || Holds(s.When, availability, errors, slower)).Name);

    [Theory]
    [InlineData(98.9, 0, 0, RollbackAdvice.Rollback, null)]
    [InlineData(99.0, 5.1, 0, RollbackAdvice.Rollback, null)]
    [InlineData(99.0, 5.0, 51, RollbackAdvice.Prepare, "15m")]
    [InlineData(99.0, 5.0, 50, RollbackAdvice.Prepare, "30m")]
    public void The_decision_tree_is_the_documents(double availability, double errors, double slower, RollbackAdvice advice, string? within)
    {
        // Whom a person must be asked, the answer is yes here.
        var rung = Book.Rollback!.Decide.First(r => r.When is null || Holds(r.When, availability, errors, slower));
        Assert.Equal((advice, within), (rung.Then, rung.Within is { } limit ? Durations.Format(limit) : null));
        Assert.Equal(RollbackAdvice.Monitor, Book.Rollback.Decide[^1].Then);
    }

    [Theory]
    [InlineData("availability-critical", "availability_pct < 99.0", Consequence.Rollback)]
    [InlineData("canary-availability-critical", "canary_availability < 99.0", Consequence.Rollback)]
    [InlineData("errors-critical", "error_rate_pct > 5.0", Consequence.Rollback)]
    [InlineData("canary-errors-critical", "canary_error_rate > 5.0", Consequence.Rollback)]
    [InlineData("performance-degraded", "performance_degradation > 50.0", Consequence.Hold)]
    [InlineData("ga-availability", "availability_pct < 99.95", Consequence.Page)]
    [InlineData("ga-latency", "latency_p95_ms > 90.0", Consequence.Page)]
    [InlineData("ga-errors", "error_rate_pct > 0.5", Consequence.Page)]
    [InlineData("ga-restarts", "pod_restarts_1h > 1.0", Consequence.Page)]
    [InlineData("ga-memory", "memory_growth_1h > 5.0", Consequence.Page)]
    public void Each_trigger_has_its_threshold_and_its_consequence(string name, string when, Consequence then)
    {
        var trigger = Book.Triggers.Single(t => t.Name == name);
        Assert.Equal((when, then), (trigger.When!.ToString(), trigger.Then));
        Assert.Equal(then != Consequence.Page, TarsGaDay.Rollout.Abort.Contains(name));
    }

    [Theory]
    [InlineData("L1", "SRE On-Call")]
    [InlineData("L2", "SRE Lead")]
    [InlineData("L3", "Engineering Lead")]
    [InlineData("L4", "Release Manager")]
    [InlineData("L5", "Executive Team")]
    public void The_way_up_has_its_five_levels(string level, string to) => Assert.Equal(to, Book.Escalation.Single(e => e.Level == level).To);

    [Fact]
    public void What_touches_the_database_on_the_way_back_needs_a_role_that_may_approve_a_restore()
    {
        var back = Book.Rollback!;
        Assert.Equal(TimeSpan.FromMinutes(5), back.Within);
        var database = back.Steps.Where(s => s.Changes?.Text.Contains("schema", StringComparison.Ordinal) == true).ToList();
        Assert.Equal(["rollback:indexes", "rollback:migrations"], database.Select(s => s.Id));
        Assert.All(database, s => Assert.Contains("approve-restore", Book.Roles.Single(r => r.Name == s.Approval).May));
    }

    [Fact]
    public void After_a_crash_no_action_is_repeated_blindly_and_only_the_pipelines_start_must_be_asked_about() =>
        Assert.Equal(["canary-1:pipeline"], TarsGaDay.AllSteps.Where(s => s is { IsAction: true, Idempotent: false, Verify: null }).Select(s => s.Id));

    [Theory]
    [InlineData("canary-1:grafana", 2999.9, true)]
    [InlineData("canary-1:grafana", 3000.0, false)]
    [InlineData("slo:grafana", 3000.0, false)]
    [InlineData("hotfix:TARS-1002", 3000.0, false)]
    public void A_dashboard_must_load_in_less_than_three_seconds(string step, double milliseconds, bool passes)
    {
        var seen = new Dictionary<string, object?> { ["status"] = 200L, ["latency_ms"] = milliseconds };
        Assert.Equal(passes, TarsGaDay.StepOf(step).Expect.All(e => CriterionJudge.Judge(e.Expression, seen).Verdict == Verdict.Passed));
    }

    [Fact]
    public void The_plan_asks_for_the_parameters_that_the_document_leaves_blank_and_for_two_secrets()
    {
        var plan = TarsGaDay.Plan();
        Assert.Equal(["org", "canary_ingress", "status_page", "incident", "starts_at", "ends_at", "duration_minutes"], plan.Missing);
        Assert.All(plan.Missing, name => Assert.NotNull(Book.Parameters.Single(p => p.Name == name).Description));
        Assert.Equal(["PAGERDUTY_ROUTING_KEY", "STATUSPAGE_TOKEN"], plan.Secrets);
    }

    [Fact]
    public void What_the_status_page_is_sent_is_json()
    {
        var scope = BindingScope.ForPlan(ParameterBinder.Bind(Book, TarsGaDay.Parameters("http://127.0.0.1")), new Release("TARS", "1.0.1"));
        var bodies = TarsGaDay.AllSteps.Select(s => s.Work).OfType<HttpWork>().Select(w => w.Body).OfType<Template>().ToList();
        Assert.Equal(4, bodies.Count);
        Assert.All(bodies, body => System.Text.Json.JsonDocument.Parse(Encoding.UTF8.GetBytes(scope.Bind(body))).Dispose());
    }

    private static bool Holds(Criterion criterion, double availability, double errors, double slower) => CriterionJudge.Judge(
        criterion.Expression,
        new Dictionary<string, object?> { ["availability_pct"] = availability, ["error_rate_pct"] = errors, ["performance_degradation"] = slower }).Verdict
        == Verdict.Passed;
}
