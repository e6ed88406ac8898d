using ReleaseOps.Reviews.Weekly;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Reviews.Weekly;

public class TradingDayTests
{
    private static readonly WeeklyRules Rules = new() { Closed = [Of("2026-02-17")] };

    [Theory]
    [InlineData("2026-02-20", "16 17 18 19 20")]
    [InlineData("2026-02-22", "16 17 18 19 20")]
    [InlineData("2026-02-23", "17 18 19 20 23")]
    public void They_are_the_weekdays_up_to_one(string last, string days) =>
        Assert.Equal(days, string.Join(' ', TradingDays.UpTo(new WeeklyRules(), Of(last)).Select(d => d.Day)));

    [Fact]
    public void Closed_days_are_none() => Assert.Equal([16, 18, 19, 20], TradingDays.UpTo(Rules with { Days = 4 }, WeekSample.Friday).Select(d => d.Day));

    [Theory]
    [InlineData("2026-02-16", "2026-02-13")]
    [InlineData("2026-02-18", "2026-02-16")]
    [InlineData("2026-02-22", "2026-02-20")]
    [InlineData("0001-01-01", "0001-01-01")]
    public void The_one_before_a_day_is_past_weekends_and_closed_days(string day, string before) =>
        Assert.Equal(Of(before), TradingDays.Before(Rules, Of(day)));

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("0001-01-05")]
    // Its changes would fall due after the last day that there is.
    [InlineData("9999-12-20")]
    [InlineData("9999-12-31")]
    public void A_week_that_the_calendar_has_no_room_for_is_refused(string last)
    {
        var refused = Assert.Throws<ReleaseOpsException>(() => TradingDays.UpTo(new WeeklyRules(), Of(last)));
        Assert.Equal((ErrorId.Usage, last), (refused.Id, refused.Subject));
        Assert.StartsWith($"No week can end on {last}: ", refused.Message, StringComparison.Ordinal);
    }

    private static DateOnly Of(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");
}
