using System.Globalization;
using System.Text;
using ReleaseOps.Incidents;

namespace ReleaseOps.Evidence;

/// <summary>A postmortem in GitHub's Markdown, to be finished by people. Headings are our words; all else stands in cells as code.</summary>
public static class PostmortemMarkdown
{
    /// <summary>The document; lines end in a line feed.</summary>
    /// <param name="postmortem">The postmortem.</param>
    public static string Text(IncidentPostmortem postmortem)
    {
        var report = new StringBuilder();
        report.Append(CultureInfo.InvariantCulture, $"# Postmortem of {MarkdownText.Cell(postmortem.Incident)}\n\n");
        foreach (var table in PostmortemTables.Of(postmortem))
            MarkdownTables.Table(report, table);
        if (postmortem.ToDo.Count > 0)
            report.Append("## Still to be written\n\n");
        foreach (var what in postmortem.ToDo)
            report.Append(CultureInfo.InvariantCulture, $"- [ ] {what}\n");
        report.Append(postmortem.ToDo.Count > 0 ? "\n" : "");
        report.Append(CultureInfo.InvariantCulture, $"Drafted from the release's ledger at {InvariantText.Time(postmortem.At)}. All times are UTC.\n");
        return report.ToString();
    }
}
