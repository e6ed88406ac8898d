namespace ReleaseOps.Gates;

/// <summary>A point in time, and all that was counted before it.</summary>
internal readonly record struct SloMark(DateTimeOffset At, SloTally Before);

/// <summary>Running sums at points in time, over a bounded time: two of them give what was counted between. The oldest make room.</summary>
/// <param name="span">How far back it reaches.</param>
/// <param name="apart">The least time between two marks.</param>
internal sealed class SloMarks(TimeSpan span, TimeSpan apart)
{
    // One for the mark at the far end, one for marks that are a little further apart.
    private readonly SloMark[] _marks = new SloMark[(int)(span.Ticks / apart.Ticks) + 2];
    private int _oldest;
    private int _count;

    /// <summary>Sets a mark; left out where the last one is too near.</summary>
    public void Set(DateTimeOffset at, SloTally before)
    {
        if (_count > 0 && at - this[_count - 1].At < apart)
            return;
        if (_count < _marks.Length)
            _count++;
        else
            _oldest = (_oldest + 1) % _marks.Length;
        _marks[(_oldest + _count - 1) % _marks.Length] = new SloMark(at, before);
    }

    /// <summary>Forgets all marks.</summary>
    public void Clear() => _count = 0;

    /// <summary>The newest mark at or before a time, or the oldest that there is.</summary>
    public SloMark Before(DateTimeOffset time)
    {
        var (low, high) = (0, _count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (this[middle].At <= time)
                low = middle;
            else
                high = middle - 1;
        }
        return this[low];
    }

    private SloMark this[int index] => _marks[(_oldest + index) % _marks.Length];
}
