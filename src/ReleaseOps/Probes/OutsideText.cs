using System.Globalization;
using System.Text;

namespace ReleaseOps.Probes;

/// <summary>Text that comes from outside, made fit for one line of a report: masked, without control characters, bounded.</summary>
internal static class OutsideText
{
    /// <summary>The longest line that is shown, in characters; what is cut off ends in an ellipsis.</summary>
    internal const int Longest = 200;

    /// <summary>
    /// The text as one line. It is masked before it is cut, so that no half of a secret stays; line breaks, control and formatting
    /// characters (terminal escapes, text direction marks) become spaces, and runs of spaces one.
    /// </summary>
    internal static string OneLine(string text, SecretMask mask, int longest = Longest)
    {
        var line = new StringBuilder(Math.Min(text.Length, longest + 1));
        var gap = false;
        foreach (var rune in mask.Apply(text).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || IsHidden(Rune.GetUnicodeCategory(rune)))
            {
                gap = line.Length > 0;
                continue;
            }
            if (line.Length + rune.Utf16SequenceLength + (gap ? 1 : 0) > longest)
                return line.Append('…').ToString();
            if (gap)
                line.Append(' ');
            gap = false;
            line.Append(rune);
        }
        return line.ToString();
    }

    private static bool IsHidden(UnicodeCategory category) => category is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
