using ReleaseOps.Checklists;
using ReleaseOps.Evidence;
using ReleaseOps.Steps;

namespace ReleaseOps.PowerShell;

/// <summary>A planned checklist as the lines that <c>-WhatIf</c> shows: every step in order with the very command that would run.</summary>
internal static class PlanLines
{
    public static IEnumerable<string> Of(ChecklistResult planned)
    {
        var plan = planned.Plan;
        yield return Line($"{planned.Title}, {planned.Release}");
        foreach (var line in Phases(plan.Steps).Concat(Phases(plan.Rollback)))
            yield return line;
        yield return "";
        if (plan.Missing.Count > 0)
            yield return $"A real run still needs -Parameter @{{ {string.Join("; ", plan.Missing.Select(m => $"'{m}' = ..."))} }}";
        if (plan.Secrets.Count > 0)
            yield return "A real run takes these secrets from its environment: " + string.Join(", ", plan.Secrets);
        yield return planned.Summary;
    }

    private static IEnumerable<string> Phases(IEnumerable<PlannedStep> steps)
    {
        foreach (var phase in steps.GroupBy(s => s.Phase, StringComparer.Ordinal))
        {
            yield return "";
            yield return phase.Key;
            foreach (var step in phase)
            {
                yield return "  " + Line($"{step.Id} ... DRY-RUN {step.Does}");
                if (Facts(step) is { Length: > 0 } facts)
                    yield return "      " + Line(facts);
            }
        }
    }

    private static string Facts(PlannedStep step) => string.Join("; ", new[]
    {
        step.Changes is null ? null : "changes " + step.Changes,
        step.Required ? null : "optional",
        step.If is null ? null : "if " + step.If,
        step.Needs.Count == 0 ? null : "needs " + string.Join(", ", step.Needs),
        step.Tries == 1 ? null : $"up to {step.Tries} tries",
        step.Owner is null ? null : "owner " + step.Owner,
        step.Expect.Count == 0 ? null : "expects " + string.Join(" and ", step.Expect),
        step.NotRunnable,
    }.OfType<string>());

    // In full: a plan is read before it is run.
    private static string Line(string text) => OneLine.Of(text, int.MaxValue);
}
