using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Probes.Metrics;

/// <summary>A real Prometheus and a real VictoriaMetrics with the same three hours before noon of the manual clock, in which much went wrong.</summary>
public sealed class PastServers : IAsyncLifetime
{
    internal static readonly DateTimeOffset Noon = new ManualClock().GetUtcNow();

    internal static readonly DateTimeOffset Nine = Noon.AddHours(-3);

    internal Prometheus Prometheus { get; private set; } = null!;

    internal VictoriaMetrics VictoriaMetrics { get; private set; } = null!;

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
        var history = new OpenMetrics();
        void Add(string series, int from, int to, Func<int, double> value) =>
            history.Add(series, Nine.AddMinutes(from), Nine.AddMinutes(to), TimeSpan.FromSeconds(15), value);
        Add("requests_total{status=\"200\"}", 0, 180, n => 97 * n);
        Add("requests_total{status=\"500\"}", 0, 180, n => n < 400 ? n : (n * 7) - 2400);
        // Three minutes are a gap that the look-back hides, and ten are one that it doesn't.
        Add("gappy", 0, 60, n => n);
        Add("gappy", 63, 90, n => 1000 + n);
        Add("gappy", 100, 180, n => 2000 + n);
        Add("sometimes_nan", 0, 180, n => n % 7 == 3 ? double.NaN : n);
        Add("ended_total", 0, 80, n => n);
        Add("late", 85, 180, n => n);
        Add("latency{instance=\"a\"}", 0, 180, n => 10 + (n % 13 / 10.0));
        Add("latency{instance=\"b\"}", 0, 180, n => 20 + (n % 7 / 10.0));
        Add("latency{instance=\"c\"}", 0, 95, n => 60 + (n % 5 / 10.0));
        Add("pods_total{pod=\"a\"}", 0, 180, n => n);
        Add("pods_total{pod=\"b\"}", 30, 110, n => 2 * n);
        Add("one", 0, 180, _ => 1);
        Add("zero", 0, 180, n => n % 50 == 0 ? 1 : 0);
        Add("twin{job=\"x\"}", 0, 180, _ => 1);
        Add("twin{job=\"x\",other=\"y\"}", 70, 72, _ => 1);
        Add("owner{job=\"x\"}", 0, 180, n => n);
        foreach (var (le, share) in new[] { ("0.1", 50), ("0.5", 90), ("1", 99), ("+Inf", 100) })
            Add($"duration_bucket{{le=\"{le}\"}}", 0, 120, n => (double)share * n);
        return history;
    }
}

[CollectionDefinition(nameof(PastServers))]
public sealed class PastServersGroup : ICollectionFixture<PastServers>;
