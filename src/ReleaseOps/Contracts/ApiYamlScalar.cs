using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace ReleaseOps.Contracts;

/// <summary>What a plain scalar of YAML is, by the core schema of YAML 1.2 (10.3.2), written as JSON would write it.</summary>
internal static partial class ApiYamlScalar
{
    /// <summary>
    /// Its kind and text: <c>Null</c> is null, <c>True</c> true, <c>0x1F</c> 31, <c>+.5</c> 0.5; other numbers stay as they are written.
    /// Infinity and NaN, which JSON hasn't, stay text.
    /// </summary>
    public static (ApiNodeKind Kind, string Text) Read(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => (ApiNodeKind.Null, "null"),
        "true" or "True" or "TRUE" => (ApiNodeKind.Boolean, "true"),
        "false" or "False" or "FALSE" => (ApiNodeKind.Boolean, "false"),
        [(>= '0' and <= '9') or '+' or '-' or '.', ..] =>
            Number(text) is { } number ? (ApiNodeKind.Number, number) : (ApiNodeKind.Text, text),
        _ => (ApiNodeKind.Text, text),
    };

    private static string? Number(string text)
    {
        // A number of more digits isn't meant as one, and turning it around takes time that grows with the square.
        if (text is ['0', 'x', ..] && text.Length <= 34)
            return text.Length > 2
                && BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)
                ? hex.ToString(CultureInfo.InvariantCulture)
                : null;
        if (text is ['0', 'o', _, ..] && text.Length <= 34 && text.AsSpan(2).IndexOfAnyExceptInRange('0', '7') < 0)
            return text[2..].Aggregate(BigInteger.Zero, (sum, digit) => sum * 8 + (digit - '0')).ToString(CultureInfo.InvariantCulture);
        var parts = Decimal().Match(text);
        if (!parts.Success)
            return null;
        var whole = parts.Groups["whole"].Value.TrimStart('0');
        var part = parts.Groups["part"].Value;
        return (text[0] == '-' ? "-" : "") + (whole.Length == 0 ? "0" : whole)
            + (part.Length == 0 ? "" : "." + part) + parts.Groups["power"].Value;
    }

    [GeneratedRegex(@"\A[-+]?(?:(?<whole>[0-9]+)(?:\.(?<part>[0-9]*))?|\.(?<part>[0-9]+))(?<power>[eE][-+]?[0-9]+)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Decimal();
}
