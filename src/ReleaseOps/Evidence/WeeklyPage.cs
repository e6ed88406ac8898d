using System.Globalization;
using System.Text;
using ReleaseOps.Reviews.Weekly;
using ReleaseOps.Watches;
using static ReleaseOps.Evidence.HtmlText;

namespace ReleaseOps.Evidence;

/// <summary>
/// A weekly review as one HTML file that needs nothing else: no script, no request, no font or picture from elsewhere, and a Content-Security-Policy
/// that allows none. The same bytes in every culture and time zone.
/// </summary>
public static class WeeklyPage
{
    /// <summary>The page; lines end in a line feed.</summary>
    /// <param name="result">The review.</param>
    public static string Text(WeeklyReviewResult result)
    {
        var page = new StringBuilder(64 * 1024);
        var state = ClassOf(result.Decision.ToVerdict());
        var first = result.Findings.FirstOrDefault(f => f.Required && f.Verdict is Verdict.Failed or Verdict.Inconclusive);
        PageHead.Write(page, $"{result.Decision.Word()}: week to {ReviewJson.Day(result.Day)}, {Of(result.Title)}");
        page.Append(CultureInfo.InvariantCulture, $"<header>\n<p class=\"what\">{Of(result.Title)}</p>\n"
            + $"<h1>Week of {ReviewJson.Day(result.Days[0].Day)} to {ReviewJson.Day(result.Day)}</h1>\n"
            + $"<div class=\"decision {state}\">\n<p class=\"word\">{result.Decision.Word()}</p>\n"
            + $"<p class=\"why\">{(first is null ? "" : Of($"{first.Subject}: {first.Text}"))}</p>\n<p>{Of(result.Summary)}</p>\n</div>\n<dl>\n");
        foreach (var (name, cell) in WeeklyTables.Facts(result))
            page.Append(CultureInfo.InvariantCulture, $"<div><dt>{Of(name)}</dt><dd>{Cell(cell)}</dd></div>\n");
        page.Append("</dl>\n</header>\n<main>\n");
        var tables = WeeklyTables.Of(result).ToLookup(t => t.Title == ReviewTables.WhatDecides);
        foreach (var table in tables[true])
            Table(page, table);
        Plots(page, result);
        foreach (var table in tables[false])
            Table(page, table);
        page.Append(CultureInfo.InvariantCulture, $"</main>\n<footer>\n<p>{Of(result.Summary)}</p>\n"
            + $"<p>Runbook {Of(result.Runbook)}, sha256:{Of(result.RunbookDigest)}. "
            + $"A dash is what could not be told. The JSON document beside this page has every number.</p>\n"
            + $"</footer>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Plots(StringBuilder page, WeeklyReviewResult result)
    {
        var time = new TimeAxis(At(result.Days[0].Day), At(result.Day).AddDays(1));
        var missing = result.Days.Where(d => !d.IsThere).Select(d =>
            new PlotBand(BandKind.Gap, "missing", At(d.Day), At(d.Day).AddDays(1), "no review")).ToList();
        var figure = new PlotFigure(time, missing, byDay: true);
        page.Append("<section>\n<h2>Day by day</h2>\n<p class=\"key\"><span class=\"swatch gap\">no review of the day</span> "
            + "A line is as long as its day; it stops where a day could not be told.</p>\n");
        foreach (var (plot, place) in Plotted(result).Select((plot, place) => (plot, place)))
            figure.Write(page, plot, FormattableString.Invariant($"w{place}"));
        page.Append("</section>\n");
    }

    private static IEnumerable<MetricPlot> Plotted(WeeklyReviewResult result)
    {
        var (least, most) = (new PlotLimit("at least", 100 * result.Asked.MinAvailabilityRate), new PlotLimit("at most", 100 * result.Asked.MaxErrorRate));
        yield return Plot(result, "availability", "%", d => 100 * d.AvailabilityRate) with { Limits = [least] };
        yield return Plot(result, "error rate", "%", d => 100 * d.ErrorRate) with { Limits = [most] };
        foreach (var threshold in result.Thresholds.Where(t => t.Name.StartsWith("max_p95_seconds:", StringComparison.Ordinal)))
        {
            var stage = threshold.Name["max_p95_seconds:".Length..];
            yield return Plot(result, $"p95 of {stage}", "s", d => d.P95.TryGetValue(stage, out var p95) ? p95 : null) with
            {
                Limits = [.. new[] { ("at most", threshold.Current), ("proposed", threshold.Proposed) }.Where(l => l.Item2 is not null)
                    .Select(l => new PlotLimit(l.Item1, l.Item2!.Value))],
            };
        }
        foreach (var failed in result.FailureClasses)
            yield return new MetricPlot(failed.Id, null, Points(result.Days, failed.PerDay));
    }

    private static MetricPlot Plot(WeeklyReviewResult result, string name, string unit, Func<WeekDay, double?> of) =>
        new(name, unit, Points(result.Days, [.. result.Days.Select(of)]));

    // From a day's beginning to its end; nothing is drawn across days that aren't of the week.
    private static List<PlotPoint> Points(IReadOnlyList<WeekDay> days, IReadOnlyList<double?> values)
    {
        var points = new List<PlotPoint>();
        for (var i = 0; i < days.Count; i++)
        {
            var (from, to) = (At(days[i].Day), At(days[i].Day).AddDays(1));
            points.Add(new PlotPoint(from, values[i], values[i]));
            points.Add(new PlotPoint(to.AddTicks(-1), values[i], values[i]));
            if (i + 1 < days.Count && At(days[i + 1].Day) != to)
                points.Add(new PlotPoint(to, null, null));
        }
        return points;
    }

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
