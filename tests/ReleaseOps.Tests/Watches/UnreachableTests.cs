using ReleaseOps.Tests.Checklists;
using ReleaseOps.Tests.Servers;
using ReleaseOps.Watches;
using static ReleaseOps.Tests.Watches.SimulatedDay;

namespace ReleaseOps.Tests.Watches;

/// <summary>A Prometheus that is gone for a part of the day, killed as when its machine fails, and comes back with what it remembers.</summary>
[Collection(nameof(SimulatedDay))]
public sealed class UnreachableTests(SimulatedDay day) : IAsyncLifetime, IDisposable
{
    private readonly Bench _bench = new();
    private Prometheus? _prometheus;

    public async Task InitializeAsync()
    {
        if (day.Prometheus is not null)
            _prometheus = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_prometheus is not null)
            await _prometheus.DisposeAsync();
    }

    public void Dispose() => _bench.Dispose();

    [NeedsProgram("prometheus", "promtool")]
    public async Task An_hour_without_Prometheus_is_made_up_for_and_what_happened_in_it_is_seen_at_its_minute()
    {
        var (plan, clock) = (Plan(day.Book("errors", address: _prometheus!.Address)), new EagerClock(T0));
        Gone(clock, T0.AddMinutes(170.5), T0.AddMinutes(230.5));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((Decision.NoGo, 1440, 0), (result.Decision!.Value, result.Looks, result.Untold));
        Assert.InRange(result.FromHistory, 59, 61);
        Assert.Equal(Enumerable.Range(0, 1440), Slots(_bench));
        var incident = Assert.Single(result.Incidents);
        Assert.Equal(T0.AddMinutes(190), incident.OpenedAt);
        Assert.InRange(incident.AcknowledgeBy!.Value, T0.AddMinutes(240), T0.AddMinutes(241));
        AssertBlind(T0.AddMinutes(171));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task While_nobody_can_be_asked_it_stops_saying_GO_after_the_longest_gap_and_says_it_again_once_it_has_made_up_for_it()
    {
        var (plan, clock) = (Plan(day.Book("well", address: _prometheus!.Address)), new EagerClock(T0));
        Gone(clock, T0.AddMinutes(300.5), T0.AddMinutes(360.5));
        var read = new List<(Decision?, string)>();
        foreach (var minute in new[] { 300, 310, 320, 360, 362 })
            clock.At(T0.AddMinutes(minute), () => read.Add((StabilityWatch.Read(plan, Options(_bench, clock)).Decision, Seen().Summary)));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((Decision.Go, 1440, 0, 0), (result.Decision!.Value, result.Looks, result.Untold, result.Gaps.Count));
        Assert.Equal([Decision.Go, Decision.Go, Decision.Hold, Decision.Hold, Decision.Go], read.Select(r => r.Item1));
        // So does who stays with it.
        Assert.Equal([false, false, true, true, false], read.Select(r => r.Item2.Contains("nothing can be asked since 10-26 01:01Z", StringComparison.Ordinal)));
        AssertBlind(T0.AddMinutes(301));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task What_its_history_does_not_have_either_stays_a_gap_and_holds()
    {
        var (plan, clock) = (Plan(day.Book("gap", address: _prometheus!.Address)), new EagerClock(T0));
        Gone(clock, T0.AddHours(5), T0.AddHours(6));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((Decision.Hold, 1440), (result.Decision!.Value, result.Looks));
        Assert.InRange(Assert.Single(result.Gaps).Length, TimeSpan.FromMinutes(57), TimeSpan.FromMinutes(60));
        Assert.Equal(Enumerable.Range(0, 1440), Slots(_bench));
        Assert.Equal(2, _bench.Ledger().Count(e => e.Type == "watch.blind"));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task Gone_at_the_very_end_it_is_waited_for_before_it_is_decided()
    {
        var (plan, clock) = (Plan(day.Book("well", address: _prometheus!.Address)), new EagerClock(T0));
        Gone(clock, T0.AddHours(24).AddSeconds(-30), T0.AddHours(24).AddMinutes(10));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((Decision.Go, 1440, 0), (result.Decision!.Value, result.Looks, result.Untold));
        Assert.InRange(clock.GetUtcNow(), T0.AddHours(24).AddMinutes(10), T0.AddHours(24).AddMinutes(11));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task Gone_at_the_very_end_and_for_good_it_holds()
    {
        var (plan, clock) = (Plan(day.Book("well", address: _prometheus!.Address)), new EagerClock(T0));
        Gone(clock, T0.AddHours(24).AddSeconds(-30), T0.AddDays(9));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((Decision.Hold, true), (result.Decision!.Value, result.Ended));
        Assert.InRange(clock.GetUtcNow(), T0.AddMinutes(24 * 60 + 30), T0.AddMinutes(24 * 60 + 31));
    }

    private void Gone(EagerClock clock, DateTimeOffset from, DateTimeOffset to) => clock
        .At(from, () => _prometheus!.StopAsync().GetAwaiter().GetResult())
        .At(to, () => _prometheus!.StartAgainAsync().GetAwaiter().GetResult());

    private WatchResult Seen() => _bench.Heard.Events.OfType<WatchLooked>().Last().SoFar;

    /// <summary>The ledger says once since when nobody could be asked, and why, and once that it is over.</summary>
    private void AssertBlind(DateTimeOffset since)
    {
        var turns = _bench.Ledger().Where(e => e.Type == "watch.blind").Select(e => e.Data).ToList();
        Assert.Equal(2, turns.Count);
        Assert.Equal(since, turns[0].GetProperty("since").GetDateTimeOffset());
        Assert.Contains($"127.0.0.1:{_prometheus!.Port}: the connection was refused", turns[0].GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.False(turns[1].TryGetProperty("since", out _));
    }
}
