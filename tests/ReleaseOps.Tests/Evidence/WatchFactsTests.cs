using ReleaseOps.Evidence;
using ReleaseOps.Gates;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Probes;
using ReleaseOps.Watches;

namespace ReleaseOps.Tests.Evidence;

public class WatchFactsTests
{
    private static readonly DateTimeOffset T0 = new ManualClock().GetUtcNow();

    private static readonly WatchResult Watch = new()
    {
        Run = "r",
        Runbook = Sample.Runbook.Name,
        Title = Sample.Runbook.Title,
        Release = Sample.Plan.Release,
        Plan = Sample.Plan,
        StartedAt = T0,
        Actor = "ana",
        Decision = Decision.Go,
        T0 = T0,
        EndsAt = T0.AddHours(24),
        Commander = "lea",
    };

    private static readonly WatchIncident Incident = new("INC-1", "threshold:errors", "SEV1", T0.AddMinutes(60), "error_rate 0.8 % is > 0.5 %")
    {
        CalledAt = T0.AddMinutes(60),
        Owner = "Ops Lead",
        AcknowledgeBy = T0.AddMinutes(70),
        MitigateBy = T0.AddMinutes(120),
    };

    [Fact]
    public void The_status_says_how_far_it_is_what_it_comes_to_what_is_next_and_who_leads()
    {
        var watch = Watch with
        {
            Reviews =
            [
                new("T+6h", "second", T0.AddHours(6)),
                new("T+2h", "first", T0.AddHours(2)),
                new("T+4h", "done", T0.AddHours(4)) { DoneAt = T0.AddHours(3) },
            ],
        };
        Assert.Equal("T+1h10m of 24h, 22h49m left, so far GO, next review T+2h in 49m30s, IC lea", WatchFacts.Status(watch, T0.AddMinutes(70.5)));
        Assert.Equal("T+3h of 24h, 21h left, so far NO-GO, next review T+6h in 3h, IC lea", WatchFacts.Status(watch with { Decision = Decision.NoGo }, T0.AddHours(3)));
        Assert.Equal("begins in 5m, for 24h, so far HOLD, IC lea", WatchFacts.Status(Watch with { Decision = Decision.Hold }, T0.AddMinutes(-5)));
        Assert.Equal("window of 24h over, not decided yet, so far GO, IC lea", WatchFacts.Status(Watch, T0.AddHours(24)));
        Assert.Equal("over after 24h, GO, IC lea", WatchFacts.Status(Watch with { Ended = true }, T0.AddHours(30)));
    }

    [Fact]
    public void The_clocks_of_an_incident_run_and_then_are_overdue()
    {
        Assert.Equal((Verdict.Inconclusive, "INC-1 SEV1 (Ops Lead), open for 5m, acknowledge within 5m, mitigate within 55m: error_rate 0.8 % is > 0.5 %"), Line(Incident, 65));
        Assert.Equal((Verdict.Failed, "INC-1 SEV1 (Ops Lead), open for 15m, acknowledgement overdue for 5m, mitigate within 45m: error_rate 0.8 % is > 0.5 %"), Line(Incident, 75));
        var taken = Incident with { AcknowledgedAt = T0.AddMinutes(64), AcknowledgedBy = "bob" };
        Assert.Equal((Verdict.Inconclusive, "INC-1 SEV1 (Ops Lead), open for 15m, acknowledged by bob, mitigate within 45m: error_rate 0.8 % is > 0.5 %"), Line(taken, 75));
        Assert.Equal((Verdict.Failed, "INC-1 SEV1 (Ops Lead), open for 1h1m, acknowledged by bob, mitigation overdue for 1m30s: error_rate 0.8 % is > 0.5 %"), Line(taken, 121.5));
        var done = taken with { MitigatedAt = T0.AddMinutes(90), MitigatedBy = "eve" };
        Assert.Equal((Verdict.Inconclusive, "INC-1 SEV1 (Ops Lead), open for 2h, acknowledged by bob, mitigated by eve, not verified yet: error_rate 0.8 % is > 0.5 %"), Line(done, 180));
        Assert.Equal(
            (Verdict.Passed, "INC-1 SEV1 (Ops Lead), open for 2h, mitigation verified: error_rate 0.8 % is > 0.5 %"), Line(done with { VerifiedAt = T0.AddMinutes(110) }, 180));
        Assert.Empty(WatchFacts.Of(Watch with { Incidents = [done with { ResolvedAt = T0.AddMinutes(115) }] }, T0.AddHours(3)));

        static (Verdict?, string) Line(WatchIncident incident, double minutes)
        {
            var line = Assert.Single(WatchFacts.Of(Watch with { Incidents = [incident] }, T0.AddMinutes(minutes)));
            Assert.Equal("OPEN", line.Word);
            return (line.Verdict, line.Text);
        }
    }

