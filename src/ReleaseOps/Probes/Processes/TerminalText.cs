using System.Globalization;
using System.Text;

namespace ReleaseOps.Probes;

/// <summary>
/// Text from a program, made fit to be shown: one line, bounded, without escape sequences, control characters, and those that turn the
/// direction of writing. What a program prints is data; it must not move our cursor or fake a verdict.
/// </summary>
internal static class TerminalText
{
    private const int MaxLength = 200;

    /// <summary>The last line that holds something to be seen, at most 200 characters of it; empty where there is none.</summary>
    /// <param name="text">Any text.</param>
    public static string LastLine(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var at = rest.LastIndexOf('\n');
            var line = Shown(rest[(at + 1)..]);
            if (line.Length > 0)
                return line;
            rest = at < 0 ? [] : rest[..at];
        }
        return "";
    }

    private static string Shown(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd('\r');
        // Progress is written over itself: the last state is what a terminal shows.
        line = line[(line.LastIndexOf('\r') + 1)..];
        var shown = new StringBuilder();
        for (var i = 0; i < line.Length && shown.Length <= MaxLength; i++)
        {
            if (line[i] is '\x1b' or '\x9b' or '\x9d')
                i = EndOfSequence(line, i);
            else if (line[i] == '\t')
                shown.Append(' ');
            else if (char.GetUnicodeCategory(line[i]) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            {
                shown.Append(line[i]);
            }
        }
        var text = shown.ToString().Trim();
        if (text.Length <= MaxLength)
            return text;
        var cut = char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return text[..cut] + "…";
    }

    // ECMA-48: ESC [ parameters final, ESC ] text BEL or ESC \ (also P X ^ _), ESC and one more; and their one-character forms.
    private static int EndOfSequence(ReadOnlySpan<char> line, int start)
    {
        var kind = line[start] switch { '\x9b' => '[', '\x9d' => ']', _ => start + 1 < line.Length ? line[++start] : '\0' };
        if (kind == '[')
        {
            for (start++; start < line.Length && line[start] is < '@' or > '~'; start++)
                ;
        }
        else if (kind is ']' or 'P' or 'X' or '^' or '_')
        {
            for (start++; start < line.Length && line[start] is not ('\a' or '\x9c'); start++)
            {
                if (line[start] == '\x1b')
                    return start + 1;
            }
        }
        return start;
    }
}
