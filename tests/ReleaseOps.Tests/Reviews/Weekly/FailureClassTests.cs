using ReleaseOps.Reviews.Weekly;
using static ReleaseOps.Tests.Reviews.Weekly.WeekSample;

namespace ReleaseOps.Tests.Reviews.Weekly;

public class FailureClassTests
{
    [Theory]
    [InlineData(Trend.Rising, 1, 2, 3, 4, 5)]
    [InlineData(Trend.Falling, 5, 4, 3, 2, 1)]
    // 8 pairs up, 2 down: tau is 0.6, the border.
    [InlineData(Trend.Rising, 2, 1, 3, 5, 4)]
    [InlineData(Trend.Steady, 2, 1, 5, 4, 3)]
    [InlineData(Trend.Steady, 3, 3, 3, 3, 3)]
    [InlineData(Trend.Steady, 0, 0, 0, 0, 9)]
    public void A_trend_is_called_by_the_pairs_of_days(Trend trend, params int[] counts) =>
        Assert.Equal(trend, FailureClasses.TrendOf([.. counts.Select(n => (double?)n)]));

    [Fact]
    public void Days_that_can_not_be_told_are_left_out_of_a_trend()
    {
        Assert.Equal(Trend.Rising, FailureClasses.TrendOf([1, null, 2, null, 3]));
        Assert.Equal(Trend.Untold, FailureClasses.TrendOf([1, null, null, null, 3]));
    }

    [Fact]
    public void What_was_seen_on_most_days_comes_first_then_what_was_most()
    {
        var input = Input with
        {
            Days = [.. Input.Days.Select((d, i) => d with
            {
                StageErrors = i == 0 ? new Dictionary<string, double> { ["much"] = 900, ["often"] = 1 } : new Dictionary<string, double> { ["often"] = 1 },
                Failures = i < 2 ? ["check_failed:slo_availability_guard"] : [],
            })],
        };
        Assert.Equal(["errors:often", "check:slo_availability_guard", "errors:much"], FailureClasses.Of(input).Select(c => c.Id));
        Assert.Equal([900.0, 0, 0, 0, 0], FailureClasses.Of(input)[2].PerDay);
    }

    [Fact]
    public void Of_a_stage_that_is_not_among_the_five_worst_nothing_is_known()
    {
        var input = Input with { Days = [Day(16) with { StageErrors = new Dictionary<string, double> { ["s"] = 3 } }, Day(17) with { AllStages = false }, Day(18)] };
        Assert.Equal([3.0, null, 0], FailureClasses.Of(input).Single().PerDay);
    }

    [Fact]
    public void A_missing_day_is_no_zero()
    {
        var input = With(18, d => new WeekDay(d.Day)) with { };
        input = input with { Days = [.. input.Days.Select(d => d.IsThere ? d with { StageErrors = new Dictionary<string, double> { ["s"] = 1 } } : d)] };
        Assert.Equal([1.0, 1, null, 1, 1], FailureClasses.Of(input).Single().PerDay);
    }

    [Fact]
    public void Interventions_and_incidents_count_on_their_days_and_none_outside_the_week()
    {
        var input = Input with
        {
            Interventions = [new Intervention(At(16, 0), "other"), new Intervention(At(20, 23, 59), "other"), new Intervention(At(21, 0), "other")],
            Timeline = [new IncidentMark(At(17, 5), "INC-1", "opened") { Class = "stall" }, new IncidentMark(At(17, 6), "INC-1", "resolved") { Ends = true }],
        };
        var classes = FailureClasses.Of(input);
        Assert.Equal(["intervention:other", "incident:stall"], classes.Select(c => c.Id));
        Assert.Equal([1.0, 0, 0, 0, 1], classes[0].PerDay);
        Assert.Equal([0.0, 1, 0, 0, 0], classes[1].PerDay);
    }

    [Fact]
    public void The_week_before_is_known_for_what_it_showed_and_for_what_it_had_room_to_show()
    {
        var input = With(17, d => d with { Failures = ["check_failed:a", "check_failed:b"] });
        Assert.Equal([4, 0], FailureClasses.Of(input with { LastWeek = new Dictionary<string, double> { ["check:a"] = 4 } }).Select(c => c.LastWeek));
        var full = Enumerable.Range(0, 5).ToDictionary(i => $"c{i}", i => 1.0);
        Assert.Equal([null, null], FailureClasses.Of(input with { LastWeek = full }).Select(c => c.LastWeek));
        Assert.All(FailureClasses.Of(input), c => Assert.Null(c.LastWeek));
    }

    [Fact]
    public void An_incident_that_came_back_is_open()
    {
        var input = Input with
        {
            Timeline =
            [
                new IncidentMark(At(17, 5), "INC-1", "opened") { Severity = "SEV-2" }, new IncidentMark(At(17, 6), "INC-1", "verified") { Ends = true },
                new IncidentMark(At(17, 7), "INC-1", "returned") { Severity = "SEV-1", Text = "again" },
                new IncidentMark(At(10, 5), "INC-0", "opened"), new IncidentMark(At(10, 6), "INC-0", "resolved") { Ends = true },
            ],
        };
        var incident = Assert.Single(WeekIncidents.Of(input));
        Assert.Equal(("INC-1", "SEV-1", "SEV-1", null, "returned: again"), (incident.Id, incident.Class, incident.Severity, incident.To, incident.Last));
    }

    [Fact]
    public void What_happens_at_the_weekend_counts_on_the_monday_after_it() => Assert.Equal([2.0, 0, 0, 0, 0], FailureClasses.Of(Input with
    {
        Interventions = [new Intervention(At(14, 10), "other"), new Intervention(At(15, 23, 30), "other"), new Intervention(At(21, 10), "other")],
    }).Single().PerDay);

    [Fact]
    public void An_incident_that_came_and_went_at_the_weekend_is_in_the_week_after_it()
    {
        var input = Input with
        {
            Timeline = [new IncidentMark(At(14, 10), "INC-1", "opened") { Class = "outage" }, new IncidentMark(At(15, 12), "INC-1", "resolved") { Ends = true }],
        };
        Assert.Equal(At(15, 12), Assert.Single(WeekIncidents.Of(input)).To);
        Assert.Equal([1.0, 0, 0, 0, 0], FailureClasses.Of(input).Single().PerDay);
    }

    [Fact]
    public void An_incident_stays_until_it_is_resolved()
    {
        var input = Input with { Timeline = [new IncidentMark(At(10, 10), "INC-1", "opened") { Class = "outage" }, new IncidentMark(At(24, 10), "INC-1", "resolved") { Ends = true }] };
        Assert.Equal((At(10, 10), null), WeekIncidents.Of(input).Select(i => (i.From, i.To)).Single());
        // It isn't opened anew each week.
        Assert.Empty(FailureClasses.Of(input));
        Assert.Equal(At(24, 10), WeekIncidents.Of(Later(input, 1)).Single().To);
        Assert.Empty(WeekIncidents.Of(Later(input, 2)));
    }

    [Fact]
    public void What_was_said_after_the_week_is_the_next_weeks() =>
        Assert.Empty(WeekIncidents.Of(Input with { Timeline = [new IncidentMark(At(21, 0), "INC-1", "opened")] }));
}
