using System.Globalization;
using System.Text;
using ReleaseOps.Watches;
using static ReleaseOps.Evidence.HtmlText;

namespace ReleaseOps.Evidence;

/// <summary>What happened when, a lane each: incidents, times that couldn't be told, maintenance, reviews. It stands above the plots, on their axis.</summary>
internal static class WatchTimeline
{
    private const int Lane = 22;
    private const int Top = 6;

    // A page of lanes is no overview; the table has them all.
    private const int MostIncidents = 12;

    /// <summary>Adds the timeline.</summary>
    public static void Write(StringBuilder page, WatchResult result, TimeAxis time, IReadOnlyList<PlotBand> bands)
    {
        var seen = bands.Where(b => b.From <= time.To && b.To >= time.From).ToList();
        var incidents = seen.Where(b => b.Kind == BandKind.Incident).ToList();
        var lanes = incidents.TakeLast(MostIncidents).Select(b => (b.Name, Bands: new List<PlotBand> { b })).ToList();
        foreach (var kind in seen.Where(b => b.Kind != BandKind.Incident).GroupBy(b => b.Kind).OrderByDescending(g => g.Key))
            lanes.Add((kind.First().Name, [.. kind]));
        var reviews = result.Reviews.Where(r => r.DueAt >= time.From && r.DueAt <= time.To).ToList();
        if (lanes.Count == 0 && reviews.Count == 0)
            return;
        var height = Top + (lanes.Count + (reviews.Count > 0 ? 1 : 0)) * Lane;
        page.Append("<figure>\n<figcaption><b>What happened when</b>");
        if (incidents.Count > MostIncidents)
            page.Append(CultureInfo.InvariantCulture, $" <span>the last {MostIncidents} of {incidents.Count} incidents</span>");
        page.Append(CultureInfo.InvariantCulture, $"</figcaption>\n<svg class=\"plot lanes{lanes.Count + (reviews.Count > 0 ? 1 : 0)}\" height=\"{height + 18}\"")
            .Append(" role=\"img\" aria-labelledby=\"when\"><title id=\"when\">What happened when; the tables below say the same.</title>\n");
        Times(page, time, height);
        foreach (var ((name, inside), lane) in lanes.Select((l, i) => (l, i)))
        {
            Name(page, name, lane);
            foreach (var band in inside)
                Bar(page, band, time, lane, alone: inside.Count == 1);
        }
        if (reviews.Count > 0)
            Name(page, "reviews", lanes.Count);
        foreach (var review in reviews)
            Review(page, review, result.AsOf, time, lanes.Count);
        page.Append("</svg>\n</figure>\n");
    }

    private static void Times(StringBuilder page, TimeAxis time, int height)
    {
        foreach (var (percent, label, narrow) in time.Ticks())
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"grid{(narrow ? "" : " wide")}\" x1=\"{percent:0.##}%\" x2=\"{percent:0.##}%\" y2=\"{height}\"/>"
                + $"<text class=\"tick middle{(narrow ? "" : " wide")}\" x=\"{percent:0.##}%\" y=\"{height + 14}\">{label}</text>\n");
    }

    private static void Name(StringBuilder page, string name, int lane) => page.Append(
        CultureInfo.InvariantCulture, $"<text class=\"tick end\" x=\"-6\" y=\"{Top + lane * Lane + 12}\">{Of(name, 10)}</text>\n");

    private static void Bar(StringBuilder page, PlotBand band, TimeAxis time, int lane, bool alone)
    {
        var (from, to) = (time.Percent(band.From), time.Percent(band.To));
        var width = Math.Max(to - from, 0.4);
        page.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar {band.Kind.ToString().ToLowerInvariant()}\" rx=\"2\" x=\"{from:0.##}%\""
            + $" y=\"{Top + lane * Lane + 1}\" width=\"{width:0.##}%\" height=\"14\"><title>{Of(band.Name)}: {Of(band.Text)}</title></rect>");
        // Beside the bar, on the side that has more room; where that is less than three fifths, on a wide page only.
        var after = 100 - from - width >= from;
        var room = Math.Max(100 - from - width, from);
        if (alone && room > 30)
            page.Append(CultureInfo.InvariantCulture, $"<text class=\"note{(after ? "" : " end")}{(room < 60 ? " wide" : "")}\" x=\"{(after ? from + width : from):0.##}%\""
                + $" dx=\"{(after ? 6 : -6)}\" y=\"{Top + lane * Lane + 12}\">{Of(Short(band.Text), 26)}</text>");
        page.Append('\n');
    }

    // Filled: done. Hollow: not yet. A cross: overdue.
    private static void Review(StringBuilder page, ReviewStanding review, DateTimeOffset now, TimeAxis time, int lane)
    {
        var (mark, state, what) = review switch
        {
            { DoneAt: not null } => ("●", "go", "done"),
            _ when now >= review.OverdueAt => ("✕", "nogo", "overdue"),
            _ => ("○", "hold", "due"),
        };
        page.Append(CultureInfo.InvariantCulture, $"<text class=\"middle {state}\" x=\"{time.Percent(review.DueAt):0.##}%\" y=\"{Top + lane * Lane + 13}\">"
            + $"{mark}<title>{Of(review.Due)} {what}: {Of(review.What)}</title></text>\n");
    }

    private static string Short(string text) => text.Length > 25 ? text[..24] + "…" : text;
}
