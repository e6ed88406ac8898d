using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

/// <summary>What a runbook says of rollouts, gates, polls and the way back, as its records have it.</summary>
public class DeployFormatTests
{
    private static readonly Runbook Deploy = Read.Good(RunbookReader.Read(Path.Combine(Read.Folder(), "Files", "deploy.yaml")));

    private static IReadOnlyList<Step> Before => Deploy.Phases[0].Steps;

    [Fact]
    public void Sources_have_a_kind_and_their_secrets()
    {
        Assert.Equal([SourceKind.Prometheus, SourceKind.Prometheus, SourceKind.Alertmanager, SourceKind.Postgres], Deploy.Sources.Select(s => s.Kind));
        Assert.Equal(["http://p:9090", "https://e", "http://am:9093", "Host=db;Username=reader"], Deploy.Sources.Select(s => s.Address.Text));
        Assert.Equal(["${{ secrets.TOKEN }}", null, null, null], Deploy.Sources.Select(s => s.Token?.Text));
        Assert.Equal([null, "reader", null, null], Deploy.Sources.Select(s => s.User?.Text));
        Assert.Equal([null, "${{ secrets.EDGE }}", null, "${{ secrets.DB }}"], Deploy.Sources.Select(s => s.Password?.Text));
        Assert.Equal([10, 30, 30, 30], Deploy.Sources.Select(s => s.Timeout.TotalSeconds));
        Assert.Equal(["DB", "EDGE", "TOKEN"], Deploy.Secrets.Order());
    }

    [Fact]
    public void A_metric_says_what_it_is_compared_with()
    {
        var (errors, plain) = (Deploy.Metrics[0], Deploy.Metrics[1]);
        Assert.Equal(("c", Worse.Higher, 0.05, TimeSpan.FromMinutes(1), Reduce.Max, "prometheus"),
            (errors.Control!.Text, errors.Worse, errors.Noise, errors.MaxAge, errors.Reduce, errors.Source));
        Assert.Equal((null, Worse.Either, 0.0, TimeSpan.FromMinutes(2), Reduce.None, "edge"),
            (plain.Control, plain.Worse, plain.Noise, plain.MaxAge, plain.Reduce, plain.Source));
    }

    [Fact]
    public void A_gate_of_one_criterion_needs_no_list()
    {
        var gate = Deploy.Gates[0];
        Assert.Equal(("short", "errors < 1.0", null, null), (gate.Name, Assert.Single(gate.Criteria).Name, gate.Pass, gate.Baseline));
    }

    [Fact]
    public void A_gate_with_a_score_has_weights_groups_and_vetoes()
    {
        var gate = Deploy.Gates[1];
        Assert.Equal((95.0, 75.0, "kpis/${{ params.tenant }}.json"), (gate.Pass, gate.Marginal, gate.Baseline!.Text));
        Assert.Equal(("few", "errors < 1.5", 2.0, "errors", true, false), Parts(gate.Criteria[0]));
        Assert.Equal(("compare errors", null, 1.0, null, false, false), Parts(gate.Criteria[1]));
        Assert.Equal(new SampleComparison("errors") { Tolerance = 0.5, Confidence = 99 }, gate.Criteria[1].Compare);
        Assert.Equal((true, null), (gate.Criteria[2].Shadow, gate.Criteria[2].Compare));
        Assert.Equal(new Position(19, 9), gate.Criteria[0].At);

        static (string, string?, double, string?, bool, bool) Parts(GateCriterion c) => (c.Name, c.Expect?.ToString(), c.Weight, c.Group, c.Key, c.Shadow);
    }

