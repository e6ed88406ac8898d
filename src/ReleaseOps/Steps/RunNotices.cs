using System.Collections.Concurrent;
using ReleaseOps.Channels;
using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>
/// What a run says to people by channels: queued in its ledger, then sent, at once or beside everything else. What was queued once is never
/// queued again, and what was sent never sent again, however often the run is resumed.
/// </summary>
internal sealed class RunNotices(RunContext run, RunJournal journal, FileLedger ledger, string releaseFolder) : IDisposable
{
    /// <summary>How long another process that sends by the same channel is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Carriers _carriers = new(run.Plan, run.Scope, run.Mask, run.Options, text => run.Report(new RunNoted(text)));
    private readonly ConcurrentDictionary<string, ChannelDelivery> _deliveries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<IReadOnlyList<OutboxItem>>> _beside = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _queueing = new();

    /// <summary>Who brings a message to each of its channels.</summary>
    public IReadOnlyList<Carrier> CarriersOf(Message message) => [.. message.Channels.Select(_carriers.Of).DistinctBy(c => c.Name)];

    /// <summary>True where something brings the message to one of its channels at least.</summary>
    public bool Carries(Message message) => message.Text is not null && CarriersOf(message).Any(c => c.Channel is not null);

    /// <summary>A notice that was queued already, by this part of the run or an earlier one, and the channels that it is still to go to; null for none.</summary>
    public NoticeQueued? Queued(string key) => Read() is var outbox && outbox.NoticeOf(key) is { } notice
        ? new NoticeQueued(notice, [.. outbox.Items.Where(i => i.Notice.Key == key && i.IsOpen && _carriers.Of(i.Channel).Channel is not null).Select(i => i.Channel)])
        : null;

    /// <summary>Sends a notice now, or waits for its end where it is being sent already.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="channels">Names of the channels; all of them are carried.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellation">Ends the sending.</param>
    /// <returns>How far it is on each channel.</returns>
    public async Task<IReadOnlyList<OutboxItem>> SendAsync(Notice notice, IReadOnlyList<string> channels, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            if (_beside.TryRemove(notice.Key, out var begun))
                return await begun.WaitAsync(limit, run.Clock, cancellation).ConfigureAwait(false);
            Queue(notice, channels);
            using var over = new CancellationTokenSource(limit, run.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, over.Token);
            return await TurnAsync(notice.Key, channels, either.Token).ConfigureAwait(false);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return ItemsOf(notice.Key, channels);
        }
    }

    /// <summary>Queues a notice, and sends it beside what else goes on; <see cref="SendAsync"/> waits for its end.</summary>
    public void Begin(Notice notice, IReadOnlyList<string> channels)
    {
        Queue(notice, channels);
        _beside[notice.Key] = Task.Run(() => TurnAsync(notice.Key, channels, _end.Token));
    }

    /// <summary>Queues a notice, and sends it beside what else goes on; what didn't arrive is said to whoever looks on.</summary>
    public void BeginAndTell(Notice notice, IReadOnlyList<string> channels)
    {
        Queue(notice, channels);
        _beside[notice.Key] = Task.Run(async () =>
        {
            IReadOnlyList<OutboxItem> items = [];
            try
            {
                return items = await TurnAsync(notice.Key, channels, _end.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return items = ItemsOf(notice.Key, channels);
            }
            finally
            {
                foreach (var item in items.Where(i => i.State != OutboxState.Sent))
                    run.Report(new RunNoted(NotSent(item)));
            }
        });
    }

    /// <summary>Gives what is being sent some time, then leaves it in the outbox.</summary>
    /// <param name="limit">How long.</param>
    public async Task EndAsync(TimeSpan limit)
    {
        var all = Task.WhenAll(_beside.Values);
        using (var over = new CancellationTokenSource())
        {
            if (!all.IsCompleted)
                await Task.WhenAny(all, Task.Delay(limit, run.Clock, over.Token)).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
        }
        await _end.CancelAsync().ConfigureAwait(false);
        // What couldn't be written can't be written by the run either, and that says so.
        await all.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private static string NotSent(OutboxItem item) => $"'{item.Notice.Title}' did not reach {item.Channel}{(item.Detail.Length == 0 ? "" : $" ({item.Detail})")}: "
        + (item.State == OutboxState.Refused ? "it won't be tried again." : "it waits in the outbox; send it with releaseops incident retry, Send-IncidentUpdate -Retry.");

    private void Queue(Notice notice, IReadOnlyList<string> channels)
    {
        lock (_queueing)
        {
            var outbox = Read();
            if (outbox.NoticeOf(notice.Key) is null
                || channels.Except(outbox.Items.Where(i => i.Notice.Key == notice.Key).Select(i => i.Channel), StringComparer.Ordinal).Any())
                Record(new NoticeQueued(notice, channels));
        }
    }

    private async Task<IReadOnlyList<OutboxItem>> TurnAsync(string key, IReadOnlyList<string> channels, CancellationToken cancellation)
    {
        await Task.WhenAll(channels.Select(c => TurnAsync(key, c, cancellation))).ConfigureAwait(false);
        return ItemsOf(key, channels);
    }

    private List<OutboxItem> ItemsOf(string key, IReadOnlyList<string> channels) =>
        [.. Read().Items.Where(i => i.Notice.Key == key && channels.Contains(i.Channel))];

    private async Task TurnAsync(string key, string channel, CancellationToken cancellation)
    {
        using var mine = await OutboxLock.TakeAsync(releaseFolder, channel, Patience, run.Clock, cancellation).ConfigureAwait(false);
        if (mine is null)
            return;
        // What another process has sent of ours meanwhile is in letters.
        run.Mail.Collect();
        var outbox = Read();
        // Those before it, so that none is overtaken, but no later one: each has a turn of its own.
        var due = outbox.Items.Select(i => i.Notice.Key).TakeWhile(k => k != key).Append(key)
            .Where(k => k.StartsWith(run.Run + "/", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var delivery = _deliveries.GetOrAdd(channel, name => new ChannelDelivery(_carriers.Of(name).Channel!, run.Clock, run.Mask));
        await delivery.DeliverAsync(outbox, item => due.Contains(item.Notice.Key), Record, null, cancellation).ConfigureAwait(false);
    }

    private Outbox Read() => Outbox.Of(ledger.ReadAll(), []);

    private void Record(OutboxEvent happened) => journal.Note(happened.Type, happened.Write);
}
