using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseOps.Channels;

/// <summary>
/// Incidents of a status page at Statuspage, by its API v1 (https://developer.statuspage.io): the first notice of a thread creates one, later
/// ones update it. A name has at most 255 characters, a body 25,000; a token may ask once a second, and 420 or 429 says that it asked too
/// often. Each incident keeps thread and key of the last notice in its metadata, so a notice that may be there is looked for first.
/// </summary>
internal sealed class StatuspageChannel(BoundChannel bound, ChannelHttp http) : HttpChannel(bound, http)
{
    internal const int LongestName = 255;
    internal const int LongestBody = 25_000;

    private const string OwnMetadata = "releaseops";

    // Room for the hundred incidents of a list, with all of their updates: each answer has them.
    private const int LargestAnswer = 16 << 20;

    public override bool Dedups => true;

    protected override TimeSpan UsualPace => TimeSpan.FromSeconds(1);

    protected override HttpCall Call(BoundChannel channel, Notice notice, string? remote)
    {
        var incident = new JsonObject
        {
            ["name"] = NoticeText.Short(Title(notice), LongestName),
            ["status"] = StatusOf(notice.NeedStatus(channel.Name)),
            ["body"] = NoticeText.Escaped(notice, LongestBody, NoticeText.Runes, HtmlPieces.Of),
            ["metadata"] = new JsonObject { [OwnMetadata] = new JsonObject { ["thread"] = notice.Thread, ["key"] = notice.Key } },
        };
        var (method, url) = remote is null ? (HttpMethod.Post, Incidents(channel)) : (HttpMethod.Patch, OfIncident(channel, remote));
        return new HttpCall(method, url, ChannelJson.Text(new JsonObject { ["incident"] = incident }))
        {
            Headers = Authorization(channel),
            MaxAnswer = LargestAnswer,
        };
    }

    protected override SendOutcome Read(HttpReply reply, Notice notice) =>
        reply.Status is 200 or 201 && IdOf(ServiceJson.Parse(reply.Body)) is { } id
            ? reply.Outcome with { Remote = id }
            : reply.NotTheirs("an incident with its id", Mask);

    protected override async Task<(SendOutcome? Found, string? Remote)> LookAsync(Notice notice, string? remote, CancellationToken cancellation)
    {
        var url = remote is null ? Incidents(Bound) + "?limit=100" : OfIncident(Bound, remote);
        var look = new HttpCall(HttpMethod.Get, url, null) { Headers = Authorization(Bound), MaxAnswer = LargestAnswer };
        var reply = await Http.SendAsync(Name, look, cancellation).ConfigureAwait(false);
        if (reply.Status == 404)
            return (null, remote);
        if (reply.Outcome.State == SendState.Refused)
            return (reply.Outcome, remote);
        var answer = ServiceJson.Parse(reply.Body);
        // A look that doesn't tell changes nothing: it stays unclear whether the notice is there, and nothing is sent now.
        if (reply.Outcome.State != SendState.Sent || answer.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
            return (reply.Outcome with { State = SendState.Unclear, Detail = "couldn't look whether it is there: " + reply.Outcome.Detail }, remote);
        foreach (var incident in answer.Items())
        {
            var own = incident.At("metadata", OwnMetadata);
            if (own.At("thread").Text() != notice.Thread || IdOf(incident) is not { } id)
                continue;
            return own.At("key").Text() == notice.Key
                ? (new SendOutcome(SendState.Sent, "it is there already") { Remote = id, WasThere = true }, id)
                : (null, id);
        }
        return (null, remote);
    }

    // Nobody says whether names are escaped where they are shown: these two look like the ones that matter, and are harmless either way.
    private static string Title(Notice notice) => NoticeText.Title(notice).Replace('<', '‹').Replace('>', '›');

    private static string StatusOf(IncidentStatus status) => status switch
    {
        IncidentStatus.Investigating => "investigating",
        IncidentStatus.Mitigating => "identified",
        IncidentStatus.Monitoring => "monitoring",
        _ => "resolved",
    };

    private static string Incidents(BoundChannel channel) =>
        $"{(channel.Api ?? "https://api.statuspage.io").TrimEnd('/')}/v1/pages/{Uri.EscapeDataString(channel.Address)}/incidents";

    private static string OfIncident(BoundChannel channel, string id) => $"{Incidents(channel)}/{Uri.EscapeDataString(id)}";

    private static KeyValuePair<string, string>[] Authorization(BoundChannel channel) => [new("Authorization", "OAuth " + channel.Secret)];

    private static string? IdOf(JsonElement incident) => incident.At("id").Text() is { Length: > 0 and <= 100 } id ? id : null;
}
