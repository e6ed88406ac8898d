using System.Globalization;
using System.Text;
using ReleaseOps.Contracts;
using static ReleaseOps.MarkdownText;

namespace ReleaseOps.Evidence;

/// <summary>A comparison of two API descriptions as a report for people, in GitHub's Markdown.</summary>
public static class ContractMarkdown
{
    /// <summary>The report; lines end in a line feed.</summary>
    /// <param name="result">The comparison.</param>
    public static string Text(ContractResult result)
    {
        var report = new StringBuilder();
        report.Append(CultureInfo.InvariantCulture, $"# API contract: {StatusWord.Of(result.Decision)}\n\n{ContractFindings.Line(result)}\n\n");
        Head(report, "", "");
        Row(report, "Base", Cell(result.Base));
        Row(report, "Revision", Cell(result.Revision));
        Row(report, "Decision", $"**{StatusWord.Of(result.Decision)}**");
        Row(report, "Fails on", ContractText.Word(result.FailOn));
        report.Append('\n');
        Tables(report, result);
        return report.ToString();
    }

    /// <summary>The differences, the accepted ones, and what could not be compared.</summary>
    internal static void Tables(StringBuilder report, ContractResult result)
    {
        if (MarkdownTables.Begin(report, "API differences", result.Changes.Count))
        {
            Head(report, "LEVEL", "OPERATION", "DIFFERENCE", "ID", "BASE", "REVISION");
            foreach (var change in result.Changes)
                Row(report, ContractText.Word(change.Level), Cell(ContractText.Operation(change)), Cell(change.Text), Cell(change.Id),
                    Cell(change.Base?.ToString()), Cell(change.Revision?.ToString()));
            report.Append('\n');
        }
        if (MarkdownTables.Begin(report, "Accepted API differences", result.Ignored.Count))
        {
            Head(report, "LEVEL", "OPERATION", "DIFFERENCE", "ID", "WHY", "UNTIL");
            foreach (var (change, reason, until) in result.Ignored)
                Row(report, ContractText.Word(change.Level), Cell(ContractText.Operation(change)), Cell(change.Text), Cell(change.Id), Cell(reason),
                    ContractText.Day(until));
            report.Append('\n');
        }
        if (MarkdownTables.Begin(report, "Not compared", result.Findings.Count))
        {
            Head(report, "STATUS", "WHAT", "SOURCE");
            foreach (var finding in result.Findings)
                Row(report, MarkdownTables.Status(finding), MarkdownTables.Text(finding), Cell(finding.Source));
            report.Append('\n');
        }
    }
}
