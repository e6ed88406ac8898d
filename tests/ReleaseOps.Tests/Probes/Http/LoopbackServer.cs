using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReleaseOps.Tests.Probes.Http;

/// <summary>A server on loopback that speaks whatever a test wants, well-formed or not.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Stream, LoopbackServer, CancellationToken, Task> _serve;
    private readonly Task _accepting;

    /// <summary>Starts it.</summary>
    /// <param name="serve">Serves one connection, which is closed when it returns.</param>
    internal LoopbackServer(Func<Stream, LoopbackServer, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal int Connections { get; private set; }

    internal ConcurrentQueue<string> Requests { get; } = new();

    internal Uri Url(string path = "/", string host = "127.0.0.1", string scheme = "http") => new($"{scheme}://{host}:{Port}{path}");

    /// <summary>A server that answers each request with the same bytes and closes.</summary>
    internal static LoopbackServer Answering(string head, byte[]? body = null) => new(async (stream, server, cancellation) =>
    {
        await server.ReadRequestAsync(stream, cancellation);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head), cancellation);
        if (body is not null)
            await stream.WriteAsync(body, cancellation);
    });

    /// <summary>A server that answers with 200 and a body.</summary>
    internal static LoopbackServer Ok(string body, string type = "text/plain", string moreHeaders = "")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return Answering(
            $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {bytes.Length}\r\n{moreHeaders}Connection: close\r\n\r\n", bytes);
    }

    /// <summary>A server that answers with a redirect.</summary>
    internal static LoopbackServer RedirectingTo(string location, int status = 302) =>
        Answering($"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    /// <summary>Answers without a body.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="answer">Status, reason and headers.</param>
    /// <param name="cancellation">The end of the test.</param>
    internal static async Task AnswerAsync(Stream stream, string answer, CancellationToken cancellation) =>
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), cancellation);

    /// <summary>Reads one request with its body, and keeps it.</summary>
    internal async Task<string> ReadRequestAsync(Stream stream, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer, cancellation);
            if (read == 0)
                throw new IOException("The client went away.");
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        Requests.Enqueue(text.ToString());
        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var length = request[..end].Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is null || request.Length >= end + 4 + int.Parse(length[15..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_end.Token);
                Connections++;
                serving.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await _serve(stream, this, _end.Token);
            socket.Shutdown(SocketShutdown.Send);
            // Read to the end: closing with unread bytes would reset the connection under the answer.
            while (await stream.ReadAsync(new byte[1024], _end.Token) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client hung up, or the test is over.
        }
    }
}
