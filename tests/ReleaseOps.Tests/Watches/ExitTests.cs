using static ReleaseOps.Tests.Watches.FoldBench;

namespace ReleaseOps.Tests.Watches;

/// <summary>When hypercare may end.</summary>
public sealed class ExitTests
{
    [Theory]
    [InlineData("1h", Decision.Go)]
    [InlineData("61m", Decision.Hold)]
    public void A_window_that_was_clean_throughout_was_clean_for_as_long_as_it_is(string clean, Decision decision) =>
        Assert.Equal(decision, new FoldBench($"exit: {{ clean: {clean} }}").Look(60).End);

    [Fact]
    public void A_window_of_which_a_look_is_missing_was_not() => Assert.Equal(Decision.Hold, new FoldBench("exit: { clean: 1h }").Look(59).End);

    [Fact]
    public void The_last_look_stands_for_no_more_than_an_interval_and_for_no_time_that_has_not_come()
    {
        var exit = new FoldBench("exit: { clean: 1h }").Look(11).Fold.Exit!;
        Assert.Equal([10, 10, 10.5, 11, 11], new[] { 5, 10, 10.5, 11, 30 }.Select(m => exit.StandingAt(T0.AddMinutes(m)).Held.TotalMinutes));
    }

    [Fact]
    public void A_break_at_the_last_look_is_not_clean() =>
        Assert.Equal(TimeSpan.Zero, new FoldBench("exit: { clean: 1h }").Look(59).Look(1, ("severity:SEV1", true)).Fold.Exit!.StandingAt(T0.AddHours(1)).Held);
}
