using ReleaseOps.Evidence;
using ReleaseOps.Reviews.Weekly;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes;

namespace ReleaseOps.Tests.Reviews.Weekly;

public sealed class WeekFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2026-02-20", "16 17 18 19 20")]
    [InlineData("2026-02-22", "16 17 18 19 20")]
    [InlineData("2026-02-23", "17 18 19 20 23")]
    public void Trading_days_are_the_weekdays_up_to_one(string last, string days) =>
        Assert.Equal(days, string.Join(' ', WeekFiles.TradingDays(new WeeklyRules(), DateOnly.ParseExact(last, "yyyy-MM-dd")).Select(d => d.Day)));

    [Fact]
    public void Closed_days_are_none() => Assert.Equal([16, 18, 19, 20],
        WeekFiles.TradingDays(new WeeklyRules { Days = 4, Closed = [new DateOnly(2026, 2, 17)] }, WeekSample.Friday).Select(d => d.Day));

    [Fact]
    public void What_a_daily_review_writes_is_read_back()
    {
        var day = Read(ReviewJson.Text(DailySample.Input.Judged()));
        Assert.Equal((true, true, Decision.Go, "SEV-3"), (day.IsThere, day.Ok, day.Decision, day.Severity));
        Assert.Equal((1000.0, 100.0, 0.99, 0.001), (day.EventTotal, day.RunTotal, day.AvailabilityRate, day.ErrorRate));
        Assert.Equal((2.5, 1.0, true, 3), (day.P95["execute_from_packet"], day.StageErrors["execute_from_packet"], day.AllStages, day.Floor!.Count));
        Assert.DoesNotContain("commander_router", day.P95.Keys);
        Assert.Equal(3, day.Counters["cooldown_transition_total"]);
        Assert.Empty(day.Problems);
    }

    [Fact]
    public void The_scripts_own_document_is_read_too_and_says_nothing_of_the_floor()
    {
        var day = Read("""{"ok":false,"day":"2026-02-21","slo":{"event_total":0,"run_total":0,"availability_rate":0.0,"error_rate":0.0},"failures":["check_failed:slo_probe_measurable"]}""");
        Assert.Equal((true, false, null), (day.IsThere, day.Ok, day.Floor));
        // Nothing was measured: 0 is no availability.
        Assert.Equal((null, null), (day.AvailabilityRate, day.ErrorRate));
        Assert.Equal(["check_failed:slo_probe_measurable"], day.Failures);
    }

    [Theory]
    [InlineData("""{"ok":true}""", "day is ''")]
    [InlineData("""{"ok":true,"day":"2026-02-20"}""", "day is '2026-02-20'; expected was 2026-02-21")]
    [InlineData("""{"ok":true,"day":"2026-02-21","releaseops":{"moment":"session"}}""", "the look at session")]
    [InlineData("{", "no JSON")]
    public void Another_document_is_not_the_days_review(string json, string says)
    {
        var day = Read(json);
        Assert.False(day.IsThere);
        Assert.Contains(says, day.Problems.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_of_another_type_are_named_and_not_known()
    {
        var day = Read("""{"ok":"yes","day":"2026-02-21","slo":{"event_total":"12","run_total":null,"availability_rate":true,"error_rate":[]},"failures":[1]}""");
        Assert.Equal((true, null, null, null), (day.IsThere, day.Ok, day.AvailabilityRate, day.ErrorRate));
        Assert.Equal(["ok", "slo.event_total", "slo.run_total", "slo.availability_rate", "slo.error_rate"], day.Problems.Select(p => p.Split(' ')[1]));
    }

    [Fact]
    public void Five_stages_may_have_hidden_a_sixth() => Assert.False(Read("""
        {"ok":true,"day":"2026-02-21","slo":{"event_total":9,"run_total":1,"availability_rate":1,"error_rate":0,
         "stage_error_top":[{"stage":"a","error_total":1},{"stage":"b","error_total":1},{"stage":"c","error_total":1},{"stage":"d","error_total":1},{"stage":"e","error_total":1}]}}
        """).AllStages);

    private WeekDay Read(string json) => WeekFiles.Read(_folder.Write("d.json", json), "d.json", DailySample.Day);
}
