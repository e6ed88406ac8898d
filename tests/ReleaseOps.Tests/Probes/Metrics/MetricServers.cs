using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Probes.Metrics;

/// <summary>A real Prometheus and a real VictoriaMetrics with the same hour of history before noon of the manual clock.</summary>
public sealed class MetricServers : IAsyncLifetime
{
    internal const int FleetSize = 10_000;

    internal static readonly DateTimeOffset Noon = new ManualClock().GetUtcNow();

    internal Prometheus Prometheus { get; private set; } = null!;

    internal VictoriaMetrics VictoriaMetrics { get; private set; } = null!;

    internal string AddressOf(string server) => server == "prometheus" ? Prometheus.Address : VictoriaMetrics.Address;

    public async Task InitializeAsync()
    {
        var history = History();
        if (NeedsProgram.Find("prometheus") is not null)
            Prometheus = await Prometheus.StartAsync(history);
        if (NeedsProgram.Find("victoria-metrics") is not null)
            VictoriaMetrics = await VictoriaMetrics.StartAsync(history);
    }

    public async Task DisposeAsync()
    {
        if (Prometheus is not null)
            await Prometheus.DisposeAsync();
        if (VictoriaMetrics is not null)
            await VictoriaMetrics.DisposeAsync();
    }

    private static OpenMetrics History()
    {
        var (from, step) = (Noon.AddHours(-1), TimeSpan.FromSeconds(15));
        var history = new OpenMetrics()
            .Add("requests_total{status=\"200\"}", from, Noon, step, n => 99 * n)
            .Add("requests_total{status=\"500\"}", from, Noon, step, n => n)
            .Add("idle_total{status=\"200\"}", from, Noon, step, _ => 7)
            .Add("idle_total{status=\"500\"}", from, Noon, step, _ => 0)
            .Add("latency{instance=\"a:9090\"}", from, Noon, step, _ => 10)
            .Add("latency{instance=\"b:9090\"}", from, Noon, step, _ => 20)
            .Add("latency{instance=\"c:9090\"}", from, Noon, step, _ => 60)
            .Add("gap", from, Noon.AddSeconds(-210), step, _ => 1)
            .Add("ended_total", from, Noon.AddMinutes(-10), step, n => n)
            .Add("pods{pod=\"fresh\"}", from, Noon, step, _ => 1)
            .Add("pods{pod=\"old\"}", from, Noon.AddSeconds(-200), step, _ => 1)
            .Add("gone_total{pod=\"fresh\"}", from, Noon, step, n => n)
            .Add("gone_total{pod=\"gone\"}", from, Noon.AddMinutes(-8), step, n => n)
            .Add("zero", from, Noon, step, _ => 0)
            .Add("one", from, Noon, step, _ => 1);
        for (var pod = 0; pod < FleetSize; pod++)
            history.Add($"fleet{{instance=\"10.0.{pod / 256}.{pod % 256}:9090\",pod=\"checkout-{pod:x4}\"}}", Noon.AddSeconds(-30), Noon, step, _ => pod);
        return history;
    }
}

[CollectionDefinition(nameof(MetricServers))]
public sealed class MetricServersGroup : ICollectionFixture<MetricServers>;
