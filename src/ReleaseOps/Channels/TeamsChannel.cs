using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ReleaseOps.Channels;

/// <summary>
/// A webhook of Microsoft Teams, of Workflows or of the older connectors: a message with one Adaptive Card of version 1.4 and at most 28 KB
/// (https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using). All text stands in TextRuns of
/// RichTextBlocks, which know no Markdown (https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features). Workflows answers 202;
/// a connector answers 200 and <c>1</c>, and 200 also where it failed, with the failure as text. It keeps no key.
/// </summary>
internal sealed partial class TeamsChannel(BoundChannel bound, ChannelHttp http) : HttpChannel(bound, http)
{
    /// <summary>28 KB; counted as two bytes a character, as some of its servers do.</summary>
    internal const int LargestMessage = 28 * 1024;

    private const int LongestTitle = 300;

    public override bool Dedups => false;

    // 4 requests a second.
    protected override TimeSpan UsualPace => TimeSpan.FromMilliseconds(250);

    protected override HttpCall Call(BoundChannel channel, Notice notice, string? remote)
    {
        // Each try halves the text, so a few do.
        for (var longest = LargestMessage / 2; ; longest /= 2)
        {
            var text = ChannelJson.Text(Message(notice, longest));
            if (2 * text.Length <= LargestMessage && Encoding.UTF8.GetByteCount(text) <= LargestMessage)
                return new HttpCall(HttpMethod.Post, channel.Address, text);
        }
    }

    protected override SendOutcome Read(HttpReply reply, Notice notice)
    {
        var said = reply.Body.Trim();
        if (said.StartsWith('<'))
            return reply.NotTheirs("202, or 200 and 1", Mask);
        if (!Failure().IsMatch(said))
            return reply.Outcome;
        var detail = reply.Outcome.Detail + ": " + Probes.OutsideText.OneLine(said, Mask);
        var inner = InnerStatus().Match(said) is { Success: true } found ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        return new SendOutcome(inner is 408 or 429 or >= 500 ? SendState.Later : SendState.Refused, detail);
    }

    private static JsonObject Message(Notice notice, int longest) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["contentUrl"] = null,
            ["content"] = new JsonObject
            {
                ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                ["type"] = "AdaptiveCard",
                ["version"] = "1.4",
                ["msteams"] = new JsonObject { ["width"] = "Full" },
                ["body"] = Body(notice, longest),
            },
        }),
    };

    private static JsonArray Body(Notice notice, int longest)
    {
        var title = Run(NoticeText.Short(NoticeText.Title(notice), LongestTitle));
        (title["size"], title["weight"]) = ("Large", "Bolder");
        var origin = Run(NoticeText.Short(NoticeText.Origin(notice), LongestTitle));
        (origin["size"], origin["isSubtle"]) = ("Small", true);
        // A line is a block of its own: how a line break in a TextRun shows isn't said anywhere.
        var lines = NoticeText.Plain(notice, longest).Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => Block(Run(line)));
        return [Block(title), .. lines, Block(origin)];
    }

    private static JsonObject Block(JsonObject run) => new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };

    // {{DATE(...)}} is the one thing that cards put into text themselves.
    private static JsonObject Run(string text) => new() { ["type"] = "TextRun", ["text"] = Braces().Replace(text, "{ ") };

    [GeneratedRegex("\\{(?=\\{)")]
    private static partial Regex Braces();

    [GeneratedRegex("failed|error", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Failure();

    [GeneratedRegex("HTTP error ([0-9]{3})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InnerStatus();
}
