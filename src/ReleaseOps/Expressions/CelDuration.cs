using System.Globalization;

namespace ReleaseOps.Expressions;

/// <summary>
/// A CEL duration: signed nanoseconds in 64 bits, about 292 years either way. (CEL limits durations to that, though the protobuf type of
/// the same name reaches further.)
/// </summary>
/// <param name="Nanoseconds">The length, in nanoseconds.</param>
public readonly record struct CelDuration(long Nanoseconds) : IComparable<CelDuration>
{
    internal const long PerSecond = 1_000_000_000;

    private static readonly (string Name, long Nanoseconds)[] Units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", PerSecond), ("m", 60 * PerSecond),
        ("h", 3600 * PerSecond),
    ];

    /// <summary>Takes over a TimeSpan; null where it is longer than about 292 years.</summary>
    /// <param name="span">The TimeSpan.</param>
    public static CelDuration? From(TimeSpan span) => Checked((Int128)span.Ticks * 100);

    /// <summary>The same length as a TimeSpan, cut to its 100 ns.</summary>
    public TimeSpan ToTimeSpan() => TimeSpan.FromTicks(Nanoseconds / 100);

    internal static CelDuration? Checked(Int128 nanoseconds) =>
        nanoseconds < long.MinValue || nanoseconds > long.MaxValue ? null : new CelDuration((long)nanoseconds);

    /// <summary>
    /// Reads a sign and decimal numbers each with a unit (h, m, s, ms, us, ns), as in <c>1h30m</c> or <c>-1.5s</c>; also <c>0</c>.
    /// </summary>
    internal static bool TryParse(string text, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (rest is ['-' or '+', ..])
            rest = rest[1..];
        if (rest is "0")
            return true;
        if (rest.IsEmpty || text.Length > 200)
            return false;
        while (!rest.IsEmpty)
        {
            if (!TryPart(ref rest, out var part))
                return false;
            nanoseconds += part;
        }
        if (negative)
            nanoseconds = -nanoseconds;
        return true;
    }

    private static bool TryPart(ref ReadOnlySpan<char> rest, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        var number = 0;
        while (number < rest.Length && (char.IsAsciiDigit(rest[number]) || rest[number] == '.'))
            number++;
        var letters = number;
        while (letters < rest.Length && rest[letters] != '.' && !char.IsAsciiDigit(rest[letters]))
            letters++;
        var unit = 0L;
        foreach (var (name, length) in Units)
        {
            if (rest[number..letters].SequenceEqual(name))
                unit = length;
        }
        var point = rest[..number].IndexOf('.');
        var whole = point < 0 ? rest[..number] : rest[..point];
        var fraction = point < 0 ? default : rest[(point + 1)..number];
        if (unit == 0 || whole.Length + fraction.Length == 0 || whole.Length > 19 || fraction.Contains('.'))
            return false;
        foreach (var digit in whole)
            nanoseconds = (nanoseconds * 10) + (digit - '0');
        nanoseconds *= unit;
        // Digits of the fraction beyond 18 are below a nanosecond in every unit.
        var scale = (Int128)1;
        var parts = (Int128)0;
        foreach (var digit in fraction[..Math.Min(18, fraction.Length)])
        {
            parts = (parts * 10) + (digit - '0');
            scale *= 10;
        }
        nanoseconds += parts * unit / scale;
        rest = rest[letters..];
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(CelDuration other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>True where the left one is shorter.</summary>
    public static bool operator <(CelDuration left, CelDuration right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>True where the left one is longer.</summary>
    public static bool operator >(CelDuration left, CelDuration right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>True where the left one isn't longer.</summary>
    public static bool operator <=(CelDuration left, CelDuration right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>True where the left one isn't shorter.</summary>
    public static bool operator >=(CelDuration left, CelDuration right) => left.Nanoseconds >= right.Nanoseconds;

    /// <summary>Seconds with as many decimals as needed: <c>3.5s</c>.</summary>
    public override string ToString()
    {
        var size = Nanoseconds < 0 ? (ulong)-(Nanoseconds + 1) + 1 : (ulong)Nanoseconds;
        var sign = Nanoseconds < 0 ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{size / PerSecond}{CelTimestamp.Fraction((long)(size % PerSecond))}s");
    }
}
