namespace ReleaseOps.Probes;

/// <summary>Looks at metrics again and again for a while.</summary>
public static class KpiCollector
{
    /// <summary>Collects, and writes the file at the end (and after each look, so that a crash loses none).</summary>
    /// <param name="reader">Reads the metrics.</param>
    /// <param name="metrics">Names of the metrics.</param>
    /// <param name="duration">For how long; the first look is made at once.</param>
    /// <param name="interval">The time from one look to the next.</param>
    /// <param name="path">Full path of the file; null for none.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="looked">Told of each look; null for nobody.</param>
    /// <param name="cancellation">Ends it; what was seen so far is kept.</param>
    public static Task<KpiReport> CollectAsync(
        MetricReader reader, IReadOnlyList<string> metrics, TimeSpan duration, TimeSpan interval, string? path, TimeProvider clock,
        Action<Gates.Snapshot>? looked, CancellationToken cancellation) => throw new NotImplementedException();
}

/// <summary>What a collection came to.</summary>
/// <param name="Kpis">One a metric, in the order asked.</param>
public sealed record KpiReport(IReadOnlyList<Kpi> Kpis)
{
    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>How many looks were made.</summary>
    public required int Looks { get; init; }
}

/// <summary>One metric over a while.</summary>
/// <param name="Metric">Its name.</param>
public sealed record Kpi(string Metric)
{
    /// <summary>Its unit; null where nobody said.</summary>
    public string? Unit { get; init; }

    /// <summary>How many looks saw a value.</summary>
    public int Samples { get; init; }

    /// <summary>How many looks saw none.</summary>
    public int Gaps { get; init; }

    /// <summary>The mean; null where nothing was seen.</summary>
    public double? Mean { get; init; }

    /// <summary>The smallest value.</summary>
    public double? Min { get; init; }

    /// <summary>The largest value.</summary>
    public double? Max { get; init; }

    /// <summary>The last value.</summary>
    public double? Last { get; init; }

    /// <summary>Why a look saw none, the last such; null where all saw one.</summary>
    public string? Problem { get; init; }
}
