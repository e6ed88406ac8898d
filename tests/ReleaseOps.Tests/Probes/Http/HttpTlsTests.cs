using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Probes.Http;

public sealed class HttpTlsTests
{
    [Fact]
    public async Task A_valid_certificate_is_accepted()
    {
        using var certificate = TestCertificates.Issue("a.test");
        await using var server = Serve(certificate);
        var seen = await AskAsync(server, trusted: true);
        Assert.Null(seen.CouldNotTell);
        Assert.Equal("over TLS", seen.Values["body"]);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused()
    {
        using var certificate = TestCertificates.Issue("b.test");
        await AssertRefusedAsync(certificate, "another name");
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        using var certificate = TestCertificates.Issue("a.test", from: -20, to: -10);
        await AssertRefusedAsync(certificate, "expired or not yet valid (valid from ");
    }

    [Fact]
    public async Task A_certificate_that_is_not_valid_yet_is_refused()
    {
        using var certificate = TestCertificates.Issue("a.test", from: 10, to: 20);
        await AssertRefusedAsync(certificate, "not yet valid");
    }

    [Fact]
    public async Task A_certificate_that_is_not_for_servers_is_refused()
    {
        using var certificate = TestCertificates.Issue("a.test", usage: "1.3.6.1.5.5.7.3.2");
        await AssertRefusedAsync(certificate, "isn't for servers");
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_refused()
    {
        using var certificate = TestCertificates.Issue("a.test");
        await AssertRefusedAsync(certificate, "issuer isn't known", trusted: false);
    }

    [Fact]
    public async Task A_self_signed_certificate_is_refused()
    {
        using var certificate = TestCertificates.SelfSigned("a.test");
        await AssertRefusedAsync(certificate, "root isn't trusted");
    }

    [Fact]
    public async Task A_server_that_does_not_speak_TLS_is_refused()
    {
        await using var server = new LoopbackServer(async (stream, _, cancellation) =>
            await stream.WriteAsync("HTTP/1.1 400 This is plain\r\n\r\n"u8.ToArray(), cancellation));
        var seen = await AskAsync(server, trusted: true);
        Assert.Equal(ErrorId.TlsFailed, seen.CouldNotTell);
    }

    [Fact]
    public async Task A_redirect_from_https_to_http_is_refused()
    {
        using var certificate = TestCertificates.Issue("a.test");
        await using var plain = LoopbackServer.Ok("plain");
        await using var server = Serve(certificate, $"HTTP/1.1 302 Go\r\nLocation: {plain.Url()}\r\nContent-Length: 0\r\n\r\n");
        var seen = await AskAsync(server, trusted: true, redirects: 3);
        Assert.Equal(ErrorId.RedirectRefused, seen.CouldNotTell);
        Assert.Contains("from https to http", seen.Detail, StringComparison.Ordinal);
        Assert.Equal(0, plain.Connections);
    }

    private static async Task AssertRefusedAsync(X509Certificate2 certificate, string reason, bool trusted = true)
    {
        await using var server = Serve(certificate);
        var seen = await AskAsync(server, trusted);
        Assert.Equal(ErrorId.TlsFailed, seen.CouldNotTell);
        Assert.StartsWith($"/x TLS with a.test:{server.Port} failed: ", seen.Detail, StringComparison.Ordinal);
        Assert.Contains(reason, seen.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static Task<Observation> AskAsync(LoopbackServer server, bool trusted, int redirects = 0)
    {
        var dialer = new LoopbackDialer().Name("a.test", ["127.0.0.1"]);
        return Ask.Async(
            Ask.Look(server.Url("/x", "a.test", "https"), redirects),
            connections: dialer.Connections(roots: trusted ? [TestCertificates.Root] : null));
    }

    private static LoopbackServer Serve(X509Certificate2 certificate,
        string answer = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nover TLS") =>
        new(async (stream, self, cancellation) =>
        {
            await using var tls = new SslStream(stream, leaveInnerStreamOpen: true);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellation);
            await self.ReadRequestAsync(tls, cancellation);
            await tls.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellation);
        });
}
