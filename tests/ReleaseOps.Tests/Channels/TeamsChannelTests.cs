using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Channels.Services;

namespace ReleaseOps.Tests.Channels;

public sealed class TeamsChannelTests
{
    [Fact]
    public async Task An_older_connector_takes_the_same_card()
    {
        await using var service = new ServiceStandIn(new TeamsRules(connector: true));
        await Send.TakenAsync(service, SampleNotices.Update());
    }

    [Theory]
    [InlineData("Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId tcid=1", SendState.Later)]
    [InlineData("Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 503 with ContextId tcid=1", SendState.Later)]
    [InlineData("Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413 with ContextId tcid=1", SendState.Refused)]
    [InlineData("Bad payload received by generic incoming webhook: error", SendState.Refused)]
    [InlineData("1", SendState.Sent)]
    [InlineData("", SendState.Sent)]
    public async Task A_failure_that_says_200_is_a_failure(string body, SendState state)
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Teams);
        service.Order(Fault.Of(200, body: body));
        Assert.Equal(state, (await Send.NoticeAsync(service.Bound)).State);
    }

    [Fact]
    public async Task Each_line_is_a_block_of_plain_text()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Teams);
        var sent = await Send.TakenAsync(service, SampleNotices.Update(impact: "**bold** [x](http://evil.example)\n{{DATE(2017-02-14T06:00:00Z, SHORT)}}"));
        Assert.Contains("""{"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"*Impact:* **bold** [x](http://evil.example) ⏎ { {DATE(2017-02-14T06:00:00Z, SHORT)}}"}]}""", sent.Body);
    }
}
