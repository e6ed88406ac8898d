using System.Text.Json.Nodes;

namespace ReleaseOps.Channels;

/// <summary>
/// An incoming webhook of Slack (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks): a header of at most 150
/// characters, a section of at most 3,000, a context line; 200 with <c>ok</c> where it was taken, 1 message a second a channel
/// (https://docs.slack.dev/apis/web-api/rate-limits). It keeps no key, so a message that is sent twice stands there twice.
/// </summary>
internal sealed class SlackChannel(BoundChannel bound, ChannelHttp http) : HttpChannel(bound, http)
{
    internal const int LongestHeader = 150;
    internal const int LongestSection = 3000;

    public override bool Dedups => false;

    protected override TimeSpan UsualPace => TimeSpan.FromSeconds(1);

    protected override HttpCall Call(BoundChannel channel, Notice notice, string? remote)
    {
        var title = SlackText.Title(NoticeText.Title(notice), LongestHeader);
        var text = NoticeText.Escaped(notice, LongestSection, SlackText.Words, SlackText.Value);
        var blocks = new JsonArray(new JsonObject { ["type"] = "header", ["text"] = Plain(title) });
        if (channel.Mention.Count > 0)
            blocks.Add(Section(NoticeText.Bounded(channel.Mention.Select(who => SlackText.Mention(who) + " "), LongestSection, "").TrimEnd()));
        if (!string.IsNullOrWhiteSpace(text))
            blocks.Add(Section(text));
        var origin = SlackText.Title(NoticeText.Origin(notice), LongestSection);
        blocks.Add(new JsonObject { ["type"] = "context", ["elements"] = new JsonArray(Plain(origin)) });
        var message = new JsonObject
        {
            // What notifications show; readers of the channel see the blocks.
            ["text"] = title,
            ["mrkdwn"] = false,
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
            ["blocks"] = blocks,
        };
        return new HttpCall(HttpMethod.Post, channel.Address, ChannelJson.Text(message));
    }

    protected override SendOutcome Read(HttpReply reply, Notice notice) =>
        reply.Status == 200 && reply.Body.Trim() == "ok" ? reply.Outcome : reply.NotTheirs("ok", Mask);

    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text, ["emoji"] = false };

    private static JsonObject Section(string text) => new()
    {
        ["type"] = "section",
        ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = text, ["verbatim"] = true },
    };
}
