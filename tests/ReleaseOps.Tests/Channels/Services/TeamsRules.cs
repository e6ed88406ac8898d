using System.Text;
using System.Text.Json;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Channels.Services;

/// <summary>A webhook of Teams made by Workflows: https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using.</summary>
/// <param name="connector">True for one of the older connectors: they answer 200 and 1.</param>
internal sealed class TeamsRules(bool connector = false) : ServiceRules
{
    internal const string Path = "/workflows/0123456789abcdef/triggers/manual/paths/invoke?sig=teams-webhook-secret";

    internal override ChannelKind Kind => ChannelKind.Teams;

    internal override string Address(string server) => server + Path;

    internal override string? Api(string server) => null;

    internal override StandInAnswer Take(StandInRequest request)
    {
        Rule(request is { Method: "POST", Path: Path }, "POST to the webhook");
        Rule(Encoding.UTF8.GetByteCount(request.Body) <= 28 * 1024 && Encoding.Unicode.GetByteCount(request.Body) <= 28 * 1024, "at most 28 KB");
        var message = request.Json();
        Rule(Text(message, "type") == "message", "type: message");
        var attachment = message.At("attachments").EnumerateArray().Single();
        Rule(Text(attachment, "contentType") == "application/vnd.microsoft.card.adaptive", "an adaptive card");
        var card = attachment.At("content");
        Rule(Text(card, "type") == "AdaptiveCard" && Text(card, "version") is "1.2" or "1.3" or "1.4", "version 1.2 to 1.4");
        var lines = card.At("body").EnumerateArray().Select(Line).ToList();
        Accept(lines[^1].Split(" · ")[^1]);
        return connector ? new StandInAnswer(200, "1", "text/plain") : new StandInAnswer(202, "");
    }

    private static string Line(JsonElement block)
    {
        Rule(Text(block, "type") == "RichTextBlock", "text stands where there is no Markdown");
        return string.Concat(block.At("inlines").EnumerateArray().Select(run =>
        {
            Rule(Text(run, "type") == "TextRun", "TextRuns only");
            Only(run, "type", "text", "size", "weight", "isSubtle");
            Rule(!Text(run, "text").Contains("{{"), "nothing that the card would fill in");
            Longest(Text(run, "text"), 28 * 1024, "text");
            return Text(run, "text");
        }));
    }
}
