using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Cli.Tests.Traffic;

/// <summary>A real HAProxy before two versions of a service; all traffic goes to the stable one until its runtime API says otherwise.</summary>
public sealed class HAProxy : RealServer
{
    private readonly string _stable;
    private readonly string _canary;
    private int _admin;

    private HAProxy(string stable, string canary) => (_stable, _canary) = (stable, canary);

    private protected override string Program => "haproxy";

    private protected override string ReadyPath => "/haproxy-is-up";

    /// <summary>host:port of its stats socket, level admin.</summary>
    internal string Admin => $"127.0.0.1:{_admin}";

    internal static async Task<HAProxy> StartAsync(string stable, string canary)
    {
        var server = new HAProxy(stable, canary);
        try
        {
            // A mistake in it is told here, with its line; ports aren't opened for that.
            await RunAsync("haproxy", "-c", "-f", server.Write("trial.cfg", server.Configuration(1, 2)));
            await server.LaunchAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The canary's share of the traffic in percent, as HAProxy itself says.</summary>
    internal int Share()
    {
        var weights = Ask("get weight shop/canary; get weight shop/stable")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture))
            .ToArray();
        return 100 * weights[0] / weights.Sum();
    }

    private protected override IEnumerable<string> Arguments()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _admin = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        return ["-db", "-f", Write("h.cfg", Configuration(Port, _admin))];
    }

    private string Ask(string commands)
    {
        using var client = new TcpClient("127.0.0.1", _admin);
        client.GetStream().Write(Encoding.ASCII.GetBytes(commands + "\n"));
        using var answer = new StreamReader(client.GetStream());
        return answer.ReadToEnd();
    }

    private string Configuration(int port, int admin) => $"""
        global
            nbthread 1
            stats socket ipv4@127.0.0.1:{admin} level admin
        defaults
            mode http
            timeout connect 5s
            timeout client 30s
            timeout server 30s
        frontend customers
            bind 127.0.0.1:{port}
            monitor-uri {ReadyPath}
            default_backend shop
        backend shop
            balance roundrobin
            server stable {_stable} weight 100
            server canary {_canary} weight 0

        """;
}
