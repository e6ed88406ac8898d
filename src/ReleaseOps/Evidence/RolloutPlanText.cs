using System.Globalization;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Evidence;

/// <summary>What the plan of a rollout says beside its steps: when it may start, how it holds, and what its gates ask.</summary>
internal static class RolloutPlanText
{
    /// <summary>What must be so before it starts, and how it looks and holds.</summary>
    public static void WriteConditions(TextWriter to, Runbook runbook, Rollout rollout)
    {
        if (runbook.Windows is { } windows)
            to.WriteLine("    " + OneLine.Of($"starts within the deployment windows ({windows.Zone})"
                + (windows.Hotfix is { } role ? $", a hotfix outside them with the approval of {role}" : "")));
        if (rollout.Poll is { } poll)
            to.WriteLine("    " + OneLine.Of($"starts once the poll {poll} is GO: "
                + string.Join(", ", runbook.Polls.First(p => p.Name == poll).Asks.Select(a => a.Role))));
        to.WriteLine("    " + OneLine.Of($"looks every {Durations.Format(rollout.Interval)}; a hold waits {Durations.Format(rollout.HoldLimit)} for a person, then "
            + (rollout.HoldEnd == HoldEnd.Rollback ? "it goes back" : "it ends on HOLD where it is")));
    }

    /// <summary>The gates of the plan's stages with their criteria, and who waived what.</summary>
    public static void WriteGates(TextWriter to, Plan plan)
    {
        var names = plan.Runbook.Phases.Where(p => plan.Phases.Contains(p.Name)).SelectMany(p => p.Rollout?.Stages ?? [])
            .Select(s => s.Gate).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var gate in plan.Runbook.Gates.Where(g => names.Contains(g.Name)))
            WriteGate(to, plan.Runbook, gate, Score(gate));
    }

    /// <summary>A gate with its criteria, and who waived what.</summary>
    public static void WriteGate(TextWriter to, Runbook runbook, Gate gate, string about)
    {
        to.WriteLine();
        to.WriteLine(OneLine.Of($"gate {gate.Name}{about}"));
        foreach (var criterion in gate.Criteria)
            to.WriteLine("    " + OneLine.Of(Of(criterion)));
        foreach (var waiver in runbook.Waivers.Where(w => w.Gate == gate.Name))
            to.WriteLine("    " + OneLine.Of($"waived: {waiver.Criterion} until {InvariantText.Time(waiver.Until)} by {waiver.By}: {waiver.Reason}"));
    }

    private static string Score(Gate gate) => gate.Pass is { } pass
        ? string.Create(CultureInfo.InvariantCulture, $" (score {pass:0.##} passes{(gate.Marginal is { } marginal ? $", from {marginal:0.##} it holds" : "")})")
        : "";

    private static string Of(GateCriterion criterion)
    {
        var text = criterion.ToString();
        var facts = new[] { criterion.Shadow ? "shadow: doesn't decide" : null, criterion.Key ? "key" : null }.OfType<string>();
        return (criterion.Name == text ? text : $"{criterion.Name}: {text}") + (facts.Any() ? $" ({string.Join(", ", facts)})" : "");
    }
}
