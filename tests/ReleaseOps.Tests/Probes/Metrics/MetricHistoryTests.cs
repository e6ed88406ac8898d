using System.Globalization;
using ReleaseOps.Gates;
using ReleaseOps.Tests.Probes.Http;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Probes.Metrics;

/// <summary>A look made up for from history is the look that was missed.</summary>
[Collection(nameof(PastServers))]
public sealed class MetricHistoryTests(PastServers servers)
{
    private static readonly string[] Metrics =
    [
        "ratio: { prometheus: '100 * sum(rate(requests_total{status=~\"5..\"}[5m])) / sum(rate(requests_total[5m]))', unit: '%', control: '100 * sum(rate(requests_total{status=~\"5..\"}[5m] offset 30m)) / sum(rate(requests_total[5m] offset 30m))' }",
        "gappy: { prometheus: gappy, control: 'gappy offset 20m' }",
        "patient: { prometheus: gappy, max-age: 4m }",
        "rate_of_gappy: { prometheus: 'rate(gappy[5m])' }",
        "sometimes_nan: { prometheus: sometimes_nan }",
        "one_is_nan: { prometheus: 'latency or sometimes_nan', reduce: max }",
        "ended: { prometheus: 'rate(ended_total[15m])' }",
        "late: { prometheus: late }",
        "several: { prometheus: latency }",
        "max: { prometheus: latency, reduce: max }",
        "min: { prometheus: latency, reduce: min }",
        "avg: { prometheus: latency, reduce: avg }",
        "sum: { prometheus: latency, reduce: sum }",
        "each: { prometheus: latency, reduce: each }",
        "each_pod: { prometheus: 'rate(pods_total[10m])', reduce: each }",
        "each_infinite: { prometheus: 'latency / on() group_left zero', reduce: each }",
        "infinite: { prometheus: 'one / zero' }",
        "none: { prometheus: 'sum(rate(requests_total{status=~\"4..\"}[5m])) or vector(0)' }",
        "quantile: { prometheus: 'histogram_quantile(0.95, sum by (le) (rate(duration_bucket[5m])))', unit: s }",
        "scalar: { prometheus: 'scalar(gappy) * 3' }",
        "time: { prometheus: 'time() + 1' }",
        "subquery: { prometheus: 'max_over_time(rate(ended_total[1m])[15m:1m])' }",
        "nobody: { prometheus: nobody_has_this }",
    ];

    // Only Prometheus refuses or knows these.
    private static readonly string[] PrometheusOnly =
    [
        "sometimes_refused: { prometheus: 'owner * on(job) twin' }",
        "at_the_end: { prometheus: 'gappy @ end()' }",
        "wrong: { prometheus: 'sum(' }",
    ];

    private static string Name(string metric) => metric[..metric.IndexOf(':', StringComparison.Ordinal)];

    private static MetricNeeds Needs(IEnumerable<string> metrics) => new(metrics.Select(Name).ToHashSet(), new HashSet<string> { "ratio", "gappy" });

    private static async Task<List<Snapshot>> AllAsync(IAsyncEnumerable<Snapshot> history)
    {
        var all = new List<Snapshot>();
        await foreach (var look in history)
            all.Add(look);
        return all;
    }

