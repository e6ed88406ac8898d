using ReleaseOps.Gates;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Watches;
using static ReleaseOps.Tests.Watches.FoldBench;

namespace ReleaseOps.Tests.Watches;

/// <summary>What a watch didn't see is a gap, whichever way it didn't.</summary>
public sealed class UnseenTests
{
    private const string Slo = "slos: { answers: { objective: 99.9, total: requests_total, bad: errors_total, page: SEV1 } }";
    private const string Shown = "slos: { answers: { objective: 99.9, total: requests_total, bad: errors_total } }";

    /// <summary>An hour of steps.</summary>
    private static FoldBench Counted(FoldBench bench, double? bad, double? total)
    {
        for (var minute = 0; minute < 60; minute++)
        {
            var ended = minute % 5 == 0 && minute > 0;
            bench.Take([], ended ? [("answers", new SloCount(T0.AddMinutes(minute), bad, total))] : []);
        }
        return bench;
    }

    [Theory]
    [InlineData(0.0, 100.0, Decision.Go)]
    [InlineData(null, null, Decision.Hold)]
    [InlineData(null, 100.0, Decision.Hold)]
    [InlineData(0.0, double.NaN, Decision.Hold)]
    [InlineData(50.0, 100.0, Decision.NoGo)]
    public void An_objective_that_opens_incidents_and_is_never_told_is_no_GO(double? bad, double? total, Decision decision) =>
        Assert.Equal(decision, Counted(new FoldBench("", Slo), bad, total).End);

    [Fact]
    public void An_objective_that_is_only_shown_decides_nothing() => Assert.Equal(Decision.Go, Counted(new FoldBench("", Shown), null, null).End);

    [Fact]
    public void An_objective_of_which_no_step_ended_in_the_watch_was_never_told() => Assert.Equal(Decision.Hold, new FoldBench("", Slo).Look(60).End);

    [Fact]
    public void A_time_of_maintenance_in_which_an_objective_can_not_be_told_is_no_gap()
    {
        var bench = new FoldBench("maintenance: [{ at: T+10m, for: 30m, why: move }]", Slo);
        for (var minute = 0; minute < 60; minute++)
        {
            double? count = minute is > 10 and <= 40 ? null : 100;
            bench.Take([], minute % 5 == 0 && minute > 0 ? [("answers", new SloCount(T0.AddMinutes(minute), count is null ? null : 0, count))] : []);
        }
        Assert.Equal((Decision.Go, 0), (bench.End, bench.Fold.Gaps.Untold));
    }

    [Theory]
    [InlineData(null, Decision.Hold)]
    [InlineData(true, Decision.Go)]
    public void A_watch_that_could_tell_nothing_at_all_is_no_GO_even_where_nothing_of_it_is_a_gap(bool? second, Decision decision)
    {
        var fold = new WatchFold(new WatchSetup(Bench.Book("""
            runbook: shown
            product: thing
            sources: { prometheus: { url: 'http://127.0.0.1:9' } }
            metrics: { rate: { prometheus: rate }, load: { prometheus: load } }
            watch: { window: 1h, thresholds: { errors: { when: rate > 1.0 }, load: { when: load > 1.0 } }, exit: { clean: 1m } }
            """), T0));
        for (var slot = 0; slot < 60; slot++)
            fold.Take(new WatchLook(slot, T0.AddMinutes(slot), false)
            {
                Conditions = new Dictionary<string, Seen> { ["threshold:errors"] = new(null, "no data"), ["threshold:load"] = new(second, "seen") },
            }, T0.AddMinutes(slot));
        Assert.Equal(decision, WatchDecision.Of(WatchDecision.Findings(fold, T0.AddHours(1), [])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Series_that_can_not_be_told_are_a_gap_whether_another_one_holds_or_not(bool another)
    {
        var bench = new FoldBench("thresholds: { errors: { when: pods > 1.0, severity: SEV2 } }");
        for (var i = 0; i < 60; i++)
            bench.Take(new() { ["threshold:errors"] = new Seen(another ? true : null, "seen") { Holding = another ? [1] : [], Untold = [2, 3] } });
        Assert.Equal((Decision.Hold, 60), (bench.End, bench.Fold.Gaps.Untold));
    }

    [Fact]
    public void A_gap_goes_on_through_a_clock_that_is_set_back()
    {
        var bench = new FoldBench("gaps: { longest: 15m, share: 100 }");
        bench.Look(20).Look(10, ("severity:SEV1", null));
        bench.Fold.MoveTo(T0.AddMinutes(20));
        bench.Look(10, ("severity:SEV1", null)).Look(5);
        Assert.Equal((Decision.Hold, TimeSpan.FromMinutes(20)), (bench.End, bench.Fold.Gaps.Longest));
        Assert.All(bench.Fold.Gaps.All, g => Assert.True(g.Length > TimeSpan.Zero));
    }

    [Fact]
    public void Gaps_do_not_count_as_clean_where_there_are_no_targets()
    {
        var bench = new FoldBench("exit: { clean: 20m }").Look(11).Look(20, ("severity:SEV1", null)).Look(1);
        Assert.Equal(TimeSpan.FromMinutes(10), bench.Fold.Exit!.StandingAt(T0).Held);
        Assert.DoesNotContain(bench.Fold.Calls, c => c.Kind == CallKind.ExitReached);
    }
}
