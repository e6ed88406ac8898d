using System.Globalization;
using System.Text;

namespace ReleaseOps;

/// <summary>
/// Text from outside as one bounded line in which everything can be seen: terminal escapes, invisible characters and those that turn the
/// writing direction (they make FAIL read as something else) are spelled out, and nothing in it is a command to a CI system.
/// </summary>
public static class OneLine
{
    /// <summary>The longest line, in UTF-16 units; result.json has the whole text.</summary>
    public const int Longest = 4_000;

    /// <summary>The line.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">The longest line, in UTF-16 units.</param>
    public static string Of(string? text, int longest = Longest)
    {
        var line = new StringBuilder();
        foreach (var rune in (text ?? "").Trim().ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (line.Length >= longest)
                return CiText.Defang(line.Append(" … (cut)").ToString());
            if (rune.Value == '\n')
                line.Append(" ⏎ ");
            else if (rune.Value == '\t')
                line.Append(' ');
            else if (IsInvisible(rune))
                line.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x4}}}");
            else
                line.Append(rune.ToString());
        }
        return CiText.Defang(line.ToString());
    }

    /// <summary>The line for where it is folded at any place, as PowerShell's views do: what stands in its middle may come to begin a line.</summary>
    /// <param name="text">Any text.</param>
    public static string Folded(string? text) => Of(text).Replace("::", ": :", StringComparison.Ordinal);

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
