using ReleaseOps.Probes;
using ReleaseOps.Probes.Http;

namespace ReleaseOps.Tests.Probes.Http;

/// <summary>Asks one URL.</summary>
internal static class Ask
{
    internal static HttpLook Look(Uri url, int redirects = 0, string method = "GET", long maxBody = 1 << 20) =>
        new([url]) { Method = method, Redirects = redirects, MaxBody = maxBody };

    internal static Task<Observation> Async(LoopbackServer server, LookContext? context = null) =>
        Async(Look(server.Url("/health")), context);

    internal static async Task<Observation> Async(HttpLook look, LookContext? context = null, HttpConnections? connections = null) =>
        Assert.Single(await HttpProbe.LookAsync(look, context ?? LookContexts.Plain(), connections ?? LoopbackDialer.Direct(),
            CancellationToken.None));
}
