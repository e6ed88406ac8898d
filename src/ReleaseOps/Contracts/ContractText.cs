using System.Globalization;
using System.Text;

namespace ReleaseOps.Contracts;

/// <summary>Words of a description, made fit for a sentence of ours: one line, bounded, no control characters.</summary>
internal static class ContractText
{
    /// <summary>How much of a name or a value a sentence shows, in characters.</summary>
    public const int Longest = 80;

    /// <summary>A name or a value in quotes.</summary>
    public static string Quoted(string text) => $"'{Plain(text)}'";

    /// <summary>Names in quotes, at most six; the rest is counted.</summary>
    public static string Listed(IReadOnlyList<string> names)
    {
        var shown = string.Join(", ", names.Take(6).Select(Quoted));
        return names.Count > 6 ? $"{shown} and {(names.Count - 6).ToString(CultureInfo.InvariantCulture)} more" : shown;
    }

    /// <summary>Text without what could pass for something else: line ends, terminal escapes, marks that turn the direction of writing.</summary>
    public static string Plain(string text)
    {
        var fits = text.Length <= Longest;
        var shown = fits ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];
        if (!shown.Any(IsUnfit))
            return fits ? shown : shown + "...";

        var plain = new StringBuilder(shown.Length);
        foreach (var character in shown)
            plain.Append(IsUnfit(character) ? ' ' : character);

        return fits ? plain.ToString() : plain.Append("...").ToString();
    }

    /// <summary>A value of a description as a sentence shows it.</summary>
    public static string Value(ApiNode node) => node.Kind switch
    {
        ApiNodeKind.Null => "null",
        ApiNodeKind.Boolean or ApiNodeKind.Number => Plain(node.Text),
        ApiNodeKind.Text => Quoted(node.Text),
        ApiNodeKind.List when node.Items.Length == 0 => "an empty list",
        ApiNodeKind.List => $"a list of {node.Items.Length.ToString(CultureInfo.InvariantCulture)}",
        _ => "an object",
    };

    /// <summary>A value was one, and is another.</summary>
    public static string WasIs(string what, ApiNode before, ApiNode after) => $"{what} was {Value(before)}, is {Value(after)}";

    private static bool IsUnfit(char character) =>
        char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;
}
