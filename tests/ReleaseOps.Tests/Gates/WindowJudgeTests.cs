using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Gates;

public sealed class WindowJudgeTests
{
    private static readonly DayOfWeek[] WorkDays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    private static DeploymentWindows Windows(string zone, DayOfWeek[] days, string from, string to, params Freeze[] frozen) => new()
    {
        Zone = zone,
        Open = [new OpenHours(days, TimeOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture))],
        Frozen = frozen,
    };

    private static Finding Judge(DeploymentWindows windows, string at) =>
        WindowJudge.Judge(windows, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    // In winter Berlin is an hour ahead of UTC, in summer two: 2026-03-29 is the change.
    [InlineData("2026-03-27T08:00:00Z", true)]
    [InlineData("2026-03-27T07:59:59Z", false)]
    [InlineData("2026-03-27T14:59:59Z", true)]
    [InlineData("2026-03-27T15:00:00Z", false)]
    [InlineData("2026-03-30T07:00:00Z", true)]
    [InlineData("2026-03-30T06:59:59Z", false)]
    [InlineData("2026-03-30T14:00:00Z", false)]
    [InlineData("2026-03-28T10:00:00Z", false)]
    public void Hours_are_those_of_the_zone_in_summer_and_winter(string at, bool open) =>
        Assert.Equal(open ? Verdict.Passed : Verdict.Failed, Judge(Windows("Europe/Berlin", WorkDays, "09:00", "16:00"), at).Verdict);

    [Theory]
    [InlineData("2026-03-06T22:00:00Z", true)]
    [InlineData("2026-03-07T03:59:00Z", true)]
    [InlineData("2026-03-07T04:00:00Z", false)]
    [InlineData("2026-03-06T21:59:00Z", false)]
    [InlineData("2026-03-06T02:00:00Z", false)]
    [InlineData("2026-03-07T22:30:00Z", false)]
    public void Hours_over_midnight_belong_to_the_day_on_which_they_begin(string at, bool open) =>
        Assert.Equal(open ? Verdict.Passed : Verdict.Failed, Judge(Windows("UTC", [DayOfWeek.Friday], "22:00", "04:00"), at).Verdict);

    [Theory]
    [InlineData("2026-03-06T10:00:00Z", true)]
    [InlineData("2026-03-07T08:59:00Z", true)]
    [InlineData("2026-03-07T09:00:00Z", false)]
    public void Hours_that_end_where_they_begin_are_a_day(string at, bool open) =>
        Assert.Equal(open ? Verdict.Passed : Verdict.Failed, Judge(Windows("UTC", [DayOfWeek.Friday], "09:00", "09:00"), at).Verdict);

    [Theory]
    // Sunday 2026-10-25 in Berlin: 02:00 to 03:00 comes twice.
    [InlineData("2026-10-25T00:15:00Z", true)]
    [InlineData("2026-10-25T00:45:00Z", false)]
    [InlineData("2026-10-25T01:15:00Z", true)]
    [InlineData("2026-10-25T01:45:00Z", false)]
    public void An_hour_that_comes_twice_is_open_twice(string at, bool open) =>
        Assert.Equal(open ? Verdict.Passed : Verdict.Failed, Judge(Windows("Europe/Berlin", [], "02:00", "02:30"), at).Verdict);

    [Theory]
    [InlineData("2026-03-27T15:00:00Z", "Mon 2026-03-30 09:00 Europe/Berlin, 2026-03-30T07:00:00Z")]
    [InlineData("2026-03-30T06:00:00Z", "Mon 2026-03-30 09:00 Europe/Berlin, 2026-03-30T07:00:00Z")]
    [InlineData("2026-10-23T20:00:00Z", "Mon 2026-10-26 09:00 Europe/Berlin, 2026-10-26T08:00:00Z")]
    public void Outside_it_says_when_the_next_window_opens(string at, string next)
    {
        var finding = Judge(Windows("Europe/Berlin", WorkDays, "09:00", "16:00"), at);
        Assert.Equal(Verdict.Failed, finding.Verdict);
        Assert.EndsWith("is outside the deployment windows (Mon Tue Wed Thu Fri 09:00-16:00); the next window opens " + next, finding.Text, StringComparison.Ordinal);
    }

    [Theory]
    // 02:30 isn't there on 2026-03-29: the clock goes from 02:00 to 03:00 at 01:00 UTC.
    [InlineData("02:30", "04:00", "2026-03-28T23:00:00Z", "2026-03-29T01:00:00Z")]
    // A window inside the missing hour opens a day later.
    [InlineData("02:15", "02:45", "2026-03-28T23:00:00Z", "2026-03-30T00:15:00Z")]
    // Between the two 02:15 of 2026-10-25 the second one is next.
    [InlineData("02:15", "02:30", "2026-10-25T00:45:00Z", "2026-10-25T01:15:00Z")]
    public void A_change_of_the_clocks_does_not_confuse_it(string from, string to, string at, string next) =>
        Assert.EndsWith(next, Judge(Windows("Europe/Berlin", [], from, to), at).Text, StringComparison.Ordinal);

    private static readonly Freeze Holidays = new(new(2026, 12, 21), new(2027, 1, 4), "holidays");

    [Theory]
    // Midnight in Berlin is 23:00 UTC.
    [InlineData("2026-12-20T22:59:59Z", false)]
    [InlineData("2026-12-20T23:00:00Z", true)]
    [InlineData("2027-01-03T22:59:59Z", true)]
    [InlineData("2027-01-03T23:00:00Z", false)]
    public void Freezes_are_days_of_the_zone(string at, bool frozen) =>
        Assert.Equal(frozen ? Verdict.Failed : Verdict.Passed, Judge(new DeploymentWindows { Zone = "Europe/Berlin", Frozen = [Holidays] }, at).Verdict);

    [Fact]
    public void A_freeze_says_why_and_until_when()
    {
        Assert.Equal("Thu 2026-12-24 13:00 Europe/Berlin is in the freeze from 2026-12-21 until before 2027-01-04 (holidays); "
            + "the next window opens Mon 2027-01-04 09:00 Europe/Berlin, 2027-01-04T08:00:00Z",
            Judge(Windows("Europe/Berlin", WorkDays, "09:00", "16:00", Holidays), "2026-12-24T12:00:00Z").Text);
        Assert.EndsWith("opens Mon 2027-01-04 00:00 UTC, 2027-01-04T00:00:00Z",
            Judge(new DeploymentWindows { Frozen = [Holidays] }, "2026-12-24T12:00:00Z").Text, StringComparison.Ordinal);
        Assert.EndsWith("opens Mon 2027-01-04 00:00 UTC, 2027-01-04T00:00:00Z",
            Judge(Windows("UTC", [], "22:00", "04:00", Holidays), "2026-12-24T12:00:00Z").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_a_freeze_the_next_window_is_after_it() =>
        Assert.EndsWith("2027-01-04T08:00:00Z", Judge(Windows("Europe/Berlin", WorkDays, "09:00", "16:00", Holidays), "2026-12-18T16:00:00Z").Text, StringComparison.Ordinal);

    [Fact]
    public void A_window_that_never_opens_says_so() =>
        Assert.EndsWith("none opens within 400 days", Judge(Windows("UTC", [], "09:00", "16:00", new Freeze(new(2026, 1, 1), new(2030, 1, 1), null)), "2026-03-01T12:00:00Z").Text, StringComparison.Ordinal);

    [Fact]
    public void Without_windows_and_freezes_it_is_open() => Assert.Equal(Verdict.Passed, Judge(new DeploymentWindows(), "2026-03-01T12:00:00Z").Verdict);

    [Fact]
    public void A_zone_that_nobody_knows_can_not_tell() =>
        Assert.Equal(Verdict.Inconclusive, Judge(new DeploymentWindows { Zone = "Mars/Olympus" }, "2026-03-01T12:00:00Z").Verdict);
}
