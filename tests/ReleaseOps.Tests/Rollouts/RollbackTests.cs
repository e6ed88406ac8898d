using ReleaseOps.Channels;
using ReleaseOps.Probes;
using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Channels;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Tests.Probes;
using static ReleaseOps.Tests.Rollouts.RolloutBench;

namespace ReleaseOps.Tests.Rollouts;

public sealed class RollbackTests : IDisposable
{
    private const string Telling =
        "within: 5m\n  verify: [{ id: proof, file: done }]\nchannels: { ops: { webhook: 'https://ops.example/' } }\nmessages: { sorry: { text: we go back, channels: [ops] } }";

    private readonly RolloutBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Its_steps_are_done_even_where_one_before_them_failed()
    {
        var result = await RunAsync(Book("{ id: broken, command: ['false'], changes: traffic }, " + Append("back", "0")));
        Assert.Equal(["0"], _bench.Done);
        Assert.Equal(Verdict.Failed, result.Rollback!.Verdict);
        Assert.Equal([Verdict.Failed, Verdict.Passed], result.Rollback.Steps.Select(s => s.Verdict));
        Assert.Null(result.Weight);
    }

    [Fact]
    public async Task Data_is_restored_only_with_the_approval_of_the_role_that_may()
    {
        var restore = Append("restore", "restored", "approval: incident-lead, timeout: 300ms");
        var without = await RunAsync(Book(Append("back", "0") + ", " + restore));
        Assert.Equal(["0"], _bench.Done);
        Assert.Equal((Verdict.Skipped, ErrorId.NotApproved), (without.Rollback!.Steps[1].Verdict, without.Rollback.Steps[1].Findings[0].Reason));
        Assert.Equal(Verdict.Skipped, without.Rollback.Verdict);

        var book = Book(Append("back", "0") + ", " + restore);
        ReleaseVotes.Approve(ReleaseRollback.Plan(book, Given), "restore", "incident-lead", true, _bench.Bench.Options());
        Assert.Equal(Verdict.Passed, (await RunAsync(book)).Rollback!.Verdict);
        Assert.Equal(["0", "0", "restored"], _bench.Done);
    }

    [Fact]
    public void Another_role_cannot_approve_it()
    {
        var plan = ReleaseRollback.Plan(Book(Append("restore", "restored", "approval: incident-lead")), Given);
        var error = Assert.Throws<ReleaseOpsException>(() => ReleaseVotes.Approve(plan, "restore", "operator", true, _bench.Bench.Options()));
        Assert.Equal(ErrorId.RoleMayNot, error.Id);
    }

    [Fact]
    public async Task It_is_verified_after_its_steps()
    {
        var result = await RunAsync(Book(Append("back", "0"), "verify: [{ id: proof, file: not-there }]"));
        Assert.Equal((Verdict.Failed, (double?)null), (result.Rollback!.Verdict, result.Weight));
        Assert.Contains(result.Findings, f => f is { Subject: "proof", Verdict: Verdict.Failed });
    }

    [Fact]
    public async Task The_traffic_does_not_wait_for_somebody_to_say_that_a_message_is_out()
    {
        var clock = new ManualClock();
        var person = new Watching(() =>
        {
            Assert.Equal(["0"], _bench.Done);
            clock.Advance(TimeSpan.FromHours(1));
        });
        var result = await RunAsync(
            Book("{ id: tell, message: sorry }, " + Append("back", "0"), "within: 5m\n  verify: [{ id: proof, file: done }]\nmessages: { sorry: { text: we go back } }"),
            o => o with { Clock = clock, Attendant = person });
        Assert.True(person.WasAsked);
        Assert.Equal(["tell", "back", "proof"], result.Rollback!.Steps.Select(s => s.Id));
        Assert.Equal((Verdict.Passed, TimeSpan.Zero), (result.Rollback.Verdict, result.Rollback.Elapsed));
    }

