using ReleaseOps.Tests;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Cli.Tests;

/// <summary>Measuring and comparing on a real Prometheus, which remembers the last hour.</summary>
public sealed class MetricsTests : IClassFixture<MetricsTests.Server>, IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Server _server;

    public MetricsTests(Server server)
    {
        _server = server;
        if (server.Prometheus is null)
            return;
        _scratch.Write("r.yaml", $$$"""
            runbook: r
            parameters: { prometheus: { required: true }, unrelated: { required: true } }
            sources: { prometheus: { url: '${{ params.prometheus }}' } }
            metrics:
              latency: { prometheus: 'latency{v="canary"}', control: 'latency{v="stable"}', unit: ms, worse: higher }
              errors: { prometheus: 'errors{v="canary"}', control: 'errors{v="stable"}', unit: '%', worse: higher }
              gone: { prometheus: gone, control: gone }
              alone: { prometheus: 'sum(latency)' }
            gates:
              canary: [latency < 200.0, drift.latency < 20, drift.errors < 20, { compare: latency }]
              unsure: [errors < 1.0, gone < 1.0]
              good: { criteria: [errors < 1.0, change.alone < 100, { compare: errors }], baseline: base.json }
            phases:
              - { phase: bad, steps: [{ id: canary, gate: canary }] }
              - { phase: unsure, steps: [{ id: unsure, gate: unsure }] }
              - { phase: good, steps: [{ id: good, gate: good }] }
            """);
    }

    public void Dispose() => _scratch.Dispose();

    private Ended Run(string command, params string[] more) =>
        _scratch.Run([command, "./r.yaml", "--param", $"prometheus={_server.Prometheus!.Address}", .. more]);

    [NeedsProgram("prometheus", "promtool")]
    public void Each_metric_is_compared_with_its_control()
    {
        Assert.StartsWith("HIGH    latency is High: +50 ms (98 % sure between ", Run("drift", "--metric", "latency").With(1).Out, StringComparison.Ordinal);
        Assert.StartsWith("PASS    errors passes: both sides are identical", Run("drift", "--metric", "errors").With(0).Out, StringComparison.Ordinal);
        Assert.StartsWith("NODATA  gone can't be compared: ", Run("drift", "--metric", "gone", "--metric", "errors").With(3).Lines[1], StringComparison.Ordinal);
        var all = Run("drift", "--since", "10m", "--json").With(1).Json.GetProperty("comparisons");
        Assert.Equal(["latency control High", "errors control Pass", "gone control Nodata"], all.EnumerateArray().Select(c =>
            $"{c.GetProperty("metric").GetString()} {c.GetProperty("against").GetString()} {c.GetProperty("classification").GetString()}"));
    }

    [NeedsProgram("prometheus", "promtool")]
    public void What_is_measured_now_is_compared_with_a_baseline()
    {
        _scratch.Write("kpi.json", """{"alone": 150, "errors": 1}""");
        Assert.StartsWith("HIGH    alone is High: 250 against the baseline's 150 (66.67 % worse, tolerance 25 %)",
            Run("drift", "--metric", "alone", "--baseline", "kpi.json").With(1).Out, StringComparison.Ordinal);
        Run("drift", "--metric", "alone", "--baseline", "kpi.json", "--tolerance", "0.7").With(0);
        Assert.Contains("the baseline has no such metric", Run("drift", "--metric", "latency", "--baseline", "kpi.json", "--tolerance", "3").Out, StringComparison.Ordinal);
        Run("drift", "--baseline", "absent.json").Refused(2, ErrorId.FileUnreadable, "absent.json");
    }

    [NeedsProgram("prometheus", "promtool")]
    public void A_measurement_is_kept_and_compared_with_the_next()
    {
        var json = Run("metrics", "--metric", "latency", "--metric", "errors", "--duration", "1500ms", "--interval", "300ms", "--output", "kpi.json", "--json").With(0).Json;
        var latency = json.GetProperty("metrics")[0];
        Assert.Equal(("latency", "ms", 150.0), (latency.GetProperty("name").GetString(), latency.GetProperty("unit").GetString(), latency.GetProperty("mean").GetDouble()));
        Assert.InRange(latency.GetProperty("samples").GetInt32(), 2, 6);
        var again = Run("metrics", "--metric", "latency", "--metric", "errors", "--duration", "0s", "--compare-baseline", "kpi.json").With(0);
        Assert.Contains("latency: mean 150, min 150, max 150, last 150 ms (1 of 1 looks)", again.Out, StringComparison.Ordinal);
        Assert.Contains("PASS    latency passes: 150 ms against the baseline's 150 ms (no worse, tolerance 25 %)", again.Out, StringComparison.Ordinal);
        _scratch.Write("better.json", """{"latency": 100}""");
        Run("metrics", "--metric", "latency", "--duration", "0s", "--compare-baseline", "better.json").With(1);
        Assert.Contains("never seen", Run("metrics", "--metric", "gone", "--duration", "0s").With(3).Out, StringComparison.Ordinal);
    }

    [NeedsProgram("prometheus", "promtool")]
    public void A_gate_is_judged_on_what_the_server_answers()
    {
        var findings = Checklist("bad").With(1).Json.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("text").GetString()!).ToList();
        Assert.Contains("drift.latency 50 % is not < 20 % (latency 150 ms against its control's 100 ms)", findings);
        Assert.Contains(findings, f => f.StartsWith("latency is High: +50 ms (98 % sure between 50 and 50", StringComparison.Ordinal));
        Assert.Contains("latency 150 ms is < 200.0 ms", findings);
        Assert.Contains("gone", Checklist("unsure").With(3).Out, StringComparison.Ordinal);
        Checklist("good").With(3);
        _scratch.Write("base.json", """{"alone": 200}""");
        Checklist("good").With(0);

        Ended Checklist(string phase) => Run("checklist", "--param", "unrelated=x", "--phase", phase, "--json");
    }

    [NeedsProgram("prometheus", "promtool")]
    public void What_can_not_be_asked_is_said_before_it_is_asked()
    {
        Run("drift", "--metric", "alone").Refused(2, ErrorId.NothingToRun, "control");
        Run("metrics", "--metric", "nosuch").Refused(2, ErrorId.UnknownReference, "nosuch", "latency");
        _scratch.Run("metrics", "./r.yaml").Refused(2, ErrorId.MissingParameter, "prometheus");
    }

    /// <summary>A Prometheus for all of them.</summary>
    public sealed class Server : IAsyncLifetime
    {
        internal Prometheus? Prometheus { get; private set; }

        public async Task InitializeAsync()
        {
            if (NeedsProgram.Find("prometheus") is null)
                return;
            // The samples that are still to come let the last one never be old.
            var (from, to) = (DateTimeOffset.UtcNow.AddMinutes(-70), DateTimeOffset.UtcNow.AddMinutes(20));
            var step = TimeSpan.FromSeconds(15);
            Prometheus = await Prometheus.StartAsync(new OpenMetrics()
                .Add("latency{v=\"canary\"}", from, to, step, _ => 150).Add("latency{v=\"stable\"}", from, to, step, _ => 100)
                .Add("errors{v=\"canary\"}", from, to, step, _ => 0.5).Add("errors{v=\"stable\"}", from, to, step, _ => 0.5));
        }

        public async Task DisposeAsync()
        {
            if (Prometheus is not null)
                await Prometheus.DisposeAsync();
        }
    }
}
