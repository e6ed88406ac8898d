using ReleaseOps.Watches;

namespace ReleaseOps.Tests.Evidence;

/// <summary>Eight metrics of a day as a service has them: a daily wave, noise, an incident after three hours, gaps, one that was never seen.</summary>
internal static class WatchPlots
{
    private const int Points = 720;

    public static IReadOnlyList<MetricPlot> Of(DateTimeOffset t0) =>
    [
        Plot(t0, "error_rate", "%", (t, noise) => 0.12 + 0.06 * noise + 6.5 * Bump(t, 3, 4.1) + 5.3 * Bump(t, 22.4, 25), 0.15,
            ("threshold:errors", 0.5), ("normal:errors", 1), ("gate:day-one", 1), ("severity:SEV1", 5)),
        WithGap(Plot(t0, "latency_p95", "ms", (t, noise) => 205 + 30 * Day(t) + 9 * noise + 260 * Bump(t, 2.9, 4.3), 18,
            ("threshold:latency", 300), ("normal:latency", 350), ("severity:SEV2", 500)), t0, 19, 19.15),
        Plot(t0, "checkout_success", "%", (t, noise) => Math.Min(100, 99.84 + 0.05 * noise - 1.9 * Bump(t, 3.05, 4.2) - 0.5 * Bump(t, 22.5, 25)), 0.05,
            ("gate:day-one", 99.5), ("severity:SEV1", 97)),
        Plot(t0, "transfer_success", "%", (t, noise) => Math.Min(100, 99.9 + 0.04 * noise), 0.03, ("gate:day-one", 99.5), ("severity:SEV2", 99)),
        Plot(t0, "db_saturation", "%", (t, noise) => 48 + 14 * Day(t) + 2 * noise + 22 * Bump(t, 3, 4.4), 3, ("gate:capacity", 80), ("severity:SEV2", 90)),
        Plot(t0, "requests_per_second", "1/s", (t, noise) => 14_200 + 6_800 * Day(t) + 350 * noise, 500),
        Plot(t0, "queue_depth", null, (t, noise) => Math.Max(0, Math.Round(3 + 4 * noise + 900 * Bump(t, 3.2, 4.6))), 2, ("threshold:queue", 500)),
        new MetricPlot("export_delay", "s", [.. Enumerable.Range(0, Points).Select(i => new PlotPoint(t0.AddMinutes(2 * i), null, null))])
        {
            Limits = [new PlotLimit("trigger:exports", 900)],
        },
    ];

    public static IReadOnlyList<MetricPlot> Budgets(DateTimeOffset t0) =>
    [
        new MetricPlot("availability", "%", Falling(t0, t => 96 - 0.2 * t - 55 * Math.Clamp((t - 3) / 1.1, 0, 1) - 55 * Math.Clamp((t - 22.5) / 1.5, 0, 1))),
        new MetricPlot("checkout", "%", Falling(t0, t => 93 - 0.3 * t - 6 * Math.Clamp((t - 3) / 1.1, 0, 1))),
    ];

    private static MetricPlot Plot(
        DateTimeOffset t0, string name, string? unit, Func<double, double, double> value, double spread, params (string Name, double Value)[] limits)
    {
        var random = new Random(name.Length);
        var points = Enumerable.Range(0, Points).Select(i =>
        {
            var middle = value(i / 30.0, random.NextDouble() * 2 - 1);
            return new PlotPoint(t0.AddMinutes(2 * i), middle, middle + spread * random.NextDouble() * Math.Abs(middle / (1 + Math.Abs(middle))));
        });
        var plot = new MetricPlot(name, unit, [.. points]) { Limits = [.. limits.Select(l => new PlotLimit(l.Name, l.Value))] };
        return WithGap(plot, t0, 9.5, 9.9);
    }

    private static PlotPoint[] Falling(DateTimeOffset t0, Func<double, double> value) =>
        [.. Enumerable.Range(0, 289).Select(i => new PlotPoint(t0.AddMinutes(5 * i), value(i / 12.0), value(i / 12.0)))];

    private static MetricPlot WithGap(MetricPlot plot, DateTimeOffset t0, double from, double to) => plot with
    {
        Points = [.. plot.Points.Select(p => p.At >= t0.AddHours(from) && p.At < t0.AddHours(to) ? p with { Low = null, High = null } : p)],
    };

    private static double Day(double hour) => Math.Sin((hour - 1) / 24 * 2 * Math.PI);

    // Up within minutes, down as fast.
    private static double Bump(double hour, double from, double to) => 1 / (1 + Math.Exp(-(hour - from) * 30)) / (1 + Math.Exp((hour - to) * 18));
}
