using ReleaseOps.Gates;

namespace ReleaseOps.Probes.Metrics;

/// <summary>One look: every query at one time, each asked once however many need it.</summary>
internal interface IMetricLook
{
    /// <summary>The series that a query answers at the time of the look, in the order answered.</summary>
    /// <exception cref="CouldNotTellException">Why nothing can be told.</exception>
    Task<IReadOnlyList<SeriesValue>> AskAsync(BoundSource source, string query, CancellationToken cancellation);

    /// <summary>What the server had to say about a query that was answered.</summary>
    IReadOnlyList<string> WarningsOf(BoundSource source, string query);
}

/// <summary>A look by queries of its own, a few side by side.</summary>
/// <param name="client">Asks.</param>
/// <param name="turns">Bounds how many are asked at once.</param>
/// <param name="at">The time that they are evaluated at.</param>
internal sealed class MetricLook(PrometheusClient client, SemaphoreSlim turns, DateTimeOffset at) : IMetricLook
{
    private readonly Dictionary<(string Source, string Query), Task<IReadOnlyList<SeriesValue>>> _asked = [];
    private readonly Dictionary<(string Source, string Query), IReadOnlyList<string>> _warnings = [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeriesValue>> AskAsync(BoundSource source, string query, CancellationToken cancellation)
    {
        lock (_asked)
        {
            return _asked.TryGetValue((source.Name, query), out var asked) ? asked
                : _asked[(source.Name, query)] = QueryAsync(source, query, cancellation);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> WarningsOf(BoundSource source, string query)
    {
        lock (_asked)
            return _warnings.GetValueOrDefault((source.Name, query)) ?? [];
    }

    private async Task<IReadOnlyList<SeriesValue>> QueryAsync(BoundSource source, string query, CancellationToken cancellation)
    {
        await turns.WaitAsync(cancellation).ConfigureAwait(false);
        PrometheusAnswer answer;
        try
        {
            answer = await client.QueryAsync(source, query, at, cancellation).ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
        if (answer.Kind is AnswerKind.Matrix or AnswerKind.Text)
        {
            throw new CouldNotTellException(ErrorId.QueryRefused, answer.Kind == AnswerKind.Text
                ? "the query answers a text, not a number"
                : "the query answers the samples of a time, not one number a series: use rate(), avg_over_time() or the like");
        }
        if (answer.Warnings.Count > 0)
        {
            lock (_asked)
                _warnings[(source.Name, query)] = answer.Warnings;
        }
        return answer.Series;
    }
}
