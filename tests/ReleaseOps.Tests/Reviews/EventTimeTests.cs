using System.Globalization;
using System.Text;
using ReleaseOps.Reviews.Logs;

namespace ReleaseOps.Tests.Reviews;

public sealed class EventTimeTests
{
    private static readonly DaySpan Ever = new((long)EventTime.First, (long)EventTime.End);

    [Fact]
    public void A_number_is_the_double_nearest_to_it_however_many_digits_it_has()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var text = random.NextInt64(10_000_000_000).ToString(CultureInfo.InvariantCulture);
            if (random.Next(8) > 0)
                text += "." + random.NextInt64(1_000_000_000).ToString("000000000", CultureInfo.InvariantCulture)[..random.Next(1, 10)];
            Assert.True(Read(text, JsonKind.Number, Ever, out var seconds), text);
            Assert.True(double.Parse(text, CultureInfo.InvariantCulture) == seconds, text);
        }
    }

    // A blank before it makes it one that is read with more care.
    [Fact]
    public void A_text_with_any_other_character_at_any_place_is_a_time_only_if_it_is_one_with_a_blank_before_it()
    {
        foreach (var usual in (string[])["1771632000.123456", "1771632000.5", "1771632000.999999", "1771632000", "2026-02-21"])
            for (var at = 0; at < usual.Length; at++)
                for (var other = '!'; other <= '~'; other++)
                {
                    var text = $"{usual[..at]}{other}{usual[(at + 1)..]}";
                    var (one, two) = (Read(text, JsonKind.Text, Ever, out var seconds), Read(" " + text, JsonKind.Text, Ever, out var expected));
                    Assert.True(one == two && (!one || seconds == expected), $"{text}: {one} {seconds}, {two} {expected}");
                }
    }

    [Theory]
    [InlineData("1771631999.999999")]
    [InlineData("1771631999.9999999")]
    [InlineData("1771632000.000001")]
    [InlineData("1771718399.999999")]
    [InlineData("1771718399.99999999999")]
    [InlineData("1771718400.0")]
    public void At_the_days_edge_it_is_of_the_day_that_the_nearest_double_is_of(string text)
    {
        var day = new DaySpan(1771632000, 1771718400);
        Assert.True(Read(text, JsonKind.Number, day, out var seconds));
        Assert.Equal(day.Holds(double.Parse(text, CultureInfo.InvariantCulture)), day.Holds(seconds));
    }

    private static bool Read(string text, JsonKind kind, DaySpan wanted, out double seconds)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return EventTime.TryRead(new LogField { Length = bytes.Length, Kind = kind }, bytes, wanted, out seconds);
    }
}
