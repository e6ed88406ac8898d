using System.Text;
using ReleaseOps.Watches;
using static ReleaseOps.Evidence.MarkdownText;

namespace ReleaseOps.Evidence;

/// <summary>The tables of a watch in Markdown.</summary>
internal static class WatchMarkdown
{
    /// <summary>The rows of the head's table.</summary>
    public static void Facts(StringBuilder report, WatchResult result)
    {
        foreach (var (name, cell) in WatchTables.Facts(result))
            Row(report, name, Written(cell));
    }

    /// <summary>All tables that have something to show.</summary>
    public static void Write(StringBuilder report, WatchResult result)
    {
        foreach (var table in WatchTables.Of(result))
        {
            MarkdownTables.Begin(report, table.Title, table.Rows.Count);
            Head(report, [.. table.Columns]);
            foreach (var row in table.Rows)
                Row(report, [.. row.Select(Written)]);
            report.Append('\n');
        }
    }

    // What is bad stands out where there are no colours.
    internal static string Written(ReportCell cell) => string.Join(' ', cell.Parts.Select(part => part switch
    {
        { Time: { } time } => InvariantText.Time(time),
        { IsOurs: false } => Cell(part.Text),
        { Verdict: Verdict.Failed } => $"**{part.Text}**",
        _ => part.Text,
    }));
}
