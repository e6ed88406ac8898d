using System.Text.Json;
using System.Text.RegularExpressions;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Channels.Services;

/// <summary>An incoming webhook of Slack: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, and the pages of its blocks.</summary>
internal sealed partial class SlackRules : ServiceRules
{
    internal const string Path = "/services/T00000000/B00000000/slack-webhook-secret";

    internal override ChannelKind Kind => ChannelKind.Slack;

    internal override string Address(string server) => server + Path;

    internal override string? Api(string server) => null;

    internal override StandInAnswer Take(StandInRequest request)
    {
        if (request.Path != Path)
            return new StandInAnswer(404, "no_service", "text/html");
        try
        {
            Rule(request.Method == "POST", "POST");
            var message = request.Json();
            Only(message, "text", "mrkdwn", "unfurl_links", "unfurl_media", "blocks");
            Longest(Text(message, "text"), 40_000, "text");
            var blocks = message.At("blocks").EnumerateArray().ToList();
            Rule(blocks.Count is > 0 and <= 50, "1 to 50 blocks");
            blocks.ForEach(CheckBlock);
            Accept(blocks[^1].At("elements").EnumerateArray().Last().At("text").GetString()!.Split(" · ")[^1]);
            return new StandInAnswer(200, "ok", "text/html");
        }
        catch (RuleBrokenException broken)
        {
            Broken = broken.Message;
            return new StandInAnswer(400, "invalid_payload", "text/html");
        }
    }

    /// <summary>Slack doesn't say which.</summary>
    internal string? Broken { get; private set; }

    private static void CheckBlock(JsonElement block)
    {
        switch (Text(block, "type"))
        {
            case "header":
                CheckText(block.At("text"), 150, "plain_text");
                break;
            case "section":
                CheckText(block.At("text"), 3000, "mrkdwn", "plain_text");
                break;
            case "context":
                var elements = block.At("elements").EnumerateArray().ToList();
                Rule(elements.Count is > 0 and <= 10, "1 to 10 elements");
                elements.ForEach(element => CheckText(element, 3000, "mrkdwn", "plain_text"));
                break;
            case var other:
                throw new RuleBrokenException("no block of kind " + other);
        }
    }

    private static void CheckText(JsonElement text, int longest, params string[] kinds)
    {
        var kind = Text(text, "type");
        Rule(kinds.Contains(kind), "a text of kind " + string.Join(" or ", kinds));
        Only(text, kind == "mrkdwn" ? ["type", "text", "verbatim"] : ["type", "text", "emoji"]);
        var content = Text(text, "text");
        Longest(content, longest, kind);
        Rule(!content.Replace("<!here>", "").Replace("<!channel>", "").Contains('<') || Mention().IsMatch(content), "no < but in mentions");
        Rule(!BareAmpersand().IsMatch(content), "each & is escaped");
    }

    [GeneratedRegex("^(<(![a-z]+|@[UW][A-Z0-9]+|!subteam\\^S[A-Z0-9]+)> ?)+$")]
    private static partial Regex Mention();

    [GeneratedRegex("&(?!(amp|lt|gt);)")]
    private static partial Regex BareAmpersand();
}
