using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Probes.Http;

public sealed class HttpAnswerTests
{
    [Fact]
    public async Task An_answer_gives_status_headers_text_and_latency()
    {
        await using var server = LoopbackServer.Ok("alive", moreHeaders: "X-Node: a\r\nX-Node: b\r\n");
        var seen = await Ask.Async(server);
        Assert.Null(seen.CouldNotTell);
        Assert.Equal(200L, seen.Values["status"]);
        Assert.Equal("alive", seen.Values["body"]);
        Assert.Equal("alive", seen.Values["text"]);
        var headers = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(seen.Values["headers"]);
        Assert.Equal("a, b", headers["x-node"]);
        Assert.Equal("text/plain", headers["content-type"]);
        var latency = Assert.IsType<TimeSpan>(seen.Values["latency"]);
        Assert.Equal(latency.TotalMilliseconds, seen.Values["latency_ms"]);
        Assert.Equal(server.Url("/health").AbsoluteUri, seen.Values["url"]);
        Assert.StartsWith("/health 200 OK, 5 bytes in ", seen.Detail, StringComparison.Ordinal);
        Assert.EndsWith(" ms", seen.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_says_who_asks_and_nothing_about_the_user()
    {
        await using var server = LoopbackServer.Ok("x");
        await Ask.Async(server);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("GET /health HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nUser-Agent: ReleaseOps/0.1.0\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("Cookie", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Authorization", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Every_status_is_an_answer()
    {
        await using var server = LoopbackServer.Answering("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        var seen = await Ask.Async(server);
        Assert.Null(seen.CouldNotTell);
        Assert.Equal(503L, seen.Values["status"]);
        Assert.StartsWith("/health 503 Service Unavailable, 0 bytes in ", seen.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_URLs_give_an_observation_each_in_their_order()
    {
        await using var good = LoopbackServer.Ok("good");
        await using var bad = LoopbackServer.Answering("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
        var look = new HttpLook([good.Url("/health"), bad.Url("/ready")]) { Method = "GET", Redirects = 0, MaxBody = 100 };
        var seen = await HttpProbe.LookAsync(look, LookContexts.Plain(), LoopbackDialer.Direct(), CancellationToken.None);
        Assert.Equal([200L, 500L], seen.Select(s => s.Values["status"]));
        Assert.StartsWith("/health 200", seen[0].Detail, StringComparison.Ordinal);
        Assert.StartsWith("/ready 500", seen[1].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", "{\"ok\":true}")]
    [InlineData("application/problem+json; charset=utf-8", " {\"ok\":true} ")]
    [InlineData("text/plain", "\ufeff{\"ok\":true}\n")]
    public async Task A_body_that_is_JSON_is_a_JSON_value(string type, string body)
    {
        await using var server = LoopbackServer.Ok(body, type);
        var seen = await Ask.Async(server);
        Assert.True(Assert.IsType<JsonElement>(seen.Values["body"]).GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("true")]
    [InlineData("42")]
    [InlineData("{not json}")]
    public async Task A_body_that_only_looks_like_JSON_stays_text_where_nobody_said_JSON(string body)
    {
        await using var server = LoopbackServer.Ok(body);
        var seen = await Ask.Async(server);
        Assert.Equal(body, seen.Values["body"]);
        Assert.Empty(seen.Notes);
    }

    [Theory]
    [InlineData("{\"a\":1,\n \"b\":}", "body is not valid JSON at 2:6")]
    [InlineData("{\"a\":1,\"a\":2}", "body is not valid JSON")]
    [InlineData("<html>", "body is not valid JSON at 1:1")]
    public async Task Malformed_JSON_has_no_body_but_its_status_can_be_judged(string body, string note)
    {
        await using var server = LoopbackServer.Ok(body, "application/json");
        var seen = await Ask.Async(server);
        Assert.Null(seen.CouldNotTell);
        Assert.Equal(200L, seen.Values["status"]);
        Assert.False(seen.Values.ContainsKey("body"));
        Assert.Equal(body, seen.Values["text"]);
        Assert.StartsWith(note, Assert.Single(seen.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public async Task JSON_is_read_to_a_depth_of_64(int depth, bool read)
    {
        await using var server = LoopbackServer.Ok(new string('[', depth) + new string(']', depth), "application/json");
        var seen = await Ask.Async(server);
        Assert.Equal(read, seen.Values.ContainsKey("body"));
    }

    [Fact]
    public async Task JSON_nested_a_million_deep_does_no_harm()
    {
        await using var server = LoopbackServer.Ok(new string('[', 1_000_000), "application/json");
        Assert.False((await Ask.Async(server)).Values.ContainsKey("body"));
    }

    [Theory]
    [InlineData("iso-8859-1", new byte[] { 0xe9 }, "é")]
    [InlineData("\"utf-8\"", new byte[] { 0xc3, 0xa9 }, "é")]
    [InlineData("utf-16", new byte[] { 0xe9, 0x00 }, "é")]
    [InlineData("utf-8", new byte[] { 0xff }, "\ufffd")]
    public async Task Text_is_decoded_by_its_charset(string charset, byte[] body, string text)
    {
        await using var server = LoopbackServer.Answering(
            $"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset={charset}\r\nContent-Length: {body.Length}\r\n\r\n", body);
        Assert.Equal(text, (await Ask.Async(server)).Values["text"]);
    }

    [Fact]
    public async Task An_unknown_charset_is_read_as_UTF_8_and_noted()
    {
        await using var server = LoopbackServer.Ok("é", "text/plain; charset=utf-7");
        var seen = await Ask.Async(server);
        Assert.Equal("é", seen.Values["text"]);
        Assert.Contains("charset", Assert.Single(seen.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_packed_body_is_unpacked(string encoding)
    {
        var packed = Pack(encoding, Encoding.UTF8.GetBytes("{\"ok\":true}"));
        await using var server = Packed(encoding, packed);
        var seen = await Ask.Async(server);
        Assert.Equal("{\"ok\":true}", seen.Values["text"]);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_bomb_is_left_at_the_cap(string encoding)
    {
        var packed = Pack(encoding, new byte[64 << 20]);
        Assert.InRange(packed.Length, 1, 100_000);
        await using var server = Packed(encoding, packed);
        var before = GC.GetTotalAllocatedBytes();
        var seen = await Ask.Async(Ask.Look(server.Url("/b"), maxBody: 100_000));
        Assert.Equal(ErrorId.BodyTooLarge, seen.CouldNotTell);
        Assert.Contains("100000 bytes", seen.Detail, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 32 << 20);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_packed_body_that_is_cut_off_or_broken_tells_nothing(string encoding)
    {
        var packed = Pack(encoding, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500))));
        foreach (var broken in new[] { packed[..(packed.Length / 2)], [.. packed.Reverse()] })
        {
            await using var server = Packed(encoding, broken);
            Assert.Equal(ErrorId.BadDocument, (await Ask.Async(server)).CouldNotTell);
        }
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    public async Task A_body_packed_in_an_unknown_way_is_not_read(string encoding)
    {
        await using var server = Packed(encoding, [1, 2, 3]);
        var seen = await Ask.Async(server);
        Assert.Equal(200L, seen.Values["status"]);
        Assert.False(seen.Values.ContainsKey("body"));
        Assert.Contains("Content-Encoding", Assert.Single(seen.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task A_body_is_read_up_to_its_cap(int length, bool read)
    {
        await using var server = LoopbackServer.Ok(new string('x', length));
        var seen = await Ask.Async(Ask.Look(server.Url(), maxBody: 100));
        Assert.Equal(read ? null : ErrorId.BodyTooLarge, seen.CouldNotTell);
    }

    [Fact]
    public async Task A_body_without_a_length_stops_being_read_at_the_cap()
    {
        var sent = 0L;
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancellation);
            for (; sent < 1L << 30; sent += 65536)
                await stream.WriteAsync(new byte[65536], cancellation);
        });
        var seen = await Ask.Async(Ask.Look(server.Url(), maxBody: 100_000));
        Assert.Equal(ErrorId.BodyTooLarge, seen.CouldNotTell);
        Assert.InRange(sent, 0, 256 << 20);
    }

    [Fact]
    public async Task HEAD_has_no_body_whatever_length_it_announces()
    {
        await using var server = LoopbackServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 999999\r\nContent-Encoding: gzip\r\n\r\n");
        var seen = await Ask.Async(Ask.Look(server.Url(), method: "HEAD", maxBody: 10));
        Assert.Null(seen.CouldNotTell);
        Assert.Equal("", seen.Values["body"]);
    }

    [Fact]
    public async Task A_body_and_headers_are_sent_as_the_runbook_says()
    {
        await using var server = LoopbackServer.Ok("x");
        var look = Ask.Look(server.Url("/a"), method: "POST") with
        {
            Body = "{\"a\":1}",
            Headers = new Dictionary<string, string>
            {
                ["Authorization"] = "Bearer é",
                ["User-Agent"] = "mine",
                ["content-type"] = "application/x",
                ["Host"] = "a.test",
            },
        };
        Assert.Null((await Ask.Async(look)).CouldNotTell);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /a HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Bearer Ã©\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nUser-Agent: mine\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/x\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nHost: a.test\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n{\"a\":1}", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/x", "GET", "X-A", "b", "http")]
    [InlineData("file:///etc/passwd", "GET", "X-A", "b", "http")]
    [InlineData("http://user:pass@127.0.0.1/", "GET", "X-A", "b", "user name")]
    [InlineData("http://127.0.0.1/", "GET /x", "X-A", "b", "method")]
    [InlineData("http://127.0.0.1/", "GET", "X-A", "b\r\nX-B: c", "X-A")]
    [InlineData("http://127.0.0.1/", "GET", "X A", "b", "header")]
    public async Task What_cannot_be_sent_as_it_stands_is_not_sent(string url, string method, string header, string value, string reason)
    {
        var dialer = new LoopbackDialer();
        var look = Ask.Look(new Uri(url), method: method) with { Headers = new Dictionary<string, string> { [header] = value } };
        var seen = await Ask.Async(look, connections: dialer.Connections());
        Assert.Equal(ErrorId.BadValue, seen.CouldNotTell);
        Assert.Contains(reason, seen.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("pass@", seen.Detail, StringComparison.Ordinal);
        Assert.Empty(dialer.Connected);
    }

    [Fact]
    public async Task Of_a_cookie_its_name_and_attributes_are_seen_and_its_value_never_is()
    {
        await using var server = LoopbackServer.Ok("x", moreHeaders: "Set-Cookie: sid=s3cret; Secure; HttpOnly\r\nSet-Cookie: opaque\r\n");
        var seen = await Ask.Async(server);
        var headers = (IReadOnlyDictionary<string, object?>)seen.Values["headers"]!;
        Assert.Equal("sid=***; Secure; HttpOnly, ***", headers["set-cookie"]);
    }

    [Fact]
    public async Task No_cookie_is_kept_from_one_look_to_the_next()
    {
        await using var server = LoopbackServer.Ok("x", moreHeaders: "Set-Cookie: sid=1\r\n");
        var connections = LoopbackDialer.Direct();
        await Ask.Async(Ask.Look(server.Url()), connections: connections);
        await Ask.Async(Ask.Look(server.Url()), connections: connections);
        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, r => Assert.DoesNotContain("Cookie", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reason_phrase_cannot_write_to_the_terminal_or_fill_the_report()
    {
        await using var server = LoopbackServer.Answering($"HTTP/1.1 200 OK \u001b[2J{new string('x', 5000)}\r\nContent-Length: 0\r\n\r\n");
        var seen = await Ask.Async(server);
        Assert.DoesNotContain(seen.Detail, char.IsControl);
        Assert.InRange(seen.Detail.Length, 1, 250);
    }

    private static LoopbackServer Packed(string encoding, byte[] body) => LoopbackServer.Answering(
        $"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n", body);

    private static byte[] Pack(string encoding, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Compress),
            "deflate" => new ZLibStream(packed, CompressionMode.Compress),
            _ => new BrotliStream(packed, CompressionMode.Compress),
        })
            packer.Write(bytes);
        return packed.ToArray();
    }
}
