using ReleaseOps.Channels;
using ReleaseOps.Tests.Probes;

namespace ReleaseOps.Tests.Channels;

/// <summary>Turns of tries on a simulated clock.</summary>
public sealed class ChannelDeliveryTests
{
    private readonly ManualClock _clock = new();
    private readonly List<OutboxEvent> _recorded = [];

    [Fact]
    public async Task What_waits_goes_out_in_order_each_with_its_record_before_and_after()
    {
        var channel = new ScriptedChannel("ops");
        await DeliverAsync(channel, Sample.Queued("ops", Sample.Notice("1"), Sample.Notice("2")));
        Assert.Equal(["1", "2"], channel.Keys);
        Assert.Equal(["notice.sending", "notice.sent", "notice.sending", "notice.sent"], _recorded.Select(e => e.Type));
    }

    [Fact]
    public async Task A_notice_that_did_not_arrive_keeps_its_thread_and_no_other()
    {
        var channel = new ScriptedChannel("ops") { Answer = (t, _) => Task.FromResult(t.Key == "a/1" ? ScriptedChannel.Later : ScriptedChannel.Sent) };
        var outbox = Sample.Queued("ops", Sample.Notice("a/1", "a"), Sample.Notice("a/2", "a"), Sample.Notice("b/1", "b"));
        await DeliverAsync(channel, outbox);
        Assert.Equal(["a/1", "a/1", "a/1", "a/1", "b/1"], channel.Keys);
        Assert.Equal([OutboxState.Waiting, OutboxState.Waiting, OutboxState.Sent], outbox.Items.Select(i => i.State));
    }

    [Fact]
    public async Task A_notice_that_was_refused_is_tried_once_and_keeps_nothing()
    {
        var channel = new ScriptedChannel("ops").Answering(ScriptedChannel.Refused);
        var outbox = Sample.Queued("ops", Sample.Notice("a/1", "a"), Sample.Notice("a/2", "a"));
        await DeliverAsync(channel, outbox);
        Assert.Equal(["a/1", "a/2"], channel.Keys);
        Assert.Equal([OutboxState.Refused, OutboxState.Sent], outbox.Items.Select(i => i.State));
        await DeliverAsync(channel, outbox);
        Assert.Equal(2, channel.Tries.Count);
    }

    [Fact]
    public async Task Behind_one_that_was_refused_and_may_be_there_the_next_of_its_thread_is_looked_for_and_not_marked()
    {
        var channel = new ScriptedChannel("page").Answering(ScriptedChannel.Unclear with { After = TimeSpan.Zero }, ScriptedChannel.Refused);
        await DeliverAsync(channel, Sample.Queued("page", Sample.Notice("a/1", "a"), Sample.Notice("a/2", "a"), Sample.Notice("b/1", "b")));
        Assert.Equal(
            [("a/1", false, false), ("a/1", true, true), ("a/2", true, false), ("b/1", false, false)],
            channel.Tries.Select(t => (t.Key, t.MayBeThere, t.Notice.MayBeRepeat)));
    }

    [Fact]
    public async Task A_notice_that_is_not_due_keeps_its_thread()
    {
        var channel = new ScriptedChannel("ops");
        var outbox = Sample.Queued("ops", Sample.Notice("a/1", "a"), Sample.Notice("a/2", "a"), Sample.Notice("b/1", "b"));
        await DeliverAsync(channel, outbox, item => item.Notice.Key != "a/1");
        Assert.Equal(["b/1"], channel.Keys);
    }

