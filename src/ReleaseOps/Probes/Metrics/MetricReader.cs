using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes;

/// <summary>Reads a runbook's metrics from their sources.</summary>
/// <param name="runbook">The runbook.</param>
/// <param name="scope">Parameters and secrets.</param>
/// <param name="mask">Hides secrets in all that is kept or shown.</param>
/// <param name="clock">The clock.</param>
public sealed class MetricReader(Runbook runbook, BindingScope scope, SecretMask mask, TimeProvider clock) : IDisposable
{
    /// <summary>Makes one look: every query side by side. What can't be told is in the measurement, never an exception.</summary>
    /// <param name="needs">Which metrics and controls.</param>
    /// <param name="cancellation">Ends the look.</param>
    public Task<Snapshot> ReadAsync(MetricNeeds needs, CancellationToken cancellation) =>
        throw new NotImplementedException($"{runbook.Name}{scope}{mask}{clock}");

    /// <summary>The samples of a metric and of its control over a time.</summary>
    /// <param name="metric">Name of the metric.</param>
    /// <param name="from">From when, UTC.</param>
    /// <param name="to">Until when, UTC.</param>
    /// <param name="step">The time between two samples.</param>
    /// <param name="cancellation">Ends the look.</param>
    public Task<SampleSet> ReadSamplesAsync(string metric, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Lets go of its connections.</summary>
    public void Dispose()
    {
    }
}
