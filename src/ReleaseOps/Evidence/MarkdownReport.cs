using System.Globalization;
using System.Text;
using ReleaseOps.Checklists;
using ReleaseOps.Hotfixes;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;
using ReleaseOps.Watches;
using static ReleaseOps.Evidence.InvariantText;
using static ReleaseOps.MarkdownText;

namespace ReleaseOps.Evidence;

/// <summary>
/// A result as a report for people, in GitHub's Markdown. Headings and column titles are our words; all else is from outside and stands in
/// table cells as code.
/// </summary>
public static class MarkdownReport
{
    /// <summary>The report; lines end in a line feed.</summary>
    /// <param name="result">The result.</param>
    /// <param name="links">True to link the logs, for a report that lies in the run's folder; false to name them only.</param>
    public static string Text(RunResult result, bool links = true)
    {
        var report = new StringBuilder();
        var rows = ReportRow.Of(result);
        report.Append(CultureInfo.InvariantCulture, $"# {Job(result)}: {Decided(result)}\n\n{Sentence(result)}\n\n");
        Facts(report, result);
        Missing(report, result);
        if (result is RolloutResult { DryRun: false } rollout)
            RolloutTables.Write(report, rollout);
        else if (result is WatchResult watch && !ReportRow.IsPlan(watch))
            WatchMarkdown.Write(report, watch);
        else
            MarkdownTables.Rows(report, "Steps", rows);
        MarkdownTables.Findings(report, result.Findings, links);
        if (result is HotfixResult hotfix)
            HotfixMarkdown.Write(report, hotfix);
        MarkdownTables.Pairs(report, "Changes", "CHECK", "WHAT IT CHANGES", rows
            .Where(r => r.Changes is not null && r.Verdict != Verdict.Skipped).Select(r => (r.Id, r.Changes!)));
        MarkdownTables.Pairs(report, "Notes", "CHECK", "NOTE", rows.SelectMany(r => r.Notes.Select(note => (r.Id, note))));
        MarkdownTables.Pairs(report, "Parameters", "NAME", "VALUE", result.Plan.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => (p.Key, ParametersConverter.Text(p.Value))));
        if (result is not (RolloutResult { Rollback: not null } or WatchResult))
            MarkdownTables.Rows(report, "The way back", ReportRow.Rollback(result));
        report.Append(ClosingLine(result)).Append('\n');
        return report.ToString();
    }

    private static string Job(RunResult result) => result switch
    {
        RolloutResult { Plan.Phases.Count: 0 } => "Rollback",
        RolloutResult => "Canary rollout",
        WatchResult { Replayed: true } => "Stability watch replay",
        WatchResult { DryRun: false, Ended: false } => "Stability watch so far",
        WatchResult => "Stability watch",
        HotfixResult => "Hotfix readiness",
        _ => "Go-live checklist",
    };

    // A dry run decides nothing; a run that decided nothing holds.
    internal static string Decided(RunResult result) => result switch
    {
        _ when ReportRow.IsPlan(result) => StatusWord.Of(Verdict.Planned),
        RolloutResult rollout => StatusWord.Of(rollout.Decision ?? RolloutDecision.Hold),
        ChecklistResult checklist => StatusWord.Of(checklist.Decision ?? Decision.Hold),
        WatchResult watch => StatusWord.Of(watch.Decision ?? Decision.Hold),
        HotfixResult hotfix => StatusWord.Of(hotfix.Decision ?? Decision.Hold),
        _ => StatusWord.Of(Decision.Hold),
    };

    internal static string Sentence(RunResult result) => result switch
    {
        _ when ReportRow.IsPlan(result) => "A dry run: nothing was done, and nothing is decided.",
        WatchResult { Replayed: true } => "A replay over history: nobody was asked, no check was run, nothing was recorded.",
        WatchResult { Ended: false, Interrupted: false } => "It goes on; this is what it would come to if it ended now.",
        HotfixResult { Decision: Decision.Go } => "It may go out.",
        HotfixResult { Decision: Decision.NoGo } => "It may not go out as it is.",
        ChecklistResult { Decision: Decision.Go } or WatchResult { Ended: true, Decision: Decision.Go } => "Everything required passed.",
        ChecklistResult { Decision: Decision.NoGo } or WatchResult { Ended: true, Decision: Decision.NoGo } => "Something required failed.",
        { Interrupted: true } => "It was interrupted before it was through; resume it, or a person has to look.",
        RolloutResult { Decision: RolloutDecision.Proceed } => "Every stage was let through.",
        RolloutResult { Rollback.Verdict: Verdict.Passed } => "It went back, and the way back is verified.",
        RolloutResult { Rollback.Verdict: Verdict.Failed } => "It went back, and the way back failed; a person has to look now.",
        RolloutResult { Rollback: not null } => "It went back, and whether that worked could not be told; a person has to look now.",
        RolloutResult { Decision: RolloutDecision.Rollback } => "It was refused before anything was begun; there was nothing to go back from.",
        RolloutResult => "It holds where it is; a person has to look.",
        _ => "Something required could not be told or was left out; a person has to look.",
    };

    private static void Facts(StringBuilder report, RunResult result)
    {
        Head(report, "", "");
        Row(report, "Runbook", $"{Cell(result.Title)} ({Cell(result.Runbook)})");
        Row(report, "Release", Cell(result.Release.ToString()));
        Row(report, "Decision", $"**{Decided(result)}**");
        if (result is RolloutResult rollout)
            RolloutTables.Facts(report, rollout);
        if (result is HotfixResult hotfix)
            HotfixMarkdown.Facts(report, hotfix);
        if (result is WatchResult watch && !ReportRow.IsPlan(watch))
            WatchMarkdown.Facts(report, watch);
        if (result.Run is not null)
            Row(report, "Run", Cell(result.Run));
        Row(report, "By", Cell(result.Actor));
        Row(report, "Began", Time(result.StartedAt));
        Row(report, "Took", Seconds(result.Elapsed, 2) + " s");
        if (result is not WatchResult)
            Row(report, "Phases", Cell(string.Join(", ", result.Plan.Phases)));
        Row(report, "Runbook digest", Cell("sha256:" + result.Plan.Runbook.Digest));
        Row(report, "Plan digest", Cell("sha256:" + result.Plan.Digest));
        report.Append('\n');
    }

    private static void Missing(StringBuilder report, RunResult result)
    {
        if (result.Plan.Missing.Count == 0 && (result.Plan.Secrets.Count == 0 || !result.DryRun))
            return;
        report.Append("## Still needed by a real run\n\n");
        Head(report, "NAME", "WHAT");
        foreach (var name in result.Plan.Missing)
            Row(report, Cell(name), "parameter");
        foreach (var name in result.Plan.Secrets)
            Row(report, Cell(name), "secret");
        report.Append('\n');
    }

    // The closing line of a rollout or a watch quotes what decided, which is from outside.
    private static string ClosingLine(RunResult result) => result is RolloutResult or WatchResult ? Cell(result.Summary) : result.Summary;
}
