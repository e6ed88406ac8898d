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

    /// <summary>Writes the document into a new file: in one that is there somebody may have written.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="postmortem">The postmortem.</param>
    /// <exception cref="ReleaseOpsException">FileExists, EvidenceUnwritable.</exception>
    public static void WriteNew(string path, IncidentPostmortem postmortem)
    {
        if (Path.Exists(path))
            throw new ReleaseOpsException(ErrorId.FileExists, $"'{path}' is there already: somebody may have written in it.", "Give the path of a new file.", path);
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            file.Write(Encoding.UTF8.GetBytes(Text(postmortem)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReleaseOpsException(ErrorId.EvidenceUnwritable, $"The postmortem can't be written to '{path}': {e.Message}",
                "Is there such a folder, and may you write there?", path, e);
        }
    }
}
