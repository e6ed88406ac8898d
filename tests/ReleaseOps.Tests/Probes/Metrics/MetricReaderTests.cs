using ReleaseOps.Gates;

namespace ReleaseOps.Tests.Probes.Metrics;

/// <summary>Against the servers that the product will meet; the same answers of each.</summary>
[Collection(nameof(MetricServers))]
public sealed class MetricReaderTests(MetricServers servers)
{
    private const string Ratio = "100 * sum(rate(requests_total{status=~\"5..\"}[5m])) / sum(rate(requests_total[5m]))";

    private static readonly string[] Programs = ["prometheus", "victoria-metrics"];

    private async Task EachAsync(string metric, Action<Measurement> check)
    {
        foreach (var server in Programs)
            check(await Metering.ReadAsync(servers.AddressOf(server), metric));
    }

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task A_ratio_is_measured_with_its_unit_and_its_age() => EachAsync($"prometheus: '{Ratio}', unit: '%'", m =>
    {
        Assert.Null(m.CouldNotTell);
        Assert.Equal(1, m.Value!.Value, 3);
        Assert.Equal(TimeSpan.Zero, m.Age);
        Assert.Equal(Ratio, m.Query);
        Assert.EndsWith(" %", m.Detail, StringComparison.Ordinal);
    });

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task A_query_longer_than_a_URL_is_asked_all_the_same() => EachAsync(
        $"prometheus: 'max(latency{{instance!~\"{new string('x', 3000)}\"}})'", m => Assert.Equal(60, m.Value));

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task A_scalar_is_a_number() => EachAsync("prometheus: 'scalar(one) * 3'", m => Assert.Equal(3, m.Value));

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task Several_series_without_reduce_cant_tell() => EachAsync("prometheus: latency", m =>
    {
        Metering.Nothing(ErrorId.SeveralSeries, m);
        Assert.Contains("3 series", m.Detail, StringComparison.Ordinal);
        Assert.Contains("reduce: max|min|avg|sum|each", m.Detail, StringComparison.Ordinal);
        Assert.Contains("latency{instance=\"a:9090\"}", m.Detail, StringComparison.Ordinal);
    });

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public async Task Several_series_are_reduced()
    {
        foreach (var (reduce, value) in new[] { ("max", 60.0), ("min", 10), ("avg", 30), ("sum", 90) })
            await EachAsync($"prometheus: latency, reduce: {reduce}", m => Assert.Equal(value, m.Value));
    }

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task Each_keeps_every_series() => EachAsync("prometheus: latency, reduce: each", m =>
    {
        Assert.Null(m.Value);
        Assert.Null(m.CouldNotTell);
        Assert.Equal([10, 20, 60], m.Series.Select(s => s.Value).Order());
        Assert.Contains("latency{instance=\"c:9090\"}", m.Series.Select(s => s.Labels));
    });

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task An_empty_answer_is_no_data() => EachAsync("prometheus: nobody_has_this", m => Metering.Nothing(ErrorId.NoData, m));

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task Nothing_divided_by_nothing_is_no_data() => EachAsync(
        "prometheus: 'sum(rate(idle_total{status=\"500\"}[5m])) / sum(rate(idle_total[5m]))'", m => Metering.Nothing(ErrorId.NoData, m));

