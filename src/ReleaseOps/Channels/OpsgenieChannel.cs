using System.Text.Json.Nodes;

namespace ReleaseOps.Channels;

/// <summary>
/// Opsgenie alerts (https://docs.opsgenie.com/docs/alert-api): the first notice of a thread creates one (message at most 130 characters,
/// alias 512, description 15,000, details 8,000 in all, source 100), later ones add a note to it (25,000), acknowledge it with a note
/// (mitigating, monitoring) or close it with one. All are answered 202 and done later. An alias makes no second open alert, so nobody is
/// paged twice; but a note has no key, and one that was taken a moment ago can't be seen yet: so it doesn't say that it never repeats,
/// although it looks for the note before it sends it again.
/// </summary>
internal sealed class OpsgenieChannel(BoundChannel bound, ChannelHttp http) : HttpChannel(bound, http)
{
    internal const int LongestMessage = 130;
    internal const int LongestAlias = 512;
    internal const int LongestDescription = 15_000;
    internal const int LongestDetails = 8000;
    internal const int LongestNote = 25_000;
    private const int LargestList = 4 << 20;
    private const int LongestSource = 100;
    private const int LongestTag = 50;
    private const string Source = "ReleaseOps";

    public override bool Dedups => false;

    protected override HttpCall Call(BoundChannel channel, Notice notice, string? remote)
    {
        var (path, body) = notice.NeedStatus(channel.Name) switch
        {
            IncidentStatus.Resolved => ("/close", Note(notice)),
            _ when remote is null => ("", Alert(notice)),
            IncidentStatus.Investigating => ("/notes", Note(notice)),
            _ => ("/acknowledge", Note(notice)),
        };
        var url = path.Length == 0 ? Alerts(channel) : OfAlias(channel, notice, path);
        return new HttpCall(HttpMethod.Post, url, ChannelJson.Text(body)) { Headers = Authorization(channel) };
    }

    protected override SendOutcome Read(HttpReply reply, Notice notice) => reply.Status == 202 && !reply.Body.TrimStart().StartsWith('<')
        ? reply.Outcome with { Remote = Alias(notice) }
        : reply.NotTheirs("202", Mask);

    protected override async Task<(SendOutcome? Found, string? Remote)> LookAsync(Notice notice, string? remote, CancellationToken cancellation)
    {
        // What creates an alert may come twice: the alias makes it one.
        if (remote is null && notice.Status != IncidentStatus.Resolved)
            return (null, remote);
        var look = new HttpCall(HttpMethod.Get, OfAlias(Bound, notice, "/notes") + "&limit=100&order=desc", null)
        {
            Headers = Authorization(Bound),
            MaxAnswer = LargestList,
        };
        var reply = await Http.SendAsync(Name, look, cancellation).ConfigureAwait(false);
        var mark = Mark(notice);
        return ServiceJson.Parse(reply.Body).At("data").Items().Any(n => n.At("note").Text()?.EndsWith(mark, StringComparison.Ordinal) == true)
            ? (new SendOutcome(SendState.Sent, "it is there already") { Remote = Alias(notice), WasThere = true }, remote)
            : (null, remote);
    }

    private static JsonObject Alert(Notice notice) => new()
    {
        ["message"] = NoticeText.Short(NoticeText.Title(notice), LongestMessage),
        ["alias"] = Alias(notice),
        ["description"] = NoticeText.Plain(notice, LongestDescription),
        ["priority"] = $"P{Math.Clamp((notice.SeverityRank ?? 2) + 1, 1, 5)}",
        ["source"] = Source,
        ["entity"] = NoticeText.Short(OneLine.Of(notice.Release), LongestSource),
        ["tags"] = notice.Severity is { } severity ? new JsonArray(NoticeText.Short(OneLine.Of(severity), LongestTag)) : [],
        ["details"] = ChannelJson.Facts(notice, LongestDetails),
    };

    private static JsonObject Note(Notice notice) => new()
    {
        ["source"] = Source,
        ["note"] = $"{NoticeText.Short(NoticeText.Title(notice), LongestMessage)}\n{NoticeText.Plain(notice, LongestNote - 1000)}\n{Mark(notice)}",
    };

    private static string Mark(Notice notice) => $"[{NoticeText.Short(OneLine.Of(notice.Key), 500)}]";

    private static string Alias(Notice notice) => DedupKeys.Of(notice.Thread, LongestAlias);

    private static string Alerts(BoundChannel channel) => $"{(channel.Api ?? "https://api.opsgenie.com").TrimEnd('/')}/v2/alerts";

    private static string OfAlias(BoundChannel channel, Notice notice, string path) =>
        $"{Alerts(channel)}/{Uri.EscapeDataString(Alias(notice))}{path}?identifierType=alias";

    private static KeyValuePair<string, string>[] Authorization(BoundChannel channel) => [new("Authorization", "GenieKey " + channel.Address)];
}
