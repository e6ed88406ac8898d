using System.Globalization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes.Metrics;

/// <summary>The queries that tell how old the samples of a selector are; written once, however often they are asked.</summary>
/// <param name="selector">The selector.</param>
/// <param name="each">True where each series counts, and not only the newest.</param>
/// <param name="maxAge">What is too old.</param>
internal sealed class SelectorQuestions(PromQlSelector selector, bool each, TimeSpan maxAge)
{
    // Where the newest sample is too old for timestamp() itself, or its target is gone, an earlier evaluation still saw it.
    private readonly string _newestInRange =
        $"max_over_time(timestamp({selector.Text})[{Seconds(selector.Range)}:{Seconds(TimeSpan.FromSeconds(Math.Max(15, Math.Ceiling(selector.Range.TotalSeconds / 60))))}])";

    /// <summary>The selector, short enough for a sentence.</summary>
    internal string Name { get; } = selector.Text.Length <= 100 ? selector.Text : selector.Text[..100] + "…";

    /// <summary>True where samples of a time are read, and not only the newest.</summary>
    internal bool HasRange => selector.Range > TimeSpan.Zero;

    /// <summary>The age of the newest sample; where each series counts, that of the series whose newest is the oldest.</summary>
    internal string Age { get; } = $"time() - {Newest(each)}(timestamp({selector.Text}))";

    /// <summary>The same, for what is older than <c>timestamp()</c> sees.</summary>
    internal string AgeInRange => field ??= $"time() - {Newest(each)}({_newestInRange})";

    /// <summary>How many series have no sample that is young enough.</summary>
    internal string Old => field ??= $"count(time() - timestamp({selector.Text}) > {Number(maxAge)})";

    /// <summary>The same, those that are gone included.</summary>
    internal string OldInRange => field ??= $"count(time() - {_newestInRange} > {Number(maxAge)})";

    /// <summary>How many series are gone that the range still holds.</summary>
    internal string Gone => field ??=
        $"count(count_over_time({selector.Text}[{Seconds(selector.Range)}])) - (count(timestamp({selector.Text})) or vector(0))";

    /// <summary>Those of a query. Selectors moved by <c>offset</c> or <c>@</c> are old on purpose.</summary>
    internal static IReadOnlyList<SelectorQuestions> Of(string query, Metric metric) =>
    [
        .. PromQl.Selectors(query).Where(s => !s.IsMoved)
            .GroupBy(s => s.Text, StringComparer.Ordinal)
            .Select(g => new SelectorQuestions(g.MaxBy(s => s.Range)!, metric.Reduce == Reduce.Each, metric.MaxAge)),
    ];

    private static string Newest(bool each) => each ? "min" : "max";

    private static string Number(TimeSpan time) => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture) + "s";
}
