using System.Globalization;
using System.Text;
using static ReleaseOps.Evidence.InvariantText;
using static ReleaseOps.MarkdownText;

namespace ReleaseOps.Evidence;

/// <summary>The tables that reports are made of, each with its heading; nothing where there is nothing to show.</summary>
internal static class MarkdownTables
{
    /// <summary>Steps with their outcome.</summary>
    public static void Rows(StringBuilder report, string title, IReadOnlyList<ReportRow> rows)
    {
        if (!Begin(report, title, rows.Count))
            return;
        Head(report, "CHECK", "STATUS", "ELAPSED(s)", "DETAIL");
        foreach (var row in rows)
            Row(report, Cell(row.Id), row.Status, Seconds(row.Elapsed, 2), Cell(row.Detail));
        report.Append('\n');
    }

    /// <summary>Findings with their arithmetic, worst first.</summary>
    public static void Findings(StringBuilder report, IReadOnlyList<Finding> findings, bool links)
    {
        if (!Begin(report, "Findings, worst first", findings.Count))
            return;
        Head(report, "STATUS", "CHECK", "FINDING", "OBSERVED", "CONDITION", "SOURCE", "LOG");
        foreach (var finding in findings.OrderBy(f => f.Verdict.Rank()).ThenBy(f => !f.Required))
            Row(report, Status(finding), Cell(finding.Subject), Text(finding), Cell(finding.Observed), Cell(finding.Condition), Cell(finding.Source),
                Log(finding.Evidence, links));
        report.Append('\n');
    }

    /// <summary>Two columns.</summary>
    public static void Pairs(StringBuilder report, string title, string left, string right, IEnumerable<(string Left, string Right)> pairs)
    {
        var all = pairs.ToList();
        if (!Begin(report, title, all.Count))
            return;
        Head(report, left, right);
        foreach (var pair in all)
            Row(report, Cell(pair.Left), Cell(pair.Right));
        report.Append('\n');
    }

    /// <summary>Any table.</summary>
    public static void Table(StringBuilder report, ReportTable table)
    {
        if (!Begin(report, table.Title, table.Rows.Count))
            return;
        Head(report, [.. table.Columns]);
        foreach (var row in table.Rows)
            Row(report, [.. row.Select(Written)]);
        report.Append('\n');
    }

    /// <summary>A cell; what is bad stands out where there are no colours.</summary>
    public static string Written(ReportCell cell) => string.Join(' ', cell.Parts.Select(part => part switch
    {
        { Time: { } time } => Time(time),
        { IsOurs: false } => Cell(part.Text),
        { Verdict: Verdict.Failed } => $"**{part.Text}**",
        _ => part.Text,
    }));

    /// <summary>Writes the heading of a table; false where the table would be empty.</summary>
    public static bool Begin(StringBuilder report, string title, int rows)
    {
        if (rows > 0)
            report.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");
        return rows > 0;
    }

    /// <summary>The status word of a finding, and whether it decides.</summary>
    public static string Status(Finding finding) => StatusWord.Of(finding.Verdict) + (finding.Required ? "" : " (optional)");

    /// <summary>A finding's sentence, with the id of why nothing could be told.</summary>
    public static string Text(Finding finding) => Cell(finding.Text) + (finding.Reason is { } reason ? $" ({reason})" : "");

    // Only a plain path that stays inside the folder becomes a link.
    private static string Log(string? path, bool links) =>
        links && path is { Length: > 0 } && char.IsAsciiLetterOrDigit(path[0]) && !path.Contains("..", StringComparison.Ordinal)
            && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_')
            ? $"[{Cell(path)}]({path})"
            : Cell(path);
}
