using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>When deployment windows open.</summary>
internal static class WindowCalendar
{
    /// <summary>How far ahead is looked.</summary>
    public const int DaysAhead = 400;

    /// <summary>
    /// The first moment after one outside at which a rollout may start, UTC; null where there is none in <see cref="DaysAhead"/>.
    /// </summary>
    public static DateTimeOffset? NextOpening(DeploymentWindows windows, TimeZoneInfo zone, DateTimeOffset after)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime);
        for (var day = today; day < today.AddDays(DaysAhead); day = day.AddDays(1))
        {
            var opening = StartsOn(windows, day)
                .SelectMany(local => Moments(zone, local))
                .Where(moment => moment > after && IsOpen(windows, zone, moment))
                .Order().Select(moment => (DateTimeOffset?)moment).FirstOrDefault();
            if (opening is not null)
                return opening;
        }
        return null;
    }

    /// <summary>Windows open when their hours begin, and at midnight when a freeze ends.</summary>
    private static IEnumerable<DateTime> StartsOn(DeploymentWindows windows, DateOnly day) => windows.Open
        .Where(hours => WindowJudge.Begins(hours, day.DayOfWeek))
        .Select(hours => day.ToDateTime(hours.From))
        .Concat(windows.Frozen.Where(f => f.To == day).Select(_ => day.ToDateTime(TimeOnly.MinValue)));

    /// <summary>
    /// The moments at which a clock shows a time: one; two where it is put back; where it is put forward, the one of the change.
    /// </summary>
    private static IEnumerable<DateTimeOffset> Moments(TimeZoneInfo zone, DateTime local)
    {
        if (zone.IsInvalidTime(local))
        {
            // The clock goes from a time before the gap to one after it: both sides of the change are the same moment.
            var before = local;
            while (zone.IsInvalidTime(before))
                before = before.AddMinutes(-1);
            return [new DateTimeOffset(before, zone.GetUtcOffset(before)).AddMinutes(1)];
        }
        return zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).Select(offset => new DateTimeOffset(local, offset))
            : [new DateTimeOffset(local, zone.GetUtcOffset(local))];
    }

    private static bool IsOpen(DeploymentWindows windows, TimeZoneInfo zone, DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        return WindowJudge.FreezeAt(windows, local) is null
            && (windows.Open.Count == 0 || windows.Open.Any(hours => WindowJudge.Covers(hours, local)));
    }
}
