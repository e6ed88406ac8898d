using ReleaseOps.Expressions;

namespace ReleaseOps.Gates;

/// <summary>
/// Judges a criterion on what was seen. True is Passed, false is Failed, and everything else is Inconclusive: an error (a missing field,
/// types that don't fit), a value that isn't a bool, and a comparison in which a NaN took part, whichever way it was written:
/// <c>error_rate &lt; 0.5</c> and <c>!(error_rate &gt;= 0.5)</c> say the same to people, but not to arithmetic without a number.
/// </summary>
public static class CriterionJudge
{
    private const int MaxText = 500;

    /// <summary>Judges one criterion.</summary>
    /// <param name="expression">The criterion.</param>
    /// <param name="values">What was seen, by name; see <see cref="CelExpression.Evaluate"/>.</param>
    /// <param name="subject">Id of the step, or name, that the finding is about; the criterion itself unless told otherwise.</param>
    /// <param name="units">Units of values by name (<c>%</c>, <c>ms</c>), for the finding's sentence; null for none.</param>
    /// <returns>
    /// The finding, with Condition, Observed and Text. Reason, where it is Inconclusive: ExpressionFailed, ExpressionTooCostly,
    /// CriterionNotBool, or NoData for a NaN.
    /// </returns>
    public static Finding Judge(
        CelExpression expression,
        IReadOnlyDictionary<string, object?> values,
        string? subject = null,
        IReadOnlyDictionary<string, string>? units = null)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(values);
        var frame = expression.NewFrame(values);
        var value = CelExpression.Run(frame, expression.Root);
        var about = subject ?? expression.Source;
        // Telling why must not use up, nor be misled by, what the judgement itself did.
        var reader = new CriterionReader(expression, expression.NewFrame(values), units);
        var label = reader.Label(expression.Root);
        if (value.IsError)
            return Inconclusive(about, expression, value.AsError.Id, $"{label} can't be told: {value.AsError.Message}", null);
        if (value.Kind != Kind.Bool)
        {
            var shown = CelText.Write(value, CriterionReader.MaxValue);
            var problem = $"{label} is {shown}, a value of type {CelType.Of(value.Kind)}, and not true or false";
            return Inconclusive(about, expression, ErrorId.CriterionNotBool, problem, shown);
        }
        if (frame.SawNaN)
        {
            var nobody = frame.NaNAt is { } at ? reader.NaNIn(at) : "a value in it";
            var problem = $"{label} can't be told: {nobody} is NaN, so nothing was measured";
            return Inconclusive(about, expression, ErrorId.NoData, problem, "NaN");
        }
        var reading = reader.TryRead(expression.Root, value.AsBool);
        return new Finding(about, value.AsBool ? Verdict.Passed : Verdict.Failed, CelText.Shorten(reading.Text, MaxText))
        {
            Condition = expression.Source,
            Observed = CelText.Shorten(reading.Observed, CriterionReader.MaxValue),
        };
    }

    /// <summary>
    /// The verdict alone, the same that <see cref="Judge"/> comes to: for thousands of series, of which only a few are spoken of.
    /// </summary>
    internal static Verdict VerdictOf(CelExpression expression, IReadOnlyDictionary<string, object?> values)
    {
        var frame = expression.NewFrame(values);
        var value = CelExpression.Run(frame, expression.Root);
        return value.Kind != Kind.Bool || frame.SawNaN ? Verdict.Inconclusive
            : value.AsBool ? Verdict.Passed : Verdict.Failed;
    }

    private static Finding Inconclusive(string about, CelExpression expression, ErrorId reason, string text, string? observed) =>
        new(about, Verdict.Inconclusive, CelText.Shorten(text, MaxText))
        {
            Condition = expression.Source,
            Observed = observed,
            Reason = reason,
        };
}
