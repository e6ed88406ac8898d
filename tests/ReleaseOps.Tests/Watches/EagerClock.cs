namespace ReleaseOps.Tests.Watches;

/// <summary>
/// A clock that moves on as soon as somebody waits for it, by as much as they wait: a day passes in as long as its work takes. Waits of more
/// than a minute (deadlines of queries) never end.
/// </summary>
internal sealed class EagerClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<(DateTimeOffset At, Action Do)> _plans = [];
    private DateTimeOffset _now = now;
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp()
    {
        lock (_lock)
            return _ticks;
    }

    /// <summary>Does something once the clock has come to a time.</summary>
    public EagerClock At(DateTimeOffset at, Action act)
    {
        lock (_lock)
            _plans.Add((at, act));
        return this;
    }

    /// <summary>The wall clock alone jumps.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_lock)
            _now += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.FromSeconds(1) || dueTime < TimeSpan.Zero)
            return new Nothing();
        List<Action> due;
        lock (_lock)
        {
            _now += dueTime;
            _ticks += dueTime.Ticks;
            due = [.. _plans.Where(p => p.At <= _now).OrderBy(p => p.At).Select(p => p.Do)];
            _plans.RemoveAll(p => p.At <= _now);
        }
        due.ForEach(act => act());
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Nothing();
    }

    private sealed class Nothing : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
