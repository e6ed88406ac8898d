using ReleaseOps.Reviews;
using ReleaseOps.Runbooks;
using static ReleaseOps.Tests.Reviews.DailySample;

namespace ReleaseOps.Tests.Reviews;

public class DailyJudgeTests
{
    private static readonly string[] Ids =
    [
        "policy_artifact_presence", "signoff_artifact_presence", "slo_probe_measurable", "slo_availability_guard", "slo_error_budget_guard",
        "severity_ownership_deterministic", "incident_manual_approval_guard",
    ];

    [Fact]
    public void A_good_day_passes_its_seven_items_and_is_go()
    {
        var result = Input.Judged();
        Assert.Equal(Ids, result.Checklist.Select(i => i.Id));
        Assert.All(result.Checklist, i => Assert.True(i.Required && i.Passed, i.Id));
        Assert.Equal((true, 7, 7, 0, 0, Decision.Go), (result.Ok, result.RequiredTotal, result.RequiredPassTotal, result.RequiredFailTotal, result.FailureTotal, result.Decision));
        Assert.Equal((0.001, 0.99, 99), (result.Slo.ErrorRate, result.Slo.AvailabilityRate, result.Slo.SuccessRunTotal));
    }

    [Theory]
    // At the border it is kept.
    [InlineData(100, 1, true)]
    [InlineData(100, 2, false)]
    [InlineData(99, 1, false)]
    [InlineData(1000, 10, true)]
    [InlineData(1000, 11, false)]
    public void Availability_is_kept_at_the_border(long runs, long failed, bool passed)
    {
        var result = With(c => c with { RunTotal = runs, FailedRunTotal = failed }).Judged();
        Assert.Equal(passed ? [] : ["check_failed:slo_availability_guard"], result.Failures);
        Assert.Equal((passed, passed ? Decision.Go : Decision.NoGo), (result.Ok, result.Decision));
    }

