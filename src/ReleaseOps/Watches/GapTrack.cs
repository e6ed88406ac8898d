namespace ReleaseOps.Watches;

/// <summary>The times in which a watch could not tell something that it rests on.</summary>
internal sealed class GapTrack
{
    /// <summary>How many gaps are listed; all of them are counted.</summary>
    private const int MostListed = 500;

    private readonly List<WatchGap> _gaps = [];
    private WatchGap? _open;
    private TimeSpan _length;

    /// <summary>The gaps, oldest first; the last one may still be open.</summary>
    public IReadOnlyList<WatchGap> All => _open is null ? [.. _gaps] : [.. _gaps, _open];

    /// <summary>The longest of them; zero for none.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>How many looks could not tell.</summary>
    public int Untold { get; private set; }

    /// <summary>True where the last look could not tell.</summary>
    public bool IsOpen => _open is not null;

    /// <summary>Takes a look.</summary>
    /// <param name="at">When.</param>
    /// <param name="why">What it could not tell; null where it could tell everything.</param>
    /// <param name="interval">How long a look stands for.</param>
    public void Take(DateTimeOffset at, string? why, TimeSpan interval)
    {
        if (why is not null)
        {
            Untold++;
            // A clock that was set back makes two gaps to list of one that goes on.
            if (_open is not null && at < _open.From)
                List(_open);
            _length += interval;
            _open = _open is null || at < _open.From ? new WatchGap(at, at + interval, 1, why) : _open with { To = at + interval, Looks = _open.Looks + 1 };
            Longest = _length > Longest ? _length : Longest;
            return;
        }
        if (_open is not { } ended)
            return;
        List(ended);
        (_open, _length) = (null, TimeSpan.Zero);
    }

    private void List(WatchGap gap)
    {
        if (_gaps.Count < MostListed)
            _gaps.Add(gap);
    }
}
