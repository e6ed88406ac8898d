using System.Text;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Channels.Services;

/// <summary>PagerDuty's Events API v2, with its alerts: https://developer.pagerduty.com/docs/events-api-v2/trigger-events.</summary>
internal sealed class PagerDutyRules : ServiceRules
{
    internal const string RoutingKey = "e93facc04764012d7bfb002500d5d1a6";

    internal override ChannelKind Kind => ChannelKind.PagerDuty;

    internal override string Address(string server) => RoutingKey;

    /// <summary>The state of each alert by its dedup key: triggered, acknowledged, resolved.</summary>
    internal Dictionary<string, string> Alerts { get; } = new(StringComparer.Ordinal);

    /// <summary>How often somebody was paged, by dedup key.</summary>
    internal Dictionary<string, int> Pages { get; } = new(StringComparer.Ordinal);

    internal override StandInAnswer Take(StandInRequest request)
    {
        Rule(request is { Method: "POST", Path: "/v2/enqueue" }, "POST /v2/enqueue");
        Rule(Encoding.UTF8.GetByteCount(request.Body) <= 512 * 1024, "at most 512 KB");
        var message = request.Json();
        Only(message, "routing_key", "event_action", "dedup_key", "client", "client_url", "payload", "links", "images");
        Rule(Text(message, "routing_key") == RoutingKey, "Length of 'routing_key' is incorrect (should be 32 characters)");
        var dedup = Text(message, "dedup_key");
        Longest(dedup, 255, "dedup_key");
        var action = Text(message, "event_action");
        var before = Alerts.GetValueOrDefault(dedup);
        if (action == "trigger")
        {
            var payload = message.At("payload");
            Only(payload, "summary", "source", "severity", "timestamp", "component", "group", "class", "custom_details");
            Longest(Text(payload, "summary"), 1024, "summary");
            Longest(Text(payload, "source"), 1024, "source");
            Rule(Text(payload, "severity") is "critical" or "error" or "warning" or "info", "a severity");
            Rule(DateTimeOffset.TryParse(Text(payload, "timestamp"), out _), "a timestamp");
            if (before is null or "resolved")
            {
                Alerts[dedup] = "triggered";
                Pages[dedup] = Pages.GetValueOrDefault(dedup) + 1;
            }
            var key = Text(payload.At("custom_details"), "key");
            Accept(key, isNew: !WasAccepted(key));
        }
        else
        {
            Rule(action is "acknowledge" or "resolve", "an action");
            if (before is "triggered" or "acknowledged")
                Alerts[dedup] = action + "d";
            Accept($"{dedup}:{action}", isNew: before is not null && before != action + "d");
        }
        return new StandInAnswer(202, $$"""{"status":"success","message":"Event processed","dedup_key":"x"}""");
    }
}
