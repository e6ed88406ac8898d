using System.Globalization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>
/// Compares one value of a metric with its mean in an earlier measurement. A mean has no spread, so nothing is said about chance: a
/// difference of more than the tolerance in the bad direction, in percent of the baseline, and beyond the metric's noise, is High or Low.
/// </summary>
public static class BaselineComparer
{
    /// <summary>Compares.</summary>
    /// <param name="metric">The metric: direction, noise, unit.</param>
    /// <param name="value">The value; null where nothing was measured.</param>
    /// <param name="problem">Why nothing was measured; null where something was.</param>
    /// <param name="baseline">The means of the earlier measurement, by metric.</param>
    /// <param name="tolerance">Share of the baseline that is no difference: 0.25 is 25 %.</param>
    public static Comparison Compare(
        Metric metric, double? value, string? problem, IReadOnlyDictionary<string, double> baseline, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(baseline);
        if (value is not { } now || !double.IsFinite(now))
            return new Comparison(Classification.Nodata, $"{metric.Name} can't be compared: {problem ?? "nothing was measured"}");
        if (!baseline.TryGetValue(metric.Name, out var mean))
            return new Comparison(Classification.Nodata, $"{metric.Name} can't be compared: the baseline has no such metric");
        var percent = PercentWorse.Of(metric, now, mean);
        var both = $"{MetricColumn.WithUnit(now, metric.Unit)} against the baseline's {MetricColumn.WithUnit(mean, metric.Unit)}";
        if (!double.IsFinite(percent))
            return new Comparison(Classification.Nodata, $"{metric.Name} can't be compared: {both}, and there is no percentage of that");
        var found = percent <= Math.Round(100 * tolerance, 9) ? Classification.Pass : now > mean ? Classification.High : Classification.Low;
        var verdict = found == Classification.Pass ? "passes" : $"is {found}";
        var how = percent == 0 ? "no worse" : string.Create(CultureInfo.InvariantCulture, $"{Math.Round(percent, 2)} % worse");
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{metric.Name} {verdict}: {both} ({how}, tolerance {Math.Round(100 * tolerance, 2)} %)");
        return new Comparison(found, text)
        {
            Estimate = now - mean,
            Band = Math.Max(tolerance * Math.Abs(mean), metric.Noise),
            ControlSamples = 1,
            ExperimentSamples = 1,
        };
    }
}
