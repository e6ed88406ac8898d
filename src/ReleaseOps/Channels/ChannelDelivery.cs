using Polly;
using Polly.Retry;
using ReleaseOps.Probes;

namespace ReleaseOps.Channels;

/// <summary>
/// Brings what waits in an outbox to one channel, one notice after the other. A notice that didn't arrive keeps later ones of its thread
/// waiting, so that update 2 never overtakes update 1; one that the service refused keeps nothing.
/// </summary>
/// <param name="channel">The channel.</param>
/// <param name="clock">The clock.</param>
/// <param name="mask">Hides secrets in what a failure says.</param>
internal sealed class ChannelDelivery(IChannel channel, TimeProvider clock, SecretMask mask)
{
    /// <summary>How often a notice is tried in one turn.</summary>
    public const int MostTries = 4;

    /// <summary>How long one turn of a notice may take, its waits included, but not what the pace makes it wait before its first try.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The wait after the first try; it doubles each time, with jitter (decorrelated, as Polly has it), so that many senders don't come back
    /// at once. What the service asks for (Retry-After: RFC 9110, 10.2.3) comes before it.
    /// </summary>
    public static readonly TimeSpan BackOff = TimeSpan.FromSeconds(1);

    /// <summary>After so many notices in a row that were tried in vain, the channel is left alone until the next turn.</summary>
    public const int MostInVain = 3;

    private long? _lastEnd;

    /// <summary>Sends what is due, in the order of the outbox.</summary>
    /// <param name="outbox">What is to go out; it is brought up to date.</param>
    /// <param name="isDue">Which of it; what isn't due keeps its thread waiting.</param>
    /// <param name="record">Puts an event on the disk: before it returns, nothing more is done.</param>
    /// <param name="told">Told of each notice whose turn has ended; null for nobody.</param>
    /// <param name="cancellation">Ends it; what was just being tried stays in doubt.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task DeliverAsync(
        Outbox outbox, Func<OutboxItem, bool> isDue, Action<OutboxEvent> record, Action<OutboxItem>? told, CancellationToken cancellation)
    {
        var held = new HashSet<string>(StringComparer.Ordinal);
        var inVain = 0;
        foreach (var item in outbox.Items.Where(i => i.Channel == channel.Name && i.IsOpen).ToList())
        {
            if (held.Contains(item.Notice.Thread))
                continue;
            if (!isDue(item))
            {
                held.Add(item.Notice.Thread);
                continue;
            }
            if (inVain == MostInVain)
                return;
            await PaceAsync(cancellation).ConfigureAwait(false);
            Happened(new NoticeSending(item.Notice.Key, item.Channel));
            var end = await new Turn(this, item, outbox, Happened).RunAsync(cancellation).ConfigureAwait(false);
            Happened(end);
            told?.Invoke(outbox.Find(item.Notice.Key, item.Channel)!);
            inVain = end is NoticeFailed { Again: true } ? inVain + 1 : 0;
            if (inVain > 0)
                held.Add(item.Notice.Thread);
        }

        void Happened(OutboxEvent e)
        {
            record(e);
            outbox.Take(e);
        }
    }

    /// <summary>Waits until the channel may be used again.</summary>
    private async Task PaceAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_lastEnd is { } end && channel.Pace - clock.GetElapsedTime(end) is { } left && left > TimeSpan.Zero)
            await Task.Delay(left, clock, cancellation).ConfigureAwait(false);
    }

    /// <summary>One notice's turn of tries.</summary>
    private sealed class Turn(ChannelDelivery delivery, OutboxItem item, Outbox outbox, Action<OutboxEvent> happened)
    {
        private readonly string? _remote = outbox.RemoteOf(item.Notice.Thread, item.Channel);
        private readonly bool _threadMayBeThere = outbox.MayBeThere(item.Notice.Thread, item.Channel);
        private readonly TimeProvider _clock = delivery.Clock;
        private readonly long _began = delivery.Clock.GetTimestamp();
        private SendOutcome _last = new(SendState.Later, "not tried");
        private bool _isTrying;
        private bool _mayBeThere = item.MayBeThere || item.State == OutboxState.InDoubt;
        private int _tries;

        public async Task<OutboxEvent> RunAsync(CancellationToken cancellation)
        {
            using var limit = new CancellationTokenSource(Longest, _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            try
            {
                await Retrying().ExecuteAsync(TryAsync, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                if (_isTrying)
                    Note(new SendOutcome(SendState.Unclear, $"no answer within {Durations.Format(Longest)}"));
            }
            catch (OperationCanceledException) when (!_isTrying)
            {
                // Between two tries it is known how the last one ended.
                happened(End());
                throw;
            }
            return End();
        }

        private ResiliencePipeline<SendOutcome> Retrying() => new ResiliencePipelineBuilder<SendOutcome> { TimeProvider = _clock }
            .AddRetry(new RetryStrategyOptions<SendOutcome>
            {
                MaxRetryAttempts = MostTries - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = BackOff,
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Result is { State: SendState.Later or SendState.Unclear } outcome && FitsIn(outcome.After ?? TimeSpan.Zero)),
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.After),
            })
            .Build();

        /// <summary>Whether there is time for another try after a wait.</summary>
        private bool FitsIn(TimeSpan wait) => _clock.GetElapsedTime(_began) + wait < Longest;

        private async ValueTask<SendOutcome> TryAsync(CancellationToken cancellation)
        {
            await delivery.PaceAsync(cancellation).ConfigureAwait(false);
            var notice = _mayBeThere && !delivery.Channel.Dedups ? item.Notice with { MayBeRepeat = true } : item.Notice;
            (_isTrying, _tries) = (true, _tries + 1);
            try
            {
                return Note(await delivery.OnceAsync(notice, _remote, _mayBeThere || _threadMayBeThere, cancellation).ConfigureAwait(false));
            }
            finally
            {
                delivery._lastEnd = _clock.GetTimestamp();
            }
        }

        private SendOutcome Note(SendOutcome outcome)
        {
            (_isTrying, _last) = (false, outcome);
            _mayBeThere |= outcome.State == SendState.Unclear;
            return outcome;
        }

        private OutboxEvent End()
        {
            var (key, at) = (item.Notice.Key, _clock.GetUtcNow());
            var detail = OutsideText.OneLine(_last.Detail, delivery.Mask);
            return _last.State == SendState.Sent
                ? new NoticeSent(key, item.Channel, at, _tries, detail) { Remote = _last.Remote, WasThere = _last.WasThere }
                : new NoticeFailed(key, item.Channel, at, _tries, detail, Again: _last.State != SendState.Refused) { Unclear = _mayBeThere };
        }
    }

    private TimeProvider Clock => clock;

    private IChannel Channel => channel;

    private SecretMask Mask => mask;

    /// <summary>A channel that fails in a way of its own fails alone: others go on.</summary>
    private async Task<SendOutcome> OnceAsync(Notice notice, string? remote, bool mayBeThere, CancellationToken cancellation)
    {
        try
        {
            return await channel.SendAsync(notice, remote, mayBeThere, cancellation).ConfigureAwait(false);
        }
        catch (ReleaseOpsException error) when (error.Id == ErrorId.NoticeRefused)
        {
            return new SendOutcome(SendState.Refused, error.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return new SendOutcome(SendState.Unclear, error.Message);
        }
    }
}
