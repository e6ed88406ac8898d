using System.Text.Json;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Channels.Services;

namespace ReleaseOps.Tests.Channels;

public sealed class SlackChannelTests
{
    [Fact]
    public async Task A_message_is_a_header_a_section_and_where_it_comes_from()
    {
        var blocks = await BlocksAsync(SampleNotices.Update());
        Assert.Equal(
        [
            "header: Checkout is down",
            "section: *Impact:* checkout fails for 3 tenants\nNext update in 30 minutes.\n",
            "context: ARIS3 1.0.0 · SEV1 · Investigating · 2026-03-01T12:00:00Z · ARIS3-1.0.0/INC-1/1",
        ], blocks);
    }

    [Fact]
    public async Task Only_the_channel_itself_calls_people_by_name()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Slack);
        var blocks = await BlocksAsync(SampleNotices.Update(impact: "<!channel> <@U0123>"), service.Bound with { Mention = ["here", "U0123ABC", "S0456DEF", "channel"] }, service);
        Assert.Equal("section: <!here> <@U0123ABC> <!subteam^S0456DEF> <!channel>", blocks[1]);
        Assert.Contains("&lt;!channel&gt; &lt;@U0123&gt;", blocks[2]);
    }

    [Theory]
    [InlineData("*bold* ~gone~ `code` _it_", "∗bold∗ ∼gone∼ ˋcodeˋ ˍitˍ")]
    [InlineData("error_rate of svc_a", "error_rate of svc_a")]
    [InlineData("a & b < c > d", "a &amp; b &lt; c &gt; d")]
    [InlineData("> quoted", "› quoted")]
    [InlineData(">>> all", "››› all")]
    [InlineData("<https://evil.example|log in>", "&lt;https://evil.example|log in&gt;")]
    [InlineData(":white_check_mark: at 18:45:00", "∶white_check_mark: at 18:45:00")]
    [InlineData("&lt;!here&gt;", "&amp;lt;!here&amp;gt;")]
    public async Task A_value_has_no_marks(string value, string shown)
    {
        var blocks = await BlocksAsync(SampleNotices.Update(impact: value));
        Assert.Equal($"section: *Impact:* {shown}\nNext update in 30 minutes.\n", blocks[1]);
        Assert.Equal("header: " + shown, (await BlocksAsync(SampleNotices.Update(title: value)))[0]);
    }

    [Fact]
    public async Task The_authors_words_keep_their_marks_but_make_no_mentions()
    {
        var notice = SampleNotices.Update() with { Text = [new("*Down* & <!channel>", TextKind.Literal)] };
        Assert.Equal("section: *Down* &amp; &lt;!channel&gt;", (await BlocksAsync(notice))[1]);
    }

    [Fact]
    public async Task A_notice_without_a_text_is_a_header()
    {
        var blocks = await BlocksAsync(SampleNotices.Update() with { Text = [] });
        Assert.Equal(2, blocks.Count);
    }

    [Fact]
    public async Task It_never_says_that_it_takes_a_notice_once()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Slack);
        Assert.False(Send.To(service.Bound).Dedups);
        var blocks = await BlocksAsync(SampleNotices.Update() with { MayBeRepeat = true });
        Assert.StartsWith("section: (This may be a repeat", blocks[1]);
    }

    private static async Task<IReadOnlyList<string>> BlocksAsync(Notice notice, BoundChannel? bound = null, ServiceStandIn? existing = null)
    {
        await using var own = existing is null ? ServiceStandIn.Of(ChannelKind.Slack) : null;
        var service = existing ?? own!;
        var message = JsonElement.Parse((await Send.TakenAsync(service, notice, bound)).Body);
        Assert.False(message.At("mrkdwn").GetBoolean());
        Assert.False(message.At("unfurl_links").GetBoolean());
        return [.. message.At("blocks").EnumerateArray().Select(b =>
            $"{b.At("type")}: {(b.At("text").ValueKind == JsonValueKind.Object ? b.At("text") : b.At("elements").EnumerateArray().Single()).At("text")}")];
    }
}
