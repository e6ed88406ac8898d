using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Rollouts;

/// <summary>
/// A real Prometheus whose history lies in the simulated hour after the manual clock's noon: a rollout on that clock reads what a rollout
/// on a wall clock would have read.
/// </summary>
public sealed class SimulatedRollouts : IAsyncLifetime
{
    internal static readonly DateTimeOffset Noon = new ManualClock().GetUtcNow();
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    internal Prometheus Prometheus { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (NeedsProgram.Find("prometheus") is null)
            return;
        // Each breaks its threshold from 12:01:00 on, for as long as its name says.
        var history = new OpenMetrics()
            .Add("errors_599", Noon, Noon.AddMinutes(20), Step, Bad(60, 599))
            .Add("errors_600", Noon, Noon.AddMinutes(20), Step, Bad(60, 601))
            .Add("errors_899", Noon, Noon.AddMinutes(20), Step, Bad(60, 899))
            .Add("errors_900", Noon, Noon.AddMinutes(20), Step, Bad(60, 901))
            // Bad throughout, but nobody scraped it from 12:04:00 to 12:08:00.
            .Add("errors_gap", Noon, Noon.AddMinutes(4), Step, Bad(60, 10_000))
            .Add("errors_gap", Noon.AddMinutes(8), Noon.AddMinutes(20), Step, _ => 6)
            .Add("well", Noon, Noon.AddMinutes(20), Step, _ => 0.2)
            .Add("pair{instance=\"a\"}", Noon, Noon.AddMinutes(20), Step, _ => 0.2)
            .Add("pair{instance=\"b\"}", Noon, Noon.AddMinutes(20), Step, _ => 0.3)
            .Add("ended", Noon.AddMinutes(-10), Noon.AddMinutes(-4), Step, _ => 0.2);
        Prometheus = await Prometheus.StartAsync(history);
    }

    public async Task DisposeAsync()
    {
        if (Prometheus is not null)
            await Prometheus.DisposeAsync();
    }

    /// <summary>Runs a rollout while the clock moves on by its interval, once each look is through.</summary>
    internal static async Task<RolloutResult> RunAsync(RolloutBench bench, Runbook book, TimeSpan interval)
    {
        var clock = new ManualClock();
        var looks = 0;
        bench.Bench.Heard.Then = e => { if (e is StageLooked) Interlocked.Increment(ref looks); };
        var run = bench.RunAsync(book, o => o with { Clock = clock });
        for (var ticks = 0; !run.IsCompleted && ticks < 2000; ticks++)
        {
            var before = Volatile.Read(ref looks);
            for (var waited = 0; waited < 2500 && !run.IsCompleted && Volatile.Read(ref looks) == before && ticks > 0; waited++)
                await Task.Delay(TimeSpan.FromMilliseconds(2));
            // The look is through when the metrics, the letters and the watch all wait for the clock again.
            for (var waited = 0; waited < 25 && !run.IsCompleted && clock.Waiting < 3; waited++)
                await Task.Delay(TimeSpan.FromMilliseconds(2));
            clock.Advance(interval);
        }
        return await run.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static Func<int, double> Bad(int from, int seconds) => n => n >= from && n < from + seconds ? 6 : 0.2;
}

[CollectionDefinition(nameof(SimulatedRollouts))]
public sealed class SimulatedRolloutsGroup : ICollectionFixture<SimulatedRollouts>;
