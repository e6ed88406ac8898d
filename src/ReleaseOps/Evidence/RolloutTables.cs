using System.Globalization;
using System.Text;
using ReleaseOps.Rollouts;
using static ReleaseOps.Evidence.InvariantText;
using static ReleaseOps.Evidence.MarkdownTables;
using static ReleaseOps.MarkdownText;

namespace ReleaseOps.Evidence;

/// <summary>What the report of a rollout has beside that of any run: its stages, what they were judged by, its triggers and its way back.</summary>
internal static class RolloutTables
{
    /// <summary>What decided, where the traffic is, and how long the way back took.</summary>
    public static void Facts(StringBuilder report, RolloutResult result)
    {
        if (result.Reason is not null)
            Row(report, "Decided by", Cell(result.Reason));
        if (result.Stages.Count > 0 && result.Stages[^1] is var last)
            Row(report, "Decided at", Time(last.StartedAt + last.Elapsed));
        if (!result.DryRun)
            Row(report, "Traffic now", result.Weight is { } weight ? Percent(weight) : "not known");
        if (result.Rollback is { } rollback)
            Row(report, "The way back took", Took(rollback));
    }

    /// <summary>The tables.</summary>
    public static void Write(StringBuilder report, RolloutResult result)
    {
        Stages(report, result);
        Criteria(report, result);
        Triggers(report, result);
        Rows(report, "Steps", RolloutRows.StepsOf(result));
        Rows(report, "The way back, as it was taken", RolloutRows.OfRollback(result));
        People(report, result);
        Waivers(report, result);
    }

    private static string Took(RollbackResult rollback) => Durations.Took(rollback.Elapsed) + (rollback.Within switch
    {
        null => "",
        { } limit when rollback.Elapsed <= limit => $", within {Durations.Format(limit)}",
        { } limit => $", **more than {Durations.Format(limit)}**",
    });

    private static void Stages(StringBuilder report, RolloutResult result)
    {
        var stages = RolloutRows.Stages(result).ToList();
        if (!Begin(report, "Stages", stages.Count))
            return;
        Head(report, "STAGE", "WEIGHT", "DECISION", "BEGAN", "TOOK(s)", "LOOKS", "BY", "REASON");
        foreach (var (head, stage) in stages)
        {
            if (stage is null)
                Row(report, Cell(head.Stage), "", "not reached", "", "", "", "", "");
            else
                Row(report, Cell(stage.Stage), Percent(stage.Weight), StatusWord.Of(stage.Decision), Time(stage.StartedAt), Seconds(stage.Elapsed, 1),
                    stage.Looks.ToString(CultureInfo.InvariantCulture), Cell(stage.DecidedBy), Cell(stage.Reason));
        }
        report.Append('\n');
    }

    private static void Criteria(StringBuilder report, RolloutResult result)
    {
        var judged = result.Stages.SelectMany(s => (s.Gate?.Findings ?? []).Select(f => (s.Stage, Finding: f))).ToList();
        if (!Begin(report, "Criteria", judged.Count))
            return;
        Head(report, "STAGE", "STATUS", "CRITERION", "FINDING", "OBSERVED", "CONDITION", "SAMPLES", "QUERY", "SOURCE");
        foreach (var (stage, finding) in judged)
            Row(report, Cell(stage), Status(finding), Cell(finding.Subject), Text(finding), Cell(finding.Observed), Cell(finding.Condition),
                finding.Samples?.ToString(CultureInfo.InvariantCulture) ?? "", Cell(finding.Query), Cell(finding.Source));
        report.Append('\n');
        Pairs(report, "Scores", "STAGE", "SCORE OF 100", result.Stages.Where(s => s.Gate?.Score is not null)
            .Select(s => (s.Stage, s.Gate!.Score!.Value.ToString("0.##", CultureInfo.InvariantCulture))));
    }

    private static void Triggers(StringBuilder report, RolloutResult result)
    {
        if (!Begin(report, "Triggers at their last look", result.Triggers.Count))
            return;
        Head(report, "TRIGGER", "STATE", "FINDING", "CONDITION", "QUERY", "SOURCE");
        foreach (var trigger in result.Triggers)
            Row(report, Cell(trigger.Subject), State(trigger.Verdict), Text(trigger), Cell(trigger.Condition), Cell(trigger.Query), Cell(trigger.Source));
        report.Append('\n');
    }

    private static string State(Verdict verdict) => verdict switch
    {
        Verdict.Failed => "FIRED",
        Verdict.Passed => "quiet",
        _ => "can't be told",
    };

    private static void People(StringBuilder report, RolloutResult result)
    {
        if (!Begin(report, "Who said what", result.Attestations.Count))
            return;
        Head(report, "WHEN", "WHO", "ROLE", "SAID", "ABOUT", "REASON");
        foreach (var said in result.Attestations)
            Row(report, Time(said.At), Cell(said.By), Cell(said.Role), Cell(said.What), Cell(said.Subject), Cell(said.Reason));
        report.Append('\n');
    }

    /// <summary>The waivers of the gates that were judged: who let what through, and until when.</summary>
    private static void Waivers(StringBuilder report, RolloutResult result)
    {
        var gates = result.Stages.Select(s => s.Gate?.Gate).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var waivers = result.Plan.Runbook.Waivers.Where(w => gates.Contains(w.Gate)).ToList();
        if (!Begin(report, "Waivers", waivers.Count))
            return;
        Head(report, "GATE", "CRITERION", "BY", "UNTIL", "REASON");
        foreach (var waiver in waivers)
            Row(report, Cell(waiver.Gate), Cell(waiver.Criterion), Cell(waiver.By), Time(waiver.Until), Cell(waiver.Reason));
        report.Append('\n');
    }

    private static string Percent(double weight) => weight.ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
