using System.Text;
using ReleaseOps.Watches;
using static ReleaseOps.MarkdownText;

namespace ReleaseOps.Evidence;

/// <summary>The tables of a watch in Markdown.</summary>
internal static class WatchMarkdown
{
    /// <summary>The rows of the head's table.</summary>
    public static void Facts(StringBuilder report, WatchResult result)
    {
        foreach (var (name, cell) in WatchTables.Facts(result))
            Row(report, name, MarkdownTables.Written(cell));
    }

    /// <summary>All tables that have something to show.</summary>
    public static void Write(StringBuilder report, WatchResult result)
    {
        foreach (var table in WatchTables.Of(result))
            MarkdownTables.Table(report, table);
    }
}
