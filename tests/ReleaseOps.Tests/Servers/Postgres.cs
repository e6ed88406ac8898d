using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using ReleaseOps.Tests.Probes;
using ReleaseOps.Tests.Probes.Http;

namespace ReleaseOps.Tests.Servers;

/// <summary>
/// A real PostgreSQL on loopback, with TLS by a certificate that nobody trusts. Everyone may come in as <c>test</c>; <c>locked</c> needs its
/// password, <see cref="Password"/>; <c>reader</c> may read nothing.
/// </summary>
public sealed class Postgres : IAsyncLifetime, IDisposable
{
    internal const string Password = "Wr0ng-Horse-Battery-Staple";

    // PostgreSQL refuses to run as root.
    private const string Nobody = "65534";

    private readonly TemporaryFolder _folder = new();
    private Process? _server;

    internal int Port { get; private set; }

    /// <summary>A connection string of the server.</summary>
    internal string Address(string user = "test", string database = "postgres") =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={user};Database={database}");

    public async Task InitializeAsync()
    {
        if (OperatingSystem.IsWindows() || NeedsProgram.Find("postgres") is null)
            return;
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_111_111);
        await InitialiseAsync();
        // Another process may take the port between finding and using it; then another one is found.
        for (var tries = 0; !await StartAsync(); tries++)
            Assert.InRange(tries, 0, 4);
        await ExecuteAsync($"CREATE ROLE locked LOGIN PASSWORD '{Password}'; CREATE ROLE reader LOGIN");
    }

    public async Task DisposeAsync()
    {
        if (_server is null)
            return;
        // Its own way to end at once (SIGQUIT): killed, it would leave its shared memory behind.
        using var quit = Process.Start("kill", ["-QUIT", _server.Id.ToString(CultureInfo.InvariantCulture)]);
        await quit.WaitForExitAsync();
        await _server.WaitForExitAsync();
    }

    public void Dispose()
    {
        _server?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Runs statements as the owner of everything.</summary>
    internal async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(Address(database: database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The one number that a query gives.</summary>
    internal async Task<long> CountAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(Address(database: database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task InitialiseAsync()
    {
        using (var initdb = Start("initdb", "-D", _folder.Path + "/pg", "-U", "test", "-A", "trust", "--no-sync", "--no-locale", "-E", "UTF8"))
        {
            var said = initdb.StandardOutput.ReadToEndAsync();
            var failed = await initdb.StandardError.ReadToEndAsync();
            await initdb.WaitForExitAsync();
            Assert.True(initdb.ExitCode == 0, await said + failed);
        }
        using var certificate = TestCertificates.Issue("a.test");
        var files = new Dictionary<string, string>
        {
            ["server.crt"] = certificate.ExportCertificatePem(),
            ["server.key"] = certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(),
            // Not on the command line, which would beat ALTER SYSTEM.
            ["postgresql.auto.conf"] = "ssl = on\n",
            ["pg_hba.conf"] = "host all locked 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\nlocal all all trust\n",
        };
        foreach (var (name, text) in files)
        {
            _folder.Write(name, text);
            using var install = Start("install", "-m", "600", Path.Combine(_folder.Path, name), Path.Combine(_folder.Path, "pg", name));
            await install.WaitForExitAsync();
            Assert.Equal(0, install.ExitCode);
        }
    }

    private async Task<bool> StartAsync()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        _server = Start("postgres", "-D", _folder.Path + "/pg", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture),
            "-k", _folder.Path, "-c", "fsync=off", "-c", "max_connections=30");
        _ = _server.StandardError.ReadToEndAsync();
        _ = _server.StandardOutput.ReadToEndAsync();
        for (var waited = 0; waited < 1000 && !_server.HasExited; waited++)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(10);
            }
        }
        return false;
    }

    private static Process Start(string program, params string[] arguments)
    {
        string[] line = Environment.UserName == "root"
            ? ["setpriv", "--reuid=" + Nobody, "--regid=" + Nobody, "--clear-groups", NeedsProgram.Require(program), .. arguments]
            : [NeedsProgram.Require(program), .. arguments];
        return Process.Start(new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
    }
}

/// <summary>The tests that share one PostgreSQL.</summary>
[CollectionDefinition("PostgreSQL")]
public sealed class PostgresTests : ICollectionFixture<Postgres>;
