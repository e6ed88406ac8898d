namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// Lines of a block that belong to no day, malformed ones and those without a time, by the lines around them: they may well be of the day where the
/// line with a time before them, or after them, is. So a day that can't be told isn't hidden by how long the log is.
/// </summary>
internal sealed class UntimedTally
{
    private int _first;
    private int _waiting;
    private int _among;
    private bool _any;
    private bool _begins;
    private bool _lastIsOfDay;

    /// <summary>Begins a block.</summary>
    internal void Clear() => (_first, _waiting, _among, _any, _begins, _lastIsOfDay) = (0, 0, 0, false, false, false);

    /// <summary>Notes a line without a time.</summary>
    internal void Untimed() => _waiting++;

    /// <summary>Notes a line with one.</summary>
    /// <param name="isOfDay">True where it is of the day.</param>
    internal void Timed(bool isOfDay)
    {
        if (!_any || _waiting > 0)
            Settle(isOfDay);
        _lastIsOfDay = isOfDay;
    }

    /// <summary>What the block comes to.</summary>
    internal UntimedLines Result() => new(_any ? _first : _waiting, _any ? _waiting : 0, _any) { Among = _among, BeginsInDay = _begins, EndsInDay = _lastIsOfDay };

    private void Settle(bool isOfDay)
    {
        if (!_any)
            (_any, _first, _begins) = (true, _waiting, isOfDay);
        else if (isOfDay || _lastIsOfDay)
            _among += _waiting;
        _waiting = 0;
    }
}

/// <summary>Where a block's lines without a time stand.</summary>
/// <param name="First">How many stand before its first line with a time; all, where there is none.</param>
/// <param name="Last">How many after its last one.</param>
/// <param name="IsTimed">True where a line has a time.</param>
internal readonly record struct UntimedLines(int First, int Last, bool IsTimed)
{
    /// <summary>How many of the others stand right before or after a line of the day.</summary>
    internal int Among { get; init; }

    /// <summary>True where the first line with a time is of the day.</summary>
    internal bool BeginsInDay { get; init; }

    /// <summary>True where the last one is.</summary>
    internal bool EndsInDay { get; init; }

    /// <summary>How many lines of a source stand right before or after a line of the day; all, where no line has a time.</summary>
    /// <param name="blocks">Its blocks, in order.</param>
    internal static long AmongDay(IEnumerable<UntimedLines> blocks)
    {
        var (among, waiting, any, lastIsOfDay) = (0L, 0L, false, false);
        foreach (var block in blocks)
        {
            waiting += block.First;
            if (!block.IsTimed)
                continue;
            among += block.Among + (lastIsOfDay || block.BeginsInDay ? waiting : 0);
            (waiting, any, lastIsOfDay) = (block.Last, true, block.EndsInDay);
        }
        return among + (lastIsOfDay || !any ? waiting : 0);
    }
}