    private static void Same(Measurement expected, Measurement actual, DateTimeOffset at)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"{expected.Metric} at {at:HH:mm:ss.fff}: expected {expected.CouldNotTell} {expected.Value} {expected.Detail} {expected.Age}; was {actual.CouldNotTell} {actual.Value} {actual.Detail} {actual.Age}");
        Assert.True(expected.CouldNotTell == actual.CouldNotTell && expected.Age == actual.Age && expected.Query == actual.Query
            && expected.Unit == actual.Unit && expected.Reduce == actual.Reduce, what);
        Assert.True(expected.Value.HasValue == actual.Value.HasValue, what);
        // Servers sort the answers of a range, and a sum of doubles depends on the order.
        if (expected.Value is { } value)
            Assert.True(Math.Abs(value - actual.Value!.Value) <= 1e-12 * Math.Abs(value), what);
        Assert.Equal(expected.Series.Select(s => (s.Labels, s.Value)).Order(), actual.Series.Select(s => (s.Labels, s.Value)).Order());
        Assert.Equal(expected.Notes, actual.Notes);
        if (expected.CouldNotTell is not (ErrorId.QueryRefused or ErrorId.SeveralSeries))
            Assert.True(expected.Detail == actual.Detail, what);
    }

    private static async Task<List<Snapshot>> SameAsync(string address, string[] metrics, DateTimeOffset from, TimeSpan step, int count)
    {
        using var reader = Metering.Reader(address, metrics);
        var needs = Needs(metrics);
        var history = await AllAsync(reader.ReadHistoryAsync(needs, from, step, count, CancellationToken.None));
        Assert.Equal(Enumerable.Range(0, count).Select(n => from + n * step), history.Select(s => s.At));
        foreach (var made in history)
        {
            var look = await reader.ReadAsync(needs, made.At, CancellationToken.None);
            Assert.Equal(made.At, look.At);
            Assert.Equal(look.Metrics.Keys, made.Metrics.Keys);
            Assert.Equal(["ratio", "gappy"], made.Controls.Keys);
            foreach (var name in look.Metrics.Keys)
                Same(look.Metrics[name], made.Metrics[name], made.At);
            foreach (var name in look.Controls.Keys)
                Same(look.Controls[name], made.Controls[name], made.At);
        }
        return history;
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_look_made_up_for_is_the_look_that_was_missed()
    {
        var history = await SameAsync(servers.Prometheus.Address, [.. Metrics, .. PrometheusOnly], PastServers.Nine.AddMinutes(40), TimeSpan.FromMinutes(1), 135);
        // What it is about has been there: values, and each reason for none.
        List<ErrorId?> Of(string name) => [.. history.Select(s => s.Metrics[name].CouldNotTell).Distinct()];
        Assert.Contains(null, Of("gappy"));
        Assert.Contains(ErrorId.Stale, Of("gappy"));
        Assert.Contains(ErrorId.NoData, Of("gappy"));
        Assert.Equal([null, ErrorId.NoData], Of("sometimes_nan").Order());
        Assert.Equal([null, ErrorId.Stale], Of("each_pod").Order());
        Assert.Equal([null, ErrorId.QueryRefused], Of("sometimes_refused").Order());
        Assert.Equal([ErrorId.QueryRefused], Of("wrong"));
        Assert.Equal([null, ErrorId.Stale, ErrorId.NoData], Of("quantile"));
    }

    [NeedsProgram("prometheus", "promtool")]
    public Task Times_that_are_multiples_of_nothing_are_hit() => SameAsync(servers.Prometheus.Address, [.. Metrics, .. PrometheusOnly],
        PastServers.Nine.AddMinutes(55) + TimeSpan.FromMilliseconds(7_251), TimeSpan.FromMilliseconds(37_003), 90);

    [NeedsProgram("victoria-metrics")]
    public async Task VictoriaMetrics_is_read_at_the_times_asked_for()
    {
        // Without gaps: over those a range query of VictoriaMetrics looks back less far than a query at one time.
        string[] metrics = [.. Metrics.Where(m => Name(m) is not ("patient" or "rate_of_gappy" or "scalar"))];
        var history = await SameAsync(servers.VictoriaMetrics.Address, metrics,
            PastServers.Nine.AddMinutes(36) + TimeSpan.FromMilliseconds(7_251), TimeSpan.FromSeconds(37), 35);
        Assert.All(history, look => Assert.Null(look.Metrics["ratio"].CouldNotTell));
        // At the time asked for, not at the multiple of 37 s before it.
        Assert.All(history, look => Assert.Equal((look.At.ToUnixTimeMilliseconds() / 1000.0) + 1, look.Metrics["time"].Value!.Value, 3));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task No_times_are_no_looks()
    {
        using var reader = Metering.Reader(servers.Prometheus.Address, ["m: { prometheus: one }"]);
        Assert.Empty(await AllAsync(reader.ReadHistoryAsync(Metering.Needs("m"), PastServers.Nine, TimeSpan.FromMinutes(1), 0, CancellationToken.None)));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_server_that_goes_away_leaves_what_follows_unknown()
    {
        await using var server = await Prometheus.StartAsync(
            new OpenMetrics().Add("up", PastServers.Nine, PastServers.Noon, TimeSpan.FromSeconds(15), _ => 1));
        using var reader = Metering.Reader(server.Address, ["m: { prometheus: up }"]);
        var seen = new List<Snapshot>();
        await foreach (var look in reader.ReadHistoryAsync(Metering.Needs("m"), PastServers.Nine, TimeSpan.FromMinutes(1), 100, CancellationToken.None))
        {
            seen.Add(look);
            if (seen.Count == 10)
                await server.StopAsync();
        }
        Assert.Equal(100, seen.Count);
        Assert.All(seen.Take(60), look => Assert.Equal(1, look.Metrics["m"].Value));
        Assert.All(seen.Skip(60), look => Metering.Nothing(ErrorId.Unreachable, look.Metrics["m"]));
        Assert.Equal(60, seen.FindIndex(look => look.IsUnreachable));
    }

    [Fact]
    public async Task Who_cancels_ends_the_reading()
    {
        using var cancelled = new CancellationTokenSource();
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await cancelled.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        using var reader = Metering.Reader($"http://127.0.0.1:{server.Port}", ["m: { prometheus: up }"]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AllAsync(
            reader.ReadHistoryAsync(Metering.Needs("m"), PastServers.Nine, TimeSpan.FromMinutes(1), 100, cancelled.Token)));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task Who_cancels_between_two_looks_gets_no_further_one()
    {
        using var cancelled = new CancellationTokenSource();
        using var reader = Metering.Reader(servers.Prometheus.Address, ["m: { prometheus: one }"]);
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var look in reader.ReadHistoryAsync(Metering.Needs("m"), PastServers.Nine, TimeSpan.FromMinutes(1), 100, cancelled.Token))
            {
                seen++;
                await cancelled.CancelAsync();
            }
        });
        Assert.Equal(1, seen);
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_day_of_twenty_metrics_is_few_queries()
    {
        const int Day = 1440;
        var history = new OpenMetrics();
        for (var m = 0; m < 20; m++)
        {
            var factor = m;
            history.Add($"m{m}_total", PastServers.Noon.AddDays(-1), PastServers.Noon, TimeSpan.FromSeconds(30), n => factor * n);
        }
        await using var server = await Prometheus.StartAsync(history);
        using var reader = Metering.Reader(server.Address, [.. Enumerable.Range(0, 20).Select(m => $"m{m}: {{ prometheus: 'sum(rate(m{m}_total[5m]))' }}")]);
        var looks = await AllAsync(reader.ReadHistoryAsync(
            Metering.Needs([.. Enumerable.Range(0, 20).Select(m => $"m{m}")]), PastServers.Noon.AddMinutes(1 - Day), TimeSpan.FromMinutes(1), Day, CancellationToken.None));
        Assert.Equal(Day, looks.Count);
        // The first few minutes have less than a range of samples; all have two.
        Assert.All(looks, look => Assert.All(look.Metrics, m => Assert.Null(m.Value.CouldNotTell)));
        Assert.Equal(19 / 30.0, looks[^1].Metrics["m19"].Value!.Value, 9);
        var asked = await RequestsAsync(server);
        Assert.Equal((0, 80), (asked.GetValueOrDefault("/api/v1/query"), asked["/api/v1/query_range"]));
    }

    /// <summary>How many requests a Prometheus has answered, by path.</summary>
    private static async Task<Dictionary<string, int>> RequestsAsync(Prometheus server)
    {
        const string Counter = "prometheus_http_requests_total{code=\"200\",handler=\"";
        var text = await server.Http.GetStringAsync(server.Url("/metrics"));
        return text.Split('\n').Where(l => l.StartsWith(Counter, StringComparison.Ordinal)).Select(l => l[Counter.Length..].Split("\"} "))
            .ToDictionary(l => l[0], l => int.Parse(l[1], CultureInfo.InvariantCulture));
    }
}
