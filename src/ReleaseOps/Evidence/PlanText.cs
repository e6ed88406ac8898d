using ReleaseOps.Hotfixes;
using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>A dry run as text: every step in order with the very command that it would run.</summary>
public static class PlanText
{
    /// <summary>Writes the plan of a dry run, its closing line last.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="result">The result of a dry run.</param>
    /// <param name="clock">T-0, for clock times beside those against T-0; null to leave them out.</param>
    public static void Write(TextWriter to, RunResult result, ReleaseClock? clock = null)
    {
        var plan = result.Plan;
        to.WriteLine(result switch
        {
            RolloutResult { Plan.Phases.Count: 0 } => "Rollback Plan",
            RolloutResult => "Canary Rollout Plan",
            WatchResult => "Stability Watch Plan",
            HotfixResult => "Hotfix Readiness Plan",
            _ => "Go-Live Checklist Summary",
        });
        to.WriteLine($"{OneLine.Of(result.Title)} — {result.Release}");
        if (result is WatchResult watch)
            WatchPlanText.Write(to, watch);
        else
            WritePhases(to, result, clock);
        if (result is HotfixResult)
            HotfixPlanText.Write(to, plan);
        WriteMessages(to, plan);
        to.WriteLine();
        if (plan.Missing.Count > 0)
            to.WriteLine("A real run still needs values for: " + string.Join(", ", plan.Missing));
        if (plan.Secrets.Count > 0)
            to.WriteLine("A real run takes these secrets from its environment: " + string.Join(", ", plan.Secrets));
        to.WriteLine(result.Summary);
    }

    private static void WritePhases(TextWriter to, RunResult result, ReleaseClock? clock)
    {
        var plan = result.Plan;
        foreach (var phase in plan.Steps.GroupBy(s => s.Phase, StringComparer.Ordinal))
        {
            to.WriteLine();
            var about = plan.Runbook.Phases.First(p => p.Name == phase.Key);
            to.WriteLine(Heading(about, clock));
            if (result is RolloutResult)
                RolloutPlanText.WriteConditions(to, plan.Runbook, about.Rollout!);
            foreach (var step in phase)
                WriteStep(to, step, about.Owner, clock);
        }
        if (result is RolloutResult)
            RolloutPlanText.WriteGates(to, plan);
        WriteTriggers(to, plan, onlyWatched: result is RolloutResult);
        if (plan.Rollback.Count > 0)
        {
            to.WriteLine();
            to.WriteLine("rollback" + (plan.Runbook.Rollback!.Within is { } within ? $" (within {Durations.Format(within)})" : ""));
            foreach (var step in plan.Rollback)
                WriteStep(to, step, phaseOwner: null);
        }
    }

    private static string Heading(Phase phase, ReleaseClock? clock)
    {
        var about = new[] { phase.At?.ToString(), Time(phase.At, clock), phase.Title, phase.Owner is null ? null : "owner " + phase.Owner }.OfType<string>();
        return phase.Name + (about.Any() ? $" ({string.Join(", ", about)})" : "");
    }

    private static string? Time(TimeOffset? due, ReleaseClock? clock) => clock?.At(due) is { } utc ? clock.Sentence(utc) : null;

    /// <summary>A step with the very command that it would run, and what is to be known of it.</summary>
    internal static void WriteStep(TextWriter to, PlannedStep step, string? phaseOwner, ReleaseClock? clock = null)
    {
        to.WriteLine(OneLine.Of($"{step.Id} ... {StatusWord.Of(Verdict.Planned)} {step.Does}"));
        var facts = new List<string>();
        if (step.Changes is { } changes)
            facts.Add("changes " + changes);
        if (!step.Required)
            facts.Add("optional");
        if (step.If is { } condition)
            facts.Add("if " + condition);
        if (step.Needs.Count > 0)
            facts.Add("needs " + string.Join(", ", step.Needs));
        if (step.Tries > 1)
            facts.Add($"up to {step.Tries} tries");
        if (step.Owner is { } owner && owner != phaseOwner)
            facts.Add("owner " + owner);
        if (step.Expect.Count > 0)
            facts.Add("expects " + string.Join(" and ", step.Expect));
        if (step.Approval is { } approval)
            facts.Add("approved first by " + approval);
        if (step.Kind == "stage" && Time(step.DueAt, clock) is { } time)
            facts.Insert(0, $"at {time}");
        if (facts.Count > 0)
            to.WriteLine("    " + OneLine.Of(string.Join("; ", facts)));
    }

    private static void WriteTriggers(TextWriter to, Plan plan, bool onlyWatched)
    {
        if (plan.Rollback.Count == 0 && plan.Steps.All(s => s.Kind != "stage"))
            return;
        var watched = plan.Runbook.Phases.Where(p => plan.Phases.Contains(p.Name)).SelectMany(p => p.Rollout?.Abort ?? []).ToHashSet(StringComparer.Ordinal);
        var triggers = plan.Runbook.Triggers.Where(t => !onlyWatched || watched.Contains(t.Name)).ToList();
        if (triggers.Count == 0)
            return;
        to.WriteLine();
        to.WriteLine("triggers");
        foreach (var trigger in triggers)
        {
            var what = trigger.Step is { } step ? $"step {step} doesn't pass" : trigger.When?.ToString();
            var howLong = (trigger.For is { } span ? $" for {Durations.Format(span)}" : "")
                + (trigger.Consecutive is { } times ? $" {times} times in a row" : "");
            to.WriteLine(OneLine.Of($"{trigger.Name}: {what}{howLong} -> {trigger.Then.ToString().ToLowerInvariant()}"));
        }
    }

    private static void WriteMessages(TextWriter to, Plan plan)
    {
        if (plan.Messages.Count == 0)
            return;
        to.WriteLine();
        to.WriteLine("messages");
        foreach (var message in plan.Messages)
            to.WriteLine(OneLine.Of($"{message.Name}{(message.When is null ? "" : $" ({message.When})")}: {message.Text}"));
    }
}