    [Theory]
    [InlineData(1000, 200, true)]
    [InlineData(1000, 201, false)]
    [InlineData(5, 1, true)]
    public void The_error_rate_is_kept_at_the_border(long events, long errors, bool passed) => Assert.Equal(
        passed ? [] : ["check_failed:slo_error_budget_guard"], With(c => c with { EventTotal = events, ErrorTotal = errors }).Judged().Failures);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 0)]
    public void A_day_that_could_not_be_measured_is_no_pass(long events, long runs)
    {
        var result = With(c => c with { EventTotal = events, RunTotal = runs, ErrorTotal = 0, FailedRunTotal = 0 }).Judged();
        Assert.Equal(["check_failed:slo_probe_measurable", "check_failed:slo_availability_guard"], result.Failures);
        Assert.Equal((0.0, 0.0, Decision.NoGo), (result.Slo.AvailabilityRate, result.Slo.ErrorRate, result.Decision));
        Assert.All(result.Floor, f => Assert.Equal(0, f.Total));
    }

    [Theory]
    [InlineData("incident", true, "primary_and_secondary_oncall", "SEV-1", "primary_and_secondary_oncall", "")]
    [InlineData("incident", false, "primary_and_secondary_oncall", "SEV-1", "primary_and_secondary_oncall", "incident_manual_approval_guard")]
    [InlineData("incident", true, "primary_oncall", "SEV-1", "primary_and_secondary_oncall", "severity_ownership_deterministic")]
    [InlineData("watch", false, "primary_oncall", "SEV-2", "primary_oncall", "")]
    [InlineData("watch", false, "none", "SEV-2", "primary_oncall", "severity_ownership_deterministic")]
    [InlineData("normal", false, "none", "SEV-3", "none", "")]
    [InlineData("normal", true, "Primary_oncall", "SEV-3", "none", "severity_ownership_deterministic")]
    // Without a level nobody is asked for.
    [InlineData("", false, "whoever", "SEV-3", "none", "")]
    public void A_level_asks_for_its_people(string level, bool manual, string onCall, string severity, string ownership, string failed)
    {
        var result = WithPolicy($$"""{"escalation_level":"{{level}}","policy":{"manual_approval_only":{{(manual ? "true" : "false")}},"oncall_escalation":"{{onCall}}"} }""").Judged();
        Assert.Equal(new ReviewedPolicy(level, severity, ownership, manual, onCall), result.Policy);
        Assert.Equal(failed.Length == 0 ? [] : ["check_failed:" + failed], result.Failures);
    }

    [Fact]
    public void A_policy_that_names_no_level_is_never_a_go()
    {
        var result = WithPolicy("""{"escalation_level":"","policy":{"manual_approval_only":false,"oncall_escalation":"none"} }""").Judged();
        Assert.Equal((true, Decision.Hold), (result.Ok, result.Decision));
        Assert.Contains(result.Findings, f => f is { Subject: "escalation_level", Text: "the policy names no level; it was taken for SEV-3" });
    }

    [Theory]
    [InlineData("INCIDENT")]
    [InlineData("critical")]
    public void A_level_that_nobody_knows_counts_as_the_last_and_is_never_a_go(string level)
    {
        var result = WithPolicy($$"""{"escalation_level":"{{level}}","policy":{"manual_approval_only":true,"oncall_escalation":"none"} }""").Judged();
        Assert.Equal((true, "SEV-3", Decision.Hold), (result.Ok, result.Policy.Severity, result.Decision));
        Assert.Contains(result.Findings, f => f.Subject == "escalation_level" && f.Text.Contains(level, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", "escalation_level is not there; expected was a text", "policy.manual_approval_only is not there; expected was true or false",
        "policy.oncall_escalation is not there; expected was a text")]
    [InlineData("""{"escalation_level":1,"policy":[]}""", "escalation_level is a number; expected was a text", "policy.manual_approval_only is not there; expected was true or false",
        "policy.oncall_escalation is not there; expected was a text")]
    [InlineData("""{"escalation_level":null,"policy":{"manual_approval_only":"true","oncall_escalation":["x"]}}""", "escalation_level is null; expected was a text",
        "policy.manual_approval_only is a text; expected was true or false", "policy.oncall_escalation is a list; expected was a text")]
    [InlineData("""{"escalation_level":"\ud800","policy":{"manual_approval_only":false,"oncall_escalation":"none"}}""", "escalation_level is a text; expected was a text")]
    public void A_field_of_the_wrong_kind_is_named_and_never_a_pass(string json, params string[] says)
    {
        var result = WithPolicy(json).Judged();
        Assert.Equal(says.Select(s => "policy.json: " + s), result.Findings.Where(f => f.Subject == "artifact").Select(f => f.Text));
        Assert.Equal(Decision.Hold, result.Decision);
        // The seven items mean what they mean to the script: the document is there.
        Assert.True(result.Ok);
    }

    [Fact]
    public void An_incident_without_a_word_on_approval_fails_its_guard() => Assert.Equal(["check_failed:incident_manual_approval_guard"],
        WithPolicy("""{"escalation_level":"incident","policy":{"manual_approval_only":1,"oncall_escalation":"primary_and_secondary_oncall"}}""").Judged().Failures);

    [Fact]
    public void A_document_that_is_not_there_fails_its_item()
    {
        var result = (Input with { Policy = new ReviewArtifact("p.json", null, null, ["p.json: not there"]), Signoff = new ReviewArtifact("s.json", null, null, ["s.json: no JSON (line 1)"]) }).Judged();
        Assert.Equal(["check_failed:policy_artifact_presence", "check_failed:signoff_artifact_presence"], result.Failures);
        Assert.Equal(["p.json: not there", "s.json: no JSON (line 1)"], result.Checklist.Take(2).Select(i => i.Evidence));
        Assert.Equal((new ReviewedPolicy("", "SEV-3", "none", false, ""), new ReviewedSignoff(false, "")), (result.Policy, result.Signoff));
        Assert.Equal(Decision.NoGo, result.Decision);
    }

    [Fact]
    public void A_broken_floor_is_no_go_though_every_item_passed()
    {
        var result = With(c => c with { Floor = [new NamedCount("duplicate_execution", 2) { Places = ["a.jsonl:7", "a.jsonl:9"] }, .. c.Floor.Skip(1)] }).Judged();
        Assert.Equal((true, 0, Decision.NoGo), (result.Ok, result.FailureTotal, result.Decision));
        Assert.Equal(("floor:duplicate_execution", "A run executes its packet once: 2 where none may be (a.jsonl:7, a.jsonl:9)", "a.jsonl:7"),
            (result.Findings[0].Subject, result.Findings[0].Text, result.Findings[0].Source));
    }

    [Fact]
    public void A_floor_that_can_not_be_told_of_one_line_is_never_a_go()
    {
        var result = With(c => c with { Floor = [new NamedCount("duplicate_execution", 0) { Untold = 1 }, .. c.Floor.Skip(1)] }).Judged();
        Assert.Equal((true, Decision.Hold), (result.Ok, result.Decision));
        Assert.Equal(("floor:duplicate_execution", "A run executes its packet once: none was seen, but it can't be told of one line"), (result.Findings[0].Subject, result.Findings[0].Text));
    }

    [Fact]
    public void A_log_that_could_not_be_read_to_its_end_is_never_a_go()
    {
        var result = With(c => c with { Faults = new LogFaults { Lines = 1000, Broken = ["a.gz: the packed file breaks off"] } }).Judged();
        Assert.Equal((true, Decision.Hold), (result.Ok, result.Decision));
        Assert.Equal("a.gz: the packed file breaks off: what comes after isn't counted", result.Findings[0].Text);
    }

    [Theory]
    // Of a thousand events and what else may be one of the day: the border is 1 %.
    [InlineData(8, Decision.Go)]
    [InlineData(9, Decision.Hold)]
    public void Lines_that_can_not_be_counted_hold_beyond_their_share_of_the_day_however_long_the_log_is(long amongDay, Decision decision)
    {
        var result = With(c => c with { Faults = new LogFaults { Lines = 1_000_000, Malformed = 5000, Undated = 1, AmongDay = amongDay, WrongType = 1, Unjudged = 1 } }).Judged();
        Assert.Equal((true, decision), (result.Ok, result.Decision));
        Assert.Contains($"{5001 - amongDay} more are malformed or without a time among lines of other days", result.Findings.Single(f => f.Subject == "log").Text, StringComparison.Ordinal);
        Assert.Equal(decision == Decision.Hold, result.Findings.Single(f => f.Subject == "log").Required);
    }

    [Theory]
    [InlineData(2.0, 0.0, Verdict.Passed)]
    [InlineData(2.0000001, 0.0, Verdict.Failed)]
    [InlineData(1.99, 0.01, Verdict.Inconclusive)]
    [InlineData(1.98, 0.01, Verdict.Passed)]
    [InlineData(2.01, 0.01, Verdict.Inconclusive)]
    [InlineData(2.03, 0.01, Verdict.Failed)]
    [InlineData(null, 0.0, Verdict.Inconclusive)]
    public void A_latency_is_judged_only_where_its_own_error_leaves_no_doubt(double? p95, double error, Verdict verdict)
    {
        var span = new StageSpan("s") { MaxP95 = TimeSpan.FromSeconds(2) };
        var input = Input with
        {
            Runbook = Book with { Review = Book.Review! with { Latency = [span] } },
            Counts = Counts with { Latency = [new StageLatency("s") { Count = 9, P95 = p95, RelativeError = error }] },
        };
        var result = input.Judged();
        Assert.Equal(verdict, result.Findings.Single(f => f.Subject == "latency:s").Verdict);
        Assert.Equal((true, Decisions.Of([verdict])), (result.Ok, result.Decision));
    }

    [Fact]
    public void A_log_that_could_not_be_read_is_named()
    {
        var result = (Input with { Counts = new DayCounts { Day = Day }, Unread = "The event log 'x' can't be read" }).Judged();
        Assert.Equal(Decision.NoGo, result.Decision);
        Assert.Contains(result.Findings, f => f is { Subject: "log", Required: true, Reason: ErrorId.FileUnreadable });
    }

    [Fact]
    public void Before_it_opens_only_what_is_in_force_is_asked_for()
    {
        var result = (Input with { Moment = Moment(ReviewMomentKind.PreOpen), Counts = new DayCounts { Day = Day } }).Judged();
        Assert.Equal((true, 4, 4, Decision.Go), (result.Ok, result.RequiredTotal, result.RequiredPassTotal, result.Decision));
        Assert.All(result.Checklist.Where(i => i.Id.StartsWith("slo_", StringComparison.Ordinal)), i => Assert.Equal((false, false, "not looked at"), (i.Required, i.Passed, i.Evidence)));
        Assert.Equal(["signoff:run", "policy:run", "preflight", "guards"], result.Due);
        Assert.Contains("so far", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_policy_that_is_still_the_newest_is_named()
    {
        var result = (Input with { Moment = Moment(ReviewMomentKind.PreOpen), Policy = Input.Policy! with { Day = Day.AddDays(-3) } }).Judged();
        Assert.Contains(result.Findings, f => f is { Subject: "policy", Required: false, Reason: ErrorId.Stale } && f.Text.Contains("2026-02-18", StringComparison.Ordinal));
    }

    [Fact]
    public void A_review_without_artifacts_asks_for_none()
    {
        var result = (Input with { Policy = null, Signoff = null, Runbook = Book with { Review = Book.Review! with { Levels = [] } } }).Judged();
        Assert.Equal((3, Decision.Go), (result.RequiredTotal, result.Decision));
    }

    [Theory]
    [InlineData(0.99, 100, 1, 1.0, 100.0)]
    [InlineData(0.99, 400, 1, 4.0, 25.0)]
    [InlineData(1.0, 100, 1, 0.0, null)]
    [InlineData(0.99, 0, 0, 0.0, null)]
    public void The_budget_says_how_much_of_it_is_gone(double asked, long runs, long failed, double allowed, double? consumed)
    {
        var budget = (Input with { Thresholds = new ReviewThresholds(asked, 0.2), Counts = Counts with { RunTotal = runs, FailedRunTotal = failed } }).Judged().Budget[0];
        Assert.Equal(("runs", allowed, failed, consumed), (budget.Name, budget.Allowed, budget.Used, budget.ConsumedPercent));
    }
}