    [Fact]
    public async Task Between_two_notices_lies_the_pace()
    {
        var channel = new ScriptedChannel("ops", _clock) { Pace = TimeSpan.FromSeconds(10) };
        await DeliverAsync(channel, Sample.Queued("ops", Sample.Notice("1"), Sample.Notice("2"), Sample.Notice("3")));
        var at = channel.Tries.Select(t => t.At).ToList();
        Assert.All([at[1] - at[0], at[2] - at[1]], gap => Assert.InRange(gap, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task A_pace_that_is_longer_than_a_turn_keeps_no_notice_from_going_out()
    {
        var channel = new ScriptedChannel("ops", _clock) { Pace = TimeSpan.FromMinutes(5) };
        var outbox = Sample.Queued("ops", Sample.Notice("1"), Sample.Notice("2"));
        await DeliverAsync(channel, outbox);
        Assert.Equal([OutboxState.Sent, OutboxState.Sent], outbox.Items.Select(i => i.State));
    }

    [Fact]
    public async Task What_the_service_asks_for_comes_before_our_own_wait()
    {
        var channel = new ScriptedChannel("ops", _clock).Answering(ScriptedChannel.Later with { After = TimeSpan.FromSeconds(60) });
        await DeliverAsync(channel, Sample.Queued("ops", Sample.Notice("1")));
        Assert.InRange(channel.Tries[1].At - channel.Tries[0].At, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(75));
    }

    [Fact]
    public async Task A_service_that_asks_for_longer_than_a_turn_is_left_until_the_next()
    {
        var channel = new ScriptedChannel("ops", _clock).Answering(ScriptedChannel.Later with { After = TimeSpan.FromMinutes(3) });
        var outbox = Sample.Queued("ops", Sample.Notice("1"));
        await DeliverAsync(channel, outbox);
        Assert.Equal((1, OutboxState.Waiting), (channel.Tries.Count, outbox.Items[0].State));
        Assert.Equal(_clock.GetUtcNow(), outbox.Items[0].At!.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Waits_of_our_own_grow()
    {
        var channel = new ScriptedChannel("ops", _clock).Answering(ScriptedChannel.Later, ScriptedChannel.Later, ScriptedChannel.Later, ScriptedChannel.Later);
        var outbox = Sample.Queued("ops", Sample.Notice("1"));
        await DeliverAsync(channel, outbox);
        Assert.Equal((ChannelDelivery.MostTries, ChannelDelivery.MostTries, OutboxState.Waiting), (channel.Tries.Count, outbox.Items[0].Tries, outbox.Items[0].State));
        var whole = channel.Tries[^1].At - channel.Tries[0].At;
        Assert.InRange(whole, ChannelDelivery.BackOff * 2, ChannelDelivery.BackOff * 30);
    }

    [Theory]
    [InlineData(false, new[] { false, true })]
    [InlineData(true, new[] { false, false })]
    public async Task After_a_try_that_may_have_arrived_the_next_one_says_so_where_the_service_cannot_tell(bool dedups, bool[] marked)
    {
        var channel = new ScriptedChannel("ops") { Dedups = dedups }.Answering(ScriptedChannel.Unclear);
        await DeliverAsync(channel, Sample.Queued("ops", Sample.Notice("1")));
        Assert.Equal([false, true], channel.Tries.Select(t => t.MayBeThere));
        Assert.Equal(marked, channel.Tries.Select(t => t.Notice.MayBeRepeat));
    }

    [Fact]
    public async Task What_a_killed_process_was_sending_may_be_there_at_the_first_try()
    {
        var channel = new ScriptedChannel("ops");
        var outbox = Sample.Queued("ops", Sample.Notice("1"), Sample.Notice("2"));
        outbox.Take(new NoticeSending("1", "ops"));
        await DeliverAsync(channel, outbox);
        Assert.Equal([("1", true), ("2", false)], channel.Tries.Select(t => (t.Key, t.MayBeThere)));
    }

    [Fact]
    public async Task A_try_that_may_have_arrived_is_not_forgotten_by_a_later_turn()
    {
        var channel = new ScriptedChannel("ops").Answering(ScriptedChannel.Unclear, ScriptedChannel.Later, ScriptedChannel.Later, ScriptedChannel.Later);
        var outbox = Sample.Queued("ops", Sample.Notice("1"));
        await DeliverAsync(channel, outbox);
        await DeliverAsync(channel, outbox);
        Assert.Equal([false, true, true, true, true], channel.Tries.Select(t => t.MayBeThere));
    }

    [Fact]
    public async Task A_service_that_never_answers_is_left_after_two_minutes_and_it_stays_unclear()
    {
        var channel = new ScriptedChannel("ops") { Answer = Never };
        var outbox = Sample.Queued("ops", Sample.Notice("1"));
        await DeliverAsync(channel, outbox);
        Assert.Equal((OutboxState.Waiting, true, "no answer within 2m"), (outbox.Items[0].State, outbox.Items[0].MayBeThere, outbox.Items[0].Detail));
    }

    [Fact]
    public async Task After_three_notices_in_vain_the_channel_is_left_alone()
    {
        var channel = new ScriptedChannel("ops") { Answer = (_, _) => Task.FromResult(ScriptedChannel.Later) };
        await DeliverAsync(channel, Sample.Queued("ops", [.. Enumerable.Range(0, 20).Select(i => Sample.Notice("n" + i))]));
        Assert.Equal(["n0", "n1", "n2"], channel.Keys.Distinct());
    }

    [Fact]
    public async Task A_fault_of_the_channel_is_one_try_and_its_secrets_stay_hidden()
    {
        var channel = new ScriptedChannel("ops") { Answer = (_, _) => throw new InvalidOperationException("token hunter22 is odd") };
        var outbox = Sample.Queued("ops", Sample.Notice("1"));
        await DeliverAsync(channel, outbox);
        Assert.Equal((ChannelDelivery.MostTries, "token *** is odd"), (channel.Tries.Count, outbox.Items[0].Detail));
    }

    [Fact]
    public async Task Cancelled_while_it_sends_it_stays_in_doubt()
    {
        using var end = new CancellationTokenSource();
        var channel = new ScriptedChannel("ops") { Answer = (t, c) => { end.Cancel(); return Never(t, c); } };
        var outbox = Sample.Queued("ops", Sample.Notice("1"), Sample.Notice("2"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DeliverAsync(channel, outbox, null, end.Token));
        Assert.Equal([OutboxState.InDoubt, OutboxState.Waiting], outbox.Items.Select(i => i.State));
    }

    [Fact]
    public async Task Cancelled_between_two_tries_nothing_is_in_doubt()
    {
        using var end = new CancellationTokenSource();
        var channel = new ScriptedChannel("ops") { Answer = (_, _) => { end.CancelAfter(20); return Task.FromResult(ScriptedChannel.Later with { After = TimeSpan.FromSeconds(90) }); } };
        var outbox = Sample.Queued("ops", Sample.Notice("1"));
        var delivering = new ChannelDelivery(channel, _clock, SecretMask.None).DeliverAsync(outbox, _ => true, _recorded.Add, null, end.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivering);
        Assert.Equal((OutboxState.Waiting, false), (outbox.Items[0].State, outbox.Items[0].MayBeThere));
    }

    [Fact]
    public async Task The_services_own_name_of_a_thread_is_used_for_its_next_notice()
    {
        var channel = new ScriptedChannel("ops").Answering(ScriptedChannel.Sent with { Remote = "inc_42" });
        await DeliverAsync(channel, Sample.Queued("ops", Sample.Notice("a/1", "a"), Sample.Notice("a/2", "a"), Sample.Notice("b/1", "b")));
        Assert.Equal([null, "inc_42", null], channel.Tries.Select(t => t.Remote));
    }

    private static async Task<SendOutcome> Never(Try one, CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return ScriptedChannel.Sent;
    }

    private Task DeliverAsync(ScriptedChannel channel, Outbox outbox, Func<OutboxItem, bool>? isDue = null, CancellationToken cancellation = default) =>
        _clock.ThroughAsync(new ChannelDelivery(channel, _clock, new SecretMask(["hunter22"]))
            .DeliverAsync(outbox, isDue ?? (_ => true), _recorded.Add, null, cancellation));
}
