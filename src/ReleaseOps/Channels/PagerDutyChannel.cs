using System.Text.Json.Nodes;

namespace ReleaseOps.Channels;

/// <summary>
/// PagerDuty, Events API v2 (https://developer.pagerduty.com/docs/events-api-v2/trigger-events): a summary of at most 1,024 characters, a
/// dedup key of at most 255, an event of at most 512 KB; 202 where it was taken, 429 where there are too many. An incident that is
/// investigated triggers an alert, one that is mitigated or monitored acknowledges it, so that nobody is paged for it any more, and one that
/// is resolved resolves it. An acknowledgement carries no text: those updates' words stand at the other channels. What is acknowledged
/// before anything was triggered triggers first.
/// </summary>
internal sealed class PagerDutyChannel(BoundChannel bound, ChannelHttp http) : HttpChannel(bound, http)
{
    internal const int LongestSummary = 1024;
    internal const int LongestKey = 255;

    // Below 512 KB in all where each takes the six bytes of an escape.
    private const int LongestText = 40_000;
    private const int LongestFacts = 20_000;

    // By its dedup key: an event that comes twice is the same alert, at most with one more line in its log.
    public override bool Dedups => true;

    protected override HttpCall Call(BoundChannel channel, Notice notice, string? remote)
    {
        var action = notice.NeedStatus(channel.Name) switch
        {
            IncidentStatus.Resolved => "resolve",
            IncidentStatus.Mitigating or IncidentStatus.Monitoring when remote is not null => "acknowledge",
            _ => "trigger",
        };
        var message = new JsonObject
        {
            ["routing_key"] = channel.Address,
            ["event_action"] = action,
            ["dedup_key"] = DedupKey(notice.Thread),
        };
        if (action == "trigger")
        {
            message["client"] = "ReleaseOps";
            message["payload"] = new JsonObject
            {
                ["summary"] = NoticeText.Short(NoticeText.Title(notice), LongestSummary),
                ["source"] = NoticeText.Short(OneLine.Of(notice.Release), LongestKey),
                ["severity"] = Severity(notice.SeverityRank),
                ["timestamp"] = NoticeText.Time(notice.At),
                ["class"] = notice.Severity is { } severity ? NoticeText.Short(OneLine.Of(severity), LongestKey) : "incident",
                ["custom_details"] = Details(notice),
            };
        }
        var api = (channel.Api ?? "https://events.pagerduty.com").TrimEnd('/');
        return new HttpCall(HttpMethod.Post, api + "/v2/enqueue", ChannelJson.Text(message));
    }

    protected override SendOutcome Read(HttpReply reply, Notice notice) =>
        reply.Status == 202 && ServiceJson.Parse(reply.Body).At("status").Text() == "success"
            ? reply.Outcome with { Remote = DedupKey(notice.Thread) }
            : reply.NotTheirs("202 and success", Mask);

    private static string DedupKey(string thread) => DedupKeys.Of(thread, LongestKey);

    private static string Severity(int? rank) => rank switch { 0 => "critical", 1 or null => "error", 2 => "warning", _ => "info" };

    private static JsonObject Details(Notice notice)
    {
        var details = ChannelJson.Facts(notice, LongestFacts);
        details["text"] = NoticeText.Plain(notice, LongestText);
        details["status"] = notice.Status?.ToString();
        details["severity"] = notice.Severity is { } severity ? OneLine.Of(severity) : null;
        details["key"] = OneLine.Of(notice.Key);
        return details;
    }
}
