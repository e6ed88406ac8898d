using System.Globalization;

namespace ReleaseOps.Contracts.Validation;

/// <summary>
/// The formats of texts that are checked: <c>date-time</c> and <c>date</c> (RFC 3339, 5.6) and <c>uuid</c> (RFC 9562, 4). All others are
/// annotations, as JSON Schema has it (Validation, 7.2.1).
/// </summary>
internal static class TextFormats
{
    /// <summary>Whether the text is of the format; null where the format isn't checked.</summary>
    public static bool? Fits(string format, string text) => format switch
    {
        "date" => IsDate(text),
        "date-time" => IsDateTime(text),
        "uuid" => IsUuid(text),
        _ => null,
    };

    // Guid.TryParseExact lets more through than hexadecimal digits.
    private static bool IsUuid(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i]))
                return false;
        }
        return text.Length == 36;
    }

    private static bool IsDate(string text) =>
        text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // 2026-07-01T12:30:00.25+02:00. Letters may be small; a second 60 is a leap second, which only UTC's last of a day can be.
    private static bool IsDateTime(string text)
    {
        if (text.Length < 20 || !IsDate(text[..10]) || text[10] is not ('T' or 't') || text[13] != ':' || text[16] != ':'
            || Two(text, 11) is not (<= 23 and var hour) || Two(text, 14) is not (<= 59 and var minute)
            || Two(text, 17) is not (<= 60 and var second))
            return false;
        var rest = text.AsSpan(19);
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0)
                return false;
            rest = rest[(digits + 1)..];
        }
        var offset = 0;
        if (rest is not ['Z' or 'z'])
        {
            if (rest is not ['+' or '-', _, _, ':', _, _] || Two(text, text.Length - 5) is not (<= 23 and var hours)
                || Two(text, text.Length - 2) is not (<= 59 and var minutes))
                return false;
            offset = (hours * 60 + minutes) * (rest[0] == '-' ? -1 : 1);
        }
        return second < 60 || ((hour * 60 + minute - offset) % 1440 + 1440) % 1440 == 1439;
    }

    private static int? Two(string text, int at) =>
        char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]) ? (text[at] - '0') * 10 + text[at + 1] - '0' : null;
}
