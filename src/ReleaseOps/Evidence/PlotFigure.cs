using System.Globalization;
using System.Text;
using ReleaseOps.Watches;
using static ReleaseOps.Evidence.HtmlText;

namespace ReleaseOps.Evidence;

/// <summary>
/// One metric over time as a figure: inline SVG without a script. Its places are percentages of the width and whole pixels of the height, so
/// that it fits any screen and its letters keep their size.
/// </summary>
/// <param name="time">The axis that it shares with the page's other figures.</param>
/// <param name="bands">The times that are shaded.</param>
/// <param name="byDay">True where a point stands for a day, and not for a moment of it.</param>
internal sealed class PlotFigure(TimeAxis time, IReadOnlyList<PlotBand> bands, bool byDay = false)
{
    private const int Top = 18;
    private const int Height = 150;
    private const int LineHeight = 14;

    // The room that an incident's name takes on the narrowest screen, in percent of the plot.
    private const double Room = 14;

    // Letters are cut here: what doesn't fit beside a plot stands whole in the list below it.
    private const int LongestLabel = 30;

    /// <summary>Adds the figure.</summary>
    /// <param name="page">The page.</param>
    /// <param name="plot">The metric.</param>
    /// <param name="id">The figure's id on the page.</param>
    public void Write(StringBuilder page, MetricPlot plot, string id)
    {
        var told = plot.Points.Select(PlotCurve.Told).OfType<(double Low, double High)>().ToList();
        var limits = plot.Limits.Where(l => double.IsFinite(l.Value)).OrderByDescending(l => l.Value).ToList();
        var values = ValueAxis.Of([.. told.Select(t => t.Low), .. told.Select(t => t.High)], limits.Select(l => l.Value));
        var (blind, range) = About(plot);
        page.Append(CultureInfo.InvariantCulture, $"<figure>\n<figcaption><b>{Of(plot.Metric)}</b> "
            + $"{(blind.Length == 0 ? "" : $"<b class=\"blind\">{Of(blind)}</b> ")}<span>{Of(range)}</span></figcaption>\n"
            + $"<svg class=\"plot\" role=\"img\" aria-labelledby=\"{id}\"><title id=\"{id}\">{Of($"{plot.Metric}: {blind} {range}")}</title>\n");
        Bands(page);
        foreach (var (value, label) in values.Ticks())
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x2=\"100%\" y1=\"{Y(values, value)}\" y2=\"{Y(values, value)}\"/>"
                + $"<text class=\"tick end\" x=\"-6\" y=\"{Y(values, value)}\" dy=\"4\">{Of(label)}</text>\n");
        Times(page);
        page.Append(CultureInfo.InvariantCulture, $"<svg y=\"{Top}\" width=\"100%\" height=\"{Height}\" viewBox=\"0 0 {PlotCurve.Width} {PlotCurve.Height}\" preserveAspectRatio=\"none\">");
        var (ranges, lines) = PlotCurve.Of(plot.Points, time, values);
        page.Append(CultureInfo.InvariantCulture, $"<path class=\"curve\" d=\"{ranges}\"/><path class=\"curve line\" d=\"{lines}\"/></svg>\n");
        if (told.Count == 0)
            page.Append(CultureInfo.InvariantCulture, $"<text class=\"blind middle\" x=\"50%\" y=\"{Top + Height / 4}\">{Of(range)}</text>\n");
        var outside = Limits(page, limits, values, plot.Unit);
        page.Append("</svg>\n");
        List(page, limits, outside, plot.Unit);
        page.Append("</figure>\n");
    }

    /// <summary>Since when it can't be told, where that is so, and its last, highest and lowest values.</summary>
    private (string Blind, string Range) About(MetricPlot plot)
    {
        var told = plot.Points.Where(p => PlotCurve.Told(p) is not null).ToList();
        if (told.Count == 0)
            return ("", plot.Points.Count == 0 ? "nothing was looked at" : "could not be told");
        var (last, highest, lowest) = (told[^1], told.MaxBy(p => p.High)!, told.MinBy(p => p.Low)!);
        var range = $"highest {ReportNumber.Of(highest.High, plot.Unit)} {On} {Clock(highest.At)}, lowest {ReportNumber.Of(lowest.Low, plot.Unit)} {On} {Clock(lowest.At)}";
        var unseen = plot.Points.Reverse().TakeWhile(p => PlotCurve.Told(p) is null).LastOrDefault();
        return (unseen is null ? "" : $"can't be told since {Clock(unseen.At)};", $"last {ReportNumber.Of(last.High, plot.Unit)}; {range}");
    }

    private void Bands(StringBuilder page)
    {
        var free = 0.0;
        foreach (var band in bands.Where(b => b.From < time.To && b.To > time.From))
        {
            var (from, width) = (time.Percent(band.From), Math.Max(time.Percent(band.To) - time.Percent(band.From), 0.3));
            var name = band.Kind.ToString().ToLowerInvariant();
            page.Append(CultureInfo.InvariantCulture, $"<rect class=\"band {name}\" x=\"{from:0.##}%\" y=\"{Top}\" width=\"{width:0.##}%\" height=\"{Height}\"/>"
                + $"<line class=\"edge {name}\" x1=\"{from:0.##}%\" x2=\"{from:0.##}%\" y1=\"{Top}\" y2=\"{Top + Height}\"/>");
            // One that finds no room stands in the timeline.
            if (band.Kind == BandKind.Incident && Math.Min(from, 100 - Room) >= free)
            {
                page.Append(CultureInfo.InvariantCulture, $"<text class=\"name{(from > 100 - Room ? " end" : "")}\""
                    + $" x=\"{(from > 100 - Room ? 100 : from):0.##}%\" y=\"{Top - 5}\">{Of(band.Name, LongestLabel)}</text>");
                free = from + Room;
            }
            page.Append('\n');
        }
    }

    /// <summary>The time axis below.</summary>
    private void Times(StringBuilder page)
    {
        foreach (var (percent, label, narrow) in time.Ticks())
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"grid{(narrow ? "" : " wide")}\" x1=\"{percent:0.##}%\" x2=\"{percent:0.##}%\" y1=\"{Top}\" y2=\"{Top + Height + 4}\"/>"
                + $"<text class=\"tick middle{(narrow ? "" : " wide")}\" x=\"{percent:0.##}%\" y=\"{Top + Height + 17}\">{label}</text>\n");
    }

    /// <summary>The limits: a line each, its name beside the plot where the page is wide, else a letter.</summary>
    /// <returns>Those that lie outside the plot.</returns>
    private static List<PlotLimit> Limits(StringBuilder page, List<PlotLimit> limits, ValueAxis values, string? unit)
    {
        var outside = limits.Where(l => values.Share(l.Value) is < 0 or > 1).ToList();
        var places = Apart([.. limits.Select(l => values.Share(l.Value) > 1 ? Top : Math.Min(Y(values, l.Value), Top + Height))]);
        foreach (var (limit, i) in limits.Select((limit, i) => (limit, i)))
        {
            var arrow = values.Share(limit.Value) switch { > 1 => "↑ ", < 0 => "↓ ", _ => "" };
            if (arrow.Length == 0)
                page.Append(CultureInfo.InvariantCulture, $"<line class=\"limit\" x2=\"100%\" y1=\"{Y(values, limit.Value)}\" y2=\"{Y(values, limit.Value)}\"/>");
            if (i < places.Count)
                page.Append(CultureInfo.InvariantCulture, $"<text class=\"label wide\" x=\"100%\" dx=\"8\" y=\"{places[i]}\" dy=\"4\">{arrow}{Of(Short(limit, unit))}</text>"
                    + $"<text class=\"label narrow\" x=\"100%\" dx=\"4\" y=\"{places[i]}\" dy=\"4\">{(arrow.Length > 0 ? arrow.Trim() : Letter(i))}</text>\n");
        }
        return outside;
    }

    /// <summary>The limits as text: for narrow pages, for paper, and for who can't see the plot.</summary>
    private static void List(StringBuilder page, List<PlotLimit> limits, List<PlotLimit> outside, string? unit)
    {
        if (limits.Count == 0)
            return;
        var texts = limits.Select((l, i) =>
            $"<li>{Letter(i)} {Of(l.Name)} {Of(ReportNumber.Of(l.Value, unit))}{(outside.Contains(l) ? " (outside the plot)" : "")}</li>");
        page.Append(CultureInfo.InvariantCulture, $"<ul class=\"limits\">{string.Concat(texts)}</ul>\n");
    }

    /// <summary>Labels from the top down, moved so far apart that none stands on another; as many as there is room for.</summary>
    internal static List<int> Apart(IReadOnlyList<int> wanted)
    {
        var places = wanted.Take(Height / LineHeight + 1).ToList();
        for (var i = 1; i < places.Count; i++)
            places[i] = Math.Max(places[i], places[i - 1] + LineHeight);
        for (var i = places.Count - 1; i >= 0; i--)
            places[i] = Math.Min(places[i], i == places.Count - 1 ? Top + Height : places[i + 1] - LineHeight);
        return places;
    }

    private static string Short(PlotLimit limit, string? unit)
    {
        var number = " " + ReportNumber.Of(limit.Value, unit);
        var room = Math.Max(LongestLabel - number.Length, 8);
        return (limit.Name.Length > room ? limit.Name[..(room - 1)] + "…" : limit.Name) + number;
    }

    private string On => byDay ? "on" : "at";

    private static int Y(ValueAxis values, double value) => Top + (int)Math.Round((1 - values.Share(value)) * Height);

    private static char Letter(int place) => (char)('a' + place % 26);

    // To the second where minutes wouldn't tell moments of this plot apart.
    private string Clock(DateTimeOffset at) => byDay ? at.UtcDateTime.ToString("d MMM", CultureInfo.InvariantCulture) : at.UtcDateTime.ToString(
        (at.UtcDateTime.Date == time.From.UtcDateTime.Date ? "" : "d MMM ") + (time.To - time.From < TimeSpan.FromMinutes(10) ? "HH:mm:ss" : "HH:mm"),
        CultureInfo.InvariantCulture);
}
