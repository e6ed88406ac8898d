using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Channels.Services;

namespace ReleaseOps.Tests.Channels;

/// <summary>Tried until it is sent, at services that fail at random.</summary>
public sealed class DeliveryTests
{
    [Theory]
    [InlineData(ChannelKind.Statuspage)]
    [InlineData(ChannelKind.PagerDuty)]
    [InlineData(ChannelKind.Webhook)]
    public async Task A_service_that_dedups_shows_each_notice_once_however_often_it_fails(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        service.FailAtRandom(0.4, seed: 7);
        await DeliverAsync(service, dedups: true);
        Assert.All(service.Shown, shown => Assert.Equal(1, shown.Value));
        Assert.Empty(service.Broken);
        Assert.True(service.Requests.Count > service.Shown.Count);
    }

    [Theory]
    [InlineData(ChannelKind.Slack)]
    [InlineData(ChannelKind.Teams)]
    [InlineData(ChannelKind.Opsgenie)]
    public async Task Others_show_each_at_least_once_and_say_what_may_be_a_repeat(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        service.FailAtRandom(0.4, seed: 7);
        await DeliverAsync(service, dedups: false);
        Assert.Equal(30, service.Shown.Count);
        Assert.Empty(service.Broken);
    }

    private static async Task DeliverAsync(ServiceStandIn service, bool dedups)
    {
        var channel = Send.To(service.Bound);
        Assert.Equal(dedups, channel.Dedups);
        string? remote = null;
        for (var n = 0; n < 30; n++)
        {
            var notice = SampleNotices.Update(thread: $"P-1/INC-{n / 3}", number: n % 3 + 1);
            // Each thread's first notice has no name of the service's yet.
            remote = n % 3 == 0 ? null : remote;
            var mayBeThere = false;
            SendOutcome outcome;
            do
            {
                outcome = await channel.SendAsync(notice with { MayBeRepeat = mayBeThere && !dedups }, remote, mayBeThere, CancellationToken.None);
                Assert.NotEqual(SendState.Refused, outcome.State);
                mayBeThere |= outcome.State == SendState.Unclear;
            }
            while (outcome.State != SendState.Sent);
            remote = outcome.Remote;
        }
    }
}
