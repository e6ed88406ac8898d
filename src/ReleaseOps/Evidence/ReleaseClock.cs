using System.Globalization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Evidence;

/// <summary>The moment T-0, and the zone in which people read their clocks.</summary>
/// <param name="T0">T-0.</param>
/// <param name="Zone">A time zone to show beside UTC; null for none.</param>
public sealed record ReleaseClock(DateTimeOffset T0, TimeZoneInfo? Zone = null)
{
    /// <summary>The moment of a time against T-0, UTC; null where there is none, or the calendar has no such day.</summary>
    /// <param name="due">A time against T-0.</param>
    public DateTime? At(TimeOffset? due)
    {
        var utc = T0.UtcDateTime;
        return due is { FromT0: var offset } && offset < DateTime.MaxValue - utc && offset > DateTime.MinValue - utc ? utc + offset : null;
    }

    /// <summary>As it stands in a sentence: <c>2026-12-01 09:00 UTC, 10:00 Europe/Berlin</c>.</summary>
    /// <param name="utc">A moment, UTC.</param>
    public string Sentence(DateTime utc) =>
        utc.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) + (Zone is null ? "" : $", {Local(utc).Trim()} {Zone.Id}");

    /// <summary>The local time, with the days that it lies before or after the day in UTC: <c>00:30+1</c>; empty without a zone.</summary>
    /// <param name="utc">A moment, UTC.</param>
    public string Local(DateTime utc)
    {
        if (Zone is null)
            return "";
        var local = utc + Zone.GetUtcOffset(new DateTimeOffset(utc, TimeSpan.Zero));
        var days = (local.Date - utc.Date).Days;
        return local.ToString("HH:mm", CultureInfo.InvariantCulture) + (days > 0 ? "+1" : days < 0 ? "-1" : "  ");
    }
}
