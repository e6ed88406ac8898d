using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Probes.Http;

/// <summary>Against the server that the product will meet most.</summary>
public sealed class HttpNginxTests(Nginx nginx) : IClassFixture<Nginx>
{
    [NeedsProgram("nginx")]
    public async Task A_healthy_service_is_seen()
    {
        var seen = await Ask.Async(Ask.Look(nginx.Url("/health")));
        Assert.Equal(200L, seen.Values["status"]);
        Assert.Equal("alive\n", seen.Values["body"]);
    }

    [NeedsProgram("nginx")]
    public async Task Packed_JSON_is_read()
    {
        var look = Ask.Look(nginx.Url("/health.json")) with { Headers = new Dictionary<string, string> { ["Accept-Encoding"] = "gzip" } };
        var seen = await Ask.Async(look);
        var headers = (IReadOnlyDictionary<string, object?>)seen.Values["headers"]!;
        Assert.Equal("gzip", headers["content-encoding"]);
        Assert.Equal("ok", Assert.IsType<System.Text.Json.JsonElement>(seen.Values["body"]).GetProperty("status").GetString());
    }

    [NeedsProgram("nginx")]
    public async Task A_busy_service_is_an_answer_with_its_header()
    {
        var seen = await Ask.Async(Ask.Look(nginx.Url("/busy")));
        Assert.Equal(429L, seen.Values["status"]);
        Assert.Equal("7", ((IReadOnlyDictionary<string, object?>)seen.Values["headers"]!)["retry-after"]);
        Assert.Equal(503L, (await Ask.Async(Ask.Look(nginx.Url("/down")))).Values["status"]);
    }

    [NeedsProgram("nginx")]
    public async Task A_service_that_hangs_up_is_unreachable() =>
        Assert.Equal(ErrorId.Unreachable, (await Ask.Async(Ask.Look(nginx.Url("/reset")))).CouldNotTell);

    [NeedsProgram("nginx")]
    public async Task A_body_that_drips_is_given_up_at_the_deadline()
    {
        var seen = await Ask.Async(Ask.Look(nginx.Url("/drip"), maxBody: 8 << 20),
            LookContexts.Plain(timeout: TimeSpan.FromMilliseconds(300)));
        Assert.Equal(ErrorId.TimedOut, seen.CouldNotTell);
        Assert.Empty(seen.Values);
    }

    [NeedsProgram("nginx")]
    public async Task A_large_body_is_read_whole_or_not_at_all()
    {
        var whole = await Ask.Async(Ask.Look(nginx.Url("/large.bin"), maxBody: 3 << 20));
        Assert.Equal(3 << 20, Assert.IsType<string>(whole.Values["text"]).Length);
        Assert.Equal(ErrorId.BodyTooLarge, (await Ask.Async(Ask.Look(nginx.Url("/large.bin"), maxBody: (3 << 20) - 1))).CouldNotTell);
    }

    [NeedsProgram("nginx")]
    public async Task Redirects_go_as_far_as_they_may()
    {
        Assert.Equal(301L, (await Ask.Async(Ask.Look(nginx.Url("/moved")))).Values["status"]);
        Assert.Equal(200L, (await Ask.Async(Ask.Look(nginx.Url("/moved"), redirects: 1))).Values["status"]);
        var dialer = new LoopbackDialer();
        var away = await Ask.Async(Ask.Look(nginx.Url("/away"), redirects: 5), connections: dialer.Connections());
        Assert.Equal(ErrorId.RedirectRefused, away.CouldNotTell);
        Assert.Single(dialer.Connected);
    }

    [NeedsProgram("nginx")]
    public async Task Looks_that_only_read_share_a_connection()
    {
        var dialer = new LoopbackDialer();
        var connections = dialer.Connections();
        for (var i = 0; i < 20; i++)
            Assert.Equal(200L, (await Ask.Async(Ask.Look(nginx.Url("/health")), connections: connections)).Values["status"]);
        Assert.Single(dialer.Connected);
    }

    [NeedsProgram("nginx")]
    public async Task HTTP_2_is_spoken_where_it_is_offered()
    {
        var connections = new LoopbackDialer().Name("a.test", ["127.0.0.1"]).Connections(roots: [TestCertificates.Root]);
        Assert.Equal("HTTP/2.0",
            (await Ask.Async(Ask.Look(new Uri($"https://a.test:{nginx.TlsPort}/version")), connections: connections)).Values["text"]);
        Assert.Equal("HTTP/1.1", (await Ask.Async(Ask.Look(nginx.Url("/version")))).Values["text"]);
    }

    [NeedsProgram("nginx")]
    public async Task The_connections_of_the_process_serve_as_well()
    {
        var seen = await HttpProbe.LookAsync(Ask.Look(nginx.Url("/health")), LookContexts.Plain(), CancellationToken.None);
        Assert.Equal(200L, Assert.Single(seen).Values["status"]);
    }
}
