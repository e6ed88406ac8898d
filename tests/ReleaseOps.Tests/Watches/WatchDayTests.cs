using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Watches;
using static ReleaseOps.Tests.Watches.SimulatedDay;

namespace ReleaseOps.Tests.Watches;

/// <summary>Whole days on a simulated clock, against a real Prometheus that remembers them.</summary>
[Collection(nameof(SimulatedDay))]
public sealed class WatchDayTests(SimulatedDay day) : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [NeedsProgram("prometheus", "promtool")]
    public async Task An_incident_at_3_h_is_opened_and_called_overdue_to_the_minute_and_is_NO_GO_while_it_is_open()
    {
        var (plan, clock) = (Plan(day.Book("errors")), new EagerClock(T0));
        Decision? before = null, during = null;
        clock.At(T0.AddMinutes(185), () => before = StabilityWatch.Read(plan, Options(_bench, clock)).Decision);
        clock.At(T0.AddHours(6), () => during = StabilityWatch.Read(plan, Options(_bench, clock)).Decision);
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        var incident = Assert.Single(result.Incidents);
        Assert.Equal(("INC-1", "SEV1", "severity", T0.AddMinutes(190)), (incident.Id, incident.Severity, incident.Source, incident.OpenedAt));
        Assert.Contains(result.Calls, c => c.Kind == CallKind.AcknowledgeOverdue && c.At == T0.AddMinutes(200));
        Assert.Contains(result.Calls, c => c.Kind == CallKind.MitigateOverdue && c.At == T0.AddMinutes(250));
        // At +3:05 the gate fails, though no incident is open yet.
        Assert.Equal((Decision.NoGo, Decision.NoGo, Decision.NoGo), (before, during, result.Decision));
        Assert.Contains("SEV1 INC-1 is open and not mitigated", result.Summary, StringComparison.Ordinal);
        Assert.Equal((1440, 0, 0), (result.Looks, result.FromHistory, result.Untold));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_verified_mitigation_and_a_clean_rest_is_GO_and_the_countdown_began_anew()
    {
        var (plan, clock) = (Plan(day.Book("errors", "exit: { clean: 12h, targets: fine }")), new EagerClock(T0));
        clock.At(T0.AddMinutes(195), () => Say(plan, clock, WatchWordKind.Acknowledge));
        clock.At(T0.AddMinutes(200), () => Say(plan, clock, WatchWordKind.Mitigate));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        var incident = Assert.Single(result.Incidents);
        Assert.Equal((Decision.Go, T0.AddMinutes(207)), (result.Decision!.Value, incident.VerifiedAt));
        Assert.DoesNotContain(result.Calls, c => c.Kind is CallKind.AcknowledgeOverdue or CallKind.MitigateOverdue);
        Assert.True(result.Exit!.IsReached);
        Assert.Equal("Stability watch result: GO", result.Summary);
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task Without_a_clean_rest_that_is_long_enough_it_holds()
    {
        var (plan, clock) = (Plan(day.Book("errors", "exit: { clean: 22h, targets: fine }")), new EagerClock(T0));
        clock.At(T0.AddMinutes(200), () => Say(plan, clock, WatchWordKind.Mitigate));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal(Decision.Hold, result.Decision);
        Assert.Contains("clean for", result.Summary, StringComparison.Ordinal);
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task Reviews_are_asked_for_on_time_across_the_end_of_summer_time()
    {
        var (plan, clock) = (Plan(day.Book("well")), new EagerClock(T0));
        clock.At(T0.AddMinutes(125), () => Say(plan, clock, WatchWordKind.Review, "T+2h"));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal([2.0, 4, 8, 12, 24], result.Calls.Where(c => c.Kind == CallKind.ReviewDue).Select(c => (c.At - T0).TotalHours));
        Assert.Equal([4.5, 8.5, 12.5], result.Calls.Where(c => c.Kind == CallKind.ReviewOverdue).Select(c => (c.At - T0).TotalHours));
        Assert.Equal(("ana", Decision.Go), (result.Reviews[0].DoneBy, result.Decision!.Value));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task An_hour_that_nobody_scraped_is_a_gap_and_no_GO()
    {
        var result = await StabilityWatch.RunAsync(Plan(day.Book("gap")), Options(_bench, new EagerClock(T0)), CancellationToken.None);
        Assert.Equal(Decision.Hold, result.Decision);
        var gap = Assert.Single(result.Gaps);
        Assert.InRange(gap.Length, TimeSpan.FromMinutes(57), TimeSpan.FromMinutes(60));
        Assert.Contains("on end it could not be told", result.Summary, StringComparison.Ordinal);
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_machine_that_slept_for_two_hours_makes_up_for_them_from_history()
    {
        var (plan, clock) = (Plan(day.Book("errors")), new EagerClock(T0));
        clock.At(T0.AddHours(2), () => clock.Jump(TimeSpan.FromHours(2)));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((1440, 0, Decision.NoGo), (result.Looks, result.Untold, result.Decision!.Value));
        Assert.InRange(result.FromHistory, 115, 125);
        // It was seen at its minute, and nobody could be told before the machine woke: the clocks run from there.
        var incident = Assert.Single(result.Incidents);
        Assert.Equal(T0.AddMinutes(190), incident.OpenedAt);
        Assert.InRange(incident.CalledAt, T0.AddMinutes(239), T0.AddMinutes(242));
        Assert.Contains(result.Calls, c => c.Kind == CallKind.AcknowledgeOverdue && c.At == incident.AcknowledgeBy);
        Assert.Single(_bench.Ledger(), e => e.Type == "incident.opened");
        AssertJump(TimeSpan.FromHours(2), moved: null);
        Assert.Equal(Enumerable.Range(0, 1440), Slots(_bench));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_clock_set_forward_by_an_hour_ends_the_watch_by_that_clock_and_leaves_no_slot_out()
    {
        var (plan, clock) = (Plan(day.Book("well")), new EagerClock(T0));
        clock.At(T0.AddHours(5), () => clock.Jump(TimeSpan.FromHours(1)));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((1440, 0, Decision.Go), (result.Looks, result.Untold, result.Decision!.Value));
        Assert.InRange(result.FromHistory, 58, 62);
        AssertJump(TimeSpan.FromHours(1), moved: null);
        Assert.Equal(Enumerable.Range(0, 1440), Slots(_bench));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_clock_set_back_by_an_hour_watches_that_hour_again_and_says_so()
    {
        var (plan, clock) = (Plan(day.Book("errors")), new EagerClock(T0));
        // In the middle of an incident, whose signal is seen a second time.
        clock.At(T0.AddMinutes(195), () => clock.Jump(TimeSpan.FromHours(-1)));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((1500, 0, Decision.NoGo), (result.Looks, result.Untold, result.Decision!.Value));
        var incident = Assert.Single(result.Incidents);
        Assert.Equal(("INC-1", T0.AddMinutes(190)), (incident.Id, incident.OpenedAt));
        Assert.Single(_bench.Ledger(), e => e.Type == "incident.opened");
        AssertJump(TimeSpan.FromHours(-1), moved: T0.AddMinutes(135));
        Assert.Equal(Enumerable.Range(0, 1500), Slots(_bench));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_Prometheus_that_can_not_be_asked_is_said_at_once_and_is_never_GO()
    {
        var result = await StabilityWatch.RunAsync(
            Plan(day.Book("well", address: "http://127.0.0.1:9")), Options(_bench, new EagerClock(T0.AddHours(23))) with { T0 = T0 }, CancellationToken.None);
        Assert.Equal((Decision.Hold, 1440), (result.Decision!.Value, result.Untold));
        Assert.Contains(_bench.Ledger(), e => e.Type == "watch.blind");
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_second_watch_of_the_same_release_is_refused_and_another_run_is_not()
    {
        var (plan, clock) = (Plan(day.Book("well")), new EagerClock(T0));
        ReleaseOpsException? refused = null;
        ChecklistDone? beside = null;
        clock.At(T0.AddHours(1), () => refused = Assert.Throws<ReleaseOpsException>(() =>
            StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None).GetAwaiter().GetResult()));
        clock.At(T0.AddHours(2), () => beside = new ChecklistDone(
            _bench.RunAsync(Bench.Steps("- { id: a, command: ['true'] }")).GetAwaiter().GetResult().Decision));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((ErrorId.WatchRunning, Decision.Go, Decision.Go), (refused!.Id, beside!.Decision, result.Decision));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task Stopped_before_its_time_it_holds_and_says_who_stopped_it()
    {
        var (plan, clock) = (Plan(day.Book("well")), new EagerClock(T0));
        clock.At(T0.AddHours(3), () => Say(plan, clock, WatchWordKind.Stop));
        var result = await StabilityWatch.RunAsync(plan, Options(_bench, clock), CancellationToken.None);
        Assert.Equal((Decision.Hold, true, "ana: x"), (result.Decision!.Value, result.Ended, result.Stopped));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_replay_decides_what_the_watch_would_have_and_compares_the_thresholds()
    {
        var calls = new List<WatchCall>();
        _bench.Heard.Then = e => calls.AddRange(e is WatchCalled called ? [called.Call] : []);
        var result = await StabilityWatch.ReplayAsync(
            Plan(day.Book("errors")), T0, T0.AddHours(24), Options(_bench, new EagerClock(T0.AddDays(3))), CancellationToken.None);
        Assert.Equal((Decision.NoGo, 1440), (result.Decision!.Value, result.Looks));
        Assert.Equal(T0.AddMinutes(190), Assert.Single(result.Incidents).OpenedAt);
        var threshold = result.Thresholds[0];
        Assert.Equal((1, T0.AddMinutes(180), 1, T0.AddMinutes(180)),
            (threshold.Breaches, threshold.FirstBreach, threshold.NormalBreaches, threshold.NormalFirstBreach));
        Assert.Contains(calls, c => c.Kind == CallKind.DecisionChanged && c.Subject == "NoGo");
        Assert.False(Directory.Exists(_bench.EvidenceRoot));
    }

    /// <summary>The ledger says once by how much the clock jumped, and where the grid went on from, if it did.</summary>
    private void AssertJump(TimeSpan by, DateTimeOffset? moved)
    {
        var jump = Assert.Single(_bench.Ledger(), e => e.Type == "watch.clock");
        Assert.InRange(jump.Data.GetProperty("jumpedSeconds").GetDouble(), by.TotalSeconds - 2, by.TotalSeconds + 2);
        var moves = _bench.Ledger().Where(e => e.Type == "watch.moved").Select(e => e.Data.GetProperty("at").GetDateTimeOffset()).ToList();
        Assert.Equal(moved is null ? 0 : 1, moves.Count);
        if (moved is { } to)
            Assert.InRange(moves[0], to.AddSeconds(-1), to.AddMinutes(1));
    }

    private void Say(Plan plan, TimeProvider clock, WatchWordKind kind, string? subject = null) =>
        StabilityWatch.Say(plan, Word(kind, clock.GetUtcNow(), subject ?? "INC-1", "x"), Options(_bench, clock));

    private sealed record ChecklistDone(Decision? Decision);
}
