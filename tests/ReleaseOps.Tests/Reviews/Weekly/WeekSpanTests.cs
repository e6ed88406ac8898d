using ReleaseOps.Reviews.Weekly;
using static ReleaseOps.Tests.Reviews.Weekly.WeekSample;

namespace ReleaseOps.Tests.Reviews.Weekly;

public class WeekSpanTests
{
    [Theory]
    [InlineData("2026-02-13T23:59:59.999Z", -1)]
    [InlineData("2026-02-14T00:00:00Z", 0)]
    [InlineData("2026-02-14T10:00:00Z", 0)]
    // Monday before it opens in Seoul is Sunday in UTC.
    [InlineData("2026-02-16T08:30:00+09:00", 0)]
    [InlineData("2026-02-16T23:59:59Z", 0)]
    [InlineData("2026-02-17T00:00:00Z", 1)]
    [InlineData("2026-02-20T23:59:59.999Z", 4)]
    [InlineData("2026-02-21T00:00:00Z", -1)]
    public void A_trading_day_takes_in_what_came_since_the_one_before_it(string at, int day) => Assert.Equal(day, Input.Span.DayOf(DateTimeOffset.Parse(at)));

    [Theory]
    [InlineData("UTC", 0)]
    [InlineData("Asia/Seoul", 9)]
    public void One_week_begins_where_the_other_ends_in_the_zone_of_the_review(string zone, int hours)
    {
        var review = DailySample.Review with { Zone = zone };
        var one = WeekSpan.Of(review, TradingDays.UpTo(review.Weekly, Friday));
        var next = WeekSpan.Of(review, TradingDays.UpTo(review.Weekly, Friday.AddDays(7)));
        Assert.Equal(one.To, next.From);
        Assert.Equal(At(21, 0).AddHours(-hours), one.To);
        Assert.Equal((true, false), (next.Holds(one.To), one.Holds(one.To)));
    }

    [Fact]
    public void A_closed_day_belongs_to_the_trading_day_after_it()
    {
        var review = DailySample.Review with { Weekly = DailySample.Review.Weekly with { Closed = [new DateOnly(2026, 2, 13), new DateOnly(2026, 2, 18)] } };
        var week = WeekSpan.Of(review, [new DateOnly(2026, 2, 16), new DateOnly(2026, 2, 17), new DateOnly(2026, 2, 19)]);
        Assert.Equal((At(13, 0), 2), (week.From, week.DayOf(At(18, 12))));
    }
}
