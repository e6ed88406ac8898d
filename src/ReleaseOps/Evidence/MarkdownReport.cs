using System.Globalization;
using System.Text;
using ReleaseOps.Checklists;
using static ReleaseOps.Evidence.InvariantText;
using static ReleaseOps.Evidence.MarkdownText;

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
    public static string Text(ChecklistResult result, bool links = true)
    {
        var report = new StringBuilder();
        report.Append(CultureInfo.InvariantCulture, $"# Go-live checklist: {Decided(result)}\n\n{Sentence(result)}\n\n");
        Facts(report, result);
        Missing(report, result);
        Steps(report, "Steps", ReportRow.Of(result));
        Findings(report, result, links);
        Pairs(report, "Changes", "CHECK", "WHAT IT CHANGES", ReportRow.Of(result)
            .Where(r => r.Changes is not null && r.Verdict != Verdict.Skipped).Select(r => (r.Id, r.Changes!)));
        Pairs(report, "Notes", "CHECK", "NOTE", result.Steps.SelectMany(s => s.Notes.Select(note => (s.Id, note))));
        Pairs(report, "Parameters", "NAME", "VALUE", result.Plan.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => (p.Key, ParametersConverter.Text(p.Value))));
        Steps(report, "The way back", ReportRow.Rollback(result));
        report.Append(result.Summary).Append('\n');
        return report.ToString();
    }

    // A dry run decides nothing; a run that decided nothing holds.
    private static string Decided(ChecklistResult result) =>
        result.DryRun ? StatusWord.Of(Verdict.Planned) : StatusWord.Of(result.Decision ?? Decision.Hold);

    private static string Sentence(ChecklistResult result) => result switch
    {
        { DryRun: true } => "A dry run: nothing was done, and nothing is decided.",
        { Decision: Decision.Go } => "Everything required passed.",
        { Decision: Decision.NoGo } => "Something required failed.",
        { Interrupted: true } => "It was interrupted before it was through; resume it, or a person has to look.",
        _ => "Something required could not be told or was left out; a person has to look.",
    };

    private static void Facts(StringBuilder report, ChecklistResult result)
    {
        Head(report, "", "");
        Row(report, "Runbook", $"{Cell(result.Title)} ({Cell(result.Runbook)})");
        Row(report, "Release", Cell(result.Release.ToString()));
        Row(report, "Decision", $"**{Decided(result)}**");
        if (result.Run is not null)
            Row(report, "Run", Cell(result.Run));
        Row(report, "By", Cell(result.Actor));
        Row(report, "Began", Time(result.StartedAt));
        Row(report, "Took", Seconds(result.Elapsed, 2) + " s");
        Row(report, "Phases", Cell(string.Join(", ", result.Plan.Phases)));
        Row(report, "Runbook digest", Cell("sha256:" + result.Plan.Runbook.Digest));
        Row(report, "Plan digest", Cell("sha256:" + result.Plan.Digest));
        report.Append('\n');
    }

    private static void Missing(StringBuilder report, ChecklistResult result)
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

    private static void Steps(StringBuilder report, string title, IReadOnlyList<ReportRow> rows)
    {
        if (rows.Count == 0)
            return;
        report.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");
        Head(report, "CHECK", "STATUS", "ELAPSED(s)", "DETAIL");
        foreach (var row in rows)
            Row(report, Cell(row.Id), row.Status, Seconds(row.Elapsed, 2), Cell(row.Detail));
        report.Append('\n');
    }

    private static void Findings(StringBuilder report, ChecklistResult result, bool links)
    {
        if (result.Findings.Count == 0)
            return;
        report.Append("## Findings, worst first\n\n");
        Head(report, "STATUS", "CHECK", "FINDING", "OBSERVED", "CONDITION", "SOURCE", "LOG");
        foreach (var finding in result.Findings.OrderBy(f => f.Verdict.Rank()).ThenBy(f => !f.Required))
        {
            var status = StatusWord.Of(finding.Verdict) + (finding.Required ? "" : " (optional)");
            var text = Cell(finding.Text) + (finding.Reason is { } reason ? $" ({reason})" : "");
            Row(report, status, Cell(finding.Subject), text, Cell(finding.Observed), Cell(finding.Condition), Cell(finding.Source),
                Log(finding.Evidence, links));
        }
        report.Append('\n');
    }

    // Only a plain path that stays inside the folder becomes a link.
    private static string Log(string? path, bool links) =>
        links && path is { Length: > 0 } && path[0] != '/' && !path.Contains("..", StringComparison.Ordinal)
            && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_')
            ? $"[{Cell(path)}]({path})"
            : Cell(path);

    private static void Pairs(StringBuilder report, string title, string left, string right, IEnumerable<(string Left, string Right)> pairs)
    {
        var all = pairs.ToList();
        if (all.Count == 0)
            return;
        report.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");
        Head(report, left, right);
        foreach (var pair in all)
            Row(report, Cell(pair.Left), Cell(pair.Right));
        report.Append('\n');
    }
}
