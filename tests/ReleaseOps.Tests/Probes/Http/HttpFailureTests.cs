using System.Net;
using System.Net.Sockets;
using System.Text;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Probes.Http;

public sealed class HttpFailureTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_host_that_accepts_and_never_answers_ends_at_the_deadline()
    {
        var clock = new ManualClock();
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            clock.Advance(Deadline);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        var seen = await Ask.Async(server, LookContexts.Plain(clock, Deadline));
        Assert.Equal(ErrorId.TimedOut, seen.CouldNotTell);
        Assert.Equal($"/health no full answer within 30s: waiting for the headers (127.0.0.1:{server.Port})", seen.Detail);
        Assert.Equal(Deadline, seen.Elapsed);
        Assert.Empty(seen.Values);
    }

    [Fact]
    public async Task A_kept_alive_connection_that_falls_silent_ends_at_the_deadline()
    {
        var clock = new ManualClock();
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancellation);
            await self.ReadRequestAsync(stream, cancellation);
            clock.Advance(Deadline);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        var connections = LoopbackDialer.Direct();
        Assert.Null((await Ask.Async(Ask.Look(server.Url()), LookContexts.Plain(clock, Deadline), connections)).CouldNotTell);
        var seen = await Ask.Async(Ask.Look(server.Url()), LookContexts.Plain(clock, Deadline), connections);
        Assert.Equal(ErrorId.TimedOut, seen.CouldNotTell);
        Assert.Contains("waiting for the headers", seen.Detail, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("Content-Length: 1000\r\n\r\n12345")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n")]
    public async Task A_body_that_never_ends_ends_at_the_deadline(string rest)
    {
        var clock = new ManualClock();
        var answer = "HTTP/1.1 200 OK\r\n" + rest;
        var reached = new TaskCompletionSource();
        var dialer = new LoopbackDialer { Awaited = (answer.Length, reached) };
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellation);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        var asking = Ask.Async(Ask.Look(server.Url("/slow")), LookContexts.Plain(clock, Deadline), dialer.Connections());
        await reached.Task;
        Assert.False(asking.IsCompleted);
        clock.Advance(Deadline);
        var seen = await asking;
        Assert.Equal(ErrorId.TimedOut, seen.CouldNotTell);
        Assert.Contains("reading the body, 5 bytes so far", seen.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_drips_ends_at_the_deadline_although_each_byte_comes_in_time()
    {
        var clock = new ManualClock();
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancellation);
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray(), cancellation);
                clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(1, cancellation);
            }
        });
        var seen = await Ask.Async(server, LookContexts.Plain(clock, Deadline));
        Assert.Equal(ErrorId.TimedOut, seen.CouldNotTell);
    }

    [Fact]
    public async Task Headers_that_drip_end_at_the_deadline()
    {
        var clock = new ManualClock();
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), cancellation);
            while (true)
            {
                await stream.WriteAsync("X-A: b\r\n"u8.ToArray(), cancellation);
                clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(1, cancellation);
            }
        });
        Assert.Equal(ErrorId.TimedOut, (await Ask.Async(server, LookContexts.Plain(clock, Deadline))).CouldNotTell);
    }

    [Fact]
    public async Task The_deadline_covers_all_redirects_together()
    {
        var clock = new ManualClock();
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            clock.Advance(Deadline / 3);
            await LoopbackServer.AnswerAsync(stream, "302 Found\r\nLocation: /next", cancellation);
        });
        var seen = await Ask.Async(Ask.Look(server.Url(), redirects: 10), LookContexts.Plain(clock, Deadline));
        Assert.Equal(ErrorId.TimedOut, seen.CouldNotTell);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_TLS_handshake_that_hangs_ends_at_the_deadline()
    {
        var clock = new ManualClock();
        await using var server = new LoopbackServer(async (stream, _, cancellation) =>
        {
            await stream.ReadExactlyAsync(new byte[1], cancellation);
            clock.Advance(Deadline);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        var seen = await Ask.Async(Ask.Look(server.Url(scheme: "https")), LookContexts.Plain(clock, Deadline));
        Assert.Equal(ErrorId.TimedOut, seen.CouldNotTell);
        Assert.Contains("agreeing on TLS", seen.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_cancellation_is_not_a_time_out()
    {
        using var caller = new CancellationTokenSource();
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await caller.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            HttpProbe.LookAsync(Ask.Look(server.Url()), LookContexts.Plain(), LoopbackDialer.Direct(), caller.Token));
    }

    [Fact]
    public async Task A_refused_connection_is_unreachable()
    {
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)held.LocalEndPoint!).Port;
        var seen = await Ask.Async(Ask.Look(new Uri($"http://127.0.0.1:{port}/health")));
        Assert.Equal(ErrorId.Unreachable, seen.CouldNotTell);
        Assert.Equal($"/health 127.0.0.1:{port}: the connection was refused", seen.Detail);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_unreachable()
    {
        var seen = await Ask.Async(Ask.Look(new Uri("http://nobody.test/")));
        Assert.Equal(ErrorId.Unreachable, seen.CouldNotTell);
        Assert.Equal("/ nobody.test: the name doesn't resolve", seen.Detail);
    }

    [Fact]
    public async Task The_next_address_is_tried_where_one_refuses()
    {
        await using var server = LoopbackServer.Ok("x");
        var dialer = new LoopbackDialer().Name("two.test", ["127.0.0.1", "127.0.0.1"]);
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)held.LocalEndPoint!).Port;
        Assert.Equal(ErrorId.Unreachable,
            (await Ask.Async(Ask.Look(new Uri($"http://two.test:{port}/")), connections: dialer.Connections())).CouldNotTell);
        Assert.Equal(2, dialer.Connected.Count);
    }

    [Fact]
    public async Task A_connection_that_ends_before_the_answer_is_unreachable()
    {
        await using var server = new LoopbackServer((stream, self, cancellation) => self.ReadRequestAsync(stream, cancellation));
        var seen = await Ask.Async(server);
        Assert.Equal(ErrorId.Unreachable, seen.CouldNotTell);
        Assert.Contains("ended before the answer did", seen.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")]
    public async Task A_body_that_is_cut_off_tells_nothing(string answer)
    {
        await using var server = LoopbackServer.Answering(answer);
        var seen = await Ask.Async(server);
        Assert.Equal(ErrorId.Unreachable, seen.CouldNotTell);
        Assert.Contains("ended in the body, after 4 bytes", seen.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 999999 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task What_is_not_HTTP_is_said_to_be_no_document(string answer)
    {
        await using var server = LoopbackServer.Answering(answer);
        var seen = await Ask.Async(server);
        Assert.Equal(ErrorId.BadDocument, seen.CouldNotTell);
        Assert.Contains("isn't valid HTTP", seen.Detail, StringComparison.Ordinal);
        Assert.InRange(seen.Detail.Length, 1, 300);
    }

    [Fact]
    public async Task A_header_bomb_is_left_at_64_KB()
    {
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), cancellation);
            while (true)
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"X-A: {new string('b', 4000)}\r\n"), cancellation);
        });
        var seen = await Ask.Async(server);
        Assert.Equal(ErrorId.BadDocument, seen.CouldNotTell);
        Assert.Contains("64 KB", seen.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_sends_something_is_never_sent_twice()
    {
        // The first connection dies with the request on it, as a kept-alive one does that the server has just closed.
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            if (self.Requests.Count % 2 == 1)
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancellation);
        });
        var connections = LoopbackDialer.Direct();
        var look = Ask.Look(server.Url(), method: "POST") with { Body = "x" };
        Assert.Null((await Ask.Async(look, connections: connections)).CouldNotTell);
        Assert.Equal(ErrorId.Unreachable, (await Ask.Async(look, connections: connections)).CouldNotTell);
        Assert.Equal(2, server.Requests.Count);
    }
}
