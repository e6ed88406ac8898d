using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes.Metrics;

/// <summary>Adds up what looks saw of one metric.</summary>
internal sealed class KpiTally(string metric)
{
    internal string Metric => metric;

    internal Kpi Kpi { get; private set; } = new(metric);

    /// <summary>Adds a look; of a metric whose series are judged each by itself, the mean of those that have a number.</summary>
    /// <param name="measured">What it saw; null where the runbook has no such metric.</param>
    internal void Add(Measurement? measured)
    {
        var value = measured is null || measured.CouldNotTell is not null ? null
            : measured.Reduce == Reduce.Each ? MeanOf(measured.Series) : measured.Value;
        if (value is not { } seen)
        {
            Kpi = Kpi with { Gaps = Kpi.Gaps + 1, Unit = Kpi.Unit ?? measured?.Unit, Problem = measured?.Detail ?? "the runbook has no such metric" };
            return;
        }
        var samples = Kpi.Samples + 1;
        Kpi = Kpi with
        {
            Unit = measured!.Unit,
            Samples = samples,
            // By steps, so that large numbers don't add up to infinity.
            Mean = (Kpi.Mean ?? 0) + ((seen - (Kpi.Mean ?? 0)) / samples),
            Min = Math.Min(Kpi.Min ?? seen, seen),
            Max = Math.Max(Kpi.Max ?? seen, seen),
            Last = seen,
        };
    }

    private static double? MeanOf(IReadOnlyList<SeriesValue> series)
    {
        var (sum, count) = (0.0, 0);
        foreach (var one in series)
        {
            if (!double.IsFinite(one.Value))
                continue;
            sum += one.Value;
            count++;
        }
        return count > 0 && double.IsFinite(sum) ? sum / count : null;
    }
}
