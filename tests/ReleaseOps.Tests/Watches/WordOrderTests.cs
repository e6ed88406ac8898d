using ReleaseOps.Steps;
using static ReleaseOps.Tests.Watches.FoldBench;

namespace ReleaseOps.Tests.Watches;

/// <summary>
/// A watch hears words as they come, and makes up for looks later: whether it went on living or was read back from its ledger in between,
/// it must come to the same.
/// </summary>
public sealed class WordOrderTests
{
    private static readonly (string, bool?) Errors = ("severity:SEV1", true);

    /// <summary>The same events twice: once as they are read back, once with a process that hears at once what people say.</summary>
    private static (FoldBench Read, FoldBench Live) Both(Action<FoldBench, Action> events)
    {
        var (read, live) = (new FoldBench(""), new FoldBench(""));
        events(read, () => { });
        events(live, () => live.Fold.Advance(T0.AddMinutes(50)));
        return (read, live);
    }

    private static void Same(FoldBench read, FoldBench live)
    {
        Assert.Equal(read.Incidents, live.Incidents);
        Assert.Equal(read.End, live.End);
    }

    [Fact]
    public void An_incident_that_a_person_opened_while_nothing_could_be_looked_at_keeps_its_name()
    {
        var (read, live) = Both((bench, hears) =>
        {
            bench.Look(10).Say(WatchWordKind.Open, 40, value: "SEV2");
            hears();
            bench.Say(WatchWordKind.Resolve, 41, "INC-1");
            hears();
            // Only now is it seen what went on meanwhile.
            bench.Look(10, Errors).Look(40);
        });
        Same(read, live);
        Assert.Equal([("INC-1", "person", false), ("INC-2", "severity", true)], read.Incidents.Select(i => (i.Id, i.Source, i.IsOpen)));
        Assert.Equal(Decision.NoGo, read.End);
    }

    [Fact]
    public void What_is_seen_late_of_a_time_before_a_mitigation_does_not_take_it_back_and_does_not_verify_it()
    {
        var (read, live) = Both((bench, hears) =>
        {
            bench.Look(2, Errors).Say(WatchWordKind.Mitigate, 45, "INC-1");
            hears();
            // Gone for 20 minutes, back for five, and then gone for good.
            bench.Look(20).Look(5, Errors).Look(17);
            Assert.Null(bench.Incidents[0].VerifiedAt);
            bench.Look(16);
        });
        Same(read, live);
        Assert.Equal((T0.AddMinutes(45), T0.AddMinutes(45)), (Assert.Single(read.Incidents).MitigatedAt, read.Incidents[0].VerifiedAt));
    }

    [Fact]
    public void What_comes_back_after_its_mitigation_takes_it_back()
    {
        var (read, live) = Both((bench, hears) =>
        {
            bench.Look(2, Errors).Look(3).Say(WatchWordKind.Mitigate, 5, "INC-1");
            hears();
            bench.Look(30).Look(1, Errors);
        });
        Same(read, live);
        Assert.Equal((null, Decision.NoGo), (Assert.Single(read.Incidents).MitigatedAt, read.End));
    }

    [Fact]
    public void A_mitigation_of_what_has_long_been_gone_needs_no_further_look()
    {
        var bench = new FoldBench("").Look(2, Errors).Look(58).Say(WatchWordKind.Mitigate, 59.5, "INC-1");
        Assert.Equal((Decision.Go, T0.AddMinutes(59.5)), (bench.End, bench.Incidents[0].VerifiedAt));
    }

    [Fact]
    public void A_mitigation_while_nothing_can_be_looked_at_is_not_verified_by_what_was_seen_before()
    {
        var bench = new FoldBench("").Look(2, Errors).Look(20).Say(WatchWordKind.Mitigate, 40, "INC-1");
        Assert.Null(bench.Incidents[0].VerifiedAt);
        Assert.Equal(Decision.NoGo, bench.Look(3, Errors).Look(10).End);
    }

    [Fact]
    public void A_mitigation_said_twice_stays_verified()
    {
        var bench = new FoldBench("").Look(2, Errors).Say(WatchWordKind.Mitigate, 2, "INC-1").Look(20, ("severity:SEV1", false));
        Assert.NotNull(bench.Incidents[0].VerifiedAt);
        bench.Look(1, ("severity:SEV1", null)).Say(WatchWordKind.Mitigate, 22.5, "INC-1");
        Assert.NotNull(bench.Incidents[0].VerifiedAt);
        Assert.Equal(Decision.NoGo, bench.Look(1, Errors).End);
    }
}
