using System.Globalization;

namespace ReleaseOps.Contracts.Schemas;

/// <summary>Numbers as descriptions write them.</summary>
internal static class SchemaNumber
{
    /// <summary>Less than zero where the first is less, null where one of them is no number. Exact up to 28 digits, as doubles beyond.</summary>
    public static int? Compare(ApiNode first, ApiNode second)
    {
        if (first.Kind != ApiNodeKind.Number || second.Kind != ApiNodeKind.Number)
            return null;

        if (Exact(first.Text) is { } a && Exact(second.Text) is { } b)
            return a.CompareTo(b);

        return Double(first.Text) is { } x && Double(second.Text) is { } y ? x.CompareTo(y) : null;
    }

    public static bool IsZero(ApiNode node) => node.Kind == ApiNodeKind.Number && Exact(node.Text) == 0;

    /// <summary>The same text for the same number: 1, 1.0 and 10e-1.</summary>
    public static string Canonical(string text) => Exact(text) is { } exact
        ? (exact == 0 ? 0 : exact / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
        : Double(text)?.ToString("R", CultureInfo.InvariantCulture) ?? text;

    private static decimal? Exact(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && (number != 0 || IsNought(text)) ? number : null;

    private static double? Double(string text) => double.TryParse(
        text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    // A number too small for a decimal is read as 0: it isn't 0.
    private static bool IsNought(string text)
    {
        foreach (var character in text)
        {
            if (character is 'e' or 'E')
                break;
            if (character is >= '1' and <= '9')
                return false;
        }
        return true;
    }
}
