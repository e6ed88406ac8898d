using ReleaseOps.Reviews;
using ReleaseOps.Reviews.Weekly;

namespace ReleaseOps.Evidence;

/// <summary>Reviews as text for a terminal: the items, the numbers, what decides, the closing line last.</summary>
public static class ReviewText
{
    /// <summary>Writes a day.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="result">The review.</param>
    public static void Write(TextWriter to, DailyReviewResult result)
    {
        TextTable.Write(to, ["ITEM", "STATUS", "EVIDENCE"], result.Checklist.Select(i => new[]
        {
            i.Id, !i.Required ? "-" : i.Passed ? "PASS" : "FAIL", i.Evidence,
        }));
        to.WriteLine();
        foreach (var table in ReviewTables.Of(result).Where(t =>
            t.Title is "Service levels" or "Error budget of the day" or "Latency" or "Safety floor"))
            Write(to, table);
        Findings(to, result.Findings.Where(f => !result.Checklist.Any(i => i.Id == f.Subject)));
        foreach (var step in result.Due)
            to.WriteLine(OneLine.Of($"Due: {step} (releaseops checklist {result.Runbook} --step {step})"));
        End(to, result.Files, result.Summary);
    }

    /// <summary>Writes a week.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="result">The review.</param>
    public static void Write(TextWriter to, WeeklyReviewResult result)
    {
        foreach (var table in WeeklyTables.Of(result).Where(t => t.Title is "Days" or "Top recurring failure classes" or "Interventions"))
            Write(to, table);
        foreach (var group in result.AlertGroups)
            to.WriteLine(OneLine.Of($"Alerts {group.Key}: " + string.Join("; or ", group.Reductions)
                + FormattableString.Invariant($" ({group.Total} in all, {group.FalsePositives} false, {group.Duplicates} duplicates)")));
        foreach (var change in result.Changes)
            to.WriteLine(OneLine.Of($"Change {(change.Overdue ? "OVERDUE " : change.IsOpen ? "" : "closed ")}{change.Id}: {change.Owner ?? "nobody"}, "
                + $"{(change.Due is { } due ? ReviewJson.Day(due) : "no date")}: {change.Title}"));
        foreach (var threshold in result.Thresholds)
        {
            var what = WeeklyTables.Exact(threshold.Proposed) is { } proposed ? proposed + " proposed" : "keep";
            to.WriteLine(OneLine.Of($"Threshold {threshold.Name}: {what}: {threshold.Reason}"));
        }
        to.WriteLine();
        Findings(to, result.Findings);
        End(to, result.Files, result.Summary);
    }

    /// <summary>A report's table.</summary>
    internal static void Write(TextWriter to, ReportTable table)
    {
        TextTable.Write(to, [.. table.Columns], table.Rows.Select(r => r.Select(Plain).ToArray()));
        to.WriteLine();
    }

    /// <summary>What didn't pass.</summary>
    internal static void Findings(TextWriter to, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings.Where(f => f.Verdict != Verdict.Passed))
            to.WriteLine(OneLine.Of($"{StatusWord.Of(finding.Verdict)} {finding.Subject}{(finding.Required ? "" : " (optional)")}: {finding.Text}"));
    }

    /// <summary>The files, and the closing line.</summary>
    internal static void End(TextWriter to, IReadOnlyList<string> files, string summary)
    {
        foreach (var file in files)
            to.WriteLine("Written: " + OneLine.Of(file));
        to.WriteLine(OneLine.Of(summary));
    }

    private static string Plain(ReportCell cell) =>
        string.Join(' ', cell.Parts.Select(p => p.Time is { } time ? InvariantText.Time(time) : p.Text));
}
