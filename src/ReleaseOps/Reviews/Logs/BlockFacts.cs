using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>What is known of a block whatever day is asked for.</summary>
internal sealed record BlockFacts
{
    /// <summary>Lines that begin in it.</summary>
    internal int Lines { get; init; }

    /// <summary>Those with nothing but white space.</summary>
    internal int Blank { get; init; }

    /// <summary>Those that are no JSON object.</summary>
    internal int Malformed { get; init; }

    /// <summary>Objects without a time.</summary>
    internal int Undated { get; init; }

    /// <summary>Those that were too long to be kept.</summary>
    internal int TooLong { get; init; }

    /// <summary>Where those without a time stand.</summary>
    internal UntimedLines Untimed { get; init; }

    /// <summary>The hours since 1970 that its lines are of, as ranges with both ends; perhaps a few more.</summary>
    internal HourRange[] Hours { get; init; } = [];

    /// <summary>How each of them is written that isn't blank; <see cref="LineForm.Any"/> where one doesn't end with its payload.</summary>
    internal LineForm Form { get; init; }

    /// <summary>True where nothing that is added to the file changes it.</summary>
    internal bool IsClosed { get; init; }

    /// <summary>True where the last line of the source is in it, has no end and is no JSON.</summary>
    internal bool IsTruncated { get; init; }

    /// <summary>True where a line of a day may be in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool MayHold(DaySpan day)
    {
        foreach (var hours in Hours)
            if (hours.First * 3600 < day.To && (hours.Last + 1) * 3600 > day.From)
                return true;
        return false;
    }
}

/// <summary>Hours since 1970, from one to another, both of them in it.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
internal readonly record struct HourRange(long First, long Last);

/// <summary>Gathers the hours of a block's lines, in a few ranges however the lines are mixed.</summary>
internal sealed class HourRanges
{
    private const int Most = 4;

    private readonly List<HourRange> _ranges = [];
    private double _from = double.MaxValue;
    private double _to = double.MinValue;

    /// <summary>Begins anew.</summary>
    internal void Clear()
    {
        _ranges.Clear();
        (_from, _to) = (double.MaxValue, double.MinValue);
    }

    /// <summary>Notes a time.</summary>
    /// <param name="seconds">The time.</param>
    internal void Add(double seconds)
    {
        if (seconds < _from || seconds >= _to)
            Widen(seconds);
    }

    /// <summary>The ranges, in order.</summary>
    internal HourRange[] ToArray() => [.. _ranges];

    private void Widen(double seconds)
    {
        var hour = (long)Math.Floor(seconds / 3600);
        // What comes next is mostly of the same hour.
        (_from, _to) = (hour * 3600.0, (hour + 1) * 3600.0);
        var at = _ranges.FindIndex(r => hour <= r.Last + 1);
        if (at < 0)
            _ranges.Add(new HourRange(hour, hour));
        else if (hour < _ranges[at].First - 1)
            _ranges.Insert(at, new HourRange(hour, hour));
        else
            _ranges[at] = new HourRange(Math.Min(hour, _ranges[at].First), Math.Max(hour, _ranges[at].Last));
        Join();
    }

    private void Join()
    {
        for (var i = _ranges.Count - 1; i > 0; i--)
            if (_ranges[i].First <= _ranges[i - 1].Last + 1)
                JoinWithNext(i - 1);
        while (_ranges.Count > Most)
            JoinWithNext(Enumerable.Range(0, _ranges.Count - 1).MinBy(i => _ranges[i + 1].First - _ranges[i].Last));
    }

    private void JoinWithNext(int at)
    {
        _ranges[at] = new HourRange(_ranges[at].First, Math.Max(_ranges[at].Last, _ranges[at + 1].Last));
        _ranges.RemoveAt(at + 1);
    }
}
