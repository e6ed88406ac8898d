using ReleaseOps.Channels;
using ReleaseOps.Tests.Channels.Services;
using ReleaseOps.Tests.Probes.Http;

namespace ReleaseOps.Tests.Channels;

/// <summary>Sends notices, over connections that never leave this machine.</summary>
internal static class Send
{
    internal static IChannel To(BoundChannel bound, SecretMask? mask = null, TimeProvider? clock = null, Action<string>? show = null) =>
        ChannelFactory.Make(bound, mask ?? SecretMask.None, clock ?? TimeProvider.System, show, LoopbackDialer.Direct());

    internal static Task<SendOutcome> NoticeAsync(BoundChannel bound, Notice? notice = null, string? remote = null, bool mayBeThere = false) =>
        To(bound).SendAsync(notice ?? SampleNotices.Update(), remote, mayBeThere, CancellationToken.None);

    /// <summary>Sends a notice that the service must take, and gives what it was.</summary>
    internal static async Task<StandInRequest> TakenAsync(ServiceStandIn service, Notice notice, BoundChannel? bound = null, string? remote = null)
    {
        var outcome = await NoticeAsync(bound ?? service.Bound, notice, remote);
        Assert.Empty(service.Broken);
        Assert.True(outcome.State == SendState.Sent, outcome.Detail);
        return service.Requests.Last();
    }
}
