using ReleaseOps.Runbooks;

namespace ReleaseOps.Channels;

/// <summary>The channels that are there without a runbook's saying so.</summary>
public static class ChannelDefaults
{
    /// <summary>The runbook's channel of a name, or the usual one; null where there is neither.</summary>
    public static Channel? Find(Runbook runbook, string name) => runbook.Channels.FirstOrDefault(c => c.Name == name) ?? name switch
    {
        "console" => new Channel(name, ChannelKind.Console, Text("")),
        "file" => new Channel(name, ChannelKind.File, Text("messages.md")),
        "slack" => new Channel(name, ChannelKind.Slack, Text("${{ secrets.SLACK_WEBHOOK_URL }}")),
        "teams" => new Channel(name, ChannelKind.Teams, Text("${{ secrets.TEAMS_WEBHOOK_URL }}")),
        "statuspage" => new Channel(name, ChannelKind.Statuspage, Text("${{ secrets.STATUSPAGE_PAGE_ID }}")) { Secret = Text("${{ secrets.STATUSPAGE_TOKEN }}") },
        "pagerduty" => new Channel(name, ChannelKind.PagerDuty, Text("${{ secrets.PAGERDUTY_ROUTING_KEY }}")),
        "opsgenie" => new Channel(name, ChannelKind.Opsgenie, Text("${{ secrets.OPSGENIE_API_KEY }}")),
        _ => null,
    };

    private static Template Text(string text) => new(text, default);
}
