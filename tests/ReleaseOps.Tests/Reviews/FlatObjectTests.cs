using System.Text;
using ReleaseOps.Reviews.Logs;

namespace ReleaseOps.Tests.Reviews;

public sealed class FlatObjectTests
{
    [Theory]
    [InlineData("""{"mode":"real"}""", "\"real\"")]
    [InlineData("""{"mode":"mock","mode":"real"}""", "\"real\"")]
    [InlineData("""{"mode" : 1.5 , "a":2}""", "1.5")]
    [InlineData("{\"mode\"\r\n:\t12\n}", "12")]
    [InlineData("""{"mode":null}""", "null")]
    [InlineData("""{"mode":""}""", "\"\"")]
    [InlineData("""{"mode":"a, b}"}""", "\"a, b}\"")]
    [InlineData("""{"mode":1,"a":"mode"}""", "1")]
    [InlineData("""{"a":["mode","mode"],"b":":"}""", "")]
    [InlineData("""{"a":"mode","mode2":":"}""", "")]
    [InlineData("{}", "")]
    public void A_member_is_found_as_it_is_written(string json, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        Assert.True(FlatObject.Is(bytes));
        Assert.True(FlatObject.TryFind(bytes, "\"mode\""u8, out var value));
        Assert.Equal(expected, Encoding.UTF8.GetString(value));
    }

    [Theory]
    [InlineData("""{"a":{"mode":1}}""")]
    [InlineData("""{"m\u006fde":1}""")]
    [InlineData("""["mode"]""")]
    [InlineData("\"mode\"")]
    public void What_must_be_read_is_left_to_others(string json) => Assert.False(FlatObject.Is(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void An_array_is_left_to_others() => Assert.False(FlatObject.TryFind("""{"mode":[1, 2]}"""u8, "\"mode\""u8, out _));
}
