using System.Net;
using System.Net.Sockets;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes;
using ReleaseOps.Tests.Probes.Http;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Channels;

public sealed class SmtpChannelTests
{
    private const string Python = "/usr/bin/aiosmtpd";

    [NeedsProgram(Python)]
    public async Task A_mail_arrives_with_its_headers_and_lines()
    {
        await using var server = await Aiosmtpd.StartAsync();
        var notice = SampleNotices.Update(title: "Ausfall: Kasse ü😀") with
        {
            Text = [new("One.\n.\n..two\n", TextKind.Literal), new("Größe 😀 = 100 %", TextKind.Value)],
        };
        Assert.Equal(SendState.Sent, (await Send.NoticeAsync(Bound(server), notice)).State);
        var mail = Mail.Parse(Assert.Single(server.Taken()));
        Assert.Equal("Ausfall: Kasse ü😀", mail.Subject);
        Assert.Equal("One.\n.\n..two\nGröße 😀 = 100 %\n\n-- \n"
            + "ARIS3 1.0.0 · SEV1 · Investigating · 2026-03-01T12:00:00Z · ARIS3-1.0.0/INC-1/1", mail.Body.TrimEnd());
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal(mail.Headers["In-Reply-To"], mail.Headers["References"]);
        Assert.Matches("^<releaseops\\.[0-9a-f]{64}@example\\.com>$", mail.Headers["Message-ID"]);
        Assert.Equal("a@example.com b@example.com", mail.Headers["X-To"]);
    }

    [NeedsProgram(Python)]
    public async Task A_repeat_has_the_same_id_and_an_update_another_one_in_the_same_thread()
    {
        await using var server = await Aiosmtpd.StartAsync();
        await Send.NoticeAsync(Bound(server));
        await Send.NoticeAsync(Bound(server), SampleNotices.Update() with { MayBeRepeat = true }, mayBeThere: true);
        await Send.NoticeAsync(Bound(server), SampleNotices.Update(number: 2));
        var mails = server.Taken().Select(Mail.Parse).ToList();
        Assert.Equal(mails[0].Headers["Message-ID"], mails[1].Headers["Message-ID"]);
        Assert.NotEqual(mails[0].Headers["Message-ID"], mails[2].Headers["Message-ID"]);
        Assert.Single(mails.Select(m => m.Headers["References"]).Distinct());
        Assert.StartsWith("(This may be a repeat", mails[1].Body);
        Assert.False(Send.To(Bound(server)).Dedups);
    }

    [NeedsProgramTheory(Python)]
    [InlineData("x\r\nBcc: evil@example.com")]
    [InlineData("x\nBcc: evil@example.com\n\nbody")]
    [InlineData("=?utf-8?B?QmNjOiBldmlsQGV4YW1wbGUuY29t?=")]
    [InlineData("x\u0085Bcc: evil@example.com\u2028y\u0000z\u202e")]
    [InlineData("ü\r\n Bcc: evil@example.com")]
    public async Task A_title_forges_no_header(string title)
    {
        await using var server = await Aiosmtpd.StartAsync();
        var outcome = await Send.NoticeAsync(Bound(server), SampleNotices.Update(title: title, impact: title));
        Assert.True(outcome.State == SendState.Sent, outcome.Detail);
        var mail = Mail.Parse(Assert.Single(server.Taken()));
        string[] known =
        [
            "X-To", "MIME-Version", "From", "To", "Date", "Subject", "Content-Type", "Content-Transfer-Encoding", "Message-ID", "In-Reply-To",
            "References", "Auto-Submitted",
        ];
        Assert.All(mail.Headers.Keys, header => Assert.Contains(header, known, StringComparer.OrdinalIgnoreCase));
        Assert.Equal("a@example.com b@example.com", mail.Headers["X-To"]);
        Assert.DoesNotContain(mail.Subject, char.IsControl);
        // What it shows is what stood there: nothing was decoded on the way.
        Assert.Equal(title.Contains('\u0085') || !title.Contains('?') ? OneLine.Of(title) : title.Replace("=?", "= ?"), mail.Subject);
        Assert.StartsWith("*Impact:* ", mail.Body);
        Assert.Equal("Next update in 30 minutes.", mail.Body.Split('\n')[1]);
    }

    [NeedsProgramTheory(Python)]
    [InlineData("later@example.com", SendState.Later, "450")]
    [InlineData("grey@example.com", SendState.Later, "451")]
    [InlineData("never@example.com", SendState.Refused, "550")]
    [InlineData("full@example.com", SendState.Later, "452")]
    [InlineData("bad@example.com", SendState.Refused, "554")]
    [InlineData("lost@example.com", SendState.Unclear, "")]
    [InlineData("taken@example.com", SendState.Unclear, "")]
    public async Task What_the_server_says_decides(string to, SendState state, string said)
    {
        await using var server = await Aiosmtpd.StartAsync();
        var outcome = await Send.NoticeAsync(Bound(server) with { To = [to] });
        Assert.True(outcome.State == state, outcome.ToString());
        Assert.Contains(said, outcome.Detail);
        Assert.Equal(to.StartsWith("taken", StringComparison.Ordinal) ? 1 : 0, server.Taken().Count);
    }

