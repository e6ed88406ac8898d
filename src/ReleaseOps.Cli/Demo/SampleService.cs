using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseOps.Cli.Demo;

/// <summary>What can be wrong with the sample service.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>/ready answers 503.</summary>
    Ready,
    /// <summary>A row of /aris3/stock whose total isn't rfid + pending.</summary>
    Stock,
    /// <summary>/aris3/reports/overview takes three seconds.</summary>
    Slow,
    /// <summary>/aris3/exports answers JSON that is cut off.</summary>
    Exports,
    /// <summary>A deployment is accepted, and the old version goes on running.</summary>
    Deploy,
}

/// <summary>A small inventory service on a loopback port, with the endpoints that ARIS3's playbook asks; one fault can be switched on.</summary>
internal sealed class SampleService : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Fault _fault;
    private string _version = "1.0.0";

    public SampleService(Fault fault)
    {
        _fault = fault;
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
            var (status, body) = await BodyAsync(context.Request).ConfigureAwait(false);
            var bytes = Encoding.UTF8.GetBytes(body);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength64 = bytes.Length;
            await context.Response.OutputStream.WriteAsync(bytes).ConfigureAwait(false);
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The one who asked has gone; nobody is left to answer.
        }
    }

    private async Task<(int Status, string Body)> BodyAsync(HttpListenerRequest request)
    {
        switch (request.HttpMethod, request.Url!.AbsolutePath)
        {
            case ("GET", "/health"):
                return (200, new JsonObject { ["status"] = "healthy", ["version"] = _version }.ToJsonString());
            case ("GET", "/ready"):
                return _fault == Fault.Ready ? (503, """{"ready":false,"reason":"database migrations pending"}""") : (200, """{"ready":true}""");
            case ("GET", "/aris3/stock"):
                return (200, Stock());
            case ("GET", "/aris3/reports/overview"):
                if (_fault == Fault.Slow)
                    await Task.Delay(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
                return (200, """{"sales":{"today":42},"transfers":{"open":3}}""");
            case ("GET", "/aris3/exports"):
                return (200, _fault == Fault.Exports ? """{"exports":[{"id":1,"sta""" : """{"exports":[{"id":1,"state":"done"}]}""");
            case ("POST", "/deployments"):
                using (var document = await JsonDocument.ParseAsync(request.InputStream).ConfigureAwait(false))
                    if (_fault != Fault.Deploy)
                        _version = document.RootElement.GetProperty("version").GetString() ?? _version;
                return (202, """{"accepted":true}""");
            default:
                return (404, """{"error":"no such page"}""");
        }
    }

    private string Stock()
    {
        (string Sku, int Rfid, int Pending)[] stock = [("SKU-1001", 120, 4), ("SKU-1002", 0, 17), ("SKU-1003", 58, 0)];
        var drift = _fault == Fault.Stock ? 1 : 0;
        var rows = stock.Select(s => new JsonObject { ["sku"] = s.Sku, ["rfid"] = s.Rfid, ["pending"] = s.Pending, ["total"] = s.Rfid + s.Pending }).ToArray();
        rows[1]["total"] = stock[1].Rfid + stock[1].Pending + drift;
        return new JsonObject
        {
            ["meta"] = new JsonObject { ["rows"] = rows.Length },
            ["rows"] = new JsonArray([.. rows]),
            ["totals"] = new JsonObject { ["rfid"] = stock.Sum(s => s.Rfid), ["pending"] = stock.Sum(s => s.Pending), ["total"] = stock.Sum(s => s.Rfid + s.Pending) },
        }.ToJsonString();
    }
}
