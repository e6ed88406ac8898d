using ReleaseOps.Cli.Tests.Traffic;
using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

/// <summary>A canary with real traffic: HAProxy sends customers to two versions, and Prometheus sees what they get.</summary>
public sealed class HAProxyRolloutTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [NeedsProgram("haproxy", "prometheus", "bash")]
    public async Task A_healthy_canary_takes_its_share_of_the_real_traffic_at_each_stage_until_it_has_all()
    {
        await using var bench = await CanaryBench.StartAsync();
        using var rollout = bench.Rollout();
        var ended = rollout.End(Patience).With(0);

        Assert.Equal("Canary rollout result: PROCEED", ended.Lines[^1]);
        Assert.Equal([10, 50, 100], bench.Weights().Select(w => w.Weight));
        var shares = bench.Weights()
            .Zip(bench.Events("stage.decided"), (weight, decided) => bench.ShareBetween(weight.At, CanaryBench.At(decided)))
            .ToList();
        Assert.InRange(shares[0], 5, 16);
        Assert.InRange(shares[1], 40, 60);
        Assert.Equal(100, shares[2]);
        bench.HasWeight(100);
        Assert.All(bench.Customers.Served, s => Assert.Equal(200, s.Status));
        Assert.Equal(["10", "50", "100"], bench.Acted);
    }

    [NeedsProgram("haproxy", "prometheus", "bash")]
    public async Task A_version_that_fails_under_load_is_taken_back_and_answers_nobody_from_then_on()
    {
        await using var bench = await CanaryBench.StartAsync(longWatch: "half");
        using var rollout = bench.Rollout();
        bench.AwaitWeight(50);
        bench.NewVersion.TurnBad();
        var ended = rollout.End(Patience).With(1);
        bench.Customers.AwaitFurther(100);

        bench.HasWeight(0);
        var back = bench.Events("rollback.finished").Single();
        Assert.Equal("Passed", back.GetProperty("data").GetProperty("verdict").GetString());
        Assert.All(bench.Customers.Served.Where(s => s.At > CanaryBench.At(back)), s => Assert.Equal(CanaryBench.Stable, s.Version));
        // Customers saw errors, the new version's only, and only while it had a share of the traffic.
        var errors = bench.Customers.Served.Where(s => s.Status != 200).ToList();
        Assert.NotEmpty(errors);
        Assert.All(errors, s => Assert.Equal((500, CanaryBench.Canary), (s.Status, s.Version)));
        Assert.All(errors, s => Assert.InRange(s.At, bench.Weights()[0].At, CanaryBench.At(back)));

        Assert.Matches(@"^Canary rollout result: ROLLBACK \(trigger error-rate: error_rate \d+(\.\d+)? % is >= 5(\.0)? %.*\)$", ended.Lines[^1]);
        var report = File.ReadAllText(Directory.EnumerateFiles(bench.Scratch.Evidence, "report.md", SearchOption.AllDirectories).Single());
        Assert.Matches(@"error_rate \d+(\.\d+)? % is >= 5", report);
        Assert.Matches(@"the rollback took (\d+ ms|\d+\.\d s), within 30s", report);
    }

    [NeedsProgram("haproxy", "prometheus", "bash", "sleep", "kill")]
    public async Task Killed_after_it_moved_the_traffic_and_before_it_wrote_that_down_it_looks_and_does_not_act_again()
    {
        await using var bench = await CanaryBench.StartAsync();
        bench.Scratch.Write("linger-at-50", "");
        using (var rollout = bench.Rollout())
        {
            bench.AwaitLingering();
            rollout.Signal("KILL");
            rollout.End(TimeSpan.FromSeconds(10));
        }
        bench.Scratch.AwaitNoProcess();
        Assert.Equal(50, bench.HAProxy.Share());
        Assert.Equal([10], bench.Weights().Select(w => w.Weight));

        using var resumed = bench.Rollout("--resume");
        var ended = resumed.End(Patience).With(0);
        Assert.Equal("Canary rollout result: PROCEED", ended.Lines[^1]);
        Assert.Equal(["10", "50", "100"], bench.Acted);
        Assert.Equal([10, 50, 100], bench.Weights().Select(w => w.Weight));
        bench.HasWeight(100);
    }

    [NeedsProgram("haproxy", "prometheus", "bash")]
    public async Task Aborted_from_a_second_terminal_all_traffic_is_back_at_the_stable_version()
    {
        await using var bench = await CanaryBench.StartAsync(longWatch: "canary");
        using var rollout = bench.Rollout();
        bench.AwaitWeight(10);
        bench.Run("rollout abort", "--reason", "the shop is closing").With(0);
        var ended = rollout.End(Patience).With(1);
        bench.Customers.AwaitFurther(100);

        Assert.EndsWith("aborted it: the shop is closing)", ended.Lines[^1], StringComparison.Ordinal);
        Assert.Equal([10, 0], bench.Weights().Select(w => w.Weight));
        bench.HasWeight(0);
        var back = CanaryBench.At(bench.Events("rollback.finished").Single());
        Assert.All(bench.Customers.Served.Where(s => s.At > back), s => Assert.Equal(CanaryBench.Stable, s.Version));
        Assert.All(bench.Customers.Served, s => Assert.Equal(200, s.Status));
    }

    [NeedsProgram("haproxy", "prometheus", "bash", "sleep", "env")]
    public async Task Interrupted_in_the_middle_of_an_action_it_does_not_claim_to_know_the_weight_and_the_way_back_makes_it_0()
    {
        await using var bench = await CanaryBench.StartAsync();
        bench.Scratch.Write("linger-at-10", "");
        using var rollout = bench.Rollout();
        bench.AwaitLingering();
        rollout.Signal("INT");
        Assert.Contains("Traffic now: not known", rollout.End(Patience).With(130).Lines);
        bench.Scratch.AwaitNoProcess();
        Assert.Equal(10, bench.HAProxy.Share());

        var back = bench.Run("rollback", "--reason", "the canary is given up").With(0);
        Assert.Contains("Traffic now: 0 %", back.Lines);
        bench.HasWeight(0);
    }
}