    [NeedsProgram(Python)]
    public async Task Who_is_refused_does_not_keep_it_from_the_others()
    {
        await using var server = await Aiosmtpd.StartAsync();
        var outcome = await Send.NoticeAsync(Bound(server) with { To = ["never@example.com", "a@example.com", "later@example.com"] });
        Assert.True(outcome.State == SendState.Sent, outcome.Detail);
        Assert.Contains("never@example.com", outcome.Detail);
        Assert.Contains("later@example.com", outcome.Detail);
        Assert.Single(server.Taken());
        // What the library takes for more than that ends it before anybody has it.
        Assert.Equal(SendState.Later, (await Send.NoticeAsync(Bound(server) with { To = ["a@example.com", "grey@example.com"] })).State);
        Assert.Single(server.Taken());
        Assert.Equal(SendState.Later, (await Send.NoticeAsync(Bound(server) with { To = ["never@example.com", "later@example.com"] })).State);
    }

    [NeedsProgram(Python)]
    public async Task No_mail_goes_to_a_server_without_STARTTLS_unless_the_runbook_says_so()
    {
        await using var server = await Aiosmtpd.StartAsync();
        var outcome = await Send.NoticeAsync(Bound(server) with { Tls = SmtpTls.StartTls });
        Assert.Equal(SendState.Refused, outcome.State);
        Assert.Empty(server.Taken());
    }

    [NeedsProgram(Python)]
    public async Task No_mail_goes_to_a_server_whose_certificate_nobody_trusts()
    {
        await using var server = await Aiosmtpd.StartAsync(tls: true);
        var outcome = await Send.NoticeAsync(Bound(server) with { Address = $"localhost:{server.Port}", Tls = SmtpTls.StartTls });
        Assert.Equal(SendState.Later, outcome.State);
        Assert.Empty(server.Taken());
    }

    [NeedsProgram(Python)]
    public async Task A_user_logs_in_over_TLS()
    {
        await using var server = await Aiosmtpd.StartAsync(tls: true, user: "ops");
        var bound = Bound(server) with { Address = $"localhost:{server.Port}", Tls = SmtpTls.StartTls, User = "ops", Password = "mail-password" };
        using var trusted = TestTrust.InTestRoot();
        var outcome = await Send.NoticeAsync(bound);
        Assert.True(outcome.State == SendState.Sent, outcome.Detail);
        outcome = await Send.NoticeAsync(bound with { Password = "another-password" });
        Assert.Equal(SendState.Refused, outcome.State);
        Assert.DoesNotContain("another-password", outcome.Detail);
        Assert.Single(server.Taken());
    }

    [NeedsProgram(Python)]
    public async Task A_server_that_does_not_answer_runs_into_the_deadline()
    {
        await using var server = await Aiosmtpd.StartAsync();
        var clock = new ManualClock();
        var sending = Send.To(Bound(server) with { To = ["slow@example.com"] }, clock: clock).SendAsync(SampleNotices.Update(), null, false, CancellationToken.None);
        await server.AwaitSlowAsync();
        Assert.False(sending.IsCompleted);
        clock.Advance(SmtpChannel.Deadline);
        var outcome = await sending.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(SendState.Unclear, outcome.State);
        Assert.Contains("within 1m", outcome.Detail);
    }

    [Fact]
    public async Task Who_cancels_is_free_at_once_even_where_nobody_greets()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var end = new CancellationTokenSource();
        var sending = Send.To(Bound($"127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}")).SendAsync(SampleNotices.Update(), null, false, end.Token);
        using var accepted = await silent.AcceptSocketAsync();
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_server_that_talks_nonsense_has_no_mail()
    {
        await using var server = new LoopbackServer(async (stream, _, cancellation) =>
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancellation));
        Assert.NotEqual(SendState.Sent, (await Send.NoticeAsync(Bound($"127.0.0.1:{server.Port}"))).State);
    }

    [Fact]
    public async Task A_refused_connection_and_an_unknown_name_are_for_later()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Assert.Equal(SendState.Later, (await Send.NoticeAsync(Bound($"127.0.0.1:{port}"))).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mail.example.com:0")]
    [InlineData("mail.example.com:99999")]
    [InlineData("https://mail.example.com")]
    [InlineData("mail example")]
    public async Task An_address_that_is_none_is_refused(string address) =>
        Assert.Contains("isn't HOST or HOST:PORT", (await Send.NoticeAsync(Bound(address))).Detail);

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@example.com\r\nBcc: evil@example.com")]
    [InlineData("a@example.com, evil@example.com")]
    [InlineData("")]
    public async Task A_recipient_that_is_none_is_refused(string to)
    {
        var outcome = await Send.NoticeAsync(Bound("127.0.0.1:1") with { To = [to] });
        Assert.Equal(SendState.Refused, outcome.State);
        Assert.Contains("isn't a mail address", outcome.Detail);
    }

    [Fact]
    public void A_preview_is_the_mail_as_a_person_reads_it()
    {
        var preview = Send.To(Bound("mail.example.com") with { User = "ops", Password = "mail-password" }).Preview(SampleNotices.Update(), null);
        Assert.Equal(("MAIL", "mail.example.com"), (preview.Method, preview.Target));
        Assert.Matches("""^From: ops@example\.com\nTo: a@example\.com, b@example\.com\nSubject: Checkout is down\n"""
            + """Message-ID: <releaseops\.[0-9a-f]{64}@example\.com>\nIn-Reply-To: (<.*>)\nReferences: \1\n"""
            + """Auto-Submitted: auto-generated\n\n\*Impact:\* checkout""", preview.Body);
        Assert.DoesNotContain("mail-password", preview.Body);
    }

    private static BoundChannel Bound(Aiosmtpd server) => Bound($"127.0.0.1:{server.Port}");

    private static BoundChannel Bound(string address) => new("mail", ChannelKind.Smtp, address)
    {
        From = "ops@example.com",
        To = ["a@example.com", "b@example.com"],
        Tls = SmtpTls.None,
        Folder = Path.GetTempPath(),
    };
}
