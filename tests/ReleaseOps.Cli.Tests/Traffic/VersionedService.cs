using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReleaseOps.Cli.Tests.Traffic;

/// <summary>
/// A small service in one version: it says which in each answer, and counts its answers for Prometheus under <c>/metrics</c>. It has threads
/// of its own, so that tests which keep the pool's threads waiting can't make it slow.
/// </summary>
internal sealed class VersionedService : IDisposable
{
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

    private readonly Lock _lock = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _version;
    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private double _seconds;
    private long _ok;
    private long _failed;
    private long _sinceBad;
    private bool _isBad;

    public VersionedService(string version)
    {
        _version = version;
        _listener.Start();
        OnThread(Accept);
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>From now on 8 of 100 answers are 500.</summary>
    public void TurnBad()
    {
        lock (_lock)
            _isBad = true;
    }

    public void Dispose() => _listener.Dispose();

    private static void OnThread(ThreadStart work) => new Thread(work) { IsBackground = true }.Start();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = _listener.AcceptTcpClient();
                OnThread(() => Serve(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                while (reader.ReadLine() is { } request)
                {
                    while (reader.ReadLine() is { Length: > 0 })
                    {
                        // The headers say nothing that is needed here.
                    }
                    var (status, body) = request.StartsWith("GET /metrics ", StringComparison.Ordinal) ? ("200 OK", Metrics()) : Work();
                    client.GetStream().Write(Encoding.ASCII.GetBytes(
                        $"HTTP/1.1 {status}\r\nX-Version: {_version}\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The one who asked has gone.
        }
    }

    private (string Status, string Body) Work()
    {
        var began = Stopwatch.GetTimestamp();
        Thread.Sleep(1);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        lock (_lock)
        {
            var fails = _isBad && _sinceBad++ % 25 < 2;
            _ = fails ? _failed++ : _ok++;
            _seconds += took;
            _buckets[Array.FindIndex(Bounds, b => took <= b) is var i && i < 0 ? Bounds.Length : i]++;
            return fails ? ("500 Internal Server Error", "no\n") : ("200 OK", "yes\n");
        }
    }

    private string Metrics()
    {
        var text = new StringBuilder();
        lock (_lock)
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE http_requests_total counter\nhttp_requests_total{{status=\"200\"}} {_ok}\n");
            text.Append(CultureInfo.InvariantCulture, $"http_requests_total{{status=\"500\"}} {_failed}\n");
            text.Append("# TYPE http_request_duration_seconds histogram\n");
            var sum = 0L;
            for (var i = 0; i < _buckets.Length; i++)
            {
                var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_bucket{{le=\"{bound}\"}} {sum += _buckets[i]}\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_sum {_seconds}\nhttp_request_duration_seconds_count {sum}\n");
        }
        return text.ToString();
    }
}
