using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReleaseOps.Tests.Channels;

/// <summary>A request that a failing service took.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Body">Its body.</param>
internal sealed record Taken(string Path, string Body);

/// <summary>
/// An HTTP service on loopback that fails 30 % of its requests, by a seed: 500, 429 with Retry-After, and connections that end before or
/// after it took the request.
/// </summary>
internal sealed class FailingService : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<Taken> _taken = new();
    private readonly ConcurrentDictionary<string, int> _fates = new(StringComparer.Ordinal);
    private readonly Lock _dice = new();
    private readonly Random _random;
    private readonly Task _serving;

    public FailingService(int seed)
    {
        _random = new Random(seed);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What it took, in order, whether the sender got to know or not.</summary>
    public IReadOnlyList<Taken> Taken => [.. _taken];

    /// <summary>How many requests came to which end.</summary>
    public IReadOnlyDictionary<string, int> Fates => _fates;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = Task.Run(() => AnswerAsync(client));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await ReadAsync(stream) is { } request)
                    if (await TryAnswerAsync(stream, request) is false)
                        return;
            }
            catch (IOException)
            {
                // Whoever asked was killed.
            }
        }
    }

    private async Task<bool> TryAnswerAsync(NetworkStream stream, Taken request)
    {
        int fate;
        lock (_dice)
            fate = _random.Next(100);
        var name = fate switch { < 70 => "taken", < 80 => "500", < 88 => "429", < 94 => "closed before", _ => "closed after" };
        _fates.AddOrUpdate(name, 1, (_, n) => n + 1);
        if (name is "taken" or "closed after")
            _taken.Enqueue(request);
        if (name.StartsWith("closed", StringComparison.Ordinal))
            return false;
        var head = name switch { "taken" => "200 OK", "500" => "500 Internal Server Error", _ => "429 Too Many Requests\r\nRetry-After: 1" };
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"), _end.Token);
        return true;
    }

    /// <summary>Reads a request; null where the connection has ended.</summary>
    private async Task<Taken?> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[16 << 10];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. bytes]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && bytes.Count >= end + 4 + LengthOf(text[..end]))
                return new Taken(text.Split(' ')[1], text[(end + 4)..]);
            var read = await stream.ReadAsync(buffer, _end.Token);
            if (read == 0)
                return null;
            bytes.AddRange(buffer.AsSpan(0, read));
        }
    }

    private static int LengthOf(string head) => head.Split("\r\n").Select(line => line.Split(':', 2))
        .Where(h => h[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
        .Select(h => int.Parse(h[1], System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();
}
