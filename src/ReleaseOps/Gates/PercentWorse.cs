using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>By how many percent a metric is worse than what it is compared with: <c>drift</c> and <c>change</c>.</summary>
internal static class PercentWorse
{
    /// <summary>
    /// At least 0; NaN where it can't be told: one of them isn't a finite number, or it differs from 0, of which there is no percentage.
    /// </summary>
    /// <param name="metric">Its direction and its noise.</param>
    /// <param name="value">What was measured.</param>
    /// <param name="reference">What it is compared with.</param>
    public static double Of(Metric metric, double value, double reference)
    {
        if (!double.IsFinite(value) || !double.IsFinite(reference))
            return double.NaN;
        var difference = value - reference;
        if (IsNoise(metric, value, reference))
            return 0;
        if (reference == 0)
            return double.NaN;
        var worse = metric.Worse switch { Worse.Higher => difference, Worse.Lower => -difference, _ => Math.Abs(difference) };
        // Nine decimals: what is 20 % on paper mustn't be 20.000000000000004 % against a border of 20.
        return worse <= 0 ? 0 : Math.Round(100 * (worse / Math.Abs(reference)), 9);
    }

    /// <summary>Whether two values differ by no more than the metric's noise.</summary>
    public static bool IsNoise(Metric metric, double value, double reference) =>
        // 0.8 - 0.7 is a little more than 0.1 in binary.
        Math.Abs(value - reference) <= metric.Noise + (1e-12 * (metric.Noise > 0 ? Math.Max(Math.Abs(value), Math.Abs(reference)) : 0));
}
