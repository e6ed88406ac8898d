using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// What a <c>ts</c> says, as seconds since 1970 in UTC: the double nearest to what is written. A JSON number; a text that is a number, with or
/// without white space around it; or ISO 8601: <c>2026-02-21</c>, or a date, <c>T</c> or a blank, <c>hh:mm</c>, perhaps <c>:ss</c> with a fraction
/// after a point or comma, and <c>Z</c>, <c>+09:00</c>, <c>+0900</c>, <c>+09</c> or nothing, which is UTC. Anything else, and what lies outside the
/// years 1 to 9999, is no time.
/// </summary>
internal static class EventTime
{
    /// <summary>0001-01-01T00:00:00Z.</summary>
    internal const double First = -62_135_596_800;

    /// <summary>10000-01-01T00:00:00Z; no longer a time.</summary>
    internal const double End = 253_402_300_800;

    // Seconds of ten digits are doubles that stand less than this many millionths apart, so that no fraction that begins otherwise is rounded up.
    private const int Nines = 999_999;

    // Eight times the digit.
    private const ulong Zeros = 0x3030303030303030;

    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("+-.0123456789Ee"u8);

    private static ReadOnlySpan<int> Units => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>Reads a time.</summary>
    /// <param name="field">Where it stands.</param>
    /// <param name="block">The bytes that it stands in.</param>
    /// <param name="wanted">The day; the fraction of a second is read only of times in it.</param>
    /// <param name="seconds">Gets the time; outside the day without its fraction.</param>
    /// <returns>False where it is no time.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool TryRead(in LogField field, ReadOnlySpan<byte> block, in DaySpan wanted, out double seconds)
    {
        seconds = 0;
        var text = field.In(block);
        if (field.Kind == JsonKind.Number)
            return Plain(text, wanted, out seconds) || Number(text, out seconds);
        if (field.Kind != JsonKind.Text || text.IsEmpty)
            return false;
        if (!field.Escaped && text[0] > ' ' && text[0] < 0x80 && text[^1] > ' ' && text[^1] < 0x80)
            return Iso(text, wanted, out seconds) || Plain(text, wanted, out seconds) || NumberText(text, out seconds);
        text = Encoding.UTF8.GetBytes(JsonText.Show(field.Escaped ? JsonText.Decode(text) : text).Trim());
        return Iso(text, wanted, out seconds) || NumberText(text, out seconds);
    }

    /// <summary>The usual number: at most ten digits, a point and some more. False is no judgement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Plain(ReadOnlySpan<byte> text, in DaySpan wanted, out double seconds)
    {
        if (!TenAndMore(text, out var whole, out var fraction, out var digits) && !Each(text, out whole, out fraction, out digits))
        {
            seconds = 0;
            return false;
        }
        seconds = whole;
        if (fraction == Nines)
            return false;
        if (digits == 0 || seconds < wanted.From - 1 || seconds >= wanted.To)
            return true;
        // Of whole numbers below 2^53 a quotient is the double nearest to it.
        if (digits >= Units.Length || (whole * Units[digits]) + fraction > 1L << 53)
            return false;
        seconds = (double)((whole * Units[digits]) + fraction) / Units[digits];
        return true;
    }

    /// <summary>Ten digits, a point and one to six more, as today's times have them: eight at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TenAndMore(ReadOnlySpan<byte> text, out long whole, out long fraction, out int digits)
    {
        (whole, fraction, digits) = (0, 0, text.Length - 11);
        if (digits is < 1 or > 6 || text[10] != '.' || !BitConverter.IsLittleEndian)
            return false;
        // In the last eight bytes zeros take the place of what isn't of the fraction.
        var others = ulong.MaxValue >> (8 * digits);
        var last = (MemoryMarshal.Read<ulong>(text[^8..]) & ~others) | (Zeros & others);
        var (tens, ones) = (text[8] - '0', text[9] - '0');
        if (!Eight(MemoryMarshal.Read<ulong>(text), out whole) || !Eight(last, out fraction) || (uint)tens > 9 || (uint)ones > 9)
            return false;
        whole = (whole * 100) + (tens * 10) + ones;
        return true;
    }

