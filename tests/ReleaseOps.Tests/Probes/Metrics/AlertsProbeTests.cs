using ReleaseOps.Probes;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes.Http;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Probes.Metrics;

public sealed class AlertsProbeTests
{
    private static Task<Observation> LookAsync(string address, SourceKind kind, params (string, string)[] match) => AlertsProbe.LookAsync(
        new AlertsLook(new BoundSource("alerts", kind, address), match.ToDictionary(m => m.Item1, m => m.Item2)), LookContexts.Plain(),
        LoopbackDialer.Direct(), CancellationToken.None);

    private static (long Firing, long Pending, long Silenced) Counts(Observation seen) =>
        ((long)seen.Values["firing"]!, (long)seen.Values["pending"]!, (long)seen.Values["silenced"]!);

    private static IReadOnlyDictionary<string, object?>[] Alerts(Observation seen) =>
        [.. ((IEnumerable<object?>)seen.Values["alerts"]!).Select(a => (IReadOnlyDictionary<string, object?>)a!)];

    [NeedsProgram("prometheus-alertmanager")]
    public async Task Of_an_Alertmanager_what_is_silenced_or_inhibited_doesnt_fire()
    {
        await using var server = await Alertmanager.StartAsync();
        var quiet = await LookAsync(server.Address, SourceKind.Alertmanager);
        Assert.Equal((0, 0, 0), Counts(quiet));
        Assert.Equal("0 firing", quiet.Detail);

        await server.RaiseAsync("HighErrorRate", ("severity", "critical"), ("job", "api"));
        await server.RaiseAsync("Chatty", ("severity", "info"), ("job", "api"));
        await server.RaiseAsync("DiskFull", ("severity", "warning"), ("job", "db"));
        await server.RaiseAsync("Planned", ("severity", "warning"), ("job", "db"));
        await server.SilenceAsync("Planned");
        await server.AwaitStateAsync("Chatty", "suppressed");
        await server.AwaitStateAsync("Planned", "suppressed");
        await server.AwaitStateAsync("DiskFull", "active");
        await server.AwaitStateAsync("HighErrorRate", "active");

        var seen = await LookAsync(server.Address, SourceKind.Alertmanager);
        Assert.Null(seen.CouldNotTell);
        Assert.Equal((2, 0, 2), Counts(seen));
        Assert.Equal("2 firing: DiskFull, HighErrorRate; 2 silenced", Sorted(seen.Detail));
        Assert.Equal(["firing DiskFull", "firing HighErrorRate", "silenced Planned", "inhibited Chatty"], Alerts(seen).Select(a => $"{a["state"]} {a["name"]}"));
        Assert.Equal("DiskFull fires", ((IReadOnlyDictionary<string, object?>)Alerts(seen)[0]["annotations"]!)["summary"]);
        Assert.IsType<DateTimeOffset>(Alerts(seen)[0]["since"]);

        Assert.Equal((1, 0, 0), Counts(await LookAsync(server.Address, SourceKind.Alertmanager, ("severity", "critical"))));
        Assert.Equal((0, 0, 0), Counts(await LookAsync(server.Address, SourceKind.Alertmanager, ("severity", "critical"), ("job", "db"))));
    }

    // The server lists them in no order.
    private static string Sorted(string detail) => detail.Replace("HighErrorRate, DiskFull", "DiskFull, HighErrorRate", StringComparison.Ordinal);

    [NeedsProgram("prometheus", "promtool")]
    public async Task Of_a_Prometheus_what_waits_is_pending()
    {
        await using var server = await Prometheus.StartAsync(configuration: """
            global: { evaluation_interval: 50ms }
            rule_files: [rules.yml]
            """, files: [("rules.yml", """
            groups:
              - name: g
                rules:
                  - { alert: Now, expr: vector(1), labels: { severity: critical } }
                  - { alert: Later, expr: vector(1), for: 1h }
            """)]);
        Observation seen;
        var tries = 0;
        do
        {
            await Task.Delay(10);
            seen = await LookAsync(server.Address, SourceKind.Prometheus);
            Assert.Null(seen.CouldNotTell);
        }
        while (Alerts(seen).Length < 2 && ++tries < 500);
        Assert.Equal((1, 1, 0), Counts(seen));
        Assert.Equal("1 firing: Now; 1 pending", seen.Detail);
    }

    [Fact]
    public async Task A_thousand_are_listed_and_all_are_counted()
    {
        var alerts = string.Join(',', Enumerable.Range(0, 1500).Select(n =>
            $$$"""{"labels":{"alertname":"A{{{n}}}"},"status":{"state":"active","silencedBy":[],"inhibitedBy":[]},"startsAt":"2026-03-01T11:00:00Z"}"""));
        await using var server = LoopbackServer.Ok($"[{alerts}]", "application/json");
        var seen = await LookAsync($"http://127.0.0.1:{server.Port}/am/", SourceKind.Alertmanager);
        Assert.Equal((1500, 1000), (Counts(seen).Firing, Alerts(seen).Length));
        Assert.Equal("1500 firing: A0, A1, A2, A3, A4 and 1495 more", seen.Detail);
        Assert.StartsWith("GET /am/api/v2/alerts HTTP", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "[{\"labels\":{}}]", ErrorId.BadDocument)]
    [InlineData(200, "[{\"labels\":{},\"status\":{\"state\":\"resting\"}}]", ErrorId.BadDocument)]
    [InlineData(200, "[{\"labels\":{\"a\":1},\"status\":{\"state\":\"active\"}}]", ErrorId.BadDocument)]
    [InlineData(200, "{\"status\":\"success\",\"data\":{\"alerts\":[]}}", ErrorId.BadDocument)]
    [InlineData(200, "[", ErrorId.BadDocument)]
    [InlineData(200, "", ErrorId.BadDocument)]
    [InlineData(404, "", ErrorId.QueryRefused)]
    [InlineData(403, "", ErrorId.AccessDenied)]
    [InlineData(503, "", ErrorId.ServerFailed)]
    public async Task Whatever_isnt_a_list_of_alerts_cant_tell(int status, string body, ErrorId why)
    {
        await using var server = LoopbackServer.Answering(
            $"HTTP/1.1 {status} Something\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n", System.Text.Encoding.ASCII.GetBytes(body));
        var seen = await LookAsync($"http://127.0.0.1:{server.Port}", SourceKind.Alertmanager);
        Assert.Equal(why, seen.CouldNotTell);
        Assert.Empty(seen.Values);
    }
}
