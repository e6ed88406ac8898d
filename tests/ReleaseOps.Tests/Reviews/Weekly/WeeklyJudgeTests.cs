using ReleaseOps.Reviews.Weekly;
using static ReleaseOps.Tests.Reviews.Weekly.WeekSample;

namespace ReleaseOps.Tests.Reviews.Weekly;

public class WeeklyJudgeTests
{
    [Fact]
    public void A_good_week_is_go() => Assert.Equal(Decision.Go, Input.Judged().Decision);

    [Fact]
    public void A_day_that_is_not_there_is_named_and_never_assumed_good()
    {
        var result = With(18, d => new WeekDay(d.Day) { Path = "x.json", Problems = ["x.json: not there"] }).Judged();
        Assert.Equal([new DateOnly(2026, 2, 18)], result.MissingDays);
        Assert.Equal(Decision.Hold, result.Decision);
        Assert.Contains(result.Findings, f => f is { Subject: "day:2026-02-18", Verdict: Verdict.Inconclusive, Text: "x.json: not there" });
    }

    [Theory]
    [InlineData(false, true, Decision.Go, Decision.NoGo)]
    [InlineData(true, true, Decision.Hold, Decision.Hold)]
    [InlineData(true, true, Decision.NoGo, Decision.NoGo)]
    // A script's document says nothing of the floor.
    [InlineData(true, false, null, Decision.Hold)]
    public void The_worst_day_decides(bool ok, bool floor, Decision? day, Decision week) =>
        Assert.Equal(week, With(17, d => d with { Ok = ok, Decision = day, Floor = floor ? d.Floor : null }).Judged().Decision);

    [Fact]
    public void A_floor_that_was_broken_is_no_go_for_the_week() => Assert.Equal(Decision.NoGo,
        With(17, d => d with { Floor = new Dictionary<string, double> { ["duplicate_execution"] = 1 } }).Judged().Decision);

    [Fact]
    public void An_input_that_was_not_given_is_not_taken_for_empty()
    {
        var result = (Input with { Timeline = null, Interventions = null, Alerts = null }).Judged();
        Assert.Equal(Decision.Hold, result.Decision);
        Assert.Equal(["timeline", "interventions", "alerts"], result.Findings.Where(f => f.Reason == ErrorId.NoData).Select(f => f.Subject));
    }

    [Fact]
    public void A_file_that_could_not_be_read_in_whole_holds() =>
        Assert.Equal(Decision.Hold, (Input with { Problems = ["alerts.json:3: no JSON"] }).Judged().Decision);

    [Fact]
    public void A_reason_code_that_nobody_knows_is_named() => Assert.Contains(
        (Input with { Interventions = [new Intervention(At(17, 1), "whim")] }).Judged().Findings, f => f.Text.Contains("'whim'", StringComparison.Ordinal));

    [Theory]
    [InlineData(null, "2026-03-01", "no owner")]
    [InlineData("ana", null, "no due date")]
    public void A_change_without_an_owner_or_a_date_holds(string? owner, string? due, string says)
    {
        var change = new RunbookChange("x", "do it") { Owner = owner, Due = due is null ? null : DateOnly.ParseExact(due, "yyyy-MM-dd") };
        var result = (Input with { Given = [change] }).Judged();
        Assert.Equal(Decision.Hold, result.Decision);
        Assert.Contains(result.Findings, f => f.Subject == "change:x" && f.Text.Contains(says, StringComparison.Ordinal));
    }
}
