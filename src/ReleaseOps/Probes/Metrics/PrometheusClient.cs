using System.Globalization;

namespace ReleaseOps.Probes.Metrics;

/// <summary>The queries of the Prometheus HTTP API, as Prometheus, Thanos, Mimir and VictoriaMetrics share it.</summary>
internal sealed class PrometheusClient(MonitoringApi api, SecretMask mask)
{
    /// <summary>A query at one time.</summary>
    /// <exception cref="CouldNotTellException">Why nothing can be told.</exception>
    internal Task<PrometheusAnswer> QueryAsync(BoundSource source, string query, DateTimeOffset at, CancellationToken cancellation) =>
        AskAsync(source, "/api/v1/query", [("query", query), ("time", Seconds(at))], cancellation);

    /// <summary>
    /// A query at each of several times. <c>nocache</c>: without it VictoriaMetrics moves the times to multiples of the step
    /// (https://docs.victoriametrics.com/keyconcepts/#range-query); the others don't know the word and pass over it.
    /// </summary>
    /// <exception cref="CouldNotTellException">Why nothing can be told.</exception>
    internal Task<PrometheusAnswer> QueryRangeAsync(
        BoundSource source, string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellation) =>
        AskAsync(source, "/api/v1/query_range",
            [
                ("query", query), ("start", Seconds(from)), ("end", Seconds(to)),
                ("step", step.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)), ("nocache", "1"),
            ],
            cancellation);

    private async Task<PrometheusAnswer> AskAsync(
        BoundSource source, string path, IReadOnlyList<(string, string)> arguments, CancellationToken cancellation)
    {
        if (source.Kind != Runbooks.SourceKind.Prometheus)
            throw new CouldNotTellException(ErrorId.BadValue, $"source {source.Name} isn't a Prometheus");
        var answer = await api.AskAsync(source, path, arguments,
            (body, hop, token) => new PrometheusAnswerReader(mask).ReadAsync(body, hop, MonitoringApi.MaxBody, token), cancellation)
            .ConfigureAwait(false);
        if (answer.IsPartial)
        {
            throw new CouldNotTellException(ErrorId.PartialAnswer,
                "the server says that its answer isn't whole" + (answer.Warnings.Count > 0 ? ": " + string.Join("; ", answer.Warnings.Take(3)) : ""));
        }
        if (answer.HasHistograms)
        {
            throw new CouldNotTellException(ErrorId.QueryRefused,
                "the query answers native histograms, not numbers: ask for histogram_quantile(), histogram_sum() or histogram_count() of them");
        }
        return answer;
    }

    private static string Seconds(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);
}
