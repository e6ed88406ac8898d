using ReleaseOps.Runbooks;
using static System.FormattableString;

namespace ReleaseOps.Probes.Metrics;

/// <summary>How old the samples are that a query read, and whether that is too old.</summary>
/// <param name="Age">The age of the oldest selector's newest sample; null where no selector has one.</param>
/// <param name="CouldNotTell">Stale, or why it can't be told; null where all is fresh.</param>
/// <param name="Detail">The sentence that goes with it; a remark where all is fresh, or empty.</param>
internal sealed record Freshness(TimeSpan? Age, ErrorId? CouldNotTell, string Detail)
{
    private static readonly Freshness Unknown = new(null, null, "");

    /// <summary>
    /// Asks the server. An answer's own time is the query's, and a series that isn't scraped any more answers its last value for five minutes
    /// (with a range, as long as that): only <c>timestamp()</c> of the selectors knows. A selector that has no sample at all in what the query
    /// reads (no request has failed yet) is no sign of age.
    /// </summary>
    /// <param name="look">The look that the query belongs to.</param>
    /// <param name="source">The server.</param>
    /// <param name="selectors">The query's selectors.</param>
    /// <param name="metric">The metric: what is too old, and whether each series counts.</param>
    /// <param name="cancellation">Ends the asking.</param>
    internal static async Task<Freshness> OfAsync(
        IMetricLook look, BoundSource source, IReadOnlyList<SelectorQuestions> selectors, Metric metric, CancellationToken cancellation)
    {
        var all = await Task.WhenAll(selectors.Select(s => OfSelectorAsync(look, source, s, metric, cancellation))).ConfigureAwait(false);
        return all.FirstOrDefault(f => f.CouldNotTell == ErrorId.Stale) ?? all.FirstOrDefault(f => f.CouldNotTell is not null)
            ?? (selectors.Count > 0 && all.All(f => f.Age is null)
                ? Unknown with { Detail = $"no sample stands behind this value: there is none of {string.Join(", ", selectors.Take(3).Select(s => s.Name))}" }
                : all.MaxBy(f => f.Age) ?? Unknown);
    }

    private static async Task<Freshness> OfSelectorAsync(
        IMetricLook look, BoundSource source, SelectorQuestions selector, Metric metric, CancellationToken cancellation)
    {
        try
        {
            var each = metric.Reduce == Reduce.Each;
            var age = await AgeAsync(look, source, selector, cancellation).ConfigureAwait(false);
            if (age > metric.MaxAge && !each)
            {
                return new Freshness(age, ErrorId.Stale, Invariant(
                    $"the newest sample of {selector.Name} is {age.Value.TotalSeconds:0} s old, more than {Durations.Format(metric.MaxAge)}"));
            }
            var old = each ? await OldSeriesAsync(look, source, selector, age > metric.MaxAge, cancellation).ConfigureAwait(false) : 0;
            return old == 0 ? new Freshness(age, null, "") : new Freshness(age, ErrorId.Stale, Invariant(
                $"{old} series of {selector.Name} {(old == 1 ? "has" : "have")} no sample younger than {Durations.Format(metric.MaxAge)}"));
        }
        catch (CouldNotTellException e)
        {
            return new Freshness(null, e.Id, $"how old the samples of {selector.Name} are can't be told: {e.Message}");
        }
    }

    private static async Task<TimeSpan?> AgeAsync(IMetricLook look, BoundSource source, SelectorQuestions selector, CancellationToken cancellation)
    {
        var seconds = await NumberAsync(look, source, selector.Age, cancellation).ConfigureAwait(false);
        if (seconds is null && selector.HasRange)
            seconds = await NumberAsync(look, source, selector.AgeInRange, cancellation).ConfigureAwait(false);
        return seconds is { } known ? TimeSpan.FromSeconds(Math.Clamp(known, 0, 1e9)) : null;
    }

    /// <summary>How many series have no sample that is young enough, those included that are gone and that the query's range still holds.</summary>
    private static async Task<int> OldSeriesAsync(
        IMetricLook look, BoundSource source, SelectorQuestions selector, bool isOld, CancellationToken cancellation)
    {
        if (!selector.HasRange)
            return isOld ? await CountAsync(selector.Old).ConfigureAwait(false) : 0;
        var gone = isOld ? 1 : await NumberAsync(look, source, selector.Gone, cancellation).ConfigureAwait(false) ?? 0;
        return gone <= 0 ? 0 : await CountAsync(selector.OldInRange, atLeast: isOld ? 1 : 0).ConfigureAwait(false);

        async Task<int> CountAsync(string query, int atLeast = 1) =>
            Math.Max(atLeast, (int)(await NumberAsync(look, source, query, cancellation).ConfigureAwait(false) ?? 0));
    }

    private static async Task<double?> NumberAsync(IMetricLook look, BoundSource source, string query, CancellationToken cancellation)
    {
        var series = await look.AskAsync(source, query, cancellation).ConfigureAwait(false);
        return series.Count == 0 ? null
            : series.Count == 1 && double.IsFinite(series[0].Value) ? series[0].Value
            : throw new CouldNotTellException(ErrorId.NoData, "the server answers something else than one number");
    }
}
