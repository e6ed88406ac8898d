using System.Globalization;

namespace ReleaseOps;

/// <summary>Durations as runbooks write them: 500ms, 30s, 10m, 24h, 7d, or parts in that order from the largest: 1h30m.</summary>
public static class Durations
{
    private static readonly (string Unit, long Milliseconds)[] Units =
        [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    /// <summary>The longest duration that is taken: 366 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Reads a duration; false for anything that isn't one, or is longer than <see cref="Longest"/>.</summary>
    /// <param name="text">The text, without spaces.</param>
    /// <param name="duration">The duration read.</param>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan();
        var total = 0L;
        var nextUnit = 0;
        if (text == "0")
            return true;
        while (rest.Length > 0)
        {
            var digits = 0;
            while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
                digits++;
            if (digits is 0 or > 12)
                return false;
            var count = long.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            rest = rest[digits..];
            var letters = 0;
            while (letters < rest.Length && char.IsAsciiLetter(rest[letters]))
                letters++;
            var unit = rest[..letters].ToString();
            var found = Array.FindIndex(Units, nextUnit, u => u.Unit == unit);
            if (found < 0 || count > Longest.TotalMilliseconds / Units[found].Milliseconds)
                return false;
            total += count * Units[found].Milliseconds;
            nextUnit = found + 1;
            rest = rest[letters..];
        }
        if (text.Length == 0 || total > Longest.TotalMilliseconds)
            return false;
        duration = TimeSpan.FromMilliseconds(total);
        return true;
    }

    /// <summary>Writes a duration as runbooks do, in the fewest parts: 90 minutes are 1h30m, 60 minutes 1h.</summary>
    /// <param name="duration">The duration; not negative; parts below a millisecond are dropped.</param>
    public static string Format(TimeSpan duration)
    {
        var left = duration.Ticks / TimeSpan.TicksPerMillisecond;
        if (left <= 0)
            return "0s";
        var text = "";
        foreach (var (unit, milliseconds) in Units)
        {
            if (left >= milliseconds)
                text += (left / milliseconds).ToString(CultureInfo.InvariantCulture) + unit;
            left %= milliseconds;
        }
        return text;
    }

    /// <summary>
    /// Writes how long something took: whole milliseconds below a second (12 ms), else seconds with one decimal (41.5 s). Rounded up, so that what
    /// took longer than its limit never reads as the limit.
    /// </summary>
    /// <param name="elapsed">The time that it took; not negative.</param>
    public static string Took(TimeSpan elapsed)
    {
        var milliseconds = Math.Ceiling((decimal)elapsed.Ticks / TimeSpan.TicksPerMillisecond);
        return milliseconds < 1000
            ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(milliseconds / 100) / 10:0.0} s");
    }
}
