using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Channels.Services;
using ReleaseOps.Tests.Probes;
using ReleaseOps.Tests.Probes.Http;

namespace ReleaseOps.Tests.Channels;

/// <summary>What holds at every service behind HTTP.</summary>
public sealed class HttpChannelTests
{
    public static TheoryData<ChannelKind> Kinds => [.. ServiceStandIn.Kinds];

    private static readonly FaultKind[] Unclear =
        [FaultKind.ClosedUnread, FaultKind.ClosedAfterReading, FaultKind.TakenWithoutAnswer, FaultKind.TakenWithCutAnswer, FaultKind.Garbage];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_notice_is_taken_by_the_published_rules(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        var outcome = await Send.NoticeAsync(service.Bound);
        Assert.Empty(service.Broken);
        Assert.Equal(SendState.Sent, outcome.State);
        Assert.Matches("^20[0-4] ", outcome.Detail);
        Assert.Equal(1, Assert.Single(service.Shown).Value);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_preview_is_exactly_what_goes_out_but_for_secrets(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        var bound = service.Bound;
        var clock = new ManualClock();
        var preview = Send.To(bound, clock: clock).Preview(SampleNotices.Update(), null);
        await Send.To(bound, clock: clock).SendAsync(SampleNotices.Update(), null, false, CancellationToken.None);
        var sent = Assert.Single(service.Requests);
        string[] paths = [SlackRules.Path, TeamsRules.Path];
        var signature = sent.Header("webhook-signature") is { Length: > 0 } header ? header[3..] : "~";
        string[] secrets = [.. paths, StatuspageRules.Token, PagerDutyRules.RoutingKey, OpsgenieRules.Key, signature];
        string Hidden(string text) => secrets.Aggregate(text, (t, secret) => t.Replace(secret, paths.Contains(secret) ? "/***" : "***"));
        Assert.Equal(Hidden(sent.Body), preview.Body);
        Assert.Equal((sent.Method, Hidden(service.Server + sent.Path)), (preview.Method, preview.Target));
        Assert.All(preview.Headers, h => Assert.Equal(Hidden(sent.Header(h.Key)), h.Value));
        var shown = preview.Target + preview.Body + string.Concat(preview.Headers);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, shown));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_service_that_is_busy_or_broken_is_for_later(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        foreach (var status in (int[])[408, 420, 425, 429, 500, 502, 503, 504])
        {
            service.Order(Fault.Of(status, body: "rollup_error"));
            var outcome = await Send.NoticeAsync(service.Bound);
            Assert.Equal(SendState.Later, outcome.State);
            Assert.StartsWith(status.ToString(CultureInfo.InvariantCulture), outcome.Detail);
            Assert.EndsWith(": rollup_error", outcome.Detail);
        }
        Assert.Empty(service.Accepted);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_service_that_will_not_have_it_refuses(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        foreach (var status in (int[])[301, 302, 307, 400, 401, 403, 404, 410, 413, 422])
        {
            service.Order(Fault.Of(status, body: "no_service"));
            Assert.Equal(SendState.Refused, (await Send.NoticeAsync(service.Bound)).State);
        }
        Assert.Empty(service.Accepted);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_may_have_arrived_is_unclear(ChannelKind kind)
    {
        foreach (var fault in Unclear)
        {
            await using var service = ServiceStandIn.Of(kind);
            service.Order(new Fault(fault));
            var outcome = await Send.NoticeAsync(service.Bound);
            Assert.True(outcome.State == SendState.Unclear, $"{fault}: {outcome}");
            Assert.Equal(fault is FaultKind.TakenWithoutAnswer or FaultKind.TakenWithCutAnswer ? 1 : 0, service.Accepted.Count);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_page_that_is_not_the_services_is_no_delivery(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        service.Order(new Fault(FaultKind.LoginPage));
        var outcome = await Send.NoticeAsync(service.Bound);
        // A webhook's receiver may answer what it likes.
        Assert.Equal(kind == ChannelKind.Webhook ? SendState.Sent : SendState.Unclear, outcome.State);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("999999", 3600)]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Sun, 01 Mar 2020 12:00:30 GMT", 0)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public async Task Retry_After_says_how_long_to_wait(string? header, int? seconds)
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Slack);
        service.Order(Fault.Busy(header));
        var outcome = await Send.To(service.Bound, clock: new ManualClock()).SendAsync(SampleNotices.Update(), null, false, CancellationToken.None);
        Assert.Equal(seconds, (int?)outcome.After?.TotalSeconds);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_refused_connection_is_for_later(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var nobody = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        var bound = service.Bound;
        bound = bound with { Api = nobody, Address = bound.Address.Replace(service.Server, nobody) };
        var outcome = await Send.NoticeAsync(bound);
        Assert.Equal(SendState.Later, outcome.State);
        Assert.Contains("the connection was refused", outcome.Detail);
        Assert.DoesNotContain("secret", outcome.Detail);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_for_later() =>
        Assert.Equal(SendState.Later, (await Send.NoticeAsync(Webhook("http://nobody.test/hook"))).State);

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_for_later()
    {
        using var certificate = TestCertificates.SelfSigned("localhost");
        await using var server = new LoopbackServer(async (stream, _, cancellation) =>
        {
            await using var tls = new System.Net.Security.SslStream(stream, leaveInnerStreamOpen: true);
            await tls.AuthenticateAsServerAsync(new() { ServerCertificate = certificate }, cancellation);
        });
        var outcome = await Send.NoticeAsync(Webhook(server.Url("/hook", "localhost", "https").AbsoluteUri));
        Assert.Equal(SendState.Later, outcome.State);
        Assert.Contains("TLS", outcome.Detail);
    }

    [Theory]
    [InlineData("hooks.slack.com/services/x-secret")]
    [InlineData("ftp://example.com/x-secret")]
    [InlineData("file:///etc/x-secret")]
    [InlineData("x-secret")]
    [InlineData("")]
    [InlineData("http://user:x-secret@127.0.0.1/")]
    public async Task An_address_that_is_none_is_refused_without_showing_it(string address)
    {
        foreach (var kind in (ChannelKind[])[ChannelKind.Slack, ChannelKind.Teams, ChannelKind.Webhook])
        {
            var outcome = await Send.NoticeAsync(Webhook(address) with { Kind = kind });
            Assert.Equal(SendState.Refused, outcome.State);
            Assert.Contains("the address of channel hook", outcome.Detail);
            Assert.DoesNotContain("secret", outcome.Detail);
        }
    }

    [Fact]
    public async Task A_secret_that_can_not_stand_in_a_header_is_refused_without_showing_it()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Statuspage);
        var outcome = await Send.NoticeAsync(service.Bound with { Secret = "to\r\nken-secret" });
        Assert.Equal(SendState.Refused, outcome.State);
        Assert.DoesNotContain("secret", outcome.Detail.Replace("or its secret", ""));
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task What_a_service_says_is_one_masked_line()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Slack);
        service.Order(Fault.Of(403, body: "no\r\n::error::" + SlackRules.Path + "\u001b[31m" + new string('x', 100_000)));
        var outcome = await Send.To(service.Bound, new SecretMask([SlackRules.Path])).SendAsync(SampleNotices.Update(), null, false, CancellationToken.None);
        Assert.Equal(SendState.Refused, outcome.State);
        Assert.StartsWith("403 Forbidden: no ::error::*** [31mxxx", outcome.Detail);
        Assert.InRange(outcome.Detail.Length, 100, 250);
    }

    [Fact]
    public async Task The_deadline_is_over_the_whole_exchange()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Slack);
        service.Order(new Fault(FaultKind.Silence));
        var clock = new ManualClock();
        var sending = Send.To(service.Bound, clock: clock).SendAsync(SampleNotices.Update(), null, false, CancellationToken.None);
        while (service.Requests.IsEmpty)
            await Task.Yield();
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(15));
        var outcome = await sending;
        Assert.Equal(SendState.Unclear, outcome.State);
        Assert.Contains("no full answer within 15s", outcome.Detail);
    }

    [Fact]
    public async Task A_body_that_drips_does_not_stretch_the_deadline()
    {
        var dripped = new TaskCompletionSource();
        await using var server = new LoopbackServer(async (stream, own, cancellation) =>
        {
            await own.ReadRequestAsync(stream, cancellation);
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\no"), cancellation);
            dripped.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        var clock = new ManualClock();
        var sending = Send.To(Webhook(server.Url().AbsoluteUri), clock: clock).SendAsync(SampleNotices.Update(), null, false, CancellationToken.None);
        await dripped.Task;
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(SendState.Unclear, (await sending).State);
    }

    [Fact]
    public async Task Who_cancels_gets_no_outcome()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Slack);
        service.Order(new Fault(FaultKind.Silence));
        using var end = new CancellationTokenSource();
        var sending = Send.To(service.Bound).SendAsync(SampleNotices.Update(), null, false, end.Token);
        while (service.Requests.IsEmpty)
            await Task.Yield();
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Each_try_has_a_connection_of_its_own()
    {
        await using var server = LoopbackServer.Ok("ok");
        for (var i = 0; i < 3; i++)
            await Send.NoticeAsync(Webhook(server.Url().AbsoluteUri));
        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_read_to_its_bound()
    {
        await using var server = new LoopbackServer(async (stream, own, cancellation) =>
        {
            await own.ReadRequestAsync(stream, cancellation);
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellation);
            while (!cancellation.IsCancellationRequested)
                await stream.WriteAsync(new byte[64 * 1024], cancellation);
        });
        Assert.Equal(SendState.Refused, (await Send.NoticeAsync(Webhook(server.Url().AbsoluteUri))).State);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_text_that_lacks_something_is_shown_and_never_sent(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        var lacking = SampleNotices.Update() with { Text = [new("Impact: ", TextKind.Literal), new("impact", TextKind.Missing)] };
        Assert.Matches("(<|&lt;|\\\\u003C)impact(>|&gt;|\\\\u003E)", Send.To(service.Bound).Preview(lacking, null).Body);
        var outcome = await Send.NoticeAsync(service.Bound, lacking);
        Assert.Equal((SendState.Refused, "the message lacks impact"), (outcome.State, outcome.Detail));
        Assert.Empty(service.Requests);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_secret_in_a_text_does_not_go_out(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        var mask = new SecretMask(["hunter2-hunter2"]);
        await Send.To(service.Bound, mask).SendAsync(SampleNotices.Update(impact: "hunter2-hunter2 leaked", title: "hunter2-hunter2"), null, false, CancellationToken.None);
        Assert.DoesNotContain("hunter2", Assert.Single(service.Requests).Body);
        Assert.DoesNotContain("hunter2", Send.To(service.Bound, mask).Preview(SampleNotices.Update(impact: "hunter2-hunter2"), null).Body);
    }

    [Theory]
    [InlineData(ChannelKind.Statuspage)]
    [InlineData(ChannelKind.PagerDuty)]
    [InlineData(ChannelKind.Opsgenie)]
    public async Task A_notice_about_no_incident_is_refused_where_there_is_no_place_for_it(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        var none = SampleNotices.Update(status: null);
        Assert.Equal(ErrorId.NoticeRefused, Assert.Throws<ReleaseOpsException>(() => Send.To(service.Bound).Preview(none, null)).Id);
        Assert.Equal(SendState.Refused, (await Send.NoticeAsync(service.Bound, none)).State);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task The_runbooks_pace_comes_before_the_services()
    {
        await using var service = ServiceStandIn.Of(ChannelKind.Slack);
        Assert.Equal(TimeSpan.FromSeconds(1), Send.To(service.Bound).Pace);
        Assert.Equal(TimeSpan.FromSeconds(9), Send.To(service.Bound with { Pace = TimeSpan.FromSeconds(9) }).Pace);
    }

    private static BoundChannel Webhook(string address) => new("hook", ChannelKind.Webhook, address) { Folder = Path.GetTempPath() };
}
