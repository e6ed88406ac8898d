using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using static System.FormattableString;

namespace ReleaseOps.Probes.Metrics;

/// <summary>Makes one number of the series that a query answers, or says why there is none.</summary>
internal static class Reduction
{
    /// <summary>The measurement with its value.</summary>
    /// <param name="measured">The measurement: its metric, unit and way of reducing.</param>
    /// <param name="series">The series, in the order answered.</param>
    internal static Measurement Reduced(Measurement measured, IReadOnlyList<SeriesValue> series)
    {
        measured = measured with { Series = series };
        if (series.Count == 0)
            return Nothing(measured, ErrorId.NoData, "the query answers no series");
        if (measured.Reduce == Reduce.Each)
            return Each(measured);
        if (measured.Reduce == Reduce.None && series.Count > 1)
            return Nothing(measured, ErrorId.SeveralSeries, Several(series));
        var (nan, infinite) = Count(series);
        if (nan + infinite > 0)
            return Nothing(measured, ErrorId.NoData, NoNumber(nan, infinite, series));
        var value = Of(measured.Reduce, series.Select(s => s.Value));
        if (!double.IsFinite(value))
            return Nothing(measured, ErrorId.NoData, Invariant($"the {Word(measured.Reduce)} of {series.Count} series is larger than a number can be"));
        var of = series.Count == 1 ? "" : Invariant($", the {Word(measured.Reduce)} of {series.Count} series");
        return measured with { Value = value, Detail = Invariant($"{value:G6}{Unit(measured)}{of}") };
    }

    /// <summary>Several finite values as one.</summary>
    internal static double Of(Reduce reduce, IEnumerable<double> values) => reduce switch
    {
        Reduce.Max => values.Max(),
        Reduce.Min => values.Min(),
        Reduce.Avg => values.Average(),
        Reduce.Sum => values.Sum(),
        _ => values.Single(),
    };

    /// <summary>The sentence about several series where one was expected.</summary>
    internal static string Several(IReadOnlyList<SeriesValue> series) => Invariant(
        $"{series.Count} series where one was expected ({string.Join(", ", series.Take(3).Select(s => Short(s.Labels)))}{(series.Count > 3 ? ", ..." : "")}): aggregate in the query, or say reduce: max|min|avg|sum|each");

    internal static Measurement Nothing(Measurement measured, ErrorId why, string detail) =>
        measured with { Value = null, CouldNotTell = why, Detail = detail };

    private static Measurement Each(Measurement measured)
    {
        var series = measured.Series;
        var (nan, infinite) = Count(series);
        // An infinity is no measurement either, and would pass one way of writing a comparison.
        if (infinite > 0)
            series = [.. series.Select(s => double.IsInfinity(s.Value) ? s.With(double.NaN) : s)];
        var without = nan + infinite;
        return measured with
        {
            Series = series,
            Detail = Invariant($"{series.Count} series") + (without > 0 ? Invariant($", {without} of them without a number") : ""),
            Notes = infinite > 0 ? [.. measured.Notes, Invariant($"{infinite} of {series.Count} series are infinite (a division by 0), which is no measurement")] : measured.Notes,
        };
    }

    private static (int Nan, int Infinite) Count(IReadOnlyList<SeriesValue> series)
    {
        var (nan, infinite) = (0, 0);
        for (var i = 0; i < series.Count; i++)
        {
            if (double.IsNaN(series[i].Value))
                nan++;
            else if (double.IsInfinity(series[i].Value))
                infinite++;
        }
        return (nan, infinite);
    }

    private static string NoNumber(int nan, int infinite, IReadOnlyList<SeriesValue> series)
    {
        if (series.Count == 1)
            return nan > 0 ? "the query answers NaN (0 divided by 0: nothing happened)" : "the query answers infinity (a division by 0)";
        string?[] parts =
        [
            nan > 0 ? Invariant($"{nan} of {series.Count} series are NaN") : null,
            infinite > 0 ? Invariant($"{infinite} of {series.Count} series are infinite (a division by 0)") : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string Word(Reduce reduce) => reduce switch
    {
        Reduce.Max => "largest",
        Reduce.Min => "smallest",
        Reduce.Avg => "mean",
        Reduce.Sum => "sum",
        _ => "value",
    };

    private static string Unit(Measurement measured) => measured.Unit is { } unit ? " " + unit : "";

    private static string Short(string labels) => labels.Length switch { 0 => "{}", > 60 => labels[..60] + "…", _ => labels };
}
