using ReleaseOps.Probes.Http;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Channels;

/// <summary>Makes channels.</summary>
internal static class ChannelFactory
{
    /// <summary>The channel to a place. Nothing is opened: what is wrong with a place shows when something is sent there.</summary>
    /// <param name="bound">The place.</param>
    /// <param name="mask">Hides secrets in what goes out, and in what comes back.</param>
    /// <param name="clock">The clock of deadlines.</param>
    /// <param name="show">Writes to the screen; null where nobody has one.</param>
    /// <param name="connections">The connections of HTTP; null for those of this process.</param>
    internal static IChannel Make(BoundChannel bound, SecretMask mask, TimeProvider clock, Action<string>? show, HttpConnections? connections = null)
    {
        var http = new ChannelHttp(mask, clock, connections);
        return bound.Kind switch
        {
            ChannelKind.Console => new ConsoleChannel(bound, mask, show),
            ChannelKind.File => new FileChannel(bound, mask),
            ChannelKind.Slack => new SlackChannel(bound, http),
            ChannelKind.Teams => new TeamsChannel(bound, http),
            ChannelKind.Statuspage => new StatuspageChannel(bound, http),
            ChannelKind.PagerDuty => new PagerDutyChannel(bound, http),
            ChannelKind.Opsgenie => new OpsgenieChannel(bound, http),
            ChannelKind.Webhook => new WebhookChannel(bound, http),
            ChannelKind.Smtp => new SmtpChannel(bound, mask, clock),
            _ => throw new ArgumentOutOfRangeException(nameof(bound), bound.Kind, "not a kind of channel"),
        };
    }
}
