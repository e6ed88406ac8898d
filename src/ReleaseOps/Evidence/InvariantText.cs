using System.Globalization;

namespace ReleaseOps.Evidence;

/// <summary>Numbers and times as reports show them, the same in every culture and time zone.</summary>
internal static class InvariantText
{
    /// <summary>Seconds with that many decimals, rounded in decimal arithmetic: a double's last bit shows in the report.</summary>
    public static string Seconds(TimeSpan time, int decimals) =>
        ((decimal)time.Ticks / TimeSpan.TicksPerSecond).ToString("F" + decimals, CultureInfo.InvariantCulture);

    /// <summary>ISO-8601, UTC, to the millisecond.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
