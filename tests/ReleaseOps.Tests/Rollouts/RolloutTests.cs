using ReleaseOps.Gates;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;
using static ReleaseOps.Tests.Rollouts.RolloutBench;

namespace ReleaseOps.Tests.Rollouts;

public sealed class RolloutTests : IDisposable
{
    private readonly RolloutBench _bench = new();

    public RolloutTests() => _bench.Healthy(true);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_healthy_version_goes_through_its_stages()
    {
        var result = await _bench.RunAsync(Book([Stage(10), Stage(50), Stage(100)], "abort: [unhealthy]"));
        Assert.Equal((RolloutDecision.Proceed, 100.0), (result.Decision, result.Weight));
        Assert.Equal(["10", "50", "100"], _bench.Done);
        Assert.All(result.Stages, s => Assert.Equal(RolloutDecision.Proceed, s.Decision));
        Assert.Equal("Canary rollout result: PROCEED", result.Summary);
        Assert.Null(result.Rollback);
    }

    [Fact]
    public async Task A_trigger_that_fires_while_it_is_watched_takes_the_release_back()
    {
        var book = Book([Stage(10), Stage(50, "watch: 20s")], "abort: [unhealthy]");
        _bench.Bench.Heard.Then = e => { if (e is StageStarted { Stage: "s50" }) _bench.Healthy(false); };
        var result = await _bench.RunAsync(book);
        Assert.Equal((RolloutDecision.Rollback, 0.0), (result.Decision, result.Weight));
        Assert.Equal(["10", "50", "0"], _bench.Done);
        Assert.Equal(("unhealthy", Verdict.Passed), (result.Rollback!.Trigger, result.Rollback.Verdict));
        Assert.Contains("3 of 3 in a row", result.Reason, StringComparison.Ordinal);
        Assert.True(result.Rollback.Elapsed < TimeSpan.FromSeconds(5));
        Assert.Contains(result.Rollback.Findings, f => f is { Subject: "rollback:within", Verdict: Verdict.Passed });
    }

