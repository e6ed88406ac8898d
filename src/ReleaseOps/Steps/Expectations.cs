using ReleaseOps.Expressions;
using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>
/// What must hold of what was seen: the runbook's criteria, and before them the one that every step of a kind implies. The implied one
/// gives way as soon as a criterion of the runbook speaks of the same thing: <c>exit == 3</c> replaces <c>exit == 0</c>.
/// </summary>
internal static class Expectations
{
    private static readonly Implied Exit = new("exit == 0", "exit");
    private static readonly Implied Status = new("status >= 200 && status < 300", "status");
    private static readonly Implied Exists = new("exists", "exists");
    private static readonly Implied Sums = new("ok", "ok", "bad", "missing");
    private static readonly Implied Tests = new("failed == 0 && errors == 0", "failed", "errors", "passed", "pass_rate", "failures");
    private static readonly Implied Quiet = new("firing == 0", "firing", "alerts");
    private static readonly Implied Confirmed = new("confirmed", "confirmed");

    /// <summary>The criteria of a piece of work, the implied one first.</summary>
    public static IReadOnlyList<Expectation> Of(StepWork work, IReadOnlyList<Criterion> expect)
    {
        var written = expect.Select(c => new Expectation(c.Expression, c.At));
        var implied = ImpliedBy(work);
        return implied is null || expect.Any(c => implied.Gives(c.Expression.Variables))
            ? [.. written]
            : [new Expectation(implied.Expression, null), .. written];
    }

    /// <summary>Judges what was seen: one finding a criterion; one in all when nothing could be told or nothing was asked.</summary>
    public static IReadOnlyList<Finding> Judge(
        PlannedStep step, IReadOnlyList<Expectation> expectations, Observation seen, IReadOnlyDictionary<string, object?> shared, string file)
    {
        var log = seen.Log is null ? null : "logs/" + seen.Log;
        if (seen.CouldNotTell is { } reason)
            return [new Finding(step.Id, Verdict.Inconclusive, seen.Detail) { Reason = reason, Evidence = log, Required = step.Required }];
        var own = seen.Findings.Select(f => f with { Subject = step.Id, Evidence = log, Required = step.Required });
        if (expectations.Count == 0)
            return [.. own, new Finding(step.Id, Verdict.Passed, seen.Detail) { Evidence = log, Required = step.Required }];
        var values = new LayeredValues(seen.Values, shared);
        return [.. expectations.Select(e => CriterionJudge.Judge(e.Expression, values, step.Id) with
        {
            Source = e.At is { } at ? $"{file}:{at}" : null,
            Evidence = log,
            Required = step.Required,
        }), .. own];
    }

    private static Implied? ImpliedBy(StepWork work) => work switch
    {
        CommandWork or ScriptWork => Exit,
        HttpWork => Status,
        FileWork => Exists,
        ChecksumsWork => Sums,
        JUnitWork => Tests,
        AlertsWork => Quiet,
        ConfirmWork or MessageWork => Confirmed,
        _ => null,
    };

    private sealed class Implied(string source, params string[] givesWayTo)
    {
        private CelExpression? _expression;

        public CelExpression Expression => _expression ??= CelExpression.TryParse(source, out _)!;

        public bool Gives(IReadOnlySet<string> variables) => givesWayTo.Any(variables.Contains);
    }
}

/// <summary>A criterion of a step.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="At">Where the runbook has it; null for an implied one.</param>
internal sealed record Expectation(CelExpression Expression, Position? At);
