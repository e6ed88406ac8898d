using ReleaseOps.Evidence;
using ReleaseOps.Reviews.Weekly;
using ReleaseOps.Tests.Probes;

namespace ReleaseOps.Tests.Reviews.Weekly;

public sealed class DayDocumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
        Assert.Empty(day.Problems);
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
        Assert.Equal(["slo.event_total", "slo.run_total", "slo.availability_rate", "slo.error_rate", "failures", "ok"], day.Problems.Select(p => p.Split(' ')[1]));
        Assert.Equal("d.json: slo.event_total is \"12\"; expected was a whole number, 0 or more", day.Problems[0]);
    }

    [Fact]
    public void Five_stages_may_have_hidden_a_sixth() => Assert.False(Read("""
        {"ok":true,"day":"2026-02-21","slo":{"event_total":9,"run_total":1,"availability_rate":1,"error_rate":0,
         "stage_error_top":[{"stage":"a","error_total":1},{"stage":"b","error_total":1},{"stage":"c","error_total":1},{"stage":"d","error_total":1},{"stage":"e","error_total":1}]}}
        """).AllStages);

    [Theory]
    [InlineData("\"duplicate_execution\": 0", "\"duplicate_execution\": \"3\"", "releaseops.floor.duplicate_execution is \"3\"; expected was a whole number, 0 or more")]
    [InlineData("\"duplicate_execution\": 0", "\"duplicate_execution\": null", "releaseops.floor.duplicate_execution is null;")]
    [InlineData("\"duplicate_execution\": 0", "\"duplicate_execution\": -1", "releaseops.floor.duplicate_execution is -1;")]
    // Another rule than the runbook's says nothing of the runbook's.
    [InlineData("\"duplicate_execution\": 0", "\"other\": 0", "releaseops.floor.duplicate_execution is not there;")]
    [InlineData("\"floor\": {", "\"floor\": 0, \"x\": {", "releaseops.floor is 0; expected was an object of counts")]
    [InlineData("\"decision\": \"Go\",", "", "releaseops.decision is not there; expected was Go, Hold or NoGo")]
    [InlineData("\"decision\": \"Go\"", "\"decision\": \"hold\"", "releaseops.decision is \"hold\";")]
    [InlineData("\"decision\": \"Go\"", "\"decision\": \"1\"", "releaseops.decision is \"1\";")]
    [InlineData("\"moment\": \"post-close\"", "\"moment\": 5", "releaseops.moment is 5; expected was post-close")]
    [InlineData("\"releaseops\": {", "\"releaseops\": [], \"x\": {", "releaseops is []; expected was an object")]
    [InlineData("\"failures\": []", "\"failures\": [\"check_failed:x\"]", "ok is true, and failures has check_failed:x;")]
    [InlineData("\"failures\": []", "\"failures\": {}", "failures is {}; expected was a list of texts")]
    [InlineData("\"event_total\": 1000", "\"event_total\": 0", "ok is true, and slo.event_total is 0: nothing was measured")]
    [InlineData("\"run_total\": 100", "\"run_total\": 0", "ok is true, and slo.run_total is 0: nothing was measured")]
    [InlineData("\"error_rate\": 0.001", "\"error_rate\": 7", "slo.error_rate is 7; expected was a number from 0 to 1")]
    [InlineData("\"availability_rate\": 0.99", "\"availability_rate\": -3", "slo.availability_rate is -3;")]
    [InlineData("\"error_total\": 1\n      }", "\"error_total\": \"1\"\n      }", "slo.stage_error_top[0].error_total is \"1\";")]
    [InlineData("\"p95_seconds\": 2.5", "\"p95_seconds\": \"2.5\"", "releaseops.latency[0].p95_seconds is \"2.5\";")]
    public void What_can_not_be_read_or_can_not_be_is_named_and_holds_the_week(string good, string bad, string says)
    {
        var json = ReviewJson.Text(DailySample.Input.Judged());
        Assert.Contains(good, json, StringComparison.Ordinal);
        var day = Read(json.Replace(good, bad, StringComparison.Ordinal));
        Assert.Contains(day.Problems, p => p.StartsWith("d.json: " + says, StringComparison.Ordinal));
        Assert.Equal(Decision.Hold, WeekSample.With(18, d => day with { Day = d.Day }).Judged().Decision);
    }

    [Fact]
    public void A_floor_that_the_runbook_does_not_have_need_not_be_there()
    {
        var json = ReviewJson.Text((DailySample.Input with { Counts = DailySample.Counts with { Floor = [] } }).Judged());
        Assert.Empty(DayDocument.Read(_folder.Write("d.json", json), "d.json", DailySample.Day, DailySample.Review with { Floor = [] }).Problems);
        Assert.Equal(3, Read(json).Problems.Count);
    }

    private WeekDay Read(string json) => DayDocument.Read(_folder.Write("d.json", json), "d.json", DailySample.Day, DailySample.Review);
}
