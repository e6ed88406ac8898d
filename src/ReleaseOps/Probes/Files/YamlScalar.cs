using System.Globalization;

namespace ReleaseOps.Probes.Files;

/// <summary>
/// What a plain scalar is by the core schema of YAML 1.2 (10.3.2): null, bool, int or float as it is written, anything else text. So
/// <c>no</c>,
/// <c>12:30</c> and <c>1_000</c> are text, <c>0123</c> is 123, and <c>1.10</c> is a number.
/// </summary>
internal static class YamlScalar
{
    internal static object? Read(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        ".nan" or ".NaN" or ".NAN" => double.NaN,
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => double.PositiveInfinity,
        "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
        _ => Number(text) ?? text,
    };

    private static object? Number(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExcept(Hex) < 0 && text.Length > 2)
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) && hex >= 0
                ? hex
                : text;
        if (text.StartsWith("0o", StringComparison.Ordinal) && text.Length is > 2 and <= 22
            && text.AsSpan(2).IndexOfAnyExceptInRange('0', '7') < 0)
            return text[2..].Aggregate(0L, (sum, digit) => sum * 8 + (digit - '0'));
        var digits = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        if (digits.Length > 0 && digits.IndexOfAnyExceptInRange('0', '9') < 0)
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                // Without the cast both arms would become double, and large numbers lose their last digits.
                ? (object)whole
                : Float(text);
        return IsFloat(digits) ? Float(text) : null;
    }

    private static readonly System.Buffers.SearchValues<char> Hex = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private static double Float(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    // (\.[0-9]+ | [0-9]+(\.[0-9]*)?) ([eE][-+]?[0-9]+)?
    private static bool IsFloat(ReadOnlySpan<char> text)
    {
        var whole = Digits(ref text);
        var part = 0;
        if (text is ['.', ..])
        {
            text = text[1..];
            part = Digits(ref text);
        }
        if (whole + part == 0)
            return false;
        if (text is ['e' or 'E', ..])
        {
            text = text[(text is [_, '+' or '-', ..] ? 2 : 1)..];
            if (Digits(ref text) == 0)
                return false;
        }
        return text.Length == 0;
    }

    private static int Digits(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var count = end < 0 ? text.Length : end;
        text = text[count..];
        return count;
    }
}
