using ReleaseOps.Expressions;

namespace ReleaseOps.Tests.Expressions;

public class CelTimeTests
{
    [Theory]
    [InlineData("duration('1h30m')", "5400s")]
    [InlineData("duration('-1.5s')", "-1.5s")]
    [InlineData("duration('1h-1m')", null)]
    [InlineData("duration('1ms1us1ns')", "0.001001001s")]
    [InlineData("duration('1µs')", "0.000001s")]
    [InlineData("duration('0')", "0s")]
    [InlineData("duration('+.5h')", "1800s")]
    [InlineData("duration('')", null)]
    [InlineData("duration('5')", null)]
    [InlineData("duration('1d')", null)]
    [InlineData("duration('1.2.3s')", null)]
    [InlineData("duration('.s')", null)]
    [InlineData("duration('2562047h47m16.854775807s')", "9223372036.854775807s")]
    [InlineData("duration('-2562047h47m16.854775808s')", "-9223372036.854775808s")]
    [InlineData("duration('2562047h47m16.854775808s')", null)]
    [InlineData("duration('99999999999999999999h')", null)]
    [InlineData("timestamp('2026-01-31T09:00:00Z')", "2026-01-31T09:00:00Z")]
    [InlineData("timestamp('2026-01-31t09:00:00.250+01:00')", "2026-01-31T08:00:00.25Z")]
    [InlineData("timestamp('1969-12-31T23:59:59.999999999Z')", "1969-12-31T23:59:59.999999999Z")]
    [InlineData("timestamp('2024-02-29T00:00:00Z')", "2024-02-29T00:00:00Z")]
    [InlineData("timestamp('2026-02-29T00:00:00Z')", null)]
    [InlineData("timestamp('2026-01-31 09:00:00Z')", null)]
    [InlineData("timestamp('2026-01-31T09:00:00')", null)]
    [InlineData("timestamp('2026-01-31T24:00:00Z')", null)]
    [InlineData("timestamp('2026-01-31T09:00:60Z')", null)]
    [InlineData("timestamp('2026-01-31T09:00:00.1234567891Z')", null)]
    [InlineData("timestamp('2026-01-31T09:00:00+1:00')", null)]
    [InlineData("timestamp('0000-01-01T00:00:00Z')", null)]
    [InlineData("timestamp('0001-01-01T00:00:00+00:01')", null)]
    [InlineData("timestamp('9999-12-31T23:59:59-00:01')", null)]
    [InlineData("timestamp('junk')", null)]
    [InlineData("timestamp(0)", "1970-01-01T00:00:00Z")]
    [InlineData("timestamp(-1)", "1969-12-31T23:59:59Z")]
    [InlineData("timestamp(-62135596800)", "0001-01-01T00:00:00Z")]
    [InlineData("timestamp(-62135596801)", null)]
    [InlineData("timestamp(253402300799)", "9999-12-31T23:59:59Z")]
    [InlineData("timestamp(253402300800)", null)]
    [InlineData("timestamp('2026-01-01T00:00:00Z') + duration('24h')", "2026-01-02T00:00:00Z")]
    [InlineData("duration('1ns') + timestamp('2026-01-01T00:00:00.999999999Z')", "2026-01-01T00:00:01Z")]
    [InlineData("timestamp('2026-01-01T00:00:00Z') - duration('1ns')", "2025-12-31T23:59:59.999999999Z")]
    [InlineData("timestamp('2026-01-02T00:00:00Z') - timestamp('2026-01-01T00:00:00.5Z')", "86399.5s")]
    [InlineData("duration('1m') - duration('2m')", "-60s")]
    [InlineData("timestamp('9999-12-31T23:59:59.999999999Z') + duration('1ns')", null)]
    [InlineData("timestamp('0001-01-01T00:00:00Z') - duration('1ns')", null)]
    [InlineData("timestamp('9999-01-01T00:00:00Z') - timestamp('0001-01-01T00:00:00Z')", null)]
    [InlineData("duration('2000000h') + duration('2000000h')", null)]
    [InlineData("duration('1s') - timestamp(0)", null)]
    [InlineData("timestamp(0) + timestamp(0)", null)]
    [InlineData("duration('1s') * 2", null)]
    public void Durations_and_timestamps(string source, string? expected)
    {
        var result = Cel.Evaluate(source);
        Assert.Equal(expected, result.Value?.ToString());
        Assert.Equal(expected is null, result.Error is not null);
    }

    [Theory]
    [InlineData("getFullYear()", 2023)]
    [InlineData("getMonth()", 11)]
    [InlineData("getDate()", 31)]
    [InlineData("getDayOfMonth()", 30)]
    [InlineData("getDayOfWeek()", 0)]
    [InlineData("getDayOfYear()", 364)]
    [InlineData("getHours()", 23)]
    [InlineData("getMinutes()", 45)]
    [InlineData("getSeconds()", 6)]
    [InlineData("getMilliseconds()", 789)]
    [InlineData("getFullYear('+01:00')", 2024)]
    [InlineData("getMonth('+01:00')", 0)]
    [InlineData("getDayOfWeek('+01:00')", 1)]
    [InlineData("getDayOfYear('+01:00')", 0)]
    [InlineData("getMinutes('-00:46')", 59)]
    [InlineData("getHours('02:30')", 2)]
    [InlineData("getHours('UTC')", 23)]
    public void Parts_of_a_timestamp(string call, long expected) =>
        Assert.Equal(expected, Cel.Value($"timestamp('2023-12-31T23:45:06.789Z').{call}"));