    [Fact]
    public void What_is_quiet_is_no_line_and_what_cannot_be_told_is_one()
    {
        var quiet = new ThresholdStanding("errors", "threshold", "error_rate > 0.5") { Latest = new("errors", Verdict.Passed, "error_rate 0.1 % is not > 0.5 %") };
        Assert.Empty(WatchFacts.Of(Watch with { Thresholds = [quiet] }, T0));
        var blind = quiet with { Latest = new("errors", Verdict.Inconclusive, "error_rate has no data") };
        Assert.Equal(
            new ProgressLine(Verdict.Inconclusive, "threshold errors can't be told: error_rate has no data"),
            Assert.Single(WatchFacts.Of(Watch with { Thresholds = [blind] }, T0)));
        var breached = quiet with { IsBreached = true, Latest = new("errors", Verdict.Failed, "error_rate 0.8 % is > 0.5 %"), Action = "call the owner" };
        Assert.Equal(
            new ProgressLine(Verdict.Failed, "threshold errors breached: error_rate 0.8 % is > 0.5 % -> call the owner"),
            Assert.Single(WatchFacts.Of(Watch with { Thresholds = [breached] }, T0)));
    }

    [Theory]
    [InlineData(87.36, Verdict.Passed, "SLO api: 87.3 % of the error budget left")]
    [InlineData(-0.01, Verdict.Failed, "SLO api: -0.1 % of the error budget left")]
    [InlineData(null, Verdict.Inconclusive, "SLO api: nothing counted yet")]
    public void A_budget_is_never_rounded_up(double? left, Verdict verdict, string text) => Assert.Equal(
        new ProgressLine(verdict, text),
        Assert.Single(WatchFacts.Of(Watch with { Slos = [new SloStanding("api", 99.9, TimeSpan.FromDays(30)) { BudgetLeft = left }] }, T0)));

    [Fact]
    public void Hypercare_counts_down_and_says_who_has_not_accepted_it()
    {
        var exit = new ExitStanding(TimeSpan.FromHours(24), TimeSpan.FromMinutes(190))
        {
            LastBreak = "SEV2 INC-1 is open",
            LastBreakAt = T0,
            Accepted = new Dictionary<string, string?> { ["engineering"] = "bob", ["product"] = null },
        };
        var line = Assert.Single(WatchFacts.Of(Watch with { Exit = exit }, T0));
        Assert.Equal(
            "hypercare clean for 3h10m of 24h, 20h50m left; last broken 2026-03-01 12:00:00Z: SEV2 INC-1 is open; accepted by engineering (bob), product (nobody yet)", line.Text);
        Assert.Equal("CARE", line.Word);
    }

    [Fact]
    public void Reviews_that_are_due_are_called_and_overdue_ones_are_bad()
    {
        var review = new ReviewStanding("T+2h", "read the dashboards", T0.AddHours(2)) { Owner = "QA", OverdueAt = T0.AddMinutes(150) };
        Assert.Empty(WatchFacts.Of(Watch with { Reviews = [review] }, T0.AddMinutes(119)));
        var due = Assert.Single(WatchFacts.Of(Watch with { Reviews = [review] }, T0.AddMinutes(120)));
        Assert.Equal(("CALL", "review T+2h due: read the dashboards (QA)"), (due.Word, due.Text));
        var late = Assert.Single(WatchFacts.Of(Watch with { Reviews = [review] }, T0.AddMinutes(160)));
        Assert.Equal(("FAIL", "review T+2h overdue for 10m: read the dashboards (QA)"), (late.Word, late.Text));
    }

    [Fact]
    public void Where_nothing_can_be_drawn_anew_a_day_without_events_is_a_line_an_hour()
    {
        var clock = new ManualClock();
        var progress = new WatchProgress(clock);
        progress.Take(new RunStarted("r", Sample.Plan, "/evidence", Resumed: false));
        var signs = 0;
        for (var minute = 0; minute < 24 * 60; minute++, clock.Advance(TimeSpan.FromMinutes(1)))
        {
            Assert.Null(progress.Take(new WatchLooked(Watch)));
            signs += progress.SignOfLife() is null ? 0 : 1;
        }
        Assert.Equal(23, signs);
    }

    [Fact]
    public void A_check_is_worth_a_line_where_it_comes_to_something_else()
    {
        var progress = new WatchProgress(new ManualClock());
        Assert.Equal("ready: 200", Line(Verdict.Passed, "200"));
        Assert.Null(Line(Verdict.Passed, "200 again"));
        Assert.Equal("ready: 503", Line(Verdict.Failed, "503"));
        Assert.Null(Line(Verdict.Failed, "502"));

        string? Line(Verdict verdict, string detail) => progress.Take(new StepFinished(
            Sample.Plan.Steps[0], Sample.Result.Steps[0] with { Id = "ready", Verdict = verdict, Detail = detail }, Earlier: false))?.Text;
    }

    [Fact]
    public void Text_from_outside_stays_on_its_line_and_commands_nothing()
    {
        var hostile = Incident with { Text = "a\n##vso[task.complete]\u001b[2J" };
        var line = Assert.Single(WatchFacts.Of(Watch with { Incidents = [hostile] }, T0)).Text;
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\u001b', line);
        Assert.DoesNotContain("##vso", line, StringComparison.Ordinal);
    }
}
