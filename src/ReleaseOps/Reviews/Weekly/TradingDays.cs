using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>The calendar of a week: weekdays that aren't closed. Pure.</summary>
internal static class TradingDays
{
    /// <summary>As many as a week has, first to last, up to a day.</summary>
    /// <param name="rules">How many, and which weekdays are none.</param>
    /// <param name="last">The day.</param>
    /// <exception cref="ReleaseOpsException">Usage: the calendar has no room for the week, or for what falls due after it.</exception>
    public static IReadOnlyList<DateOnly> UpTo(WeeklyRules rules, DateOnly last)
    {
        var days = Backwards(rules, last).Take(rules.Days + 1).Reverse().ToList();
        if (days.Count <= rules.Days || DateOnly.MaxValue.DayNumber - last.DayNumber <= rules.Due.TotalDays + 1)
            throw new ReleaseOpsException(ErrorId.Usage, FormattableString.Invariant($"No week can end on {last:yyyy-MM-dd}: ")
                + "the calendar has the years 1 to 9999, and no room for its trading days and the date by which what it asks for is due.",
                "Name another last day.", FormattableString.Invariant($"{last:yyyy-MM-dd}"));
        return days[1..];
    }

    /// <summary>The last one before a day; the first of the calendar where there is none.</summary>
    /// <param name="rules">Which weekdays are none.</param>
    /// <param name="day">The day.</param>
    public static DateOnly Before(WeeklyRules rules, DateOnly day) =>
        day == DateOnly.MinValue ? day : Backwards(rules, day.AddDays(-1)).FirstOrDefault(DateOnly.MinValue);

    private static IEnumerable<DateOnly> Backwards(WeeklyRules rules, DateOnly from)
    {
        var closed = rules.Closed.ToHashSet();
        for (var number = from.DayNumber; number >= 0; number--)
        {
            var day = DateOnly.FromDayNumber(number);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !closed.Contains(day))
                yield return day;
        }
    }
}