    [Fact]
    public void A_waiver_ends_at_the_beginning_of_its_day() =>
        Assert.Equal([new Waiver("long", "few", "known", "Ana", new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero))], Deploy.Waivers);

    [Fact]
    public void Windows_have_hours_days_and_a_zone()
    {
        var windows = Deploy.Windows!;
        Assert.Equal(("Europe/Berlin", "lead"), (windows.Zone, windows.Hotfix));
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Friday], windows.Open[0].Days);
        Assert.Equal((new TimeOnly(9, 0), new TimeOnly(16, 30)), (windows.Open[0].From, windows.Open[0].To));
        Assert.Empty(windows.Open[1].Days);
        Assert.Equal([new Freeze(new DateOnly(2026, 12, 19), new DateOnly(2027, 1, 4), "holidays")], windows.Frozen);
    }

    [Fact]
    public void A_poll_asks_roles_and_all_of_them_must_vote_unless_told_otherwise()
    {
        Assert.Equal([new PollQuestion("lead", "Ready?"), new PollQuestion("sre", "On call?")], Deploy.Polls[0].Asks);
        Assert.Equal([1, 2], Deploy.Polls.Select(p => p.Quorum));
        Assert.Equal(["long", null], Deploy.Polls.Select(p => p.Gate));
    }

    [Fact]
    public void The_way_up_has_levels() => Assert.Equal([new EscalationLevel("L1", "SRE", "first response")], Deploy.Escalation);

    [Fact]
    public void Steps_can_ask_databases_alerts_gates_and_polls()
    {
        Assert.Equal(new SqlWork("SELECT 1 WHERE @tenant = @tenant", "postgres"), Before[0].Work);
        var alerts = Assert.IsType<AlertsWork>(Before[1].Work);
        Assert.Equal(("am", "critical"), (alerts.Source, alerts.Match["severity"].Text));
        Assert.Equal(new GateWork("long"), Before[2].Work);
        Assert.Equal(new PollWork("release"), Before[5].Work);
        Assert.Equal((true, "lead"), (Assert.IsType<HttpWork>(Before[6].Work).NoAnswerFails, Before[6].Approval));
    }

    [Fact]
    public void A_measurement_takes_all_metrics_for_five_minutes_unless_told_otherwise()
    {
        var measured = Assert.IsType<MeasureWork>(Before[3].Work);
        var all = Assert.IsType<MeasureWork>(Before[4].Work);
        Assert.Equal(["errors"], measured.Metrics);
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10)), (measured.Duration, measured.Interval));
        Assert.Empty(all.Metrics);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30)), (all.Duration, all.Interval));
    }

    [Fact]
    public void A_rollout_says_how_long_a_hold_waits_and_what_follows()
    {
        var (rollout, plain) = (Deploy.Phases[1].Rollout!, Deploy.Phases[2].Rollout!);
        Assert.Equal((TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(15), HoldEnd.Stop, "release"),
            (rollout.Interval, rollout.HoldLimit, rollout.HoldEnd, rollout.Poll));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30), HoldEnd.Rollback, null),
            (plain.Interval, plain.HoldLimit, plain.HoldEnd, plain.Poll));
        Assert.Equal(["bad"], rollout.Abort);
    }

    [Fact]
    public void A_stage_s_action_is_its_first_step()
    {
        var stage = Deploy.Phases[1].Rollout!.Stages[0];
        Assert.Equal(["canary:action", "warm"], stage.Steps.Select(s => s.Id));
        var action = stage.Steps[0];
        Assert.Equal(("12.5 % of the traffic", TimeSpan.FromMinutes(3), true), (action.Changes!.Text, action.Timeout, action.Idempotent));
        Assert.Equal(new SqlWork("SELECT 1", "postgres"), action.Verify!.Work);
        Assert.Equal((12.5, TimeSpan.FromMinutes(10), "long"), (stage.Weight, stage.Watch, stage.Gate));
        Assert.Equal(["smoke"], stage.Checks.Select(s => s.Id));
        Assert.Equal(("sre", 0), (Deploy.Phases[1].Rollout!.Stages[1].Approval, Deploy.Phases[1].Rollout!.Stages[1].Steps.Count));
    }

    [Fact]
    public void The_way_back_is_verified_and_decided_by_a_tree()
    {
        var rollback = Deploy.Rollback!;
        Assert.Equal((TimeSpan.FromMinutes(5), "back", "well"), (rollback.Within, rollback.Steps[0].Id, rollback.Verify[0].Id));
        Assert.Equal(["errors > 5.0", "Is data lost?", "otherwise"], rollback.Decide.Select(r => r.ToString()));
        Assert.Equal([RollbackAdvice.Rollback, RollbackAdvice.Prepare, RollbackAdvice.Monitor], rollback.Decide.Select(r => r.Then));
        Assert.Equal([null, TimeSpan.FromMinutes(10), null], rollback.Decide.Select(r => r.Within));
    }
}
