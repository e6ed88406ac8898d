using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace ReleaseOps.Tests.Probes.Http;

/// <summary>A real nginx on loopback.</summary>
public sealed class Nginx : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    internal int Port { get; private set; }

    internal int TlsPort { get; private set; }

    internal Uri Url(string path) => new($"http://127.0.0.1:{Port}{path}");

    public async Task InitializeAsync()
    {
        if (NeedsProgram.Find("nginx") is not { } nginx)
            return;
        // Another process may take the port between finding and using it; then another one is found.
        for (var tries = 0; !await StartAsync(nginx); tries++)
            Assert.InRange(tries, 0, 4);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        _process?.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> StartAsync(string nginx)
    {
        using (var one = new TcpListener(IPAddress.Loopback, 0))
        using (var other = new TcpListener(IPAddress.Loopback, 0))
        {
            one.Start();
            other.Start();
            (Port, TlsPort) = (((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)other.LocalEndpoint).Port);
        }
        using (var certificate = TestCertificates.Issue("a.test"))
        {
            _folder.Write("cert.pem", certificate.ExportCertificatePem());
            _folder.Write("key.pem", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        }
        _folder.Write("n.conf", Configuration());
        _folder.Write("big/large.bin", new string('x', 3 << 20));
        _folder.Write("big/health.json", "{\"status\":\"ok\",\"checks\":[1,2,3]}");
        string[] arguments = ["-p", _folder.Path, "-c", "n.conf", "-e", "e.log"];
        _process = Process.Start(new ProcessStartInfo(nginx, arguments) { RedirectStandardError = true })!;
        for (var waited = 0; waited < 1000 && !_process.HasExited; waited++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(10);
            }
        }
        return false;
    }

    private string Configuration()
    {
        return $$"""
            daemon off; master_process off; pid n.pid; error_log e.log;
            events { worker_connections 64; }
            http {
              access_log off; client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
              default_type text/plain; keepalive_requests 1000000;
              server {
                listen 127.0.0.1:{{Port}}; listen 127.0.0.1:{{TlsPort}} ssl http2; root {{_folder.Path}}/big;
                ssl_certificate {{_folder.Path}}/cert.pem; ssl_certificate_key {{_folder.Path}}/key.pem;
                location = /version { return 200 $server_protocol; }
                location = /health { return 200 "alive\n"; }
                location = /health.json {
                  default_type application/json; types { } gzip on; gzip_min_length 1; gzip_types application/json;
                }
                location = /busy { add_header Retry-After 7 always; return 429 "slow down"; }
                location = /down { add_header Retry-After 30 always; return 503 "down"; }
                location = /reset { return 444; }
                location = /drip { alias {{_folder.Path}}/big/large.bin; limit_rate 2k; }
                location = /moved { return 301 /health; }
                location = /away { return 302 http://169.254.169.254/latest/meta-data/; }
              }
            }
            """;
    }
}
