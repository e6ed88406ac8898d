using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Probes.Metrics;

/// <summary>What a real Prometheus counted is what happened; samples lie on the borders of the steps, so that nothing is extrapolated.</summary>
public sealed class SloCountTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new ManualClock().GetUtcNow();
    private static readonly DateTimeOffset Start = Noon.AddDays(-5);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private Prometheus _server = null!;

    public async Task InitializeAsync()
    {
        if (NeedsProgram.Find("prometheus") is null)
            return;
        var history = new OpenMetrics();
        // Five days of 60 requests a minute in two series, one in a hundred of them bad.
        history.Add("req_total{pod=\"a\"}", Start, Noon, Minute, n => 40.0 * n);
        history.Add("req_total{pod=\"b\"}", Start, Noon, Minute, n => 20.0 * n);
        history.Add("bad_total", Start, Noon, Minute, n => 0.6 * n);
        history.Add("good_total", Start, Noon, Minute, n => 59.4 * n);
        // Begins anew at 11:30; the sample after it is what has been counted since.
        history.Add("reset_total", Noon.AddHours(-1), Noon, Minute, n => n < 30 ? 1000 + (10 * n) : 10 * (n - 29));
        // Nothing from 11:21 to 11:39.
        history.Add("gap_total", Noon.AddHours(-1), Noon.AddMinutes(-40), Minute, n => 10.0 * n);
        history.Add("gap_total", Noon.AddMinutes(-20), Noon, Minute, n => 1000 + (10.0 * n));
        history.Add("nan_total", Noon.AddHours(-1), Noon, Minute, n => double.NaN);
        _server = await Prometheus.StartAsync(history);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private static Template Selector(string text) => new(text, default);

    private static Slo Objective(string total, string? bad = null, string? good = null) => new("availability", 99.9, Selector(total))
    {
        Bad = bad is null ? null : Selector(bad),
        Good = good is null ? null : Selector(good),
    };

    private MetricReader Reader() => Metering.Reader(_server.Address, ["m: { prometheus: up }"]);

    private async Task<IReadOnlyList<SloCount>> CountAsync(Slo slo, DateTimeOffset firstEnd, int count)
    {
        using var reader = Reader();
        var counts = await reader.CountAsync(slo, firstEnd, count, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, count).Select(n => firstEnd + n * slo.Step), counts.Select(c => c.End));
        return counts;
    }

    private static void Near(double? bad, double? total, SloCount count)
    {
        void Same(double? expected, double? actual) => Assert.True(
            expected.HasValue == actual.HasValue && Math.Abs((expected ?? 0) - (actual ?? 0)) < 1e-6, $"expected {bad} of {total}, was {count}");
        Same(bad, count.Bad);
        Same(total, count.Total);
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task Events_are_counted_over_all_series()
    {
        Assert.All(await CountAsync(Objective("req_total", bad: "bad_total"), Noon.AddHours(-20), 241), c => Near(3, 300, c));
        Assert.All(await CountAsync(Objective("req_total{pod=\"b\"}", bad: "bad_total"), Noon, 1), c => Near(3, 100, c));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task What_isnt_good_is_bad_and_never_below_nothing()
    {
        Assert.All(await CountAsync(Objective("req_total", good: "good_total"), Noon.AddMinutes(-20), 5), c => Near(3, 300, c));
        Assert.All(await CountAsync(Objective("bad_total", good: "good_total"), Noon.AddMinutes(-20), 5), c => Near(0, 3, c));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_counter_that_begins_anew_counts_on() =>
        Assert.All(await CountAsync(Objective("reset_total", bad: "bad_total"), Noon.AddMinutes(-50), 11), c => Near(3, 50, c));

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_gap_cant_be_told()
    {
        var counts = await CountAsync(Objective("gap_total", bad: "bad_total"), Noon.AddMinutes(-55), 12);
        Assert.All(counts.Take(4).Concat(counts.TakeLast(4)), c => Near(3, 50, c));
        Assert.Equal([(null, null), (null, null), (null, null), (null, null)], counts.Skip(4).Take(4).Select(c => (c.Bad, c.Total)));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task No_counter_of_bad_events_is_no_bad_event() =>
        Assert.All(await CountAsync(Objective("req_total", bad: "nobody_total"), Noon, 1), c => Near(0, 300, c));

    [NeedsProgram("prometheus", "promtool")]
    public async Task No_counter_of_good_events_is_neither_outage_nor_health() =>
        Assert.All(await CountAsync(Objective("req_total", good: "nobody_total"), Noon, 1), c => Near(null, 300, c));

    [NeedsProgram("prometheus", "promtool")]
    public async Task No_counter_of_events_cant_be_told() =>
        Assert.All(await CountAsync(Objective("nobody_total", bad: "bad_total"), Noon, 1), c => Near(null, null, c));

    [NeedsProgram("prometheus", "promtool")]
    public async Task What_is_no_number_cant_be_told()
    {
        Assert.All(await CountAsync(Objective("nan_total", bad: "bad_total"), Noon, 1), c => Near(null, null, c));
        Assert.All(await CountAsync(Objective("req_total", bad: "nan_total"), Noon, 1), c => Near(null, 300, c));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_question_that_is_refused_isnt_no_bad_event() =>
        Assert.All(await CountAsync(Objective("req_total", bad: "bad_total{"), Noon, 1), c => Near(null, 300, c));

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_server_or_a_source_that_isnt_there_cant_be_told()
    {
        Assert.All(await CountAsync(Objective("req_total", bad: "bad_total") with { Source = "other" }, Noon, 2), c => Near(null, null, c));
        await _server.StopAsync();
        Assert.All(await CountAsync(Objective("req_total", bad: "bad_total"), Noon, 2), c => Near(null, null, c));
        using var reader = Reader();
        var past = await reader.PastAsync(Objective("req_total", bad: "bad_total"), Noon, CancellationToken.None);
        Assert.Equal((null, null), (past.BadBefore, past.TotalBefore));
        Assert.Equal(864, past.Steps.Count);
        Assert.All(past.Steps, c => Near(null, null, c));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task The_past_is_three_days_of_steps_and_the_rest_as_one()
    {
        using var reader = Reader();
        var past = await reader.PastAsync(Objective("req_total", bad: "bad_total") with { Window = TimeSpan.FromDays(5) }, Noon, CancellationToken.None);
        Assert.Equal(864, past.Steps.Count);
        Assert.Equal(Noon, past.Steps[^1].End);
        Assert.Equal(Noon.AddDays(-3) + Slo.DefaultStep, past.Steps[0].End);
        Assert.All(past.Steps, c => Near(3, 300, c));
        Near(0.6 * 2880, 60 * 2880, new SloCount(Noon, past.BadBefore, past.TotalBefore));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_window_of_a_day_has_a_past_of_a_day()
    {
        using var reader = Reader();
        var past = await reader.PastAsync(Objective("req_total", bad: "bad_total") with { Window = TimeSpan.FromDays(1) }, Noon, CancellationToken.None);
        Assert.Equal((288, Noon), (past.Steps.Count, past.Steps[^1].End));
        Assert.Equal((0, 0), (past.BadBefore, past.TotalBefore));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task The_rest_of_the_window_cant_be_told_where_nothing_was_counted_then()
    {
        using var reader = Reader();
        var past = await reader.PastAsync(Objective("reset_total", bad: "bad_total"), Noon, CancellationToken.None);
        Assert.Equal((null, null), (past.BadBefore, past.TotalBefore));
        Near(null, null, past.Steps[0]);
        Near(3, 50, past.Steps[^1]);
    }
}