    /// <summary>A number of eight digits, the first of which is in the lowest byte; pairs of them are put together, then pairs of pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Eight(ulong text, out long number)
    {
        number = 0;
        if ((((text + 0x4646464646464646) | (text - Zeros)) & 0x8080808080808080) != 0)
            return false;
        text -= Zeros;
        text = (text * 10) + (text >> 8);
        number = (long)((((text & 0x000000FF000000FF) * (100 + (1_000_000UL << 32))) + (((text >> 16) & 0x000000FF000000FF) * (1 + (10_000UL << 32)))) >> 32);
        return true;
    }

    // Of the fraction the first six digits are read, and all are counted.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Each(ReadOnlySpan<byte> text, out long whole, out long fraction, out int digits)
    {
        (whole, fraction, digits) = (0, 0, 0);
        var i = 0;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
            whole = (whole * 10) + (text[i] - '0');
        if (i is 0 or > 10 || i == text.Length)
            return i is > 0 and <= 10;
        if (text[i++] != '.' || i == text.Length)
            return false;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++, digits++)
            if (digits < 6)
                fraction = (fraction * 10) + (text[i] - '0');
        return i == text.Length;
    }

    private static bool Number(ReadOnlySpan<byte> text, out double seconds) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds) && seconds is >= First and < End;

    // NumberStyles.Float takes words (NaN, Infinity), which are out of range, and white space, which isn't there.
    private static bool NumberText(ReadOnlySpan<byte> text, out double seconds) =>
        Number(text, out seconds) && text.IndexOfAnyExcept(OfNumbers) < 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Iso(ReadOnlySpan<byte> text, in DaySpan wanted, out double seconds)
    {
        seconds = 0;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-')
            return false;
        if (!Digits(text, 0, 4, out var year) || !Digits(text, 5, 2, out var month) || !Digits(text, 8, 2, out var day)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        var whole = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        seconds = whole;
        if (text.Length == 10)
            return true;
        if (text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text.Length < 16 || text[13] != ':'
            || !Digits(text, 11, 2, out var hour) || !Digits(text, 14, 2, out var minute) || hour > 23 || minute > 59)
            return false;
        whole += (hour * 3600) + (minute * 60);
        text = text[16..];
        ReadOnlySpan<byte> fraction = [];
        if (text is [(byte)':', _, _, ..])
        {
            if (!Digits(text, 1, 2, out var second) || second > 59)
                return false;
            whole += second;
            text = text[3..];
            if (text is [(byte)'.' or (byte)',', ..])
            {
                var end = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
                fraction = end < 0 ? text[1..] : text[1..(end + 1)];
                if (fraction.IsEmpty)
                    return false;
                text = text[(fraction.Length + 1)..];
            }
        }
        if (!Offset(text, out var offset))
            return false;
        whole -= offset;
        seconds = fraction.IsEmpty || whole < wanted.From || whole >= wanted.To ? whole : Exact(whole, fraction);
        return seconds is >= First and < End;
    }

    // What is written after the fifteenth digit of a fraction is too little to matter, and no fraction makes the next second of one.
    private static double Exact(long whole, ReadOnlySpan<byte> fraction)
    {
        if (fraction.Length > 15)
            fraction = fraction[..15];
        var digits = long.Parse(fraction, NumberStyles.None, CultureInfo.InvariantCulture);
        var unit = 1L;
        for (var i = 0; i < fraction.Length; i++)
            unit *= 10;
        var total = ((Int128)whole * unit) + digits;
        var nearest = Int128.Abs(total) <= 1L << 53
            ? (double)(long)total / unit
            : double.Parse(((decimal)total / unit).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Min(nearest, Math.BitDecrement((double)whole + 1));
    }

    private static bool Offset(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (text.IsEmpty || (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z'))
            return true;
        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length is not (3 or 5 or 6) || !Digits(text, 1, 2, out var hours))
            return false;
        var minutes = 0;
        if (text.Length > 3 && (!Digits(text, text.Length - 2, 2, out minutes) || (text.Length == 6 && text[3] != ':')))
            return false;
        seconds = ((hours * 3600) + (minutes * 60)) * (text[0] == '-' ? -1 : 1);
        return hours < 24 && minutes < 60;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Digits(ReadOnlySpan<byte> text, int start, int count, out int number)
    {
        number = 0;
        foreach (var digit in text.Slice(start, count))
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            number = (number * 10) + (digit - '0');
        }
        return true;
    }
}
