using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes.Metrics;

/// <summary>The samples of a range query, without those that are no number.</summary>
internal static class Samples
{
    /// <exception cref="CouldNotTellException">NoData, SeveralSeries, QueryRefused.</exception>
    internal static IReadOnlyList<double> Of(PrometheusAnswer answer, Reduce reduce)
    {
        if (answer.Kind != AnswerKind.Matrix)
            throw new CouldNotTellException(ErrorId.BadDocument, "the answer to a query over a time isn't samples");
        if (reduce == Reduce.None && answer.Series.Count > 1)
            throw new CouldNotTellException(ErrorId.SeveralSeries, Reduction.Several(answer.Series));
        var points = answer.Points.SelectMany(p => p);
        // One series without a number leaves nothing to reduce at that time.
        var values = reduce is Reduce.None or Reduce.Each
            ? points.Select(p => p.Value)
            : points.GroupBy(p => p.At).OrderBy(g => g.Key)
                .Where(g => g.All(p => double.IsFinite(p.Value))).Select(g => Reduction.Of(reduce, g.Select(p => p.Value)));
        var kept = values.Where(double.IsFinite).ToList();
        return kept.Count > 0 ? kept
            : throw new CouldNotTellException(ErrorId.NoData, answer.Series.Count == 0 ? "the query answers no series" : "every sample is NaN or infinite");
    }
}
