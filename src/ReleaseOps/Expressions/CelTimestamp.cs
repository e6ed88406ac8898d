using System.Globalization;

namespace ReleaseOps.Expressions;

/// <summary>A CEL timestamp: a moment in the years 1 to 9999, UTC, to the nanosecond.</summary>
public readonly record struct CelTimestamp : IComparable<CelTimestamp>
{
    internal CelTimestamp(long seconds, int nanoseconds)
    {
        Seconds = seconds;
        Nanoseconds = nanoseconds;
    }

    /// <summary>Seconds since 1970-01-01T00:00:00Z, rounded down; negative before it.</summary>
    public long Seconds { get; }

    /// <summary>Nanoseconds after that second, 0 to 999,999,999.</summary>
    public int Nanoseconds { get; }

    /// <summary>0001-01-01T00:00:00Z.</summary>
    internal const long FirstSecond = -62_135_596_800;

    /// <summary>9999-12-31T23:59:59Z.</summary>
    internal const long LastSecond = 253_402_300_799;

    /// <summary>Takes over a DateTimeOffset.</summary>
    /// <param name="moment">The moment.</param>
    public static CelTimestamp From(DateTimeOffset moment)
    {
        var (seconds, ticks) = Math.DivRem(moment.UtcTicks, TimeSpan.TicksPerSecond);
        return new CelTimestamp(seconds + FirstSecond, (int)ticks * 100);
    }

    /// <summary>The same moment as a DateTimeOffset in UTC, cut to its 100 ns.</summary>
    public DateTimeOffset ToDateTimeOffset() =>
        new(((Seconds - FirstSecond) * TimeSpan.TicksPerSecond) + (Nanoseconds / 100), TimeSpan.Zero);

    /// <summary>All of it in nanoseconds since 1970.</summary>
    internal Int128 Total => ((Int128)Seconds * CelDuration.PerSecond) + Nanoseconds;

    internal static CelTimestamp? Checked(Int128 nanoseconds)
    {
        var (seconds, rest) = Int128.DivRem(nanoseconds, CelDuration.PerSecond);
        if (rest < 0)
        {
            rest += CelDuration.PerSecond;
            seconds--;
        }
        return seconds < FirstSecond || seconds > LastSecond ? null : new CelTimestamp((long)seconds, (int)rest);
    }

    /// <summary>Reads RFC 3339; false where it isn't that, or lies outside the years 1 to 9999.</summary>
    internal static bool TryParse(string text, out CelTimestamp timestamp)
    {
        timestamp = default;
        var s = text.AsSpan();
        if (s.Length is < 20 or > 40 || s[4] != '-' || s[7] != '-' || s[10] is not ('T' or 't') || s[13] != ':' || s[16] != ':')
            return false;
        if (!Digits(s[..4], out var year) || !Digits(s[5..7], out var month) || !Digits(s[8..10], out var day)
            || !Digits(s[11..13], out var hour) || !Digits(s[14..16], out var minute) || !Digits(s[17..19], out var second))
            return false;
        if (year is 0 || month is 0 or > 12 || day is 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        if (hour > 23 || minute > 59 || second > 59)
            return false;
        s = s[19..];
        var nanoseconds = 0;
        if (s is ['.', ..])
        {
            var length = 1;
            for (var unit = 100_000_000; length < s.Length && char.IsAsciiDigit(s[length]); length++, unit /= 10)
                nanoseconds += (s[length] - '0') * unit;
            if (length is 1 or > 10)
                return false;
            s = s[length..];
        }
        if (!Offset(s, out var offset))
            return false;
        var start = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        var moment = Checked((((Int128)start.ToUnixTimeSeconds() - offset) * CelDuration.PerSecond) + nanoseconds);
        timestamp = moment ?? default;
        return moment is not null;
    }

    private static bool Offset(ReadOnlySpan<char> s, out int seconds)
    {
        seconds = 0;
        if (s is "Z" or "z")
            return true;
        if (s.Length != 6 || s[0] is not ('+' or '-') || s[3] != ':')
            return false;
        if (!Digits(s[1..3], out var hours) || !Digits(s[4..6], out var minutes))
            return false;
        seconds = ((hours * 60) + minutes) * (s[0] == '-' ? -60 : 60);
        return hours < 24 && minutes < 60;
    }

    private static bool Digits(ReadOnlySpan<char> s, out int number) =>
        int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>A fraction of a second as text: empty for 0, else a point and up to nine digits without zeros at the end.</summary>
    internal static string Fraction(long nanoseconds) =>
        nanoseconds == 0 ? "" : "." + nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');

    /// <inheritdoc/>
    public int CompareTo(CelTimestamp other) => (Seconds, Nanoseconds).CompareTo((other.Seconds, other.Nanoseconds));

    /// <summary>True where the left one is earlier.</summary>
    public static bool operator <(CelTimestamp left, CelTimestamp right) => left.CompareTo(right) < 0;

    /// <summary>True where the left one is later.</summary>
    public static bool operator >(CelTimestamp left, CelTimestamp right) => left.CompareTo(right) > 0;

    /// <summary>True where the left one isn't later.</summary>
    public static bool operator <=(CelTimestamp left, CelTimestamp right) => left.CompareTo(right) <= 0;

    /// <summary>True where the left one isn't earlier.</summary>
    public static bool operator >=(CelTimestamp left, CelTimestamp right) => left.CompareTo(right) >= 0;

    /// <summary>RFC 3339 in UTC, with as many decimals as needed: <c>2026-01-31T09:00:00.25Z</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeSeconds(Seconds):yyyy-MM-ddTHH:mm:ss}{Fraction(Nanoseconds)}Z");
}
