using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes;

/// <summary>How a runbook's metrics are compared.</summary>
public sealed record DriftOptions
{
    /// <summary>Since how long samples count; an hour unless told otherwise.</summary>
    public TimeSpan Since { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Share of the difference's estimate, or of the baseline, that is no difference; 0.25 unless told otherwise.</summary>
    public double Tolerance { get; init; } = 0.25;

    /// <summary>The confidence level in percent; 98 unless told otherwise.</summary>
    public double Confidence { get; init; } = 98;

    /// <summary>Means of an earlier measurement by metric; null for none.</summary>
    public IReadOnlyDictionary<string, double>? Baseline { get; init; }
}

/// <summary>What comparing one metric came to.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Against">What it was compared with: <c>control</c> or <c>baseline</c>.</param>
/// <param name="Comparison">The comparison.</param>
public sealed record MetricComparison(string Metric, string Against, Comparison Comparison);

/// <summary>Compares a runbook's metrics with their controls by samples, and with a baseline by what they are now.</summary>
public static class DriftCheck
{
    /// <summary>Compares every metric that there is something to compare with. What can't be told is in the comparison.</summary>
    /// <param name="session">The metrics.</param>
    /// <param name="options">How.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="ReleaseOpsException">NothingToRun: no metric has a control, and there is no baseline.</exception>
    public static async Task<IReadOnlyList<MetricComparison>> CompareAsync(
        MetricSession session, DriftOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        if (options.Baseline is null && session.Metrics.All(m => m.Control is null))
            throw new ReleaseOpsException(ErrorId.NothingToRun, "None of the metrics has a 'control', and no baseline is given.",
                "Give a metric a 'control', or a baseline file.", session.Metrics[0].Name);
        var to = clock.GetUtcNow();
        var step = MetricReader.StepOver(options.Since);
        var samples = session.Metrics.Where(m => m.Control is not null).ToDictionary(
            m => m.Name, m => session.Reader.ReadSamplesAsync(m.Name, to - options.Since, to, step, cancellation), StringComparer.Ordinal);
        var needs = new MetricNeeds(session.Metrics.Select(m => m.Name).ToHashSet(), new HashSet<string>());
        var look = options.Baseline is null ? null : await session.Reader.ReadAsync(needs, cancellation).ConfigureAwait(false);
        var rows = new List<MetricComparison>();
        foreach (var metric in session.Metrics)
        {
            if (samples.TryGetValue(metric.Name, out var reading))
                rows.Add(new(metric.Name, "control", session.Masked(OfSamples(metric, await reading.ConfigureAwait(false), options))));
            if (look is not null)
                rows.Add(new(metric.Name, "baseline", session.Masked(OfNow(metric, look.Metrics.GetValueOrDefault(metric.Name), options))));
        }
        return rows;
    }

    private static Comparison OfSamples(Metric metric, SampleSet samples, DriftOptions options) => samples.CouldNotTell is not null
        ? new Comparison(Classification.Nodata, $"{metric.Name} can't be compared: {samples.Detail}")
        : SampleComparer.Compare(samples.Experiment, samples.Control, new ComparisonOptions
        {
            Tolerance = options.Tolerance,
            Confidence = options.Confidence,
            Worse = metric.Worse,
            Noise = metric.Noise,
            Name = metric.Name,
            Unit = metric.Unit,
        });

    private static Comparison OfNow(Metric metric, Measurement? now, DriftOptions options)
    {
        var value = now is null || now.CouldNotTell is not null ? null
            : now.Reduce != Reduce.Each ? now.Value
            // As a measurement keeps them; one series without a number leaves the fleet untold.
            : now.Series.Count == 0 ? null : now.Series.Average(s => s.Value);
        return BaselineComparer.Compare(metric, value, now?.Detail, options.Baseline!, options.Tolerance);
    }
}
