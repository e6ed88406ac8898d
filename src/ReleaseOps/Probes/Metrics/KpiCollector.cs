using ReleaseOps.Gates;
using ReleaseOps.Probes.Metrics;

namespace ReleaseOps.Probes;

/// <summary>Looks at metrics again and again for a while.</summary>
public static class KpiCollector
{
    /// <summary>
    /// Collects: looks at once, then each interval, the last time when the duration is over. The file is written after each look, whole each
    /// time, so that a crash loses none.
    /// </summary>
    /// <param name="reader">Reads the metrics.</param>
    /// <param name="metrics">Names of the metrics.</param>
    /// <param name="duration">For how long; zero for one look.</param>
    /// <param name="interval">The time from one look to the next; looks that one took too long for are left out.</param>
    /// <param name="path">Full path of the file; null for none.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="looked">Told of each look; null for nobody.</param>
    /// <param name="cancellation">Ends it; the file keeps what was seen so far.</param>
    /// <exception cref="ReleaseOpsException">DiskFull, EvidenceUnwritable: the file can't be written.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<KpiReport> CollectAsync(
        MetricReader reader, IReadOnlyList<string> metrics, TimeSpan duration, TimeSpan interval, string? path, TimeProvider clock,
        Action<Snapshot>? looked, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        var needs = new MetricNeeds(metrics.ToHashSet(StringComparer.Ordinal), new HashSet<string>());
        var tallies = metrics.Select(m => new KpiTally(m)).ToList();
        var (from, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        var slot = 0L;
        for (var looks = 1; ; looks++)
        {
            var look = await reader.ReadAsync(needs, cancellation).ConfigureAwait(false);
            foreach (var tally in tallies)
                tally.Add(look.Metrics.GetValueOrDefault(tally.Metric));
            var report = new KpiReport([.. tallies.Select(t => t.Kpi)]) { From = from, To = clock.GetUtcNow(), Looks = looks };
            if (path is not null)
                KpiWriter.Write(path, report);
            looked?.Invoke(look);
            var elapsed = clock.GetElapsedTime(began);
            // A timer may ring a little early: the slot that it rang for is looked at already.
            slot = Math.Max(slot, (long)Math.Floor(elapsed / interval)) + 1;
            var next = interval * slot;
            if (next > duration)
                return report;
            await Task.Delay(next - elapsed, clock, cancellation).ConfigureAwait(false);
        }
    }
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

    /// <summary>The mean against that of an earlier measurement; null where nobody asked.</summary>
    public Comparison? Comparison { get; init; }
}
