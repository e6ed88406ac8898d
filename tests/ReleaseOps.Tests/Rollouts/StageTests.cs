using ReleaseOps.Gates;
using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using static ReleaseOps.Tests.Rollouts.RolloutBench;

namespace ReleaseOps.Tests.Rollouts;

/// <summary>What a stage owes to the order of its steps, to a pause, to a look that hangs; and what it says when nothing judged it.</summary>
public sealed class StageTests : IDisposable
{
    private readonly RolloutBench _bench = new();

    public StageTests() => _bench.Healthy(true);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("", "nothing judged it")]
    [InlineData("abort: [unhealthy]", "no trigger fired; the stage has neither a gate nor a required check")]
    public async Task A_stage_that_nothing_judged_says_so(string rollout, string expected)
    {
        var result = await _bench.RunAsync(Book([Stage(10)], rollout));
        Assert.Contains(expected, result.Stages[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trigger_whose_look_hangs_is_blind_although_it_was_well_before()
    {
        // The first look answers at once, every later one hangs.
        var book = Book([Stage(10, "watch: 2500ms"), Stage(100)], "hold: { limit: 300ms, then: stop }");
        book = book with
        {
            Triggers = [.. book.Triggers, new("stuck", Consequence.Rollback) { Step = "hangs" }],
            Phases = [.. book.Phases, .. Checklists.Bench.Book("""
                runbook: more
                phases:
                  - phase: more
                    steps: [{ id: hangs, command: [sh, -c, 'test -e looked && sleep 60; touch looked'] }]
                """).Phases],
        };
        book = book with { Phases = [book.Phases[0] with { Rollout = book.Phases[0].Rollout! with { Abort = ["stuck"] } }, .. book.Phases.Skip(1)] };
        var result = await _bench.RunAsync(book);
        Assert.Equal(RolloutDecision.Hold, result.Decision);
        Assert.Contains("stuck was last looked at", result.Reason, StringComparison.Ordinal);
        Assert.Equal(["10"], _bench.Done);
    }

    [Fact]
    public async Task A_trigger_that_fires_in_a_later_stage_is_seen_however_short_it_is_watched()
    {
        // One look an hour: without one at the beginning of each watch, nobody would look at the second stage.
        var book = Book([Stage(10, "watch: 1s, interval: 1h"), Stage(50, "watch: 1s, interval: 1h"), Stage(100)]);
        book = book with
        {
            Triggers = [.. book.Triggers, new("bad", Consequence.Rollback) { Step = "healthy" }],
            Phases = [book.Phases[0] with { Rollout = book.Phases[0].Rollout! with { Abort = ["bad"] } }, .. book.Phases.Skip(1)],
        };
        _bench.Bench.Heard.Then = e => { if (e is StageStarted { Stage: "s50" }) _bench.Healthy(false); };
        var result = await _bench.RunAsync(book);
        Assert.Equal(RolloutDecision.Rollback, result.Decision);
        Assert.Equal(["10", "50", "0"], _bench.Done);
    }

    [Fact]
    public async Task What_a_step_needs_keeps_it_from_being_done()
    {
        var steps = $"steps: [{{ id: tried, command: ['false'], required: false }}, {Append("moved", "10", "needs: [tried]")}], watch: 100ms";
        var result = await _bench.RunAsync(Book([$"{{ name: s, weight: 10, {steps} }}"], "hold: { limit: 100ms, then: stop }"));
        Assert.Equal(RolloutDecision.Hold, result.Decision);
        Assert.Empty(_bench.Done);
        Assert.Contains("it needs 'tried', which failed", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_hangs_on_a_step_that_does_not_apply_does_not_apply_either()
    {
        var steps = $"steps: [{{ id: never, file: f, if: 'false' }}, {Append("moved", "10", "needs: [never]")}], watch: 100ms";
        var result = await _bench.RunAsync(Book([$"{{ name: s, weight: 10, {steps} }}"]));
        Assert.Equal(RolloutDecision.Proceed, result.Decision);
        Assert.Empty(_bench.Done);
    }

    [Fact]
    public async Task A_pause_while_it_is_judged_keeps_it_at_its_stage()
    {
        var book = Book([Stage(10, "watch: 100ms, checks: [{ id: slow, command: [sleep, '1'] }]"), Stage(100)]);
        _bench.Bench.Heard.Then = e =>
        {
            if (e is StepStarted { Step.Id: "slow" })
                _bench.Send(SignalKind.Pause);
        };
        using var operatorEnds = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var result = await _bench.RunAsync(book, cancellation: operatorEnds.Token);
        Assert.True(result.Interrupted);
        Assert.Equal(["10"], _bench.Done);
    }

    [Fact]
    public async Task A_pause_stops_the_limit_of_a_hold()
    {
        var book = Book([Stage(10, "watch: 100ms, checks: [{ id: proof, confirm: Well? }]")], "hold: { limit: 1500ms, then: rollback }");
        _bench.Bench.Heard.Then = e => { if (e is RolloutHeld) _bench.Send(SignalKind.Pause); };
        using var operatorEnds = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        var result = await _bench.RunAsync(book, cancellation: operatorEnds.Token);
        Assert.True(result.Interrupted);
        Assert.Equal(["10"], _bench.Done);
    }

    [Fact]
    public async Task An_abort_at_the_last_moment_is_heard()
    {
        var book = Book([Stage(100, "watch: 100ms, checks: [{ id: last, command: ['true'] }]")]);
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "last" }) _bench.Send(SignalKind.Abort); };
        var result = await _bench.RunAsync(book);
        Assert.Equal((RolloutDecision.Rollback, "bob aborted it"), (result.Decision, result.Reason));
    }

    [Fact]
    public async Task A_stage_that_something_else_moves_is_taken_back_too()
    {
        var result = await _bench.RunAsync(Book(["{ name: s, weight: 10, watch: 100ms, checks: [{ id: proof, file: proof }] }"]));
        Assert.Equal((RolloutDecision.Rollback, 0.0), (result.Decision, result.Weight));
        Assert.Equal(["0"], _bench.Done);
    }

    [Fact]
    public void A_clock_that_is_set_back_takes_nothing_from_what_a_trigger_has_held()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var longest = TimeSpan.FromMinutes(2);
        var state = TriggerState.Fresh.Look(true, noon, longest).Look(true, noon.AddMinutes(1), longest);
        state = state.Look(true, noon.AddHours(-1), longest).Look(true, noon.AddHours(-1).AddMinutes(1), longest);
        Assert.Equal(TimeSpan.FromMinutes(2), state.Held);
    }
}
