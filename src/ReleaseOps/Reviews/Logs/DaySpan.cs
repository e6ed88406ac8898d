namespace ReleaseOps.Reviews.Logs;

/// <summary>A day as seconds since 1970 in UTC: half-open.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where the next one begins.</param>
internal readonly record struct DaySpan(long From, long To)
{
    /// <summary>A day in a time zone: from its first midnight there, or the first moment after where the clocks skip it, to the next day's.</summary>
    /// <param name="day">The day.</param>
    /// <param name="zone">An IANA name.</param>
    /// <exception cref="ReleaseOpsException">BadValue: no such zone.</exception>
    internal static DaySpan Of(DateOnly day, string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            throw new ReleaseOpsException(ErrorId.BadValue, $"there is no time zone '{zone}'", "write an IANA name: UTC, Asia/Seoul", zone);
        return new DaySpan(Begin(day, found), day == DateOnly.MaxValue ? (long)EventTime.End : Begin(day.AddDays(1), found));
    }

    /// <summary>True where a time is in it.</summary>
    /// <param name="seconds">The time.</param>
    internal bool Holds(double seconds) => seconds >= From && seconds < To;

    private static long Begin(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        // Where the clocks pass midnight twice, the first time counts.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return ((local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - (long)offset.TotalSeconds;
    }
}
