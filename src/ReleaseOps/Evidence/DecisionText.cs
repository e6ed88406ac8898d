using ReleaseOps.Rollouts;

namespace ReleaseOps.Evidence;

/// <summary>Go or no-go as text: the criteria as a table, the votes by role, how bad it is, and what the decision tree advises.</summary>
public static class DecisionText
{
    /// <summary>Writes the report, the decision last.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="report">The report.</param>
    public static void Write(TextWriter to, DecisionReport report)
    {
        to.WriteLine(OneLine.Of($"{report.Runbook} — {report.Release}, {InvariantText.Time(report.At)}"));
        if (report.Criteria is { } criteria)
        {
            to.WriteLine();
            TextTable.Write(to, ["Criterion", "Threshold", "Current", "Status"], criteria.Findings.Select(f => new[]
            {
                f.Subject, f.Condition ?? "", f.Observed ?? f.Text, StatusWord.Of(f.Verdict) + (f.Required ? "" : " (optional)"),
            }));
        }
        if (report.Votes is { } votes)
        {
            to.WriteLine();
            to.WriteLine(OneLine.Of($"Votes in the poll '{votes.Gate}': {StatusWord.Of(votes.Decision)}"));
            Lines(to, votes.Findings);
        }
        if (report.Approvals.Count > 0)
        {
            to.WriteLine();
            to.WriteLine("Approvals");
            Lines(to, report.Approvals);
        }
        if (report.Severity is { } severity)
        {
            to.WriteLine();
            to.WriteLine(OneLine.Of("Severity: " + severity.Text));
            Lines(to, severity.Rungs.Where(r => r.Verdict != Verdict.Failed));
        }
        if (report.Advice is { } advice)
        {
            to.WriteLine();
            to.WriteLine(OneLine.Of("Advice: " + advice.Text + (advice.Within is { } within ? $" ({Durations.Format(within)} to find out why)" : "")));
            Lines(to, advice.Rungs.Where(r => r.Verdict != Verdict.Failed));
            foreach (var question in advice.Asks)
                to.WriteLine("  to be answered: " + OneLine.Of(question));
        }
        to.WriteLine();
        to.WriteLine($"Decision: {StatusWord.Of(report.Decision)}");
    }

    private static void Lines(TextWriter to, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
            to.WriteLine($"  {StatusWord.Of(finding.Verdict),-5} " + OneLine.Of($"{finding.Subject}: {finding.Text}"));
    }
}
