using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Tests.Runbooks;

/// <summary>What a watch and objectives are read into.</summary>
public class WatchFormatTests
{
    private const string Text = """
        runbook: test
        parameters: { job: api, token: { late: true, default: x } }
        roles: { lead: { may: [confirm] }, product: { may: [confirm] } }
        sources: { prometheus: { url: http://p }, mimir: { url: http://m } }
        metrics: { m: { prometheus: q } }
        gates: { g: [m < 1.0], nice: [m < 0.5] }
        triggers: { bad: { when: m > 5.0, then: rollback } }
        severities: { SEV0: { definition: out }, SEV1: { definition: bad } }
        schedule:
          - { at: T+2h, what: Review, owner: SRE, required: true }
          - { at: T+4h, what: Look }
        slos:
          availability:
            objective: 99.9
            total: http_requests_total{job="${{ params.job }}"}
            bad: http_requests_total{job="${{ params.job }}",status=~"5.."}
            window: 7d
            step: 1m
            source: mimir
            page: SEV0
            ticket: SEV1
            description: answers that are not 5xx
          plain: { objective: 95, total: t, good: g }
        watch:
          window: 24h
          interval: 2m
          commander: lead
          thresholds:
            errors: { when: m > 0.5, normal: m > 1.0, for: 5m, consecutive: 3, action: Look at once, severity: SEV1, description: early }
            plain: { when: m > 0.7 }
          triggers: [bad]
          gates: { g: required, nice: optional }
          checks:
            every: 4h
            steps:
              - { id: smoke, command: [pytest], env: { TOKEN: '${{ secrets.SMOKE_TOKEN }}' } }
              - { id: drift, confirm: 'No drift of ${{ params.job }}', by: lead, needs: [smoke] }
          no-go: { open: [SEV0, SEV1], ever: [SEV0] }
          clear: 10m
          grace: 20m
          gaps: { longest: 5m, share: 2.5 }
          exit: { clean: 12h, targets: g, accept: [lead, product] }
          maintenance:
            - { at: T+6h, for: 30m, why: planned failover of the database }
        """;

    private static readonly Runbook Whole = Read.Good(Read.Text(Text));
    private static readonly Watch Watched = Whole.Watch!;

    [Fact]
    public void Nothing_is_odd_about_it() => Assert.Empty(Read.Text(Text).Problems);

    [Fact]
    public void A_watch_says_for_how_long_it_looks_how_often_and_who_commands() =>
        Assert.Equal((TimeSpan.FromHours(24), TimeSpan.FromMinutes(2), "lead"), (Watched.Window, Watched.Interval, Watched.Commander));

    [Fact]
    public void A_threshold_has_what_is_normal_beside_it()
    {
        var (errors, plain) = (Watched.Thresholds[0], Watched.Thresholds[1]);
        Assert.Equal(("errors", "m > 0.5", "m > 1.0"), (errors.Name, errors.When.ToString(), errors.Normal!.ToString()));
        Assert.Equal((TimeSpan.FromMinutes(5), 3, "Look at once", "SEV1", "early"), (errors.For, errors.Consecutive, errors.Action, errors.Severity, errors.Description));
        Assert.Equal(new Threshold("plain", plain.When), plain);
    }

    [Fact]
    public void It_names_triggers_gates_and_severities()
    {
        Assert.Equal(["bad"], Watched.Triggers);
        Assert.Equal([new WatchGate("g", true), new WatchGate("nice", false)], Watched.Gates);
        Assert.Equal(["SEV0", "SEV1"], Watched.NoGoOpen);
        Assert.Equal(["SEV0"], Watched.NoGoEver);
    }

    [Fact]
    public void Its_checks_are_steps_of_the_runbook()
    {
        Assert.Equal(TimeSpan.FromHours(4), Watched.ChecksEvery);
        Assert.Equal(["smoke", "drift"], Watched.Checks.Select(s => s.Id));
        Assert.Equal(["smoke"], Watched.Checks[1].Needs);
        Assert.Equal(["smoke", "drift"], Whole.AllSteps().Select(s => s.Id));
        Assert.Equal(["SMOKE_TOKEN"], Whole.Secrets);
    }

    [Fact]
    public void It_says_what_may_be_missing_and_how_it_ends()
    {
        Assert.Equal((TimeSpan.FromMinutes(5), 2.5, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20)),
            (Watched.LongestGap, Watched.MostMissing, Watched.Clear, Watched.Grace));
        Assert.Equal((TimeSpan.FromHours(12), "g"), (Watched.Exit!.Clean, Watched.Exit.Targets));
        Assert.Equal(["lead", "product"], Watched.Exit.Accept);
        Assert.Equal([new Maintenance(new TimeOffset(TimeSpan.FromHours(6)), TimeSpan.FromMinutes(30), "planned failover of the database")], Watched.Maintenance);
    }

    [Fact]
    public void What_isn_t_said_has_its_default()
    {
        var watch = Read.Good(Read.Text("runbook: test\nwatch: { window: 2h, exit: { clean: 1h } }")).Watch!;
        Assert.Equal(new Watch(TimeSpan.FromHours(2)) { Exit = watch.Exit, Checks = watch.Checks, Thresholds = watch.Thresholds,
            Triggers = watch.Triggers, Gates = watch.Gates, NoGoOpen = watch.NoGoOpen, NoGoEver = watch.NoGoEver, Maintenance = watch.Maintenance }, watch);
        Assert.Equal((TimeSpan.FromMinutes(1), null, null), (watch.Interval, watch.Commander, watch.ChecksEvery));
        Assert.Equal((TimeSpan.FromMinutes(15), 5d, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30)), (watch.LongestGap, watch.MostMissing, watch.Clear, watch.Grace));
    }

    [Fact]
    public void A_review_may_be_required() => Assert.Equal([true, false], Whole.Schedule.Select(r => r.Required));

    [Fact]
    public void An_objective_is_a_ratio_of_two_counters()
    {
        var slo = Whole.Slos[0];
        Assert.Equal(("availability", 99.9, "mimir", "SEV0", "SEV1", "answers that are not 5xx"), (slo.Name, slo.Objective, slo.Source, slo.Page, slo.Ticket, slo.Description));
        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromMinutes(1), null), (slo.Window, slo.Step, slo.Good));
        Assert.Equal("http_requests_total{job=\"${{ params.job }}\",status=~\"5..\"}", slo.Bad!.Text);
        Assert.Equal(["job"], StepTemplates.Of(slo).SelectMany(t => t.ParameterNames).Distinct());
        var plain = Whole.Slos[1];
        Assert.Equal(("prometheus", TimeSpan.FromDays(30), TimeSpan.FromMinutes(5), "g", null), (plain.Source, plain.Window, plain.Step, plain.Good!.Text, plain.Bad));
    }
}
