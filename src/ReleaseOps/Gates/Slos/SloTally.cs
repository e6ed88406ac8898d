namespace ReleaseOps.Gates;

/// <summary>
/// What was counted over a time. Sums of decimals are exact for all that counters come to, so that the difference of two running sums is as
/// good after a month as after a minute, and a time without bad events has exactly none.
/// </summary>
/// <param name="Bad">The bad events.</param>
/// <param name="Total">All events.</param>
/// <param name="Told">How much of the time could be told.</param>
/// <param name="Excluded">How much of it was taken out.</param>
internal readonly record struct SloTally(decimal Bad, decimal Total, TimeSpan Told, TimeSpan Excluded)
{
    /// <summary>The largest count that is taken: beyond it a double doesn't count single events any more (2^53).</summary>
    private const double Most = 9_007_199_254_740_992;

    /// <summary>One count, as long as it took; null where it isn't one.</summary>
    /// <param name="bad">The bad events.</param>
    /// <param name="total">All events. Where there are fewer than bad ones, which extrapolation can come to, all of them were bad.</param>
    /// <param name="time">How long it took.</param>
    public static SloTally? Of(double? bad, double? total, TimeSpan time) =>
        bad is >= 0 and <= Most && total is >= 0 and <= Most
            ? new SloTally((decimal)bad, (decimal)Math.Max(bad.Value, total.Value), time, TimeSpan.Zero) : null;

    public static SloTally operator +(SloTally left, SloTally right) =>
        new(left.Bad + right.Bad, left.Total + right.Total, left.Told + right.Told, left.Excluded + right.Excluded);

    public static SloTally operator -(SloTally left, SloTally right) =>
        new(left.Bad - right.Bad, left.Total - right.Total, left.Told - right.Told, left.Excluded - right.Excluded);
}

/// <summary>What was counted over a window that ends now.</summary>
/// <param name="Length">How long the window is.</param>
/// <param name="Covered">How much of it there has been so far.</param>
/// <param name="Tally">What was counted.</param>
internal readonly record struct SloSpan(TimeSpan Length, TimeSpan Covered, SloTally Tally)
{
    /// <summary>How much of it could not be told.</summary>
    public TimeSpan Untold => Covered - Tally.Told - Tally.Excluded;

    /// <summary>True where at least half of the time that counts could be told.</summary>
    public bool IsTold => Tally.Told > TimeSpan.Zero && Tally.Told >= Untold;

    /// <summary>The burn rate: how many times faster than evenly the budget burns; 0 where nothing happened.</summary>
    /// <param name="budget">The share of events that may be bad.</param>
    public decimal Rate(decimal budget) => Tally.Total == 0 ? 0 : Tally.Bad / Tally.Total / budget;
}
