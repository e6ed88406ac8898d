using ReleaseOps.Reviews.Logs;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>
/// The time that a week is about: from the end of the trading day before its first one to the end of its last one, so that nothing falls between
/// one week and the next. A trading day takes in what came since the one before it ended: a weekend is its Monday's.
/// </summary>
internal sealed class WeekSpan
{
    private readonly DateTimeOffset[] _ends;

    private WeekSpan(DateOnly before, DateTimeOffset from, DateTimeOffset[] ends) => (Before, From, _ends) = (before, from, ends);

    /// <summary>The trading day before the first one.</summary>
    public DateOnly Before { get; }

    /// <summary>Where it begins.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Where it ends; no longer in it.</summary>
    public DateTimeOffset To => _ends[^1];

    /// <summary>The time of some trading days, in the zone of the review.</summary>
    /// <param name="review">The review.</param>
    /// <param name="days">The days, first to last.</param>
    public static WeekSpan Of(Review review, IEnumerable<DateOnly> days)
    {
        var ends = days.ToList();
        var before = TradingDays.Before(review.Weekly, ends[0]);
        return new WeekSpan(before, End(before), [.. ends.Select(End)]);

        DateTimeOffset End(DateOnly day) => DateTimeOffset.FromUnixTimeSeconds(DaySpan.Of(day, review.Zone).To);
    }

    /// <summary>The number of the trading day that a moment belongs to; -1 where it isn't in the week.</summary>
    public int DayOf(DateTimeOffset at) => at < From ? -1 : Array.FindIndex(_ends, end => at < end);

    /// <summary>True where a moment is in the week.</summary>
    public bool Holds(DateTimeOffset at) => at >= From && at < To;
}
