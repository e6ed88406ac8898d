using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReleaseOps.Cli.Demo;

/// <summary>A small HTTP server on a free loopback port; what it answers comes from a function.</summary>
internal sealed class LoopbackHost : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerRequest, Task<(int Status, string Body)>> _answer;

    public LoopbackHost(Func<HttpListenerRequest, Task<(int Status, string Body)>> answer)
    {
        _answer = answer;
        Host = Listen();
        _ = ServeAsync();
    }

    /// <summary>host:port that it listens on.</summary>
    public string Host { get; }

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private string Listen()
    {
        // Another program may take the free port between asking for one and listening on it.
        for (var attempt = 0; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
            probe.Stop();
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add($"http://{host}/");
            try
            {
                _listener.Start();
                return host;
            }
            catch (HttpListenerException) when (attempt < 10)
            {
            }
        }
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync().ConfigureAwait(false);
                _ = AnswerAsync(context);
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var (status, body) = await _answer(context.Request).ConfigureAwait(false);
            var bytes = Encoding.UTF8.GetBytes(body);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength64 = bytes.Length;
            // HttpListener closes a connection that was idle for 15 s, and resets what comes over it just then.
            context.Response.KeepAlive = false;
            await context.Response.OutputStream.WriteAsync(bytes).ConfigureAwait(false);
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The one who asked has gone; nobody is left to answer.
        }
    }
}
