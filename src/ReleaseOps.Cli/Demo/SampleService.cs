using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseOps.Cli.Demo;

/// <summary>A small inventory service on a loopback port, with the endpoints that ARIS3's playbook asks; one fault can be switched on.</summary>
internal sealed class SampleService : IDisposable
{
    private readonly Fault _fault;
    private readonly LoopbackHost _host;
    private string _version = "1.0.0";

    public SampleService(Fault fault)
    {
        _fault = fault;
        _host = new LoopbackHost(BodyAsync);
    }

    /// <summary>host:port that it listens on.</summary>
    public string Host => _host.Host;

    public void Dispose() => _host.Dispose();

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
