using System.Globalization;
using System.Text;
using ReleaseOps.Incidents;
using static ReleaseOps.Evidence.HtmlText;

namespace ReleaseOps.Evidence;

/// <summary>A postmortem as one HTML file that needs nothing else: no script, no request, and a Content-Security-Policy that allows none.</summary>
public static class PostmortemPage
{
    /// <summary>The page; lines end in a line feed.</summary>
    /// <param name="postmortem">The postmortem.</param>
    public static string Text(IncidentPostmortem postmortem)
    {
        var page = new StringBuilder();
        PageHead.Write(page, $"Postmortem of {Of(postmortem.Incident)}: {Of(postmortem.Release.ToString())}");
        page.Append(CultureInfo.InvariantCulture, $"<header>\n<p class=\"what\">{Of(postmortem.Release.ToString())}</p>\n"
            + $"<h1>Postmortem of {Of(postmortem.Incident)}</h1>\n</header>\n<main>\n");
        foreach (var table in PostmortemTables.Of(postmortem).Where(t => t.Rows.Count > 0))
            Table(page, table);
        page.Append("</main>\n<footer>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>Drafted from the release's ledger at {Time(postmortem.At)}. All times are UTC.</p>\n");
        page.Append("</footer>\n</body>\n</html>\n");
        return page.ToString();
    }
}
