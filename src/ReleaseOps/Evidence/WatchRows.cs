using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>
/// A watch as rows: its checks, the criteria of its gates, its incidents, its gaps, the way out of hypercare, and what else decided. A finding
/// about one of them counts there: no row is better than what was decided by.
/// </summary>
internal static class WatchRows
{
    public static IReadOnlyList<ReportRow> Of(WatchResult result)
    {
        var findings = result.Findings.ToLookup(f => f.Subject, StringComparer.Ordinal);
        var rows = Checks(result).Concat(Gates(result)).Concat(Incidents(result)).Concat(Gaps(result)).Concat(Exit(result))
            .Select(row => findings.Contains(row.Id) ? Worse(row, [.. findings[row.Id]]) : row).ToList();
        var known = rows.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return [.. rows, .. result.Findings.Where(f => !known.Contains(f.Subject)).Select(f => OfFinding(f, "decision", f.Required))];
    }

    /// <summary>The checks; one that was planned and has no result could not be told.</summary>
    public static IReadOnlyList<ReportRow> Checks(WatchResult result)
    {
        var known = result.Checks.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. result.Checks.Select(c => ReportRow.Seen(c) with { Phase = "checks" }),
            .. (result.Replayed ? [] : result.Plan.Steps).Where(s => !known.Contains(s.Id))
                .Select(s => ReportRow.Planned(s, Verdict.Inconclusive, "no result was recorded") with { Phase = "checks" }),
        ];
    }

    // As the runbook's watch has it: a gate that isn't required is shown and doesn't decide.
    private static IEnumerable<ReportRow> Gates(WatchResult result)
    {
        var optional = (result.Plan.Runbook.Watch?.Gates ?? []).Where(g => !g.Required).Select(g => g.Gate).ToHashSet(StringComparer.Ordinal);
        return result.Gates.SelectMany(g => g.Findings.Select(f => OfFinding(f, "gate " + g.Gate, f.Required && !optional.Contains(g.Gate))));
    }

    private static IEnumerable<ReportRow> Incidents(WatchResult result)
    {
        var watch = result.Plan.Runbook.Watch;
        foreach (var incident in result.Incidents)
        {
            var ever = watch?.NoGoEver.Contains(incident.Severity) == true;
            var decides = ever || watch?.NoGoOpen.Contains(incident.Severity) == true;
            var bad = ever || incident.IsUnmitigated;
            yield return Judged(result, "incidents", incident.Id, bad ? Verdict.Failed : Verdict.Passed, decides,
                $"{incident.Severity}, {IncidentTable.State(incident).Parts[0].Text}: {incident.Text}") with
            {
                StartedAt = incident.OpenedAt,
                Elapsed = (incident.ResolvedAt ?? incident.VerifiedAt ?? result.AsOf) - incident.OpenedAt,
            };
        }
    }

    private static IEnumerable<ReportRow> Gaps(WatchResult result) => result.Gaps.Select(gap => Judged(
        result, "gaps", "gap " + InvariantText.Time(gap.From),
        gap.Length > result.Plan.Runbook.Watch?.LongestGap ? Verdict.Inconclusive : Verdict.Passed, decides: true,
        $"{WatchTables.Span(gap.Length)}: {gap.Why}") with
    { StartedAt = gap.From, Elapsed = gap.Length });

    private static IEnumerable<ReportRow> Exit(WatchResult result) => result.Exit is not { } exit ? [] :
        [
            Judged(result, "exit", "hypercare exit", exit.IsReached ? Verdict.Passed : Verdict.Inconclusive, decides: true,
                $"clean for {WatchTables.Span(exit.Held)} of {WatchTables.Span(exit.Clean)}"
                + string.Concat(exit.Accepted.Where(a => a.Value is null).Select(a => $"; not accepted as {a.Key}"))),
        ];

    // What isn't good and doesn't decide, or didn't (the watch came to GO all the same), is shown as left out.
    private static ReportRow Judged(WatchResult result, string phase, string id, Verdict verdict, bool decides, string detail)
    {
        decides = decides && (verdict == Verdict.Passed || result.Decision != Decision.Go);
        return new ReportRow(phase, id, verdict == Verdict.Passed || decides ? verdict : Verdict.Skipped, detail)
        {
            Required = decides,
            Findings = [new Finding(id, verdict, detail) { Required = decides }],
        };
    }

    private static ReportRow Worse(ReportRow row, IReadOnlyList<Finding> findings) => row with
    {
        Verdict = Verdicts.Worst([row.Verdict, .. findings.Select(f => f.Verdict)]),
        Required = row.Required || findings.Any(f => f.Required),
        Findings = [.. findings, .. row.Findings.Where(f => !findings.Contains(f))],
    };

    private static ReportRow OfFinding(Finding finding, string phase, bool required) =>
        new(phase, finding.Subject, finding.Verdict, finding.Text) { Required = required, Findings = [finding] };
}
