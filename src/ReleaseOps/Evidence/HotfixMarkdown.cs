using System.Text;
using ReleaseOps.Hotfixes;
using static ReleaseOps.MarkdownText;

namespace ReleaseOps.Evidence;

/// <summary>What only a hotfix has, in Markdown.</summary>
internal static class HotfixMarkdown
{
    /// <summary>The rows of the head's table.</summary>
    public static void Facts(StringBuilder report, HotfixResult result)
    {
        if (result.Change is not { } change)
            return;
        Row(report, "Way", result.Way.Word());
        Row(report, "Commit", Cell(change.Commit));
        Row(report, "Against", Cell(change.Base));
        Row(report, "Branch", Cell(change.Branch.Length > 0 ? change.Branch : null));
        Row(report, "Ticket", Cell(change.Ticket));
        Row(report, "Class", Cell(change.Class));
        Row(report, "Severity", Cell(change.Severity));
        Row(report, "Change", change.Size);
        Row(report, "Touches", Cell(string.Join(", ", change.Domains)));
        Row(report, "Not committed", Cell(string.Join(", ", change.Uncommitted)));
    }

    /// <summary>The differences of the API's description, and the status message.</summary>
    public static void Write(StringBuilder report, HotfixResult result)
    {
        if (result.Contract is { } contract)
            ContractMarkdown.Tables(report, contract);
        if (result.Status is not { } status)
            return;
        report.Append("## Status message\n\n");
        Head(report, "LINE");
        foreach (var line in status.TrimEnd().Split('\n'))
            Row(report, Cell(line));
        report.Append('\n');
    }
}
