using System.Text.RegularExpressions;
using ReleaseOps.Gates;

namespace ReleaseOps.Probes.Metrics;

/// <summary>Looks at a row of times that have passed, by range queries. The looks are made in order: each is over before the next one begins.</summary>
/// <param name="client">Asks.</param>
/// <param name="turns">Bounds how many are asked at once.</param>
/// <param name="times">The times.</param>
internal sealed class MetricHistory(PrometheusClient client, SemaphoreSlim turns, TimeRow times)
{
    // "@ end()" is the end of the range, so only a range of one time answers as a query at that time does. In a label's value it costs time only.
    private static readonly Regex RangeEdge = new(
        @"\b(start|end)\s*\(", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly Dictionary<(string Source, string Query), QueryHistory> _queries = [];

    /// <summary>The look at the n-th time, from 0.</summary>
    internal IMetricLook LookAt(int n) => new Look(this, n);

    private QueryHistory Of(BoundSource source, string query)
    {
        lock (_queries)
        {
            return _queries.TryGetValue((source.Name, query), out var known) ? known
                : _queries[(source.Name, query)] = new QueryHistory(times, RangeEdge.IsMatch(query) ? 1 : QueryHistory.MostTimes,
                    (from, to, cancellation) => AskAsync(source, query, from, to, cancellation));
        }
    }

    private async Task<PrometheusAnswer> AskAsync(
        BoundSource source, string query, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        await turns.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await client.QueryRangeAsync(source, query, from, to, times.Step, cancellation).ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
    }

    private sealed class Look(MetricHistory history, int n) : IMetricLook
    {
        public Task<IReadOnlyList<SeriesValue>> AskAsync(BoundSource source, string query, CancellationToken cancellation) =>
            history.Of(source, query).AtAsync(n, cancellation);

        public IReadOnlyList<string> WarningsOf(BoundSource source, string query) => history.Of(source, query).Warnings;
    }
}
