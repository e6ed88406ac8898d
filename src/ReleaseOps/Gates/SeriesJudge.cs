using System.Globalization;
using ReleaseOps.Expressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>Judges a criterion on each series of a metric: a fleet in one query. One that fails fails it.</summary>
internal static class SeriesJudge
{
    private const int Shown = 5;
    private const int MaxLabels = 120;

    public static Finding Judge(CelExpression expression, MetricColumns columns, GateInput input, string subject)
    {
        var values = new CriterionValues(expression, columns, input);
        var rows = columns.Rows!.Value;
        var failed = new List<int>();
        var unknown = 0;
        string? why = null;
        ErrorId? reason = null;
        for (var row = 0; row < rows; row++)
        {
            values.MoveTo(row);
            var problem = ProblemOf(columns, row);
            var verdict = problem is null ? CriterionJudge.VerdictOf(expression, values.Values) : Verdict.Inconclusive;
            if (verdict == Verdict.Failed)
                failed.Add(row);
            else if (verdict == Verdict.Inconclusive && unknown++ == 0)
            {
                var finding = problem is null ? CriterionJudge.Judge(expression, values.Values, subject, values.Units) : null;
                (reason, why) = (problem?.Reason ?? finding!.Reason, Name(columns.LabelsOf(row)) + ": " + (problem?.Text ?? finding!.Text));
            }
        }
        var column = columns.Columns.First(c => c.PerSeries);
        var count = Count(rows);
        var untold = unknown == 0 ? "" : $"; {Of(unknown, rows)} can't be told, the first {why}";
        if (failed.Count > 0)
        {
            var worst = Worst(column, failed, rows);
            var named = string.Join(", ", worst.Select(row => $"{Name(columns.LabelsOf(row))} {column.Show(column.At(row))}"));
            var more = failed.Count > worst.Count ? ", ..." : "";
            return new Finding(subject, Verdict.Failed, $"{Of(failed.Count, rows)} fail: {named}{more}{untold}")
            { Observed = column.Show(column.At(worst[0])) };
        }
        if (unknown > 0)
            return new Finding(subject, Verdict.Inconclusive, $"{Of(unknown, rows)} can't be told, the first {why}") { Reason = reason };
        var (low, high) = (column.Values.Min(), column.Values.Max());
        var range = low == high ? column.Show(low) : $"{MetricColumn.WithUnit(low, null)} to {column.Show(high)}";
        return new Finding(subject, Verdict.Passed, $"{column.Use} {range} in {count}: all of them pass") { Observed = range };
    }

    private static Unknown? ProblemOf(MetricColumns columns, int row)
    {
        foreach (var column in columns.Columns)
        {
            if (!double.IsFinite(column.At(row)))
                return column.Problem(row);
        }
        return null;
    }

    /// <summary>The worst of those that failed. Where nobody said which way is worse, those that passed tell it.</summary>
    private static List<int> Worst(MetricColumn column, List<int> failed, int rows)
    {
        var higher = column.Use.Ask is Ask.Drift or Ask.Change || column.Metric.Worse switch
        {
            Worse.Higher => true,
            Worse.Lower => false,
            _ => FailedAreHigher(column, failed, rows),
        };
        var order = failed.OrderBy(row => higher ? -column.At(row) : column.At(row));
        return [.. order.Take(Shown)];
    }

    private static bool FailedAreHigher(MetricColumn column, List<int> failed, int rows)
    {
        var good = Enumerable.Range(0, rows).Except(failed).Select(column.At).Where(double.IsFinite).DefaultIfEmpty(0).Average();
        return failed.Average(column.At) >= good;
    }

    private static string Name(string labels) =>
        labels.Length == 0 ? "the series without labels" : CelText.Shorten(CelText.Visible(labels), MaxLabels);

    private static string Count(int rows) => rows.ToString(CultureInfo.InvariantCulture) + " series";

    private static string Of(int part, int rows) => string.Create(CultureInfo.InvariantCulture, $"{part} of {rows} series");
}
