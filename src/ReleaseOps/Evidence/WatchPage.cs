using System.Globalization;
using System.Text;
using ReleaseOps.Steps;
using ReleaseOps.Watches;
using static ReleaseOps.Evidence.HtmlText;

namespace ReleaseOps.Evidence;

/// <summary>
/// A watch as one HTML file that needs nothing else: no script, no request, no font or picture from elsewhere, and a Content-Security-Policy that
/// allows none. The same bytes in every culture and time zone. While the watch goes on it loads itself again each minute.
/// </summary>
public static class WatchPage
{
    private const string Refresh = "<meta http-equiv=\"refresh\" content=\"60\">\n";

    /// <summary>True where a result has a page: a watch that has looked, or a replay of one.</summary>
    /// <param name="result">The result.</param>
    public static bool IsFor(RunResult result) => result is WatchResult && !ReportRow.IsPlan(result);

    /// <summary>The page; lines end in a line feed.</summary>
    /// <param name="result">The watch.</param>
    public static string Text(WatchResult result)
    {
        var page = new StringBuilder(64 * 1024);
        PageHead.Write(page, $"{Word(result)}: {Of(result.Release.ToString())}, {Of(result.Title)}", result.Ended || result.Replayed ? "" : Refresh);
        Decision(page, result);
        Deciding(page, result);
        Open(page, result);
        Plots(page, result);
        foreach (var table in WatchTables.Of(result).Append(WatchJudgements.Findings(result.Findings)).Where(t => t.Rows.Count > 0))
            Table(page, table);
        page.Append(CultureInfo.InvariantCulture, $"</main>\n<footer>\n<p>{Of(result.Summary)}</p>\n"
            + $"<p>Run {Of(result.Run ?? "none: a replay")}, by {Of(result.Actor)}. Runbook {Of(result.Runbook)}, sha256:{Of(result.Plan.Runbook.Digest)}."
            + $" Plan sha256:{Of(result.Plan.Digest)}. All times are UTC. result.json beside this page has every number.</p>\n</footer>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Decision(StringBuilder page, WatchResult result)
    {
        var state = ClassOf((result.Decision ?? ReleaseOps.Decision.Hold).ToVerdict());
        var first = Reasons(result).FirstOrDefault();
        page.Append(CultureInfo.InvariantCulture, $"<header>\n<p class=\"what\">{Of(result.Title)}</p>\n<h1>Stability watch of {Of(result.Release.ToString())}</h1>\n"
            + $"<div class=\"decision {state}{(result.Ended ? "" : " open")}\">\n<p class=\"word\">{Word(result)}</p>\n"
            + $"<p class=\"why\">{(first is null ? "" : Of(first.Text))}</p>\n<p>{Of(MarkdownReport.Sentence(result))}</p>\n");
        if (!result.Ended && !result.Replayed)
        {
            var (past, window) = ((long)Math.Clamp((result.AsOf - result.T0).TotalSeconds, 0, double.MaxValue), (long)(result.EndsAt - result.T0).TotalSeconds);
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"left\"><progress aria-label=\"How much of the window is over\" max=\"{window}\" value=\"{past}\"></progress> "
                + $"{(result.AsOf < result.EndsAt ? WatchTables.Left(result) + " left" : "the window is over")} of {WatchTables.Span(result.EndsAt - result.T0)}</p>\n");
            if ((result.LastLookAt ?? result.AsOf) + result.Interval is var next && next < result.EndsAt)
                page.Append(CultureInfo.InvariantCulture, $"<p>As of {Time(result.AsOf)} UTC; the next look is due at {Time(next)} UTC. Where that is long past, nobody is looking.</p>\n");
        }
        page.Append("</div>\n<dl>\n");
        foreach (var (name, cell) in WatchTables.Facts(result))
            page.Append(CultureInfo.InvariantCulture, $"<div><dt>{Of(name)}</dt><dd>{Cell(cell)}</dd></div>\n");
        page.Append("</dl>\n</header>\n<main>\n");
    }

    private static void Deciding(StringBuilder page, WatchResult result)
    {
        var reasons = Reasons(result).ToList();
        page.Append("<section>\n<h2>What decides</h2>\n");
        if (reasons.Count == 0)
            page.Append(result.Decision == ReleaseOps.Decision.Go ? "<p>Everything required passed.</p>\n" : "<p>No finding says why.</p>\n");
        else
            page.Append("<ul class=\"cards\">\n");
        foreach (var finding in reasons)
            page.Append(CultureInfo.InvariantCulture, $"<li class=\"{ClassOf(finding.Verdict)}\"><b class=\"mark {ClassOf(finding.Verdict)}\">{StatusWord.Of(finding.Verdict)}</b>"
                + $" <b>{Of(finding.Subject)}</b><p>{Of(finding.Text)}</p>{(finding.Condition is null ? "" : $"<p class=\"fine\">asked: {Of(finding.Condition)}</p>")}</li>\n");
        page.Append(reasons.Count == 0 ? "</section>\n" : "</ul>\n</section>\n");
    }

