using System.Net;
using ReleaseOps.Probes.Http;

namespace ReleaseOps.Tests.Probes.Http;

public sealed class HttpRedirectTests
{
    [Fact]
    public async Task A_redirect_is_a_status_like_any_other_unless_the_runbook_allows_it()
    {
        await using var server = LoopbackServer.RedirectingTo("/there");
        var seen = await Ask.Async(server);
        Assert.Equal(302L, seen.Values["status"]);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_allowed_redirect_is_followed_and_noted()
    {
        await using var there = LoopbackServer.Ok("there");
        await using var here = LoopbackServer.RedirectingTo(there.Url("/there").AbsoluteUri);
        var seen = await Ask.Async(Ask.Look(here.Url("/here"), redirects: 1));
        Assert.Equal("there", seen.Values["body"]);
        Assert.Equal(there.Url("/there").AbsoluteUri, seen.Values["url"]);
        Assert.Equal($"redirected by 302 to {there.Url("/there")}", Assert.Single(seen.Notes));
        Assert.StartsWith("/here 200 OK", seen.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_endless_redirect_is_left_after_the_allowed_number(int allowed)
    {
        await using var server = LoopbackServer.RedirectingTo("/again");
        var seen = await Ask.Async(Ask.Look(server.Url(), redirects: allowed));
        Assert.Equal(ErrorId.RedirectRefused, seen.CouldNotTell);
        Assert.Contains($"more than {allowed} redirects", seen.Detail, StringComparison.Ordinal);
        Assert.Equal(allowed + 1, server.Requests.Count);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "only http and https")]
    [InlineData("gopher://127.0.0.1/", "only http and https")]
    [InlineData("http://user:pass@127.0.0.1/", "user name")]
    [InlineData("http://[::1", "isn't a URL")]
    public async Task A_redirect_to_what_is_no_plain_URL_is_refused(string location, string reason)
    {
        await using var server = LoopbackServer.RedirectingTo(location);
        var seen = await Ask.Async(Ask.Look(server.Url(), redirects: 5));
        Assert.Equal(ErrorId.RedirectRefused, seen.CouldNotTell);
        Assert.Contains(reason, seen.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("pass@", seen.Detail, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("public.test", "8.8.8.8")]
    [InlineData("private.test", "10.1.2.3")]
    [InlineData("loopback.test", "127.0.0.1")]
    public async Task Nobody_sends_us_to_a_link_local_address(string from, string address)
    {
        foreach (var target in new[] { "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://metadata.test/",
            "http://[::ffff:169.254.169.254]/" })
        {
            await using var server = LoopbackServer.RedirectingTo(target);
            var dialer = new LoopbackDialer().Name(from, [address]).Name("metadata.test", ["169.254.169.254"]);
            var seen = await Ask.Async(Ask.Look(server.Url(host: from), redirects: 5), connections: dialer.Connections());
            Assert.Equal(ErrorId.RedirectRefused, seen.CouldNotTell);
            Assert.Contains("link-local", seen.Detail, StringComparison.Ordinal);
            Assert.Equal(IPAddress.Parse(address), Assert.Single(dialer.Connected).Address);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://localhost:1/")]
    [InlineData("http://2130706433:1/")]
    [InlineData("http://0.0.0.0:1/")]
    [InlineData("http://[::1]:1/")]
    [InlineData("http://[::ffff:127.0.0.1]:1/")]
    [InlineData("http://[64:ff9b::7f00:1]:1/")]
    [InlineData("http://10.0.0.1:1/")]
    [InlineData("http://192.168.0.1:1/")]
    [InlineData("http://172.31.255.255:1/")]
    [InlineData("http://100.64.0.1:1/")]
    [InlineData("http://[fd00::1]:1/")]
    [InlineData("http://inside.test:1/")]
    public async Task A_public_host_cannot_send_us_inside(string target)
    {
        await using var server = LoopbackServer.RedirectingTo(target);
        var dialer = new LoopbackDialer().Name("public.test", ["8.8.8.8"]).Name("inside.test", ["1.1.1.1", "10.0.0.1"]);
        var seen = await Ask.Async(Ask.Look(server.Url(host: "public.test"), redirects: 5), connections: dialer.Connections());
        Assert.Equal(ErrorId.RedirectRefused, seen.CouldNotTell);
        Assert.Contains("from a public address", seen.Detail, StringComparison.Ordinal);
        Assert.Contains(new Uri(target).Host, seen.Detail, StringComparison.Ordinal);
        Assert.Single(dialer.Connected);
    }

    [Fact]
    public async Task A_name_that_resolves_elsewhere_the_second_time_gets_nowhere()
    {
        await using var server = LoopbackServer.RedirectingTo("/inside");
        var dialer = new LoopbackDialer().Name("rebind.test", ["8.8.8.8"], ["127.0.0.1"]);
        var seen = await Ask.Async(Ask.Look(server.Url(host: "rebind.test"), redirects: 5), connections: dialer.Connections());
        Assert.Equal(ErrorId.RedirectRefused, seen.CouldNotTell);
        Assert.Contains("127.0.0.1, a loopback one", seen.Detail, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Each_hop_is_judged_by_where_it_comes_from()
    {
        await using var inside = LoopbackServer.Ok("inside");
        await using var outside = LoopbackServer.RedirectingTo(inside.Url(host: "loopback.test").AbsoluteUri);
        await using var start = LoopbackServer.RedirectingTo(outside.Url(host: "public.test").AbsoluteUri);
        var dialer = new LoopbackDialer().Name("public.test", ["8.8.8.8"]).Name("loopback.test", ["127.0.0.1"]);
        var seen = await Ask.Async(Ask.Look(start.Url(), redirects: 5), connections: dialer.Connections());
        Assert.Equal(ErrorId.RedirectRefused, seen.CouldNotTell);
        Assert.Empty(inside.Requests);
    }

    [Fact]
    public async Task Headers_that_may_be_secret_stay_at_their_origin()
    {
        await using var there = LoopbackServer.Ok("x");
        await using var here = new LoopbackServer(async (stream, self, cancellation) =>
        {
            var request = await self.ReadRequestAsync(stream, cancellation);
            var location = request.StartsWith("GET /first", StringComparison.Ordinal) ? "/second" : there.Url().AbsoluteUri;
            await LoopbackServer.AnswerAsync(stream, $"307 Go\r\nLocation: {location}", cancellation);
        });
        var look = Ask.Look(here.Url("/first"), redirects: 5) with
        {
            Headers = new Dictionary<string, string>
            {
                ["Authorization"] = "Bearer s3cret",
                ["X-Api-Key"] = "s3cret",
                ["Accept"] = "text/x",
            },
        };
        Assert.Null((await Ask.Async(look)).CouldNotTell);
        Assert.Equal(2, here.Requests.Count);
        Assert.All(here.Requests, r => Assert.Contains("Bearer s3cret", r, StringComparison.Ordinal));
        var other = Assert.Single(there.Requests);
        Assert.DoesNotContain("s3cret", other, StringComparison.Ordinal);
        Assert.Contains("Accept: text/x", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_do_not_come_back_when_a_redirect_does()
    {
        await using var here = new LoopbackServer(async (stream, self, cancellation) =>
        {
            var request = await self.ReadRequestAsync(stream, cancellation);
            var answer = request.Split(' ')[1] switch
            {
                "/start" => $"302 Go\r\nLocation: http://localhost:{self.Port}/away",
                "/away" => $"302 Go\r\nLocation: http://127.0.0.1:{self.Port}/back",
                _ => "200 OK",
            };
            await LoopbackServer.AnswerAsync(stream, answer, cancellation);
        });
        var secret = new Dictionary<string, string> { ["Authorization"] = "s3cret" };
        var look = Ask.Look(here.Url("/start"), redirects: 5) with { Headers = secret };
        Assert.Null((await Ask.Async(look)).CouldNotTell);
        Assert.Equal([true, false, false], here.Requests.Select(r => r.Contains("s3cret", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(301, "POST", "GET", false)]
    [InlineData(302, "POST", "GET", false)]
    [InlineData(303, "PUT", "GET", false)]
    [InlineData(303, "HEAD", "HEAD", false)]
    [InlineData(302, "PUT", "PUT", true)]
    [InlineData(307, "POST", "POST", true)]
    [InlineData(308, "POST", "POST", true)]
    public async Task The_method_changes_as_the_status_says(int status, string method, string next, bool withBody)
    {
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            var answer = self.Requests.Count == 1 ? $"{status} Go\r\nLocation: /next" : "200 OK";
            await LoopbackServer.AnswerAsync(stream, answer, cancellation);
        });
        var look = Ask.Look(server.Url(), redirects: 1, method: method) with { Body = method == "HEAD" ? null : "payload" };
        Assert.Equal(200L, (await Ask.Async(look)).Values["status"]);
        var last = server.Requests.Last();
        Assert.StartsWith(next + " /next ", last, StringComparison.Ordinal);
        Assert.Equal(withBody, last.EndsWith("payload", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_is_not_sent_on_to_another_origin()
    {
        await using var there = LoopbackServer.Ok("x");
        await using var here = LoopbackServer.RedirectingTo(there.Url().AbsoluteUri, 307);
        var look = Ask.Look(here.Url(), redirects: 5, method: "POST") with { Body = "s3cret" };
        var seen = await Ask.Async(look);
        Assert.Equal(ErrorId.RedirectRefused, seen.CouldNotTell);
        Assert.Equal(0, there.Connections);
    }

    [Theory]
    [InlineData("127.0.0.1", AddressReach.Loopback)]
    [InlineData("127.255.255.254", AddressReach.Loopback)]
    [InlineData("0.0.0.0", AddressReach.Loopback)]
    [InlineData("::", AddressReach.Loopback)]
    [InlineData("::1", AddressReach.Loopback)]
    [InlineData("::ffff:127.0.0.1", AddressReach.Loopback)]
    [InlineData("2002:7f00:1::", AddressReach.Loopback)]
    [InlineData("169.254.0.1", AddressReach.LinkLocal)]
    [InlineData("64:ff9b::a9fe:a9fe", AddressReach.LinkLocal)]
    [InlineData("fe80::1", AddressReach.LinkLocal)]
    [InlineData("febf::1", AddressReach.LinkLocal)]
    [InlineData("fec0::1", AddressReach.Private)]
    [InlineData("fd00:ec2::254", AddressReach.Private)]
    [InlineData("172.16.0.1", AddressReach.Private)]
    [InlineData("172.32.0.1", AddressReach.Public)]
    [InlineData("100.63.255.255", AddressReach.Public)]
    [InlineData("100.127.255.255", AddressReach.Private)]
    [InlineData("224.0.0.1", AddressReach.Private)]
    [InlineData("255.255.255.255", AddressReach.Private)]
    [InlineData("ff02::1", AddressReach.Private)]
    [InlineData("8.8.8.8", AddressReach.Public)]
    [InlineData("2606:4700::1111", AddressReach.Public)]
    public void Addresses_are_told_apart_in_any_clothes(string address, object reach) =>
        Assert.Equal(reach, AddressReaches.Of(IPAddress.Parse(address)));
}