    [Fact]
    public async Task The_traffic_does_not_wait_for_a_slow_channel_which_is_waited_for_at_the_end()
    {
        var slow = new ScriptedChannel("ops");
        var asked = new Watching(() => Assert.Equal(["0"], _bench.Done));
        slow.Answer = async (_, c) =>
        {
            while (_bench.Done.Length == 0)
                await Task.Delay(5, c);
            return ScriptedChannel.Sent;
        };
        var result = await RunAsync(Book("{ id: tell, message: sorry }, " + Append("back", "0"), Telling), o => o with { Attendant = asked, MakeChannel = ScriptedChannel.Factory(slow) });
        Assert.Equal((Verdict.Passed, false), (result.Rollback!.Verdict, asked.WasAsked));
        Assert.Equal("sent to ops (200 OK)", result.Rollback.Steps[0].Detail);
        Assert.Single(slow.Tries);
        var types = _bench.LedgerTypes.ToList();
        Assert.True(types.IndexOf("notice.queued") < types.IndexOf("step.started"));
    }

    [Fact]
    public async Task A_channel_that_never_answers_costs_the_way_back_nothing_and_its_step_is_not_told()
    {
        var clock = new ManualClock();
        var dead = new ScriptedChannel("ops") { Answer = async (_, c) => { await Task.Delay(Timeout.Infinite, c); return ScriptedChannel.Sent; } };
        DateTimeOffset? backAt = null;
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "proof" }) backAt = clock.GetUtcNow(); };
        var began = clock.GetUtcNow();
        var result = await clock.ThroughAsync(RunAsync(Book("{ id: tell, message: sorry }, " + Append("back", "0"), Telling),
            o => o with { Clock = clock, MakeChannel = ScriptedChannel.Factory(dead) }));
        Assert.True(backAt - began < ChannelDelivery.Longest);
        Assert.Equal((Verdict.Inconclusive, ErrorId.NoticeWaiting), (result.Rollback!.Steps[0].Verdict, result.Rollback.Steps[0].Findings[0].Reason));
        Assert.Equal([Verdict.Passed, Verdict.Passed], result.Rollback.Steps.Skip(1).Select(s => s.Verdict));
    }

    [Fact]
    public async Task A_message_whose_condition_is_false_is_not_begun()
    {
        var channel = new ScriptedChannel("ops");
        var result = await RunAsync(Book(Append("back", "0") + ", { id: tell, message: sorry, if: 'steps.back.verdict == \"Failed\"' }", Telling),
            o => o with { MakeChannel = ScriptedChannel.Factory(channel) });
        Assert.Empty(channel.Tries);
        Assert.Equal(Verdict.Skipped, result.Rollback!.Steps[1].Verdict);
    }

    [Fact]
    public async Task What_needs_an_answer_waits_for_it()
    {
        var person = new Watching(() => Assert.Empty(_bench.Done));
        var result = await RunAsync(
            Book("{ id: sure, confirm: the store is stopped }, " + Append("back", "0", "needs: [sure]")), o => o with { Attendant = person });
        Assert.True(person.WasAsked);
        Assert.Equal(Verdict.Passed, result.Rollback!.Verdict);
    }

    [Fact]
    public async Task Taking_longer_than_it_may_is_a_finding()
    {
        var clock = new ManualClock();
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "back" }) clock.Advance(TimeSpan.FromSeconds(301)); };
        var result = await RunAsync(Book(Append("back", "0"), "within: 5m"), o => o with { Clock = clock });
        Assert.Equal(TimeSpan.FromSeconds(301), result.Rollback!.Elapsed);
        Assert.Contains(result.Rollback.Findings, f => f is { Subject: "rollback:within", Verdict: Verdict.Failed } && f.Text.Contains("301.0 s, more than 5m", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cut_short_it_is_resumed_without_repeating_what_was_done()
    {
        using var ends = new CancellationTokenSource();
        var book = Book(Append("back", "0") + ", { id: slow, command: [sleep, '30'], changes: caches, idempotent: true }");
        _bench.Bench.Heard.Then = e => { if (e is StepStarted { Step.Id: "slow" }) ends.Cancel(); };
        var cut = await RunAsync(book, cancellation: ends.Token);
        Assert.True(cut.Interrupted);
        _bench.Bench.Heard.Then = null;
        var plan = ReleaseRollback.Plan(book, Given);
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var again = await ReleaseRollback.ResumeAsync(plan, null, _bench.Bench.Options(), soon.Token);
        Assert.True(again.Interrupted);
        Assert.Equal(["0"], _bench.Done);
        Assert.Equal("operator's word", again.Reason);
    }

    [Fact]
    public async Task It_takes_over_from_a_rollout_that_was_cut_short()
    {
        using var ends = new CancellationTokenSource();
        var book = RolloutBench.Book([Stage(10, "watch: 60s")]);
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "to-10" }) ends.Cancel(); };
        Assert.True((await _bench.RunAsync(book, cancellation: ends.Token)).Interrupted);
        var refused = await Assert.ThrowsAsync<ReleaseOpsException>(() => _bench.RunAsync(book));
        Assert.Equal(ErrorId.RunUnfinished, refused.Id);
        _bench.Bench.Heard.Then = null;
        var back = await RunAsync(book);
        Assert.Equal((Verdict.Passed, 0.0), (back.Rollback!.Verdict, back.Weight));
        Assert.Equal(["10", "0"], _bench.Done);
    }

    [Theory]
    [InlineData("2026-03-02T10:00:00Z", false, null)]
    [InlineData("2026-03-01T10:00:00Z", false, ErrorId.OutsideWindow)]
    [InlineData("2026-03-03T10:00:00Z", false, ErrorId.OutsideWindow)]
    [InlineData("2026-03-01T10:00:00Z", true, null)]
    public async Task Outside_its_window_a_rollout_does_not_start_and_a_hotfix_may_with_an_approval(string at, bool hotfix, ErrorId? refused)
    {
        // The second is a Monday, the first a Sunday; the third is frozen.
        var book = RolloutBench.Book([Stage(10, "gate: none")], "", """
            roles: { manager: {} }
            gates: { none: ['1 < 2'] }
            windows: { open: [{ days: [mon, tue], from: '09:00', to: '16:00' }], frozen: [{ from: 2026-03-03, to: 2026-03-04, why: stocktaking }], hotfix: manager }
            """);
        var clock = new ManualClock();
        clock.Advance(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture) - clock.GetUtcNow());
        var options = _bench.Bench.Options(o => o with { Clock = clock });
        if (hotfix)
            ReleaseVotes.Approve(Plan(book), "hotfix", "manager", true, options);
        var run = CanaryRollout.RunAsync(Plan(book), new RolloutOptions(options) { Hotfix = hotfix }, CancellationToken.None);
        if (refused is { } id)
        {
            Assert.Equal(id, (await Assert.ThrowsAsync<ReleaseOpsException>(() => run)).Id);
            Assert.Empty(_bench.Done);
            Assert.Contains("rollout.refused", _bench.LedgerTypes);
            return;
        }
        Assert.Equal(RolloutDecision.Proceed, (await run).Decision);
        Assert.Equal(["10"], _bench.Done);
    }

    private static Dictionary<string, string> Given => [];

    private sealed class Watching(Action whenAsked) : IAttendant
    {
        public bool WasAsked { get; private set; }

        public Task<Attestation?> AskAsync(Question question, CancellationToken cancellation)
        {
            WasAsked = true;
            whenAsked();
            return Task.FromResult<Attestation?>(new Attestation(true, "anna", question.Role, DateTimeOffset.UnixEpoch));
        }
    }

    private Task<RolloutResult> RunAsync(Runbook book, Func<RunOptions, RunOptions>? with = null, CancellationToken cancellation = default) =>
        ReleaseRollback.RunAsync(ReleaseRollback.Plan(book, Given), "operator's word", _bench.Bench.Options(with), cancellation);

    private static Runbook Book(string steps, string more = "") => Bench.Book($$"""
        runbook: test
        product: thing
        roles: { incident-lead: { may: [approve-restore] }, operator: {} }
        phases: [{ phase: all, steps: [{ id: s, confirm: ready }] }]
        rollback:
          steps: [{{steps}}]
          {{more}}
        """);
}
