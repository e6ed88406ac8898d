using System.Globalization;
using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes.Metrics;

/// <summary>
/// Counts an objective's events. <c>increase()</c> needs two samples in a step, so the first sample of a new counter doesn't count; it sees through
/// a counter that begins anew, and extrapolates to the step's borders
/// (https://prometheus.io/docs/prometheus/latest/querying/functions/#increase).
/// </summary>
/// <param name="slo">The objective.</param>
/// <param name="source">Who is asked.</param>
/// <param name="total">The selector of all events.</param>
/// <param name="part">The selector of the bad events, or of the good ones; null where neither is there.</param>
internal sealed class SloCounter(Slo slo, BoundSource source, string total, string? part)
{
    private static readonly Events Untold = new(false, null);

    /// <summary>Fills in an objective's selectors; null where that can't be done.</summary>
    internal static SloCounter? Of(Slo slo, Runbook runbook, BindingScope scope)
    {
        try
        {
            return runbook.Sources.FirstOrDefault(s => s.Name == slo.Source) is not { } source ? null
                : new SloCounter(slo, BoundSource.Of(source, scope), scope.Bind(slo.Total), (slo.Bad ?? slo.Good) is { } part ? scope.Bind(part) : null);
        }
        catch (ReleaseOpsException)
        {
            return null;
        }
    }

    /// <summary>Counts the events of the time before an end.</summary>
    /// <param name="look">A look at that end.</param>
    /// <param name="end">The end.</param>
    /// <param name="over">How long the time is.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal async Task<SloCount> CountAsync(IMetricLook look, DateTimeOffset end, TimeSpan over, CancellationToken cancellation)
    {
        var asked = AskAsync(look, total, over, cancellation);
        var parts = part is null ? Untold : await AskAsync(look, part, over, cancellation).ConfigureAwait(false);
        if ((await asked.ConfigureAwait(false)).Number is not { } all)
            return new SloCount(end, null, null);
        // A counter of errors is often not there before the first error; a counter of what is good that isn't there is misnamed, and that must
        // look neither like an outage nor like health.
        var bad = slo.Bad is not null
            ? parts.IsTold ? parts.Number ?? 0 : (double?)null
            : parts.Number is { } good ? Math.Max(0, all - good) : null;
        return new SloCount(end, bad, all);
    }

    private async Task<Events> AskAsync(IMetricLook look, string selector, TimeSpan over, CancellationToken cancellation)
    {
        try
        {
            var range = ((long)over.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            var series = await look.AskAsync(source, $"sum(increase({selector}[{range}ms]))", cancellation).ConfigureAwait(false);
            return series.Count == 0 ? new Events(true, null)
                : series.Count == 1 && double.IsFinite(series[0].Value) && series[0].Value >= 0 ? new Events(true, series[0].Value)
                : Untold;
        }
        catch (CouldNotTellException)
        {
            return Untold;
        }
    }

    /// <summary>How many events there were.</summary>
    /// <param name="IsTold">False where the server didn't say.</param>
    /// <param name="Number">How many; null where there is no such counter.</param>
    private readonly record struct Events(bool IsTold, double? Number);
}
