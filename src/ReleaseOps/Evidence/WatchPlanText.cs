using System.Globalization;
using ReleaseOps.Runbooks;
using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>The plan of a watch: what it would look at, from when, with which consequence, and what its decision rests on.</summary>
internal static class WatchPlanText
{
    /// <summary>Writes it, without what plans of all kinds have in common.</summary>
    public static void Write(TextWriter to, WatchResult result)
    {
        var (runbook, watch) = (result.Plan.Runbook, result.Plan.Runbook.Watch!);
        to.WriteLine(OneLine.Of($"watched for {WatchFacts.Short(watch.Window)} from {WatchFacts.Clock(result.T0)}, a look every {Durations.Format(watch.Interval)}"
            + (watch.Commander is { } role ? $"; it needs a commander, in the role {role}" : "")));
        Section(to, "thresholds", watch.Thresholds.Select(Of));
        Section(to, "triggers", runbook.Triggers.Where(t => watch.Triggers.Contains(t.Name))
            .Select(t => $"{t.Name}: {t.When}{Sustained(t.For, t.Consecutive)} -> {t.Then.ToString().ToLowerInvariant()}"));
        Section(to, "severities", runbook.Severities.Select(s => Of(s, watch)));
        Section(to, "objectives", runbook.Slos.Select(Of));
        foreach (var (gate, required) in watch.Gates)
            RolloutPlanText.WriteGate(to, runbook, runbook.Gates.First(g => g.Name == gate), " (at the end" + (required ? ")" : "; optional)"));
        if (result.Plan.Steps.Count > 0)
        {
            to.WriteLine();
            to.WriteLine("checks (at the beginning, " + (watch.ChecksEvery is { } every ? $"every {Durations.Format(every)}, " : "") + "and before it is decided)");
            foreach (var step in result.Plan.Steps)
                PlanText.WriteStep(to, step, phaseOwner: null);
        }
        Section(to, "reviews", result.Reviews.Select(r => $"{r.Due}: {r.What}{About(r.Owner, r.Required ? "required" : null)}"));
        if (watch.Exit is { } exit)
            Section(to, "end of hypercare",
            [
                $"clean for {WatchFacts.Short(exit.Clean)}{(exit.Targets is { } gate ? $", gate {gate} passed by every look" : "")}"
                    + (exit.Accept.Count > 0 ? ", and accepted by " + string.Join(", ", exit.Accept) : ""),
            ]);
        Section(to, "maintenance", watch.Maintenance.Select(m => $"{m.At} for {Durations.Format(m.For)}: {m.Why}"));
    }

    private static void Section(TextWriter to, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;
        to.WriteLine();
        to.WriteLine(title);
        foreach (var line in all)
            to.WriteLine(OneLine.Of(line));
    }

    private static string Of(Threshold threshold) =>
        $"{threshold.Name}: {threshold.When}{Sustained(threshold.For, threshold.Consecutive)}{(threshold.Severity is { } severity ? " -> " + severity : "")}"
        + (threshold.Normal is { } normal ? $" (on other days: {normal})" : "") + (threshold.Action is { } action ? $"; {action}" : "");

    private static string Of(Severity severity, Watch watch) =>
        $"{severity.Name}: {severity.When?.ToString() ?? "a person says so"}{Sustained(severity.For, null)}"
        + About(
            severity.Acknowledge is { } acknowledge ? $"acknowledge within {Durations.Format(acknowledge)}" : null,
            severity.Mitigate is { } mitigate ? $"mitigate within {Durations.Format(mitigate)}" : null,
            severity.Owner,
            watch.NoGoEver.Contains(severity.Name) ? "makes NO-GO" : watch.NoGoOpen.Contains(severity.Name) ? "makes NO-GO until its mitigation is verified" : null);

    private static string Of(Slo slo) => string.Create(CultureInfo.InvariantCulture, $"{slo.Name}: {slo.Objective:0.####} % over {Durations.Format(slo.Window)}")
        + About(slo.Page is { } page ? $"burning fast opens {page}" : null, slo.Ticket is { } ticket ? $"burning slowly opens {ticket}" : null);

    private static string Sustained(TimeSpan? span, int? times) =>
        (span is { } held ? $" for {Durations.Format(held)}" : "") + (times is { } looks ? $" {looks} times in a row" : "");

    private static string About(params string?[] facts) => facts.Any(f => f is not null) ? $" ({string.Join(", ", facts.OfType<string>())})" : "";
}
