using System.Globalization;
using System.Text;
using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>
/// The points of a plot as SVG path data: of each run of points that could be told, a closed band from the lowest to the highest value; where the
/// two are the same throughout, a line.
/// A point that couldn't be told ends the run; nothing is drawn across it. Coordinates are whole numbers and relative, to keep the page small.
/// </summary>
internal static class PlotCurve
{
    /// <summary>Width of the box that the path is drawn in.</summary>
    public const int Width = 1440;

    /// <summary>Its height.</summary>
    public const int Height = 600;

    /// <summary>The bands and the lines; empty where there are none.</summary>
    public static (string Bands, string Lines) Of(IReadOnlyList<PlotPoint> points, TimeAxis time, ValueAxis values)
    {
        var (bands, lines) = (new StringBuilder(), new StringBuilder());
        for (var start = 0; start < points.Count; start++)
        {
            var end = start;
            while (end < points.Count && Told(points[end]) is not null)
                end++;
            if (end > start)
                Run(bands, lines, points, start, end, time, values);
            start = end;
        }
        return (bands.ToString(), lines.ToString());
    }

    /// <summary>The lowest and the highest value of a point; null where it couldn't be told.</summary>
    public static (double Low, double High)? Told(PlotPoint point) =>
        point is { Low: { } low, High: { } high } && double.IsFinite(low) && double.IsFinite(high) ? (low, high) : null;

    private static void Run(
        StringBuilder bands, StringBuilder lines, IReadOnlyList<PlotPoint> points, int start, int end, TimeAxis time, ValueAxis values)
    {
        var run = points.Skip(start).Take(end - start)
            .Select(p => (X: X(p.At), Low: Y(Told(p)!.Value.Low), High: Y(Told(p)!.Value.High))).ToList();
        // A point alone is as long as the looks that it stands for.
        if (run.Count == 1)
            run.Add(run[0] with { X = Math.Max(run[0].X + 2, end < points.Count ? X(points[end].At) : 0) });
        var isLine = run.All(p => p.Low == p.High);
        var path = isLine ? lines : bands;
        path.Append(CultureInfo.InvariantCulture, $"M{run[0].X} {run[0].High}");
        Line(path, [.. run.Select(p => (p.X, p.High))]);
        if (isLine)
            return;
        Line(path, [(run[^1].X, run[^1].High), .. run.AsEnumerable().Reverse().Select(p => (p.X, p.Low))]);
        path.Append('z');

        int X(DateTimeOffset at) => (int)Math.Round(time.Percent(at) * Width / 100);
        int Y(double value) => (int)Math.Round(Math.Clamp(1 - values.Share(value), 0, 1) * Height);
    }

    // After "l" pairs follow one another; a minus sign parts numbers as well as a space does. Points on a straight level line are left out.
    private static void Line(StringBuilder path, List<(int X, int Y)> points)
    {
        var at = points[0];
        path.Append('l');
        for (var i = 1; i < points.Count; i++)
        {
            if (i + 1 < points.Count && points[i].Y == at.Y && points[i + 1].Y == at.Y)
                continue;
            Number(path, points[i].X - at.X);
            Number(path, points[i].Y - at.Y);
            at = points[i];
        }
    }

    private static void Number(StringBuilder path, int number)
    {
        if (number >= 0 && char.IsAsciiDigit(path[^1]))
            path.Append(' ');
        path.Append(CultureInfo.InvariantCulture, $"{number}");
    }
}
