using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace ReleaseOps.Channels;

/// <summary>
/// A notice's text for a place: the author's words and the values each escaped for it, and never longer than it may be. A value is one line
/// in which everything can be seen, so that it can't add lines to a message.
/// </summary>
internal static class NoticeText
{
    /// <summary>Stands where a text was cut.</summary>
    internal const string Cut = "… (cut; the whole text is in the ledger)";

    private const string Repeat = "(This may be a repeat: nobody knows whether an earlier try arrived.)\n";

    /// <summary>The text's pieces, and before them that it may be a repeat, where it may be one; values are single lines already.</summary>
    internal static IEnumerable<TextRun> Runs(Notice notice)
    {
        if (notice.MayBeRepeat)
            yield return new TextRun(Repeat, TextKind.Literal);
        foreach (var run in notice.Text)
            yield return run.Kind == TextKind.Literal ? run with { Text = Words(run.Text) } : run with { Text = Value(run) };
    }

    /// <summary>The title as one line.</summary>
    internal static string Title(Notice notice) => OneLine.Of(notice.Title) is { Length: > 0 } title ? title : notice.Thread;

    /// <summary>The text, unescaped but for what a CI system would take for a command: for mail, and for fields that show it as it is.</summary>
    internal static string Plain(Notice notice, int longest) => Escaped(notice, longest, Runes, Runes);

    /// <summary>The text with values escaped, and the author's words as they are or escaped too.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="longest">The longest text, in UTF-16 units: no service counts a character as more.</param>
    /// <param name="words">The author's words in pieces that a cut leaves whole.</param>
    /// <param name="value">A value in such pieces.</param>
    internal static string Escaped(Notice notice, int longest, Func<string, IEnumerable<string>> words, Func<string, IEnumerable<string>> value) =>
        Bounded(Runs(notice).SelectMany(run => run.Kind == TextKind.Literal ? words(run.Text) : value(run.Text)), longest);

    /// <summary>A text that is too long ends at the border of a character, in an ellipsis.</summary>
    internal static string Short(string text, int longest) => Bounded(Runes(text), longest, "…");

    /// <summary>Puts pieces together until the next one wouldn't fit; none is cut in two.</summary>
    internal static string Bounded(IEnumerable<string> pieces, int longest, string note = Cut)
    {
        var text = new StringBuilder();
        var fits = 0;
        foreach (var piece in pieces)
        {
            text.Append(piece);
            if (text.Length <= longest - note.Length)
                fits = text.Length;
            if (text.Length > longest)
                return text.Remove(fits, text.Length - fits).Append(note).ToString();
        }
        return text.ToString();
    }

    /// <summary>The characters of a text; half of a pair comes as U+FFFD, since no service takes it.</summary>
    internal static IEnumerable<string> Runes(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            yield return rune.ToString();
    }

    /// <summary>Where it comes from, in one line: release, severity, status, when, and the key that the ledger has it under.</summary>
    internal static string Origin(Notice notice) => string.Join(" · ",
        ((string?[])[notice.Release, notice.Severity, notice.Status?.ToString(), Time(notice.At), notice.Key])
        .Select(part => OneLine.Of(part)).Where(part => part.Length > 0));

    /// <summary>A time to the second, UTC, as ISO 8601 has it.</summary>
    internal static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Value(TextRun run) => OneLine.Of(run.Kind == TextKind.Missing ? Invariant($"<{run.Text}>") : run.Text);

    // The author's words keep their lines; a terminal's escapes have no place in them.
    private static string Words(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control)
                words.Append(rune);
        }
        return words.ToString();
    }
}
