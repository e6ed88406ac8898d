using System.Globalization;
using ReleaseOps.Expressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>Judges a criterion on each series of a metric: a fleet in one query. One that is bad makes the whole bad.</summary>
internal static class SeriesJudge
{
    private const int Shown = 5;
    private const int MaxLabels = 120;

    /// <summary>Judges one.</summary>
    /// <param name="expression">The criterion.</param>
    /// <param name="columns">The numbers of the series.</param>
    /// <param name="input">The look.</param>
    /// <param name="subject">What the finding is about.</param>
    /// <param name="bad">What the criterion comes to in a series that is bad: Failed for what must hold, Passed for what is bad where it holds.</param>
    public static SeriesFinding Judge(CelExpression expression, MetricColumns columns, GateInput input, string subject, Verdict bad)
    {
        var values = new CriterionValues(expression, columns, input);
        var rows = columns.Rows!.Value;
        var (worse, unknown) = (new List<int>(), new List<int>());
        string? why = null;
        ErrorId? reason = null;
        for (var row = 0; row < rows; row++)
        {
            values.MoveTo(row);
            var problem = ProblemOf(columns, row);
            var verdict = problem is null ? CriterionJudge.VerdictOf(expression, values.Values) : Verdict.Inconclusive;
            if (verdict == Verdict.Inconclusive)
            {
                unknown.Add(row);
                if (unknown.Count > 1)
                    continue;
                var finding = problem is null ? CriterionJudge.Judge(expression, values.Values, subject, values.Units) : null;
                (reason, why) = (problem?.Reason ?? finding!.Reason, Name(columns.LabelsOf(row)) + ": " + (problem?.Text ?? finding!.Text));
            }
            else if (verdict == bad)
                worse.Add(row);
        }
        var told = Told(expression, columns, subject, worse, bad == Verdict.Passed);
        var untold = unknown.Count == 0 ? "" : $"{Of(unknown.Count, rows)} can't be told, the first {why}";
        return new SeriesFinding(
            worse.Count > 0 ? told with { Text = untold.Length == 0 ? told.Text : $"{told.Text}; {untold}" }
            : unknown.Count > 0 ? new Finding(subject, Verdict.Inconclusive, untold) { Reason = reason }
            : told, worse, unknown);
    }

    /// <summary>The finding, were there no series that can't be told.</summary>
    private static Finding Told(CelExpression expression, MetricColumns columns, string subject, List<int> bad, bool badWhereItHolds)
    {
        var rows = columns.Rows!.Value;
        var column = columns.Columns.First(c => c.PerSeries);
        var condition = CelText.Shorten(string.Join(' ', expression.Source.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), MaxLabels);
        if (bad.Count == 0)
        {
            var (low, high) = (column.Values.Min(), column.Values.Max());
            var range = low == high ? column.Show(low) : $"{MetricColumn.WithUnit(low, null)} to {column.Show(high)}";
            var good = badWhereItHolds ? $"{condition} holds in none of them" : "all of them pass";
            return new Finding(subject, Verdict.Passed, $"{column.Use} {range} in {Count(rows)}: {good}") { Observed = range };
        }
        var worst = Worst(column, bad, rows);
        var named = string.Join(", ", worst.Select(row => $"{Name(columns.LabelsOf(row))} {column.Show(column.At(row))}"));
        var many = badWhereItHolds ? $"{condition} holds in {Of(bad.Count, rows)}" : $"{Of(bad.Count, rows)} fail";
        return new Finding(subject, Verdict.Failed, $"{many}: {named}{(bad.Count > worst.Count ? ", ..." : "")}")
        { Observed = column.Show(column.At(worst[0])) };
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

    /// <summary>The worst of those that are bad. Where nobody said which way is worse, the others tell it.</summary>
    private static List<int> Worst(MetricColumn column, List<int> bad, int rows)
    {
        var higher = column.Use.Ask is Ask.Drift or Ask.Change || column.Metric.Worse switch
        {
            Worse.Higher => true,
            Worse.Lower => false,
            _ => BadAreHigher(column, bad, rows),
        };
        var order = bad.OrderBy(row => higher ? -column.At(row) : column.At(row));
        return [.. order.Take(Shown)];
    }

    private static bool BadAreHigher(MetricColumn column, List<int> bad, int rows)
    {
        var good = Enumerable.Range(0, rows).Except(bad).Select(column.At).Where(double.IsFinite).DefaultIfEmpty(0).Average();
        return bad.Average(column.At) >= good;
    }

    private static string Name(string labels) =>
        labels.Length == 0 ? "the series without labels" : CelText.Shorten(CelText.Visible(labels), MaxLabels);

    private static string Count(int rows) => rows.ToString(CultureInfo.InvariantCulture) + " series";

    private static string Of(int part, int rows) => string.Create(CultureInfo.InvariantCulture, $"{part} of {rows} series");
}
