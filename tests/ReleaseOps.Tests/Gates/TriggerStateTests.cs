using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Gates;

/// <summary>ARIS3's triggers to the letter: more than two non-200 in a row, 10 minutes of errors, 15 minutes of latency.</summary>
public sealed class TriggerStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(75);

    [Theory]
    [InlineData("bb", false)]
    [InlineData("bbb", true)]
    [InlineData("bbgbb", false)]
    [InlineData("bbgbbb", true)]
    [InlineData("bb?b", true)]
    [InlineData("b?b?b", true)]
    [InlineData("bb??????", false)]
    [InlineData("???", false)]
    [InlineData("bbb?", false)]
    public void Three_bad_looks_in_a_row_fire_and_two_do_not(string looks, bool fires)
    {
        var trigger = new Trigger("unhealthy", Consequence.Rollback) { Step = "health", Consecutive = 3 };
        var state = TriggerState.Fresh;
        for (var i = 0; i < looks.Length; i++)
            state = state.Look(looks[i] switch { 'b' => true, 'g' => false, _ => null }, Start.AddSeconds(30 * i), Longest);
        Assert.Equal(fires, state.Fires(trigger));
    }

    [Theory]
    [InlineData(10, 599, false)]
    [InlineData(10, 600, true)]
    [InlineData(15, 899, false)]
    [InlineData(15, 900, true)]
    public void A_breach_fires_at_its_time_and_not_a_second_before(int minutes, int seconds, bool fires)
    {
        var trigger = new Trigger("error-rate", Consequence.Rollback) { For = TimeSpan.FromMinutes(minutes) };
        var state = TriggerState.Fresh;
        for (var second = 0; second <= seconds; second++)
            state = state.Look(true, Start.AddSeconds(second), Longest);
        Assert.Equal(fires, state.Fires(trigger));
    }

    [Fact]
    public void A_gap_in_the_data_does_not_reset_the_trigger()
    {
        var state = Looks(TriggerState.Fresh, 0, 300, true);
        state = Looks(state, 330, 600, null);
        Assert.Equal(TimeSpan.FromMinutes(5), state.Held);
        Assert.Equal(Start.AddSeconds(330), state.BlindSince);
        state = Looks(state, 630, 630, true);
        Assert.Null(state.BlindSince);
        Assert.Equal(TimeSpan.FromMinutes(5), state.Held);
    }

    [Fact]
    public void A_gap_in_the_data_does_not_feed_the_trigger()
    {
        var trigger = new Trigger("error-rate", Consequence.Rollback) { For = TimeSpan.FromMinutes(10) };
        var state = Looks(TriggerState.Fresh, 0, 300, true);
        state = Looks(state, 330, 1200, null);
        state = Looks(state, 1230, 1500, true);
        Assert.Equal(TimeSpan.FromSeconds(570), state.Held);
        Assert.False(state.Fires(trigger));
        Assert.True(Looks(state, 1530, 1530, true).Fires(trigger));
    }

    [Fact]
    public void Time_in_which_nobody_looked_is_a_gap_too()
    {
        var state = Looks(TriggerState.Fresh, 0, 300, true).Look(true, Start.AddSeconds(900), Longest);
        Assert.Equal(TimeSpan.FromMinutes(5), state.Held);
        Assert.Equal(12, state.InARow);
    }

    [Fact]
    public void A_look_that_finds_it_well_again_resets_it()
    {
        var state = Looks(TriggerState.Fresh, 0, 590, true).Look(false, Start.AddSeconds(595), Longest);
        Assert.Equal(TriggerState.Fresh, state);
    }

    [Fact]
    public void Held_long_enough_but_unknown_now_does_not_fire()
    {
        var trigger = new Trigger("error-rate", Consequence.Rollback) { For = TimeSpan.FromMinutes(10) };
        var state = Looks(TriggerState.Fresh, 0, 600, true);
        Assert.True(state.Fires(trigger));
        Assert.False(state.Look(null, Start.AddSeconds(630), Longest).Fires(trigger));
    }

    private static TriggerState Looks(TriggerState state, int from, int to, bool? holds)
    {
        for (var second = from; second <= to; second += 30)
            state = state.Look(holds, Start.AddSeconds(second), Longest);
        return state;
    }
}
