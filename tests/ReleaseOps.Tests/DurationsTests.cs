using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests;

public class DurationsTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("10m", 600_000)]
    [InlineData("24h", 86_400_000)]
    [InlineData("7d", 604_800_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1d2h3m4s5ms", 93_784_005)]
    [InlineData("90m", 5_400_000)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("007s", 7_000)]
    [InlineData("366d", 31_622_400_000)]
    public void What_runbooks_write_is_read(string text, long milliseconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("1.5h")]
    [InlineData("-5m")]
    [InlineData("+5m")]
    [InlineData("5 m")]
    [InlineData(" 5m")]
    [InlineData("5M")]
    [InlineData("30m1h")]
    [InlineData("1m2m")]
    [InlineData("1h30")]
    [InlineData("367d")]
    [InlineData("366d1ms")]
    [InlineData("999999999999d")]
    [InlineData("9999999999999s")]
    [InlineData("PT5M")]
    [InlineData("٣m")]
    public void What_is_no_duration_is_not(string text)
    {
        Assert.False(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.Zero, duration);
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue).Select(i => TimeSpan.FromMilliseconds(i * 14L))), duration =>
        {
            Assert.True(Durations.TryParse(Durations.Format(duration), out var read));
            Assert.Equal(duration, read);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.2, "1 ms")]
    [InlineData(12.5, "13 ms")]
    [InlineData(999, "999 ms")]
    [InlineData(999.4, "1.0 s")]
    [InlineData(41_500, "41.5 s")]
    [InlineData(300_001, "300.1 s")]
    public void How_long_something_took_is_never_written_as_less(double milliseconds, string written) =>
        Assert.Equal(written, Durations.Took(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData("T-1h", -60, "T-60m")]
    [InlineData("T+1h30m", 90, "T+90m")]
    [InlineData("T+0", 0, "T+0")]
    [InlineData("T-0", 0, "T+0")]
    [InlineData("T+2h30m", 150, "T+2h30m")]
    public void A_time_against_T_0_is_read_and_written(string text, int minutes, string written)
    {
        Assert.True(TimeOffset.TryParse(text, out var offset));
        Assert.Equal(TimeSpan.FromMinutes(minutes), offset.FromT0);
        Assert.Equal(written, offset.ToString());
    }

    [Theory]
    [InlineData("T")]
    [InlineData("T+")]
    [InlineData("T60m")]
    [InlineData("t-60m")]
    [InlineData("-60m")]
    [InlineData("T--60m")]
    [InlineData("")]
    public void Anything_else_is_no_time_against_T_0(string text) => Assert.False(TimeOffset.TryParse(text, out _));
}