    [NeedsProgram("prometheus", "promtool")]
    public async Task Infinity_is_no_data()
    {
        var m = await Metering.ReadAsync(servers.Prometheus.Address, "prometheus: 'one / zero'");
        Metering.Nothing(ErrorId.NoData, m);
        Assert.Contains("infinity", m.Detail, StringComparison.Ordinal);
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_NaN_among_reduced_series_is_no_data()
    {
        var m = await Metering.ReadAsync(servers.Prometheus.Address, "prometheus: 'latency or (zero / zero)', reduce: max");
        Metering.Nothing(ErrorId.NoData, m);
        Assert.Contains("1 of 4 series are NaN", m.Detail, StringComparison.Ordinal);
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task Each_makes_an_infinite_series_one_without_a_number()
    {
        var m = await Metering.ReadAsync(servers.Prometheus.Address, "prometheus: 'latency or (one / zero)', reduce: each");
        Assert.Equal(1, m.Series.Count(s => double.IsNaN(s.Value)));
        Assert.Contains("infinite", Assert.Single(m.Notes), StringComparison.Ordinal);
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task The_query_of_the_hazard_is_never_a_ratio()
    {
        // Label set by label set: it answers 100 where the ratio is 1 %.
        var m = await Metering.ReadAsync(servers.Prometheus.Address,
            "prometheus: 'rate(requests_total{status=~\"5..\"}[5m]) / rate(requests_total[5m]) * 100'");
        Assert.Equal(100, m.Value);
    }

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task A_value_from_a_sample_that_is_too_old_is_stale() => EachAsync("prometheus: gap", m =>
    {
        Metering.Nothing(ErrorId.Stale, m);
        Assert.Equal("the newest sample of gap is 210 s old, more than 2m", m.Detail);
        Assert.Equal(TimeSpan.FromSeconds(210), m.Age);
    });

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task A_range_that_reaches_back_to_old_samples_is_stale() => EachAsync("prometheus: 'rate(ended_total[15m])'", m =>
    {
        Metering.Nothing(ErrorId.Stale, m);
        Assert.InRange(m.Age!.Value.TotalSeconds, 600, 620);
    });

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task A_subquery_that_reaches_back_to_old_samples_is_stale() => EachAsync(
        "prometheus: 'max_over_time(rate(ended_total[1m])[15m:1m])'", m => Metering.Nothing(ErrorId.Stale, m));

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task Max_age_says_what_is_too_old() => EachAsync("prometheus: gap, max-age: 4m", m => Assert.Equal(1, m.Value));

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task What_is_old_on_purpose_isnt_stale() => EachAsync("prometheus: 'ended_total offset 15m', reduce: max", m => Assert.NotNull(m.Value));

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task A_selector_that_never_was_is_no_sign_of_age() => EachAsync(
        "prometheus: 'sum(rate(requests_total{status=~\"4..\"}[5m])) or vector(0)'", m =>
        {
            Assert.Equal(0, m.Value);
            Assert.Equal("no sample stands behind this value: there is none of requests_total{status=~\"4..\"}", Assert.Single(m.Notes));
        });

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task Of_each_series_one_that_is_too_old_is_stale() => EachAsync("prometheus: pods, reduce: each", m =>
    {
        Metering.Nothing(ErrorId.Stale, m);
        Assert.Equal("1 series of pods has no sample younger than 2m", m.Detail);
    });

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task Of_each_series_one_that_is_gone_and_still_in_the_range_is_stale() => EachAsync(
        "prometheus: 'rate(gone_total[15m])', reduce: each", m => Metering.Nothing(ErrorId.Stale, m));

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task Ten_thousand_series_are_one_query() => EachAsync("prometheus: fleet, reduce: each", m =>
    {
        Assert.Null(m.CouldNotTell);
        Assert.Equal(MetricServers.FleetSize, m.Series.Count);
        Assert.Equal(Enumerable.Range(0, MetricServers.FleetSize).Select(n => (double)n), m.Series.Select(s => s.Value).Order());
        Assert.Contains("fleet{instance=\"10.0.0.255:9090\", pod=\"checkout-00ff\"}", m.Series.Select(s => s.Labels));
    });

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public Task A_query_that_is_wrong_is_refused_in_the_servers_words() => EachAsync("prometheus: 'sum(latency'", m =>
    {
        Metering.Nothing(ErrorId.QueryRefused, m);
        Assert.Contains("pars", m.Detail, StringComparison.Ordinal);
    });

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_query_that_answers_no_number_is_refused()
    {
        Metering.Nothing(ErrorId.QueryRefused, await Metering.ReadAsync(servers.Prometheus.Address, "prometheus: 'latency[5m]', reduce: max"));
        Metering.Nothing(ErrorId.QueryRefused, await Metering.ReadAsync(servers.Prometheus.Address, "prometheus: '\"text\"'"));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_metric_that_cant_be_told_takes_no_other_with_it()
    {
        using var reader = Metering.Reader(servers.Prometheus.Address,
            ["good: { prometheus: one, control: 'one * 2' }", "bad: { prometheus: 'sum(' }", "other: { prometheus: one }"]);
        var look = await reader.ReadAsync(new MetricNeeds(new HashSet<string> { "good", "bad" }, new HashSet<string> { "good" }), CancellationToken.None);
        Assert.Equal(MetricServers.Noon, look.At);
        Assert.Equal(["bad", "good"], look.Metrics.Keys.Order());
        Assert.Equal((1, 2), (look.Metrics["good"].Value, look.Controls["good"].Value));
        Metering.Nothing(ErrorId.QueryRefused, look.Metrics["bad"]);
    }

    [NeedsProgram("prometheus", "promtool", "victoria-metrics")]
    public async Task Samples_of_a_metric_and_its_control_are_read_over_a_time()
    {
        foreach (var server in Programs)
        {
            using var reader = Metering.Reader(servers.AddressOf(server),
            [
                "one: { prometheus: one, control: 'one * 2' }", "sum: { prometheus: latency, reduce: sum }", "all: { prometheus: latency, reduce: each }",
                "none: { prometheus: latency }", "gap: { prometheus: gap }", "nan: { prometheus: 'zero / zero' }",
                "half: { prometheus: one, control: nobody_has_this }",
            ]);
            Task<SampleSet> Read(string metric) => reader.ReadSamplesAsync(
                metric, MetricServers.Noon.AddMinutes(-10), MetricServers.Noon, TimeSpan.FromMinutes(1), CancellationToken.None);
            var one = await Read("one");
            Assert.Null(one.CouldNotTell);
            Assert.Equal((11, 11), (one.Experiment.Count(v => v == 1), one.Control.Count(v => v == 2)));
            Assert.Equal(Enumerable.Repeat(90.0, 11), (await Read("sum")).Experiment);
            Assert.Equal(33, (await Read("all")).Experiment.Count);
            foreach (var (metric, why) in new[]
            {
                ("none", ErrorId.SeveralSeries), ("gap", ErrorId.Stale), ("nan", ErrorId.NoData), ("half", ErrorId.NoData),
            })
            {
                var set = await Read(metric);
                Assert.Equal((metric, why), (metric, set.CouldNotTell));
                Assert.Empty(set.Experiment);
                Assert.Empty(set.Control);
            }
        }
    }
}
