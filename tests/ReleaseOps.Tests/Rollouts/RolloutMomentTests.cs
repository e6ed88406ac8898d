using ReleaseOps.Ledger;
using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Channels;
using ReleaseOps.Tests.Probes;
using static ReleaseOps.Tests.Rollouts.RolloutBench;

namespace ReleaseOps.Tests.Rollouts;

/// <summary>Messages that go out by themselves, beside a rollout on a simulated clock.</summary>
public sealed class RolloutMomentTests : IDisposable
{
    private readonly RolloutBench _bench = new();
    private readonly ManualClock _clock = new();
    private readonly ScriptedChannel _ops = new("ops");

    public RolloutMomentTests() => _bench.Healthy(true);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Each_moment_is_told_once_and_in_order()
    {
        var result = await RunAsync(Messages([Stage(10), Stage(100)], on: "[started, passed, 'passed:s100', held, rollback, completed]"));
        Assert.Equal(RolloutDecision.Proceed, result.Decision);
        Assert.Equal(["started", "passed:s10", "passed:s100", "completed"], Told);
        Assert.Equal(Enumerable.Repeat(result.Run, 4), _ops.Tries.Select(t => t.Notice.Thread));
        Assert.Equal("deploying thing", _ops.Tries[0].Notice.Title);
    }

    [Fact]
    public async Task A_moment_of_one_stage_is_not_told_for_another()
    {
        await RunAsync(Messages([Stage(10), Stage(100)], on: "['passed:s10']"));
        Assert.Equal(["passed:s10"], Told);
    }

    [Fact]
    public async Task The_way_back_is_told_as_it_begins()
    {
        var result = await RunAsync(Messages(["{ name: s10, weight: 10, steps: [{ id: bad, command: ['false'], changes: traffic }] }"], on: "[completed, rollback]"));
        Assert.Equal(RolloutDecision.Rollback, result.Decision);
        Assert.Equal(["rollback"], Told);
    }

    [Fact]
    public async Task A_hold_is_told_when_it_begins()
    {
        var result = await RunAsync(Messages(
            ["{ name: s10, weight: 10, checks: [{ id: unknown, command: [not-there-at-all] }] }"], on: "[held]", rollout: "hold: { limit: 1m, then: stop }"));
        Assert.Equal(RolloutDecision.Hold, result.Decision);
        Assert.Equal(["held:s10"], Told);
    }

    [Fact]
    public async Task A_channel_that_never_answers_holds_up_nothing_and_what_is_left_is_said()
    {
        _ops.Answer = async (_, c) => { await Task.Delay(Timeout.Infinite, c); return ScriptedChannel.Sent; };
        var result = await RunAsync(Messages([Stage(10), Stage(100)], on: "[started, completed]"));
        Assert.Equal((RolloutDecision.Proceed, 2), (result.Decision, _bench.Done.Length));
        Assert.Equal(["started"], Told.Distinct());
        Assert.Contains(Noted, n => n.Contains("'deploying thing' did not reach ops", StringComparison.Ordinal)
            && n.Contains("releaseops incident retry, Send-IncidentUpdate -Retry", StringComparison.Ordinal));
        var waiting = Notices.Waiting(Planner.MakeMessages(Messages([Stage(10), Stage(100)], "[started]"), new Dictionary<string, string>()), Options(_bench.Bench.Options()));
        Assert.Equal([true, false], waiting.Select(w => w.MayBeThere));
    }

    [Fact]
    public async Task A_refused_message_is_noted_and_the_rollout_goes_on()
    {
        _ops.Answering(ScriptedChannel.Refused);
        var result = await RunAsync(Messages([Stage(10)], on: "[started]"));
        Assert.Equal(RolloutDecision.Proceed, result.Decision);
        Assert.Contains("'deploying thing' did not reach ops (400 Bad Request): it won't be tried again.", Noted);
    }

    [Fact]
    public async Task A_channel_that_nobody_carries_is_a_persons_who_is_told_so_once()
    {
        var result = await RunAsync(Messages([Stage(10)], on: "[started]", channels: "[ops, '#deployments']"));
        Assert.Equal(RolloutDecision.Proceed, result.Decision);
        Assert.Single(_ops.Tries);
        Assert.Equal(["A person must send this. send to #deployments: deploying thing"], Noted);
    }

