using ReleaseOps.Gates;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Hotfixes;

/// <summary>Whether one goes back first, before anything is patched. Pure.</summary>
/// <param name="conditions">The conditions; one that holds is enough.</param>
/// <param name="options">Answers, severity, and how long it takes.</param>
/// <param name="severities">The runbook's ladder.</param>
internal sealed class RollbackFirst(IReadOnlyList<RollbackFirstCondition> conditions, HotfixOptions options, IReadOnlyList<Severity> severities)
{
    /// <summary>One finding a condition: Failed is a yes, Passed a no.</summary>
    /// <param name="input">What was measured.</param>
    /// <param name="steps">What the checks came to.</param>
    public IReadOnlyList<Finding> Judge(GateInput input, IReadOnlyList<StepResult> steps) => [.. conditions.Select(c => c switch
    {
        { When: { } when } => OfMetrics(c, when, input),
        { Step: { } step } => OfStep(c, steps.FirstOrDefault(s => s.Id == step)),
        { IsTooLate: true } => OfTime(c),
        _ => OfPerson(c),
    })];

    /// <summary>The way that the findings lead; null where that can't be told, or nobody asked.</summary>
    public static HotfixWay? WayOf(IReadOnlyList<Finding> findings) =>
        findings.Count == 0 ? null
        : findings.Any(f => f.Verdict == Verdict.Failed) ? HotfixWay.RollbackFirst
        : findings.All(f => f.Verdict == Verdict.Passed) ? HotfixWay.PatchForward : null;

    private Finding OfPerson(RollbackFirstCondition condition) => options.Answers.TryGetValue(condition.Name, out var yes)
        ? Answer(condition, yes, $"{condition.Ask} {(yes ? "yes" : "no")}")
        : Unknown(condition, $"ask: {condition.Ask} Answer by --answer {condition.Name}=yes or =no (-Answer)", ErrorId.NobodyToAsk);

    private Finding OfTime(RollbackFirstCondition condition)
    {
        if (options.Eta is not { } eta)
            return Unknown(condition, "nobody has said how long the hotfix takes: give --eta (-Eta)", ErrorId.NobodyToAsk);
        if (severities.FirstOrDefault(s => s.Name == options.Severity) is not { } severity)
            return Unknown(
                condition, $"nobody has said how bad the incident is: give --severity (-Severity), one of {string.Join(", ", severities.Select(s => s.Name))}",
                ErrorId.NobodyToAsk);
        return severity.Mitigate is not { } limit
            ? Unknown(condition, $"{severity.Name} has no time to mitigate in the runbook", ErrorId.NoData)
            : Answer(condition, eta > limit, $"the hotfix takes {Durations.Format(eta)}, {severity.Name} is to be mitigated within {Durations.Format(limit)}");
    }

    private static Finding OfMetrics(RollbackFirstCondition condition, Criterion when, GateInput input)
    {
        // It is asked whether it holds, so that true is the bad answer.
        var judged = GateJudge.Judge(when, input, condition.Name);
        return judged.Verdict switch
        {
            Verdict.Passed => judged with { Verdict = Verdict.Failed, Text = $"{condition.Title}: {judged.Text}" },
            Verdict.Failed => judged with { Verdict = Verdict.Passed, Text = $"no: {judged.Text}" },
            _ => judged with { Text = $"{condition.Title}? {judged.Text}" },
        };
    }

    private static Finding OfStep(RollbackFirstCondition condition, StepResult? step) => step?.Verdict switch
    {
        Verdict.Failed => Answer(condition, true, $"'{step.Id}' failed"),
        Verdict.Passed => Answer(condition, false, $"'{step.Id}' passed"),
        _ => Unknown(condition, $"'{condition.Step}' {(step is null || step.Verdict == Verdict.Skipped ? "wasn't looked at" : "could not be told")}", ErrorId.NoData),
    };

    private static Finding Answer(RollbackFirstCondition condition, bool yes, string why) =>
        new(condition.Name, yes ? Verdict.Failed : Verdict.Passed, yes ? $"go back first: {condition.Title} ({why})" : $"no: {why}") { Condition = condition.Title };

    private static Finding Unknown(RollbackFirstCondition condition, string why, ErrorId reason) =>
        new(condition.Name, Verdict.Inconclusive, $"{condition.Title}? {why}") { Condition = condition.Title, Reason = reason };
}
