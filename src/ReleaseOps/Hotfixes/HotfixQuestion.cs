using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Hotfixes;

/// <summary>What is asked, held against what the runbook knows.</summary>
/// <param name="Plan">Every check that a hotfix may need.</param>
/// <param name="Options">What is asked.</param>
/// <param name="Class">The declared class; null where nobody declared one.</param>
internal sealed record HotfixQuestion(Plan Plan, HotfixOptions Options, HotfixClass? Class)
{
    public Hotfix Hotfix => Plan.Runbook.Hotfix!;

    /// <exception cref="ReleaseOpsException">Usage: no such class, severity or condition.</exception>
    public static HotfixQuestion Of(Plan plan, HotfixOptions options)
    {
        var hotfix = plan.Runbook.Hotfix!;
        Known("class", options.Class, hotfix.Classes.Select(c => c.Name));
        Known("severity", options.Severity, plan.Runbook.Severities.Select(s => s.Name));
        foreach (var answer in options.Answers.Keys)
            Known("condition that a person answers", answer, hotfix.RollbackFirst.Where(c => c.Ask is not null).Select(c => c.Name));
        return new HotfixQuestion(plan, options, hotfix.Classes.FirstOrDefault(c => c.Name == options.Class));
    }

    /// <summary>The steps that a change needs, in order; what they need of others that it doesn't is dropped.</summary>
    public IEnumerable<PlannedStep> Steps(HotfixScope scope)
    {
        var conditional = HotfixScope.Conditional(Hotfix);
        var steps = Plan.Steps.Where(s => !conditional.Contains(s.Id) || scope.Needed.Contains(s.Id)).ToList();
        var ids = steps.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return steps.Select(s => s.Needs.All(ids.Contains) ? s : s with { Needs = [.. s.Needs.Where(ids.Contains)] });
    }

    private static void Known(string what, string? name, IEnumerable<string> known)
    {
        var names = known.ToList();
        if (name is not null && !names.Contains(name))
            throw new ReleaseOpsException(
                ErrorId.Usage, $"The runbook has no {what} '{name}'.", names.Count == 0 ? "It has none." : "It has: " + string.Join(", ", names) + ".", name);
    }
}