    [Fact]
    public async Task A_trigger_that_fires_while_an_action_runs_ends_the_action()
    {
        _bench.Healthy(false);
        var stage = "{ name: slow, weight: 10, steps: [{ id: slow, command: [sleep, '60'], changes: traffic }], watch: 1s }";
        var result = await _bench.RunAsync(Book([stage], "abort: [unhealthy]"));
        Assert.Equal(RolloutDecision.Rollback, result.Decision);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(20), result.Elapsed.ToString());
        Assert.Equal(["0"], _bench.Done);
    }

    [Fact]
    public async Task An_action_that_fails_takes_the_release_back()
    {
        var stage = "{ name: bad, weight: 10, steps: [{ id: bad, command: ['false'], changes: traffic }], watch: 1s }";
        var result = await _bench.RunAsync(Book([Stage(5), stage, Stage(100)]));
        Assert.Equal(RolloutDecision.Rollback, result.Decision);
        Assert.Equal(["5", "0"], _bench.Done);
        Assert.Contains("bad failed", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_check_at_the_end_of_a_stage_takes_the_release_back()
    {
        var result = await _bench.RunAsync(Book([Stage(10, "watch: 100ms, checks: [{ id: proof, file: proof }]"), Stage(100)]));
        Assert.Equal(RolloutDecision.Rollback, result.Decision);
        Assert.Equal(["10", "0"], _bench.Done);
    }

    [Fact]
    public async Task What_cannot_be_told_holds_and_then_does_what_the_runbook_says()
    {
        var unknown = Stage(10, "watch: 100ms, checks: [{ id: proof, confirm: All well? }]");
        var back = await _bench.RunAsync(Book([unknown, Stage(100)], "hold: { limit: 300ms, then: rollback }"));
        Assert.Equal(RolloutDecision.Rollback, back.Decision);
        Assert.Contains("nobody decided within 300ms", back.Reason, StringComparison.Ordinal);
        Assert.Equal(["10", "0"], _bench.Done);
        Assert.Contains("rollout.held", _bench.LedgerTypes);
    }

    [Fact]
    public async Task A_hold_that_ends_with_stop_leaves_the_traffic_where_it_is_and_can_be_resumed()
    {
        var book = Book([Stage(10, "watch: 100ms, checks: [{ id: proof, confirm: All well? }]"), Stage(100)], "hold: { limit: 300ms, then: stop }");
        var held = await _bench.RunAsync(book);
        Assert.Equal((RolloutDecision.Hold, 10.0, false), (held.Decision, held.Weight, held.Interrupted));
        Assert.Equal(["10"], _bench.Done);
        var resumed = await _bench.ResumeAsync(book, o => o with { Attendant = new Bench.Answering(true) });
        Assert.Equal((RolloutDecision.Proceed, 100.0), (resumed.Decision, resumed.Weight));
        Assert.Equal(["10", "100"], _bench.Done);
    }

    [Fact]
    public async Task A_hold_goes_on_by_itself_when_it_can_be_told_again()
    {
        var check = "checks: [{ id: proof, document: proof.json, expect: doc.ok }]";
        _bench.Bench.Heard.Then = e => { if (e is RolloutHeld) File.WriteAllText(_bench.Bench.PathOf("proof.json"), """{"ok": true}"""); };
        var result = await _bench.RunAsync(Book([Stage(10, "watch: 100ms, " + check)], "hold: { limit: 20s }"));
        Assert.Equal(RolloutDecision.Proceed, result.Decision);
        Assert.Null(result.Stages[0].DecidedBy);
    }

    [Fact]
    public async Task A_person_can_promote_a_hold_from_a_second_terminal()
    {
        var book = Book([Stage(10, "watch: 100ms, checks: [{ id: proof, document: proof.json }]")], "hold: { limit: 20s }");
        _bench.Bench.Heard.Then = e => { if (e is RolloutHeld) _bench.Send(SignalKind.Promote); };
        var result = await _bench.RunAsync(book);
        Assert.Equal((RolloutDecision.Proceed, "bob"), (result.Decision, result.Stages[0].DecidedBy));
        Assert.Contains("bob decided to go on", result.Reason, StringComparison.Ordinal);
        Assert.Contains("rollout.signal", _bench.LedgerTypes);
    }

    [Fact]
    public async Task Promoting_ends_the_watch_early_but_not_the_judgement()
    {
        var book = Book([Stage(10, "watch: 60s, checks: [{ id: proof, file: proof }]")]);
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "to-10" }) _bench.Send(SignalKind.Promote); };
        var result = await _bench.RunAsync(book);
        Assert.Equal(RolloutDecision.Rollback, result.Decision);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Aborting_from_a_second_terminal_takes_the_release_back()
    {
        var book = Book([Stage(10, "watch: 60s")]);
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "to-10" }) _bench.Send(SignalKind.Abort); };
        var result = await _bench.RunAsync(book);
        Assert.Equal((RolloutDecision.Rollback, "bob aborted it"), (result.Decision, result.Reason));
        Assert.Equal(["10", "0"], _bench.Done);
    }

    [Fact]
    public async Task A_pause_stops_the_clock_of_the_watch_until_it_is_lifted()
    {
        var book = Book([Stage(10, "watch: 3s")], "abort: [unhealthy]");
        var paused = 0;
        _bench.Bench.Heard.Then = e =>
        {
            if (e is StepFinished { Step.Id: "to-10" })
                _bench.Send(SignalKind.Pause);
            else if (e is StageLooked { State: "paused" } && Interlocked.Increment(ref paused) == 20)
                _bench.Send(SignalKind.Resume);
        };
        var result = await _bench.RunAsync(book);
        Assert.Equal(RolloutDecision.Proceed, result.Decision);
        Assert.True(paused >= 20);
        Assert.Equal([nameof(SignalKind.Pause), nameof(SignalKind.Resume)],
            _bench.Bench.Ledger().Where(e => e.Type == "rollout.signal").Select(e => e.Data.GetProperty("signal").GetString()));
    }

    [Fact]
    public async Task A_hold_trigger_keeps_a_stage_from_proceeding()
    {
        _bench.Healthy(false);
        var result = await _bench.RunAsync(Book([Stage(10)], "abort: [held]\nhold: { limit: 300ms, then: stop }"));
        Assert.Equal(RolloutDecision.Hold, result.Decision);
        Assert.Contains("trigger held", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_poll_a_rollout_does_not_start()
    {
        var book = Book([Stage(10)], "poll: go", "roles: { a: {}, b: {} }\npolls: { go: { asks: { a: Ready?, b: Ready? } } }");
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => _bench.RunAsync(book));
        Assert.Equal(ErrorId.PollNotGo, error.Id);
        Assert.Empty(_bench.Done);
        foreach (var role in (string[])["a", "b"])
            Assert.Equal(Delivery.Recorded, ReleaseVotes.Cast(Plan(book), null, role, VoteChoice.Go, null, _bench.Bench.Options()).Delivery);
        Assert.Equal(RolloutDecision.Proceed, (await _bench.RunAsync(book)).Decision);
    }

    [Fact]
    public async Task Votes_on_another_plan_are_void()
    {
        const string Head = "roles: { a: {} }\npolls: { go: { asks: { a: Ready? } } }";
        ReleaseVotes.Cast(Plan(Book([Stage(10)], "poll: go", Head)), null, "a", VoteChoice.Go, null, _bench.Bench.Options());
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => _bench.RunAsync(Book([Stage(20)], "poll: go", Head)));
        Assert.Equal(ErrorId.PollNotGo, error.Id);
    }

    [Theory]
    [InlineData("late: true", true)]
    [InlineData("late: false", false)]
    public void What_becomes_known_late_voids_no_vote(string late, bool same)
    {
        var book = Book([Stage(10)], "", $"parameters: {{ incident: {{ required: false, {late} }} }}");
        var later = CanaryRollout.Plan(book, new Dictionary<string, string> { ["incident"] = "abc" }, null);
        Assert.Equal(same, Plan(book).BallotDigest == later.BallotDigest);
        Assert.Equal(same, Plan(book).Digest == later.Digest);
    }

    [Fact]
    public async Task A_stage_waits_for_its_approval_and_a_letter_gives_it()
    {
        var book = Book([Stage(10), Stage(100, "watch: 100ms, approval: manager")], "hold: { limit: 20s }", "roles: { manager: {} }");
        _bench.Bench.Heard.Then = e =>
        {
            if (e is StageStarted { Stage: "s100" })
                Assert.Equal(Delivery.Sent, ReleaseVotes.Approve(Plan(book), "deploy:s100", "manager", true, _bench.Bench.Options()).Delivery);
        };
        Assert.Equal(RolloutDecision.Proceed, (await _bench.RunAsync(book)).Decision);
        Assert.Equal("tester", _bench.Bench.Ledger().Single(e => e.Type == "approval.given").Data.GetProperty("by").GetString());
    }

    [Fact]
    public async Task A_refused_approval_takes_the_release_back()
    {
        var book = Book([Stage(10), Stage(100, "watch: 100ms, approval: manager")], "", "roles: { manager: {} }");
        _bench.Bench.Heard.Then = e => { if (e is StageStarted { Stage: "s100" }) ReleaseVotes.Approve(Plan(book), "deploy:s100", "manager", false, _bench.Bench.Options()); };
        var result = await _bench.RunAsync(book);
        Assert.Equal(RolloutDecision.Rollback, result.Decision);
        Assert.Equal(["10", "0"], _bench.Done);
    }

    [Fact]
    public async Task A_way_back_that_was_never_rehearsed_is_a_finding_and_one_that_was_is_not()
    {
        var book = Book([Stage(10)]);
        Assert.Contains((await _bench.RunAsync(book)).Findings, f => f.Subject == "rollback:rehearsed" && !f.Required);
        var rehearsed = ReleaseRollback.Rehearse(ReleaseRollback.Plan(book, new Dictionary<string, string>()), _bench.Bench.Options());
        Assert.All(rehearsed, f => Assert.Equal(Verdict.Passed, f.Verdict));
        Assert.DoesNotContain((await _bench.RunAsync(book)).Findings, f => f.Subject == "rollback:rehearsed");
        Assert.DoesNotContain("0", _bench.Done);
    }

    [Fact]
    public async Task Interrupted_while_an_action_moves_the_traffic_its_weight_is_not_known_until_it_is_resumed()
    {
        using var operatorEnds = new CancellationTokenSource();
        var move = "{ id: move, command: [sh, -c, 'echo 50 >> done; [ -e linger ] && sleep 60 || true'], changes: traffic, idempotent: true }";
        var book = Book([Stage(10), $"{{ name: s50, weight: 50, steps: [{move}], watch: 100ms }}"]);
        File.WriteAllText(_bench.Bench.PathOf("linger"), "");
        _bench.Bench.Heard.Then = e => { if (e is StepStarted { Step.Id: "move" }) operatorEnds.Cancel(); };
        var ended = await _bench.RunAsync(book, null, operatorEnds.Token);
        Assert.Equal((true, null), (ended.Interrupted, ended.Weight));
        File.Delete(_bench.Bench.PathOf("linger"));
        _bench.Bench.Heard.Then = null;
        var resumed = await _bench.ResumeAsync(book);
        Assert.Equal((RolloutDecision.Proceed, 50.0), (resumed.Decision, resumed.Weight));
    }

    [Fact]
    public async Task A_way_back_whose_verification_fails_does_not_say_that_the_traffic_is_back()
    {
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "back" }) File.Delete(_bench.Bench.PathOf("done")); };
        var result = await _bench.RunAsync(Book([Stage(10, "watch: 100ms, checks: [{ id: proof, file: proof }]")]));
        Assert.Equal((Verdict.Failed, null), (result.Rollback!.Verdict, result.Weight));
    }

    [Fact]
    public async Task A_person_who_goes_on_although_an_action_could_not_be_told_leaves_the_weight_unknown()
    {
        var stage = "{ name: odd, weight: 50, steps: [{ id: odd, command: [sleep, '60'], timeout: 100ms, changes: traffic }] }";
        _bench.Bench.Heard.Then = e => { if (e is RolloutHeld) _bench.Send(SignalKind.Promote); };
        var result = await _bench.RunAsync(Book([Stage(10), stage], "hold: { limit: 20s }"));
        Assert.Equal((RolloutDecision.Proceed, null), (result.Decision, result.Weight));
    }
}
