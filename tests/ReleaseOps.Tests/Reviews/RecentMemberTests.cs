using System.Text;
using ReleaseOps.Reviews.Logs;

namespace ReleaseOps.Tests.Reviews;

public sealed class RecentMemberTests
{
    [Theory]
    [InlineData("""{"mode": "real"}""", """{"a": 1, "mode": "real"}""", true)]
    [InlineData("""{"mode": "real"}""", """{"mode": "mock"}""", false)]
    [InlineData("""{"mode": "real"}""", """{"mode": "real", "mode": "mock"}""", false)]
    [InlineData("""{"mode": "real"}""", """{"mode": "real", "a": "mode"}""", false)]
    [InlineData("""{"mode": 12}""", """{"mode": 12}""", true)]
    [InlineData("""{"mode": 12}""", """{"mode": 123}""", false)]
    [InlineData("""{"mode": 1}""", """{"mode": 1.5}""", false)]
    [InlineData("""{"a": 1}""", """{"b": 2}""", true)]
    [InlineData("""{"a": 1}""", """{"b": 2, "mode": null}""", false)]
    [InlineData("""{"mode": null}""", """{"b": 2}""", false)]
    [InlineData("""{"mode": [1]}""", """{"mode": [1]}""", false)]
    public void It_is_there_again_where_it_is_written_the_same(string before, string now, bool again)
    {
        var member = new RecentMember(FlatObject.Quoted("mode")!);
        Assert.False(member.IsAgain(Encoding.UTF8.GetBytes(before)));
        member.TryFind(Encoding.UTF8.GetBytes(before), out _);
        Assert.Equal(again, member.IsAgain(Encoding.UTF8.GetBytes(now)));
    }

    [Fact]
    public void A_long_one_is_not_remembered()
    {
        var json = Encoding.UTF8.GetBytes($"{{\"mode\": \"{new string('x', 500)}\"}}");
        var member = new RecentMember(FlatObject.Quoted("mode")!);
        Assert.True(member.TryFind(json, out var value));
        Assert.Equal(502, value.Length);
        Assert.False(member.IsAgain(json));
    }
}
