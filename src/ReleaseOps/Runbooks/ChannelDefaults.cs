namespace ReleaseOps.Runbooks;

/// <summary>The channels that there are without a runbook's having them: by the usual names, with the usual secrets.</summary>
public static class ChannelDefaults
{
    private static readonly IReadOnlyList<Channel> Usual =
    [
        new("console", ChannelKind.Console, Text("screen")),
        new("file", ChannelKind.File, Text("incidents.md")),
        new("slack", ChannelKind.Slack, Secret("SLACK_WEBHOOK_URL")),
        new("teams", ChannelKind.Teams, Secret("TEAMS_WEBHOOK_URL")),
        new("statuspage", ChannelKind.Statuspage, Secret("STATUSPAGE_PAGE_ID")) { Secret = Secret("STATUSPAGE_TOKEN") },
        new("pagerduty", ChannelKind.PagerDuty, Secret("PAGERDUTY_ROUTING_KEY")),
        new("opsgenie", ChannelKind.Opsgenie, Secret("OPSGENIE_API_KEY")),
    ];

    /// <summary>The usual names, for completion.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Usual.Select(channel => channel.Name)];

    /// <summary>The channel of a name: the runbook's own, else the usual one; null for none. A usual name is known in any case.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="name">The name.</param>
    public static Channel? Find(Runbook runbook, string name) =>
        runbook.Channels.FirstOrDefault(channel => channel.Name == name)
            ?? Usual.FirstOrDefault(channel => channel.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Template Text(string text) => new(text, new Position(1, 1));

    private static Template Secret(string name) => Text($"${{{{ secrets.{name} }}}}");
}
