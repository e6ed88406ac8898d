using ReleaseOps.Runbooks;
using static System.FormattableString;

namespace ReleaseOps.Reviews;

/// <summary>
/// What decides, beside the items: the floor, latency, and what can't be told. A broken floor is never a GO though every item passed, and what
/// couldn't be told isn't either.
/// </summary>
internal static class DailyFindings
{
    public static List<Finding> Of(
        DailyInput input, ReviewSlo slo, ReviewedPolicy policy, IReadOnlyList<ReviewItem> items, IReadOnlyList<string> problems)
    {
        var review = input.Runbook.Review!;
        var findings = items.Where(i => i.Required)
            .Select(i => new Finding(i.Id, i.Passed ? Verdict.Passed : Verdict.Failed, $"{i.Title}: {(i.Passed ? "yes" : "no")} ({i.Evidence})"))
            .ToList();
        findings.AddRange(problems.Select(p => Untold("artifact", p, ErrorId.BadDocument)));
        if (input.Policy?.Root is not null && policy.EscalationLevel.Length == 0 && problems.Count == 0 && DailyItems.Looks(input, ReviewLook.Policy))
            findings.Add(Untold("escalation_level", $"the policy names no level; it was taken for {policy.Severity}", ErrorId.BadDocument));
        if (policy.EscalationLevel.Length > 0 && DailyItems.Looks(input, ReviewLook.Policy)
            && review.Levels.All(l => l.Name != policy.EscalationLevel))
            findings.Add(Untold("escalation_level", $"the policy's level '{policy.EscalationLevel}' is none of {string.Join(", ", review.Levels.Select(l => l.Name))}; "
                + $"it was taken for {policy.Severity}", ErrorId.BadDocument));
        foreach (var (name, of) in new[] { ("policy", input.Policy?.Day), ("signoff", input.Signoff?.Day) })
        {
            if (of is { } day && day != input.Counts.Day)
                findings.Add(Untold(name, Invariant($"the {name} is of {day:yyyy-MM-dd}, the newest up to {input.Counts.Day:yyyy-MM-dd}"),
                    ErrorId.Stale) with
                { Required = false });
        }
        if (input.Signoff?.Root is not null && DailyItems.Looks(input, ReviewLook.Signoff) && input.Signoff.Bool([], "approved") is var approved)
            findings.Add(new Finding("signoff", approved ? Verdict.Passed : Verdict.Failed,
                (approved ? "the signoff approves" : "the signoff doesn't approve") + $" (go_live_decision: {input.Signoff.Text([], "go_live_decision")})")
            { Required = false });
        if (input.Unread is { } why)
            findings.Add(Untold("log", why, ErrorId.FileUnreadable));
        else if (input.Moment.LooksAtLog)
            findings.AddRange(Log(input.Counts, review.MaxUncounted));
        if (DailyItems.Looks(input, ReviewLook.Floor))
            findings.AddRange(review.Floor.Zip(input.Counts.Floor, (rule, count) => Floor(rule, count, slo.EventTotal > 0)));
        if (DailyItems.Looks(input, ReviewLook.Latency))
            findings.AddRange(review.Latency.Zip(input.Counts.Latency, Latency).OfType<Finding>());
        return findings;
    }

    private static Finding Floor(FloorRule rule, NamedCount count, bool measured)
    {
        var title = rule.Title is null ? "" : rule.Title + ": ";
        var places = count.Places.Count > 0 ? $" ({string.Join(", ", count.Places)})" : "";
        var (verdict, text, reason) = count switch
        {
            { Total: > 0 } => (Verdict.Failed, Invariant($"{count.Total} where none may be{places}"), (ErrorId?)null),
            { Untold: > 0 } => (Verdict.Inconclusive, "none was seen, but it can't be told of " + (count.Untold == 1 ? "one line" : Invariant($"{count.Untold} lines")), ErrorId.BadDocument),
            _ when measured => (Verdict.Passed, "none", null),
            _ => (Verdict.Inconclusive, "no event was seen", ErrorId.NoData),
        };
        return new Finding("floor:" + rule.Name, verdict, title + text)
        {
            Observed = measured ? Invariant($"{count.Total}") : null,
            Condition = rule.Name + " == 0",
            Source = count.Places.Count > 0 ? count.Places[0] : null,
            Reason = reason,
        };
    }

    /// <summary>A target is met or missed only where the percentile's own error leaves no doubt.</summary>
    private static Finding? Latency(StageSpan span, StageLatency seen)
    {
        if (span.MaxP95 is not { } limit)
            return null;
        var (subject, condition, most) = ("latency:" + span.Stage, $"p95 <= {Durations.Format(limit)}", limit.TotalSeconds);
        if (seen.P95 is not { } p95)
            return Untold(subject, $"no run of {span.Stage} was seen from '{span.Start}' to '{span.End}'",
                ErrorId.NoData) with
            { Condition = condition };
        var error = p95 * seen.RelativeError;
        var verdict = p95 - error > most ? Verdict.Failed : p95 + error <= most ? Verdict.Passed : Verdict.Inconclusive;
        var about = error > 0 ? Invariant($" (give or take {error:0.######} s)") : "";
        return new Finding(subject, verdict, Invariant($"p95 of {span.Stage} is {p95:0.######} s{about}, {(verdict switch
        {
            Verdict.Failed => "more than",
            Verdict.Passed => "at most",
            _ => "too near to",
        })} {Durations.Format(limit)}; {seen.Count} pairs, {seen.Unpaired} unpaired"))
        { Condition = condition, Observed = Invariant($"{p95:R}") };
    }

    private static IEnumerable<Finding> Log(DayCounts counts, double most)
    {
        var faults = counts.Faults;
        foreach (var broken in faults.Broken)
            yield return Untold("log", $"{broken}: what comes after isn't counted", ErrorId.BadDocument);
        var (bad, lines) = (faults.AmongDay + faults.WrongType + faults.Unjudged, counts.EventTotal + faults.AmongDay);
        var others = faults.Malformed + faults.Undated - faults.AmongDay;
        if (bad + others == 0)
            yield break;
        // A line counts once a rule that can't be held against it.
        var share = 100.0 * Math.Min(bad, lines) / Math.Max(lines, 1);
        yield return new Finding("log", Verdict.Inconclusive,
            Invariant($"{bad} of {lines} lines of the day ({share:0.####} %) can't be counted, or not in whole: ")
            + Invariant($"{faults.AmongDay} malformed or without a time, {faults.WrongType} with a field of another type, ")
            + Invariant($"{faults.Unjudged} that a rule can't be held against")
            + (others > 0 ? Invariant($"; {others} more are malformed or without a time among lines of other days") : "")
            + (faults.TruncatedEnd && faults.Broken.Count == 0 ? "; the last line has no end, and may still be written" : ""))
        {
            Condition = Invariant($"uncounted <= {most} %"),
            Observed = Invariant($"{share:0.####} %"),
            Source = faults.Places.Count > 0 ? faults.Places[0] : null,
            Reason = ErrorId.BadDocument,
            Required = share > most,
        };
    }

    private static Finding Untold(string subject, string text, ErrorId reason) => new(subject, Verdict.Inconclusive, text) { Reason = reason };
}
