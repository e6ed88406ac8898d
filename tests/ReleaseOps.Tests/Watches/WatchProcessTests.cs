using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Tests.Probes.Http;
using ReleaseOps.Watches;
using Day = ReleaseOps.Tests.Watches.SimulatedDay;

namespace ReleaseOps.Tests.Watches;

/// <summary>A watch's process among others: watches before it, people who give it up, clocks that are set.</summary>
public sealed class WatchProcessTests : IDisposable
{
    private static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    private static Runbook Book(string watch = "checks: { steps: [{ id: fine, command: ['true'] }] }", string head = "") => Bench.Book($$"""
        runbook: alone
        product: thing
        parameters: { region: { default: eu } }
        {{head}}
        watch:
          window: 1h
          {{watch}}
        """);

    private IReadOnlyList<LedgerEvent> Of(string type) => [.. _bench.Ledger().Where(e => e.Type == type)];

    [Fact]
    public async Task A_look_with_other_parameters_is_not_given_the_decision_of_a_watch_that_has_ended()
    {
        var clock = new EagerClock(T0);
        var plan = Day.Plan(Book());
        Assert.Equal(Decision.Go, (await StabilityWatch.RunAsync(plan, Day.Options(_bench, clock), CancellationToken.None)).Decision);
        Assert.Equal(Decision.Go, (await StabilityWatch.OnceAsync(plan, Day.Options(_bench, clock), CancellationToken.None)).Decision);
        var other = StabilityWatch.Plan(Book(), new Dictionary<string, string> { ["region"] = "us" });
        var refused = await Assert.ThrowsAsync<ReleaseOpsException>(() => StabilityWatch.OnceAsync(other, Day.Options(_bench, clock), CancellationToken.None));
        Assert.Equal(ErrorId.PlanChanged, refused.Id);
    }

    [Fact]
    public async Task A_look_at_a_release_that_went_out_again_begins_a_watch_of_its_own()
    {
        var clock = new EagerClock(T0);
        var first = await StabilityWatch.RunAsync(Day.Plan(Book()), Day.Options(_bench, clock), CancellationToken.None);
        var again = await StabilityWatch.OnceAsync(Day.Plan(Book()), Day.Options(_bench, clock) with { T0 = T0.AddHours(1) }, CancellationToken.None);
        Assert.Equal((Decision.Go, false, 2), (first.Decision!.Value, again.Ended, Of("watch.started").Count));
        var same = await StabilityWatch.OnceAsync(Day.Plan(Book()), Day.Options(_bench, clock) with { T0 = T0.AddHours(1) }, CancellationToken.None);
        Assert.Equal((again.Run, 2), (same.Run, Of("watch.started").Count));
    }

    [Fact]
    public async Task A_watch_that_somebody_gives_up_ends_without_a_decision()
    {
        var clock = new EagerClock(T0);
        var plan = Day.Plan(Book());
        clock.At(T0.AddMinutes(10), () => StabilityWatch.Abandon(plan.Release, null, Day.Options(_bench, clock).Run));
        var gone = await Assert.ThrowsAsync<ReleaseOpsException>(() => StabilityWatch.RunAsync(plan, Day.Options(_bench, clock), CancellationToken.None));
        Assert.Equal(ErrorId.NoWatchRunning, gone.Id);
        Assert.InRange(Of("watch.look").Count, 10, 12);
        Assert.Empty(Of("run.finished"));
    }

    [Fact]
    public async Task A_letter_to_an_earlier_watch_says_nothing_to_the_next_one()
    {
        var clock = new EagerClock(T0);
        var plan = Day.Plan(Book());
        await StabilityWatch.OnceAsync(plan, Day.Options(_bench, clock), CancellationToken.None);
        var folder = Path.Combine(_bench.EvidenceRoot, "thing-unversioned");
        Inbox.Send(folder, T0.AddMinutes(1), "watch.word", data => WatchWordJson.Write(data, Day.Word(WatchWordKind.Stop, T0.AddMinutes(1), text: "not needed")));
        StabilityWatch.Abandon(plan.Release, null, Day.Options(_bench, clock).Run);
        var result = await StabilityWatch.RunAsync(plan, Day.Options(_bench, clock), CancellationToken.None);
        Assert.Equal((Decision.Go, null, 60), (result.Decision!.Value, result.Stopped, result.Looks));
        Assert.Single(Of("watch.word"));
    }

    [Fact]
    public async Task A_clock_that_forgot_the_year_for_a_while_costs_no_more_than_the_window_again()
    {
        var clock = new EagerClock(T0);
        clock.At(T0.AddMinutes(30), () => clock.Jump(TimeSpan.FromDays(-9000)));
        _bench.Heard.Then = e =>
        {
            if (e is RunNoted { Text: var text } && text.StartsWith("The clock jumped by -", StringComparison.Ordinal))
                clock.At(T0.AddDays(-9000).AddMinutes(35), () => clock.Jump(TimeSpan.FromDays(9000)));
        };
        var result = await StabilityWatch.RunAsync(Day.Plan(Book()), Day.Options(_bench, clock), CancellationToken.None);
        Assert.Equal(Decision.Go, result.Decision);
        Assert.InRange(result.Looks, 60, 120);
        Assert.Single(Of("watch.moved"));
        Assert.All(Of("watch.look"), e => Assert.True(e.Data.GetProperty("at").GetDateTimeOffset() >= T0));
    }

    [Fact]
    public async Task A_clock_set_back_while_nothing_can_be_asked_loses_no_look()
    {
        var server = LoopbackServer.Ok("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}""", "application/json");
        var book = Book("thresholds: { rate: { when: rate > 5.0, severity: SEV1 } }", $$"""
            sources: { prometheus: { url: 'http://127.0.0.1:{{server.Port}}' } }
            metrics: { rate: { prometheus: 'vector(1)' } }
            severities: { SEV1: { definition: bad } }
            """);
        var clock = new EagerClock(T0);
        clock.At(T0.AddMinutes(20).AddSeconds(5), () =>
        {
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
            clock.Jump(TimeSpan.FromMinutes(-10));
        });
        var result = await StabilityWatch.RunAsync(Day.Plan(book), Day.Options(_bench, clock), CancellationToken.None);
        Assert.Equal((Decision.Hold, 71, TimeSpan.FromMinutes(50)), (result.Decision!.Value, result.Looks, result.Gaps.Max(g => g.Length)));
        Assert.Single(Of("watch.moved"));
    }

    [Fact]
    public async Task A_gate_with_a_baseline_is_judged_against_it_at_each_look()
    {
        await using var server = LoopbackServer.Ok("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}""", "application/json");
        await File.WriteAllTextAsync(_bench.PathOf("before.json"), """{"rate": 1}""");
        var book = Book("gates: { even: required }", $$"""
            sources: { prometheus: { url: 'http://127.0.0.1:{{server.Port}}' } }
            metrics: { rate: { prometheus: 'vector(1)' } }
            gates: { even: { baseline: before.json, criteria: [change.rate < 10] } }
            """);
        var result = await StabilityWatch.RunAsync(Day.Plan(book), Day.Options(_bench, new EagerClock(T0)), CancellationToken.None);
        Assert.Equal((Decision.Go, 0, "Stability watch result: GO"), (result.Decision!.Value, result.Untold, result.Summary));
    }
}
