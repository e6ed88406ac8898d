using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>
/// A watch as rows: its checks, the criteria of its gates, its incidents, its gaps, the way out of hypercare, and what else decided. What
/// they weigh is what the watch's findings say; no rule is judged here a second time.
/// </summary>
internal static class WatchRows
{
    public static IReadOnlyList<ReportRow> Of(WatchResult result)
    {
        var rows = Checks(result).Concat(Criteria(result)).ToList();
        var known = rows.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var findings = result.Findings.GroupBy(f => f.Subject, StringComparer.Ordinal).Where(g => !known.Contains(g.Key)).ToList();
        var subjects = findings.Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        return [.. rows, .. findings.Select(g => OfFindings(result, [.. g])), .. Silent(result).Where(r => !subjects.Contains(r.Id))];
    }

    /// <summary>The checks; one that was planned and never looked at doesn't vanish.</summary>
    public static IReadOnlyList<ReportRow> Checks(WatchResult result)
    {
        var known = result.Checks.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. result.Checks.Select(c => ReportRow.Seen(c) with { Phase = "checks" }),
            .. (result.Replayed ? [] : result.Plan.Steps).Where(s => !known.Contains(s.Id)).Select(s => (result.Ended
                ? ReportRow.Planned(s, Verdict.Inconclusive, "never looked at")
                : ReportRow.Planned(s, Verdict.Planned, "not looked at yet")) with { Phase = "checks" }),
        ];
    }

    // As the runbook's watch has it: a gate that isn't required is shown and doesn't decide.
    private static IEnumerable<ReportRow> Criteria(WatchResult result)
    {
        var optional = (result.Plan.Runbook.Watch?.Gates ?? []).Where(g => !g.Required).Select(g => g.Gate).ToHashSet(StringComparer.Ordinal);
        return result.Gates.SelectMany(g => g.Findings.Select(f =>
            new ReportRow("gate " + g.Gate, f.Subject, f.Verdict, f.Text) { Required = f.Required && !optional.Contains(g.Gate), Findings = [f] }));
    }

    // Of what decides the worst counts; what doesn't (a clock that ran out) stands beside it.
    private static ReportRow OfFindings(WatchResult result, IReadOnlyList<Finding> findings)
    {
        var subject = findings[0].Subject;
        var decides = findings.Where(f => f.Required).ToList();
        var worst = (decides.Count > 0 ? decides : findings).MinBy(f => f.Verdict.Rank())!;
        var incident = result.Incidents.FirstOrDefault(i => i.Id == subject);
        var phase = incident is not null ? "incidents" : result.Gates.Any(g => g.Gate == subject) ? "gate " + subject : "decision";
        return new ReportRow(phase, subject, worst.Verdict, worst.Text)
        {
            Required = decides.Count > 0,
            StartedAt = incident?.OpenedAt,
            Elapsed = incident is null ? TimeSpan.Zero : (incident.ResolvedAt ?? incident.VerifiedAt ?? result.AsOf) - incident.OpenedAt,
            Findings = [worst, .. findings.Where(f => f != worst)],
        };
    }

    /// <summary>What nothing is said about where all is well: the gaps were short; and where it isn't due yet: the way out of hypercare.</summary>
    private static IEnumerable<ReportRow> Silent(WatchResult result)
    {
        var length = result.Gaps.Aggregate(TimeSpan.Zero, (sum, gap) => sum + gap.Length);
        yield return new ReportRow("decision", "gaps", result.Ended ? Verdict.Passed : Verdict.Planned,
            FormattableString.Invariant($"{result.Gaps.Count} gaps, {WatchTables.Span(length)} in all"))
        { Required = true };
        if (result.Exit is { } exit)
            yield return new ReportRow("decision", "exit", exit.IsReached ? Verdict.Passed : Verdict.Skipped,
                $"clean for {WatchTables.Span(exit.Held)} of {WatchTables.Span(exit.Clean)}")
            { Required = exit.IsReached };
    }
}