    [Theory]
    [InlineData("timestamp('2026-07-01T12:00:00Z').getHours('Europe/Berlin')", 14)]
    [InlineData("timestamp('2026-01-01T12:00:00Z').getHours('Europe/Berlin')", 13)]
    [InlineData("timestamp('2026-01-01T12:00:00Z').getMinutes('Asia/Kathmandu')", 45)]
    public void Named_time_zones_follow_their_clock_changes(string source, long expected) => Assert.Equal(expected, Cel.Value(source));

    [Theory]
    [InlineData("timestamp('0001-01-01T00:00:00Z').getFullYear('-01:00')", 0)]
    [InlineData("timestamp('0001-01-01T00:00:00Z').getDate('-01:00')", 31)]
    [InlineData("timestamp('0001-01-01T00:00:00Z').getDayOfWeek('-01:00')", 0)]
    [InlineData("timestamp('9999-12-31T23:59:59Z').getFullYear('+01:00')", 10000)]
    [InlineData("timestamp('9999-12-31T23:59:59Z').getMonth('+01:00')", 0)]
    [InlineData("timestamp('9999-12-31T23:59:59Z').getDayOfWeek('+01:00')", 6)]
    public void A_zone_may_lead_a_day_out_of_the_calendar(string source, long expected) => Assert.Equal(expected, Cel.Value(source));

    [Theory]
    [InlineData("Nowhere/Atall")]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../../etc/passwd")]
    [InlineData("localtime")]
    [InlineData("America")]
    [InlineData("+1:00")]
    [InlineData("+24:00")]
    [InlineData("+01:60")]
    public void An_unknown_zone_is_an_error(string zone)
    {
        var error = Cel.Error("timestamp(0).getHours(zone)", new() { ["zone"] = zone });
        Assert.Contains("isn't a time zone", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("duration('3730.25s').getHours()", 1)]
    [InlineData("duration('3730.25s').getMinutes()", 62)]
    [InlineData("duration('3730.25s').getSeconds()", 3730)]
    [InlineData("duration('3730.25s').getMilliseconds()", 250)]
    [InlineData("duration('-90s').getMinutes()", -1)]
    public void A_duration_in_whole_units(string source, long expected) => Assert.Equal(expected, Cel.Value(source));

    [Fact]
    public void A_duration_has_no_zone_and_no_date()
    {
        Cel.Error("duration('1h').getHours('UTC')");
        Cel.Error("duration('1h').getDate()");
        Cel.Error("timestamp(0).getHours(1)");
    }

    [Fact]
    public void Dotnet_times_come_in_and_go_out()
    {
        var at = new DateTimeOffset(2026, 1, 31, 9, 0, 0, 123, TimeSpan.FromHours(2)).AddTicks(4567);
        var values = new Dictionary<string, object?>
        {
            ["at"] = at,
            ["elapsed"] = TimeSpan.FromMilliseconds(1500),
            ["forever"] = TimeSpan.MaxValue,
        };
        Assert.Equal("2026-01-31T07:00:00.1234567Z", Cel.Value("string(at)", values));
        Assert.Equal(at, ((CelTimestamp)Cel.Value("at", values)!).ToDateTimeOffset());
        Assert.Equal(true, Cel.Value("elapsed < duration('2s') && elapsed == duration('1.5s')", values));
        Assert.Equal(TimeSpan.FromSeconds(1.5), ((CelDuration)Cel.Value("elapsed", values)!).ToTimeSpan());
        Assert.Equal(DateTimeOffset.MinValue, CelTimestamp.From(DateTimeOffset.MinValue).ToDateTimeOffset());
        Assert.Equal(DateTimeOffset.MaxValue, CelTimestamp.From(DateTimeOffset.MaxValue).ToDateTimeOffset());
        Assert.Contains("292 years", Cel.Error("forever", values).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_are_ordered()
    {
        Assert.Equal(true, Cel.Value("timestamp(1) < timestamp(2)"));
        Assert.Equal(true, Cel.Value("timestamp('2026-01-01T00:00:00.1Z') > timestamp('2026-01-01T00:00:00Z')"));
        Assert.Equal(true, Cel.Value("duration('60s') == duration('1m') && duration('-1s') < duration('0')"));
        Assert.Equal(true, Cel.Value("type(timestamp(0)) == google.protobuf.Timestamp && type(duration('0')) == google.protobuf.Duration"));
        Assert.Equal(false, Cel.Value("timestamp(0) == duration('0')"));
    }
}
