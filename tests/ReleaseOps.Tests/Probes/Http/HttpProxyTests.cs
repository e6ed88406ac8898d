using ReleaseOps.Probes.Http;

namespace ReleaseOps.Tests.Probes.Http;

public sealed class HttpProxyTests
{
    [Fact]
    public async Task A_host_elsewhere_is_asked_through_the_proxy()
    {
        await using var proxy = LoopbackServer.Ok("by proxy");
        var connections = new LoopbackDialer().Connections(new FixedProxy(proxy.Url()));
        var seen = await Ask.Async(Ask.Look(new Uri("http://public.test/health")), connections: connections);
        Assert.Equal("by proxy", seen.Values["body"]);
        Assert.StartsWith("GET http://public.test/health HTTP/1.1\r\n", Assert.Single(proxy.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("127.9.9.9")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0.0.0.0")]
    [InlineData("a.localhost")]
    public void This_machine_is_never_asked_through_a_proxy(string host)
    {
        var proxy = new EnvironmentProxy(new FixedProxy(new Uri("http://proxy.test:3128")));
        Assert.Null(proxy.GetProxy(new Uri($"http://{host}:8080/")));
        Assert.NotNull(proxy.GetProxy(new Uri("http://public.test/")));
    }

    [Fact]
    public async Task A_proxy_that_refuses_the_way_is_unreachable_and_named()
    {
        await using var proxy = LoopbackServer.Answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        var connections = new LoopbackDialer().Connections(new FixedProxy(proxy.Url()));
        var seen = await Ask.Async(Ask.Look(new Uri("https://public.test/health")), connections: connections);
        Assert.Equal(ErrorId.Unreachable, seen.CouldNotTell);
        Assert.Contains("through the proxy of the environment", seen.Detail, StringComparison.Ordinal);
        Assert.StartsWith("CONNECT public.test:443 ", Assert.Single(proxy.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://10.0.0.1/")]
    public async Task A_redirect_cannot_use_the_proxy_to_reach_inside(string target)
    {
        await using var proxy = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await LoopbackServer.AnswerAsync(stream, $"302 Go\r\nLocation: {target}", cancellation);
        });
        var connections = new LoopbackDialer().Connections(new FixedProxy(proxy.Url()));
        var seen = await Ask.Async(Ask.Look(new Uri("http://public.test/"), redirects: 5), connections: connections);
        Assert.Equal(ErrorId.RedirectRefused, seen.CouldNotTell);
        Assert.Single(proxy.Requests);
    }

    [Fact]
    public async Task A_redirect_cannot_lead_from_the_proxy_to_this_machine()
    {
        await using var inside = LoopbackServer.Ok("inside");
        await using var proxy = LoopbackServer.RedirectingTo(inside.Url().AbsoluteUri);
        var connections = new LoopbackDialer().Connections(new FixedProxy(proxy.Url()));
        var seen = await Ask.Async(Ask.Look(new Uri("http://public.test/"), redirects: 5), connections: connections);
        Assert.Equal(ErrorId.RedirectRefused, seen.CouldNotTell);
        Assert.Equal(0, inside.Connections);
    }
}
