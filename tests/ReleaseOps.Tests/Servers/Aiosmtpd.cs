using System.Net.Sockets;
using ReleaseOps.Tests.Probes.Http;

namespace ReleaseOps.Tests.Servers;

/// <summary>
/// A real SMTP server (aiosmtpd) that keeps what it takes. Addresses say what it does: <c>later@</c> is refused with 450, <c>grey@</c> with 451, <c>never@</c>
/// with 550; mail to <c>full@</c> is refused with 452 when it is all there, to <c>lost@</c> the connection is cut then, to
/// <c>taken@</c> it is taken first, and <c>slow@</c> never gets an answer.
/// </summary>
public sealed class Aiosmtpd : RealServer
{
    private const string Server = """
        import asyncio, email, os, ssl, sys, time
        from aiosmtpd.smtp import SMTP, AuthResult

        port, folder, tls, user = int(sys.argv[1]), sys.argv[2], sys.argv[3] == 'tls', sys.argv[4]

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith('later@'):
                    return '450 come back'
                if address.startswith('grey@'):
                    return '451 greylisted'
                if address.startswith('never@'):
                    return '550 no such user'
                envelope.rcpt_tos.append(address)
                return '250 OK'

            async def handle_DATA(self, server, session, envelope):
                to = ' '.join(envelope.rcpt_tos)
                if 'full@' in to:
                    return '452 no room'
                if 'bad@' in to:
                    return '554 spam'
                if 'lost@' in to:
                    server.transport.abort()
                    return '250 OK'
                if 'slow@' in to:
                    open(os.path.join(folder, 'slow'), 'w').close()
                    await asyncio.sleep(3600)
                n = len(os.listdir(folder))
                with open(os.path.join(folder, f'new{n}'), 'wb') as f:
                    f.write(b'X-To: ' + to.encode() + b'\r\n' + envelope.content)
                os.rename(os.path.join(folder, f'new{n}'), os.path.join(folder, f'{n:04}.eml'))
                if 'taken@' in to:
                    server.transport.abort()
                return '250 OK'

        def authenticate(server, session, envelope, mechanism, data):
            return AuthResult(success=data.login.decode() == user and data.password.decode() == 'mail-password', handled=False)

        class Server(SMTP):
            # It knows ways to log in by capitals only, where RFC 4954 lets them be written any way.
            async def smtp_AUTH(self, arg):
                way, _, rest = (arg or '').partition(' ')
                await super().smtp_AUTH((way.upper() + ' ' + rest).strip())

        async def main():
            context = None
            if tls:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain('cert.pem', 'key.pem')
            loop = asyncio.get_running_loop()
            needs = user != ''
            server = await loop.create_server(lambda: Server(Handler(), hostname='test', tls_context=context, require_starttls=tls, timeout=3600,
                authenticator=authenticate if needs else None, auth_required=needs, auth_require_tls=tls), '127.0.0.1', port)
            await server.serve_forever()

        asyncio.run(main())
        """;

    private readonly bool _tls;
    private readonly string _user;

    private Aiosmtpd(bool tls, string user)
    {
        _tls = tls;
        _user = user;
    }

    private protected override string Program => "/usr/bin/python3";

    private protected override string ReadyPath => "";

    private string Mails => Path.Combine(Folder, "mail");

    /// <summary>Starts one.</summary>
    /// <param name="tls">True for one that asks for STARTTLS; its certificate is for localhost, and from a root that only the tests trust.</param>
    /// <param name="user">The user that must log in, with the password mail-password; empty for nobody.</param>
    internal static async Task<Aiosmtpd> StartAsync(bool tls = false, string user = "")
    {
        var server = new Aiosmtpd(tls, user);
        try
        {
            server.Write("server.py", Server);
            server.Write("mail/.keep", "");
            File.Delete(Path.Combine(server.Mails, ".keep"));
            using var certificate = TestCertificates.Issue("localhost");
            server.Write("cert.pem", certificate.ExportCertificatePem());
            using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(certificate)!;
            server.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
            await server.LaunchAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Each mail that was taken, as bytes came, in order.</summary>
    internal IReadOnlyList<string> Taken() =>
        [.. Directory.GetFiles(Mails, "*.eml").Order(StringComparer.Ordinal).Select(f => File.ReadAllText(f))];

    /// <summary>Waits until a mail stands there that never gets an answer.</summary>
    internal async Task AwaitSlowAsync()
    {
        while (!File.Exists(Path.Combine(Mails, "slow")))
            await Task.Delay(5);
    }

    private protected override async Task<bool> IsReadyAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private protected override IEnumerable<string> Arguments() =>
        [Path.Combine(Folder, "server.py"), Port.ToString(System.Globalization.CultureInfo.InvariantCulture), Mails, _tls ? "tls" : "plain", _user];
}