    [Fact]
    public async Task A_resumed_rollout_tells_nothing_twice_and_what_did_not_arrive_once_more()
    {
        var book = Messages([Stage(10), Stage(100, "watch: 60s")], on: "[started, passed, completed]");
        using var operatorEnds = new CancellationTokenSource();
        _ops.Answer = async (t, c) =>
        {
            if (!t.Key.Contains("passed:s10", StringComparison.Ordinal))
                return ScriptedChannel.Sent;
            await Task.Delay(Timeout.Infinite, c);
            return ScriptedChannel.Sent;
        };
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "to-100" }) operatorEnds.Cancel(); };
        Assert.True((await _clock.ThroughAsync(_bench.RunAsync(book, Options, operatorEnds.Token))).Interrupted);
        (_ops.Answer, _bench.Bench.Heard.Then) = ((_, _) => Task.FromResult(ScriptedChannel.Sent), null);
        var resumed = await _clock.ThroughAsync(_bench.ResumeAsync(book, Options));
        Assert.Equal(RolloutDecision.Proceed, resumed.Decision);
        Assert.Equal(["started", "passed:s10", "passed:s10", "passed:s100", "completed"], Told);
        Assert.Equal([false, false, true, false, false], _ops.Tries.Select(t => t.Notice.MayBeRepeat));
    }

    [Fact]
    public async Task What_the_outbox_of_a_run_holds_goes_before_what_comes_later()
    {
        var failing = true;
        _ops.Answer = (t, _) => Task.FromResult(failing && t.Key.Contains("started", StringComparison.Ordinal) ? ScriptedChannel.Later with { After = TimeSpan.FromHours(1) } : ScriptedChannel.Sent);
        _bench.Bench.Heard.Then = e => failing &= e is not StageDecided;
        await RunAsync(Messages([Stage(10, "watch: 5s")], on: "[started, completed]"));
        Assert.Equal(["started", "started", "completed"], Told);
    }

    [Fact]
    public async Task Somebody_who_sends_while_a_rollout_runs_is_heard_and_nothing_goes_out_twice()
    {
        var book = Messages([Stage(10, "watch: 20s")], on: "[started, completed]");
        IReadOnlyList<NoticeDelivery> sent = [];
        _bench.Bench.Heard.Then = e =>
        {
            // The rollout waits for it here: the clock goes on, and may come to the end of the watch before.
            if (e is StepFinished { Step.Id: "to-10" })
                sent = Task.Run(() => Notices.SendAsync(
                    Planner.MakeMessages(book, new Dictionary<string, string>()), [new Outgoing(Sample.Notice("INC-1/1"), ["ops"])],
                    Options(_bench.Bench.Options()), null, null, default)).Result;
        };
        Assert.Equal(RolloutDecision.Proceed, (await RunAsync(book)).Decision);
        Assert.Equal(NoticeState.Sent, Assert.Single(sent).State);
        Assert.Equal(["started", "INC-1/1", "completed"], Told);
        Assert.Empty(Inbox.Waiting(Path.Combine(_bench.Bench.EvidenceRoot, "thing-unversioned")));
        Assert.Equal(3, _bench.LedgerTypes.Count(t => t == "notice.sent"));
    }

    private IReadOnlyList<string> Told => [.. _ops.Keys.Select(k => k.Split("/on/")[^1].Replace("/news", "", StringComparison.Ordinal))];

    private List<string> Noted => [.. _bench.Bench.Heard.Events.OfType<RunNoted>().Select(n => n.Text)];

    private static Runbook Messages(string[] stages, string on, string channels = "[ops]", string rollout = "") => Book(stages, rollout, $$$"""
        channels: { ops: { webhook: 'https://ops.example/' } }
        messages: { news: { text: 'deploying ${{ release.product }}', channels: {{{channels}}}, on: {{{on}}} } }
        """);

    private Task<RolloutResult> RunAsync(Runbook book) => _clock.ThroughAsync(_bench.RunAsync(book, Options));

    private RunOptions Options(RunOptions options) => options with { Clock = _clock, MakeChannel = ScriptedChannel.Factory(_ops) };
}
