using System.Text.Json;

namespace ReleaseOps.Tests.Servers;

public sealed class RealServerTests
{
    private static readonly DateTimeOffset End = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static OpenMetrics History() =>
        new OpenMetrics().Add("up{job=\"api\"}", End.AddHours(-1), End, TimeSpan.FromSeconds(15), n => n);

    [NeedsProgram("prometheus", "promtool")]
    public async Task Prometheus_remembers_the_history_that_it_was_given()
    {
        await using var server = await Prometheus.StartAsync(History());
        Assert.Equal("240", await ValueAsync(server));
    }

    [NeedsProgram("victoria-metrics")]
    public async Task VictoriaMetrics_remembers_the_history_that_it_was_given()
    {
        await using var server = await VictoriaMetrics.StartAsync(History());
        Assert.Equal("240", await ValueAsync(server));
    }

    [NeedsProgram("prometheus-alertmanager")]
    public async Task Alertmanager_fires_and_silences()
    {
        await using var server = await Alertmanager.StartAsync();
        await server.RaiseAsync("Down", ("severity", "critical"), ("job", "api"));
        await server.AwaitStateAsync("Down", "active");
        await server.SilenceAsync("Down");
        await server.AwaitStateAsync("Down", "suppressed");
    }

    private static async Task<string?> ValueAsync(RealServer server)
    {
        var answer = await server.Http.GetStringAsync(server.Url($"/api/v1/query?query=up&time={End.ToUnixTimeSeconds()}"));
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("data").GetProperty("result")[0].GetProperty("value")[1].GetString();
    }
}
