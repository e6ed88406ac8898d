using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using static ReleaseOps.Tests.Rollouts.RolloutBench;

namespace ReleaseOps.Tests.Rollouts;

/// <summary>ARIS3's triggers through a whole rollout, on a real Prometheus and a simulated clock.</summary>
[Collection(nameof(SimulatedRollouts))]
public sealed class TriggerRolloutTests(SimulatedRollouts servers) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly RolloutBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [NeedsProgram("prometheus", "promtool")]
    public async Task Errors_for_9_min_59_s_do_not_roll_back()
    {
        var result = await RunAsync("errors_599", "10m");
        Assert.Equal((RolloutDecision.Proceed, 100.0), (result.Decision, result.Weight));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task Errors_for_10_min_roll_back()
    {
        var result = await RunAsync("errors_600", "10m");
        Assert.Equal(RolloutDecision.Rollback, result.Decision);
        Assert.Equal("rate", result.Rollback!.Trigger);
        Assert.Contains("held 10m of 10m", result.Reason, StringComparison.Ordinal);
        Assert.Equal(SimulatedRollouts.Noon.AddMinutes(11), result.Rollback.StartedAt);
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task Latency_for_14_min_59_s_does_not_roll_back() =>
        Assert.Equal(RolloutDecision.Proceed, (await RunAsync("errors_899", "15m")).Decision);

    [NeedsProgram("prometheus", "promtool")]
    public async Task Latency_for_15_min_rolls_back() =>
        Assert.Equal(RolloutDecision.Rollback, (await RunAsync("errors_900", "15m")).Decision);

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_gap_in_the_scrapes_neither_feeds_nor_resets()
    {
        var result = await RunAsync("errors_gap", "10m");
        Assert.Equal(RolloutDecision.Rollback, result.Decision);
        // From 12:01:00 it held; from 12:04:10 its samples were older than 10 s; they came again at 12:08:00. 3:10 and 6:50 are 10 minutes.
        Assert.Equal(SimulatedRollouts.Noon.Add(TimeSpan.FromMinutes(14) + TimeSpan.FromSeconds(50)), result.Rollback!.StartedAt);
        Assert.Contains(_bench.Bench.Heard.Events.OfType<StageLooked>().SelectMany(l => l.Triggers).Select(t => t.Finding),
            f => f is { Verdict: Verdict.Inconclusive, Reason: ErrorId.Stale });
    }

    private Task<RolloutResult> RunAsync(string metric, string @for) => SimulatedRollouts.RunAsync(_bench, Book(metric, @for), Interval);

    private Runbook Book(string metric, string @for) => Checklists.Bench.Book($$"""
        runbook: test
        product: thing
        sources: { prometheus: { url: '{{servers.Prometheus.Address}}' } }
        metrics: { rate: { prometheus: '{{metric}}', unit: '%', max-age: 10s } }
        phases:
          - phase: deploy
            rollout:
              interval: 10s
              abort: [rate]
              stages:
                - { name: full, weight: 100, watch: 17m, steps: [{{Append("to-100", "100")}}] }
        triggers:
          rate: { when: rate >= 5.0, for: {{@for}}, then: rollback }
        rollback:
          steps: [{{Append("back", "0")}}]
        """);
}
