using System.Text;

namespace ReleaseOps;

/// <summary>
/// The one way in which text from outside gets into a Markdown report: as a code span in a table's cell. In a code span there are no links,
/// mentions, HTML, emphasis or headings, so only the span's end and the cell's end have to be guarded.
/// </summary>
internal static class MarkdownText
{
    /// <summary>The text as a code span that stays inside its cell; empty for none.</summary>
    public static string Cell(string? text)
    {
        var line = InCell(OneLine.Of(text));
        return line.Length == 0 ? "" : Span(line);
    }

    /// <summary>A line that ends no cell of a table.</summary>
    public static string InCell(string line) =>
        // GFM ends cells before it looks for spans, so a pipe needs its backslash in a span too. Where the text has a backslash before the
        // pipe, a space keeps the two apart: renderers don't agree what two of them mean.
        line.Replace("\\|", "\\ |", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>A line, not an empty one, as a code span.</summary>
    /// <param name="line">The line.</param>
    /// <param name="fence">How many backticks it stands between; more than any that it has, where none are given.</param>
    public static string Span(string line, int fence = 0)
    {
        // A span ends at a run of exactly as many backticks as it began with.
        var marks = new string('`', fence > 0 ? fence : LongestRun(line) + 1);
        var pad = line[0] == '`' || line[^1] == '`' ? " " : "";
        return marks + pad + line + pad + marks;
    }

    /// <summary>Adds a table's row; its cells are Markdown already.</summary>
    public static void Row(StringBuilder report, params ReadOnlySpan<string> cells)
    {
        report.Append('|');
        foreach (var cell in cells)
            report.Append(cell.Length == 0 ? " |" : $" {cell} |");
        report.Append('\n');
    }

    /// <summary>Adds a table's head; the titles are our own words.</summary>
    public static void Head(StringBuilder report, params ReadOnlySpan<string> titles)
    {
        Row(report, titles);
        Row(report, [.. Enumerable.Repeat("---", titles.Length)]);
    }

    /// <summary>The length of the longest run of backticks.</summary>
    private static int LongestRun(string line)
    {
        var (longest, run) = (0, 0);
        foreach (var c in line)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }
}