    private static void Open(StringBuilder page, WatchResult result)
    {
        var open = result.Incidents.Where(i => i.IsOpen).ToList();
        page.Append("<section>\n<h2>Open incidents</h2>\n");
        page.Append(open.Count == 0 ? "<p>None.</p>\n" : "<ul class=\"cards\">\n");
        foreach (var incident in open)
        {
            var state = incident.IsUnmitigated ? "nogo" : "hold";
            page.Append(CultureInfo.InvariantCulture, $"<li class=\"{state}\"><b class=\"mark {state}\">{Of(incident.Severity)}</b> <b>{Of(incident.Id)}</b> "
                + $"{Cell(IncidentTable.State(incident))}<p>{Of(incident.Text)}</p><dl class=\"small\">"
                + $"<div><dt>Owner</dt><dd>{(incident.Owner is null ? "nobody named" : Of(incident.Owner))}</dd></div>"
                + $"<div><dt>Opened</dt><dd>{Time(incident.OpenedAt)}</dd></div>"
                + $"<div><dt>Acknowledged</dt><dd>{Cell(IncidentTable.Acknowledged(incident, result.AsOf))}</dd></div>"
                + $"<div><dt>Mitigated</dt><dd>{Cell(IncidentTable.Mitigated(incident, result.AsOf))}</dd></div></dl></li>\n");
        }
        page.Append(open.Count == 0 ? "</section>\n" : "</ul>\n</section>\n");
    }

    private static void Plots(StringBuilder page, WatchResult result)
    {
        var bands = PlotBand.Of(result);
        var time = Axis(result);
        var figure = new PlotFigure(time, bands);
        page.Append("<section>\n<h2>Over time</h2>\n<p class=\"key\"><span class=\"swatch incident\">incident</span> <span class=\"swatch gap\">could not be told</span> "
            + "<span class=\"swatch maintenance\">maintenance</span> A curve is a band from the lowest to the highest value; it stops where a value could not be told.</p>\n");
        WatchTimeline.Write(page, result, time, bands);
        foreach (var (plot, place) in result.Plots.Select((plot, place) => (plot, place)))
            figure.Write(page, plot, FormattableString.Invariant($"m{place}"));
        page.Append("</section>\n");
        if (result.Budgets.Count == 0)
            return;
        page.Append("<section>\n<h2>Error budget left</h2>\n");
        foreach (var (plot, place) in result.Budgets.Select((plot, place) => (plot, place)))
            figure.Write(page, plot with { Unit = plot.Unit ?? "%", Limits = [.. plot.Limits, new PlotLimit("spent", 0)] }, FormattableString.Invariant($"b{place}"));
        page.Append("</section>\n");
    }

    // As far as was looked, and an hour at least: a young watch's first points would lie an arm's length apart.
    private static TimeAxis Axis(WatchResult result)
    {
        var seen = new[] { result.LastLookAt ?? result.T0, result.AsOf < result.EndsAt ? result.AsOf : result.EndsAt }
            .Concat(result.Plots.Concat(result.Budgets).SelectMany(p => p.Points.TakeLast(1)).Select(p => p.At)).Max();
        var least = result.T0 + (result.EndsAt - result.T0 < TimeSpan.FromHours(1) ? result.EndsAt - result.T0 : TimeSpan.FromHours(1));
        return new TimeAxis(result.T0, new[] { seen, least, result.T0.AddSeconds(1) }.Max());
    }

    private static IEnumerable<Finding> Reasons(WatchResult result) =>
        result.Findings.Where(f => f.Required && f.Verdict is Verdict.Failed or Verdict.Inconclusive).OrderBy(f => f.Verdict.Rank());

    private static string Word(WatchResult result) =>
        MarkdownReport.Decided(result) + (result.Replayed ? " in a replay" : result.Ended ? "" : " so far");
}
