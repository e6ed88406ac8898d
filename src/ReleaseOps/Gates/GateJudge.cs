using ReleaseOps.Expressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>Judges gates and single criteria on a look at metrics.</summary>
public static class GateJudge
{
    private const int MaxText = 1000;

    /// <summary>Judges a gate.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="input">What was measured.</param>
    public static GateResult Judge(Gate gate, GateInput input)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(input);
        var judged = gate.Criteria.Select(criterion => (criterion, Finding: Judge(gate, criterion, input))).ToList();
        var (decision, score) = GateDecision.Of(gate, judged);
        return new GateResult(gate.Name, decision, [.. judged.Select(j => j.Finding)]) { Score = score };
    }

    /// <summary>Judges one criterion over metrics: a trigger's, a severity's.</summary>
    /// <param name="criterion">The criterion.</param>
    /// <param name="input">What was measured.</param>
    /// <param name="subject">What the finding is about.</param>
    /// <returns>
    /// The finding. It is Inconclusive where any measurement that the criterion speaks of couldn't be told, whether the criterion would
    /// have read it or not; Reason is then the measurement's own, or NoData for NaN, an infinity (a division by 0) or a percentage of 0.
    /// </returns>
    public static Finding Judge(Criterion criterion, GateInput input, string subject) => Judge(criterion, input, subject, Verdict.Failed).Finding;

    /// <summary>The same, with the rows behind it where series were judged, of a criterion that may also be bad where it holds.</summary>
    /// <param name="criterion">The criterion.</param>
    /// <param name="input">What was measured.</param>
    /// <param name="subject">What the finding is about.</param>
    /// <param name="bad">Of series, what the criterion comes to where it is bad. One number is Passed where the criterion holds, always.</param>
    internal static (Finding Finding, MetricColumns Columns, SeriesFinding? Series) Judge(
        Criterion criterion, GateInput input, string subject, Verdict bad)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(subject);
        var columns = MetricColumns.Of(criterion.Expression, input);
        var problem = columns.Problem
            ?? (columns.Rows is null ? columns.Columns.Select(c => c.Problem(0)).FirstOrDefault(p => p is not null) : null);
        var series = problem is null && columns.Rows is not null
            ? SeriesJudge.Judge(criterion.Expression, columns, input, subject, bad) : null;
        var finding = problem is not null ? new Finding(subject, Verdict.Inconclusive, problem.Text) { Reason = problem.Reason }
            : series?.Finding ?? JudgeOne(criterion.Expression, columns, input, subject);
        finding = finding with
        {
            Text = CelText.Shorten(CelText.Visible(finding.Text), MaxText),
            Condition = criterion.Expression.Source,
            Query = columns.Query,
            Samples = columns.Rows ?? columns.Samples,
            Source = PlaceOf(criterion.At, input),
        };
        return (finding, columns, series);
    }

    private static Finding JudgeOne(CelExpression expression, MetricColumns columns, GateInput input, string subject)
    {
        var values = new CriterionValues(expression, columns, input);
        var finding = CriterionJudge.Judge(expression, values.Values, subject, values.Units);
        var arithmetic = string.Join("; ", columns.Columns.Select(c => c.Arithmetic(0)).OfType<string>());
        return arithmetic.Length == 0 ? finding : finding with { Text = $"{finding.Text} ({arithmetic})" };
    }

    private static Finding Judge(Gate gate, GateCriterion criterion, GateInput input)
    {
        var finding = (criterion.Expect is { } expect ? Judge(expect, input, criterion.Name) : SampleJudge.Judge(criterion, input)) with
        {
            Source = PlaceOf(criterion.At, input),
        };
        return criterion.Shadow
            ? finding with { Text = "shadow: " + finding.Text, Required = false }
            : WaivedCriteria.Apply(finding, gate, criterion, input);
    }

    private static string? PlaceOf(Position at, GateInput input) => input.RunbookFile is { } file ? $"{file}:{at}" : null;
}
