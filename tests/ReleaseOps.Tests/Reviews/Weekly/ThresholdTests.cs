using ReleaseOps.Reviews.Weekly;
using ReleaseOps.Runbooks;
using static ReleaseOps.Tests.Reviews.Weekly.WeekSample;

namespace ReleaseOps.Tests.Reviews.Weekly;

public class ThresholdTests
{
    [Theory]
    // At half of the budget (0.5 %) it may become stricter: a quarter more than the worst day, rounded to what is easier to keep.
    [InlineData(0.995, 0.993)]
    [InlineData(0.9949, null)]
    // Never less than half of what is allowed now.
    [InlineData(1.0, 0.995)]
    [InlineData(0.998, 0.995)]
    // Missed: it stays.
    [InlineData(0.98, null)]
    public void A_target_becomes_stricter_only_where_there_is_much_room(double worst, double? proposed)
    {
        var input = Input with { Days = [.. Enumerable.Range(16, 5).Select(d => Day(d, d == 18 ? worst : 1.0))] };
        Assert.Equal(proposed, Of(input, "min_availability_rate").Proposed);
    }

    [Theory]
    [InlineData(0.9995, 0.9997)]
    [InlineData(0.999, 0.9995)]
    [InlineData(0.99999, 0.999995)]
    // Not even a millionth is stricter.
    [InlineData(0.999999, null)]
    [InlineData(1.0, null)]
    public void A_tight_availability_gets_as_many_digits_as_make_it_stricter(double now, double? proposed) =>
        Assert.Equal(proposed, Asked(r => r with { MinAvailabilityRate = now }, Day(16, 1.0, 0.0), "min_availability_rate"));

    [Theory]
    [InlineData(0.0005, 0.0003)]
    [InlineData(0.001, 0.0005)]
    [InlineData(0.000001, null)]
    [InlineData(0.0, null)]
    public void A_tight_error_rate_gets_as_many_digits_as_make_it_stricter(double now, double? proposed) =>
        Assert.Equal(proposed, Asked(r => r with { MaxErrorRate = now }, Day(16, 1.0, 0.0), "max_error_rate"));

    [Fact]
    public void No_proposal_is_looser_than_what_is_asked_now_nor_the_same()
    {
        for (var now = 1e-6; now < 1; now *= 1.07)
        {
            foreach (var share in new[] { 0.0, 0.3, 0.5 })
            {
                var day = Day(16, 1 - (now * share), now * share) with { P95 = new Dictionary<string, double> { ["execute_from_packet"] = now * share } };
                Assert.True((Asked(r => r with { MinAvailabilityRate = 1 - now }, day, "min_availability_rate") ?? 2) > 1 - now);
                Assert.True((Asked(r => r with { MaxErrorRate = now }, day, "max_error_rate") ?? -1) < now);
                Assert.True((Asked(r => r with { Latency = [new StageSpan("execute_from_packet") { MaxP95 = TimeSpan.FromSeconds(now) }] },
                    day, "max_p95_seconds:execute_from_packet") ?? -1) < TimeSpan.FromSeconds(now).TotalSeconds);
            }
        }
    }

    [Fact]
    public void A_target_that_was_missed_is_not_lowered_for_it()
    {
        var threshold = Of(With(18, d => d with { AvailabilityRate = 0.9 }), "min_availability_rate");
        Assert.Null(threshold.Proposed);
        Assert.StartsWith("missed on 1 of 5 days", threshold.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_week_with_a_missing_day_changes_nothing()
    {
        var input = Input with { Days = [.. Enumerable.Range(16, 4).Select(d => Day(d, 1.0, 0.0)), new WeekDay(Friday)] };
        Assert.Null(Of(input, "min_availability_rate").Proposed);
        Assert.Null(Of(input, "max_error_rate").Proposed);
    }

    [Fact]
    public void An_error_rate_far_below_its_limit_halves_it_at_most() =>
        Assert.Equal(0.1, Of(Input with { Days = [.. Enumerable.Range(16, 5).Select(d => Day(d, errors: 0.001))] }, "max_error_rate").Proposed);

    [Theory]
    [InlineData(2.0, 2.5)]
    [InlineData(0.0123, 0.016)]
    [InlineData(123.4, 160.0)]
    public void A_stage_without_a_limit_gets_one_a_quarter_above_the_worst_day(double p95, double proposed)
    {
        var input = With(18, d => d with { P95 = new Dictionary<string, double> { ["execute_from_packet"] = p95 } });
        input = input with { Days = [.. input.Days.Select(d => d.Day.Day == 18 ? d : d with { P95 = new Dictionary<string, double>() })] };
        Assert.Equal(proposed, Of(input, "max_p95_seconds:execute_from_packet").Proposed);
    }

    [Fact]
    public void A_stage_with_a_limit_is_judged_as_the_rates_are()
    {
        var book = DailySample.Book with { Review = DailySample.Review with { Latency = [new StageSpan("execute_from_packet") { MaxP95 = TimeSpan.FromSeconds(1) }] } };
        Assert.StartsWith("missed on 5 of 5 days", Of(Input with { Runbook = book }, "max_p95_seconds:execute_from_packet").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_says_what_it_rests_on_and_that_five_days_are_few()
    {
        var threshold = Of(Input with { Days = [Day(16, 0.99), Day(17, 0.995), Day(18, 0.997), Day(19, 0.998), Day(20, 0.999)] }, "min_availability_rate");
        Assert.Equal((0.99, 0.997, 0.999), (threshold.Lowest, threshold.Median, threshold.Highest));
        Assert.EndsWith("Small sample: 5 days; by chance alone the next day is worse than all of them with 1 in 6.", threshold.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_measured_proposes_nothing()
    {
        var input = Input with { Days = [.. Input.Days.Select(d => new WeekDay(d.Day))] };
        Assert.All(Thresholds.Of(input), t => Assert.Equal((null, null, "no day could be measured"), (t.Proposed, t.Median, t.Reason)));
    }

    private static double? Asked(Func<Review, Review> change, WeekDay day, string name) => Of(Input with
    {
        Runbook = DailySample.Book with { Review = change(DailySample.Review) },
        Days = [.. Enumerable.Range(16, 5).Select(d => day with { Day = new DateOnly(2026, 2, d) })],
    }, name).Proposed;

    private static ThresholdProposal Of(WeeklyInput input, string name) => Thresholds.Of(input).Single(t => t.Name == name);
}
