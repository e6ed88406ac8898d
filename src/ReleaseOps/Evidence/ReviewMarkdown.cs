using System.Globalization;
using System.Text;
using ReleaseOps.Reviews;
using ReleaseOps.Reviews.Weekly;
using static ReleaseOps.MarkdownText;

namespace ReleaseOps.Evidence;

/// <summary>Reviews as reports for people, in GitHub's Markdown.</summary>
public static class ReviewMarkdown
{
    /// <summary>A day; lines end in a line feed.</summary>
    /// <param name="result">The review.</param>
    public static string Text(DailyReviewResult result) => Text(
        $"Daily review {ReviewJson.Day(result.Day)}: {result.Decision.Word()}", result.Summary, ReviewTables.Facts(result), ReviewTables.Of(result));

    /// <summary>A week; lines end in a line feed.</summary>
    /// <param name="result">The review.</param>
    public static string Text(WeeklyReviewResult result) => Text(
        $"Weekly review {ReviewJson.Day(result.Days[0].Day)} to {ReviewJson.Day(result.Day)}: {result.Decision.Word()}", result.Summary,
        WeeklyTables.Facts(result), WeeklyTables.Of(result));

    /// <summary>A report of a head and tables; title and summary are our own words.</summary>
    internal static string Text(string title, string summary, IEnumerable<(string Name, ReportCell Cell)> facts, IEnumerable<ReportTable> tables)
    {
        var report = new StringBuilder();
        report.Append(CultureInfo.InvariantCulture, $"# {title}\n\n{Cell(summary)}\n\n");
        Head(report, "", "");
        foreach (var (name, cell) in facts)
            Row(report, name, MarkdownTables.Written(cell));
        report.Append('\n');
        foreach (var table in tables)
        {
            MarkdownTables.Begin(report, table.Title, table.Rows.Count);
            Head(report, [.. table.Columns]);
            foreach (var row in table.Rows)
                Row(report, [.. row.Select(MarkdownTables.Written)]);
            report.Append('\n');
        }
        return report.ToString();
    }
}
