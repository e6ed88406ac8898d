using System.Globalization;
using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Watches;

/// <summary>
/// What a watch comes to. NO-GO: something required failed. HOLD: something required can't be told, is missing, or the time of special care
/// isn't over. GO: nothing speaks against it. Thresholds, budgets and clocks that have run out are findings, and decide through the incident
/// that they open.
/// </summary>
internal static class WatchDecision
{
    /// <summary>The decision that findings come to.</summary>
    public static Decision Of(IReadOnlyList<Finding> findings) => Decisions.Of(findings.Where(f => f.Required).Select(f => f.Verdict));

    /// <summary>Every finding that decides, and what else is worth knowing; worst first.</summary>
    /// <param name="fold">The state.</param>
    /// <param name="now">The time.</param>
    /// <param name="final">
    /// The gates as they were judged at the end; null while the watch goes on: then what only the end can show (the exit, reviews, checks
    /// that weren't run yet) isn't held against it.
    /// </param>
    public static IReadOnlyList<Finding> Findings(WatchFold fold, DateTimeOffset now, IReadOnlyList<GateResult>? final)
    {
        var findings = new List<Finding>();
        findings.AddRange(fold.Incidents.All.SelectMany(i => Of(fold, i, now)));
        findings.AddRange(fold.Conditions.Where(c => c.Condition.Kind is ConditionKind.Threshold or ConditionKind.Trigger).Select(c => Of(c)).OfType<Finding>());
        findings.AddRange(final is null ? GatesSoFar(fold) : final.SelectMany(g => OfGate(fold, g)));
        findings.AddRange(Checks(fold, final is not null));
        findings.AddRange(Gaps(fold, final is not null));
        findings.AddRange(fold.Budgets.Standings.Select(Of).OfType<Finding>());
        findings.AddRange(Reviews(fold, now, final is not null));
        if (fold.Exit is { } exit)
            findings.AddRange(Of(exit.StandingAt(Until(fold, now)), isDue: final is not null && !fold.Setup.Replays));
        if (fold.Stopped is { } stop)
            findings.Add(new Finding("stopped", Verdict.Inconclusive, $"{stop.By} ended it before its time{(stop.Text is { } why ? ": " + why : "")}"));
        if (fold.LastLook is not null)
            findings.Add(Whole(fold, now));
        return [.. findings.OrderByDescending(f => f.Required).ThenBy(f => f.Verdict.Rank())];
    }

    /// <summary>What breaks a release's being clean at a look; null for nothing.</summary>
    public static string? BreakOf(WatchFold fold, ConditionTrack? targets, DateTimeOffset at) =>
        fold.Incidents.All.FirstOrDefault(i => i.IsUnmitigated && Blocks(fold, i)) is { } open ? $"{open.Severity} {open.Id} is open"
        : fold.Incidents.All.FirstOrDefault(i => i.IsOpen && i.MitigateBreached(at)) is { } late ? $"{late.Severity} {late.Id} wasn't mitigated in time"
        : targets?.Holds == true ? targets.Text
        : fold.Checks.Values.FirstOrDefault(c => c.Required && c.Verdict == Verdict.Failed) is { } check ? $"{check.Id} failed: {check.Detail}"
        : null;

    /// <summary>Whether an incident that is open and not verified to be mitigated makes NO-GO.</summary>
    private static bool Blocks(WatchFold fold, WatchIncident incident) =>
        fold.Setup.Watch.NoGoOpen.Contains(incident.Severity) || incident.Source.StartsWith("trigger:", StringComparison.Ordinal);

    private static IEnumerable<Finding> Of(WatchFold fold, WatchIncident incident, DateTimeOffset now)
    {
        var name = $"{incident.Severity} {incident.Id}";
        if (fold.Setup.Watch.NoGoEver.Contains(incident.Severity))
            yield return new Finding(incident.Id, Verdict.Failed, $"{name} happened, which is NO-GO: {incident.Text}");
        else if (incident.IsUnmitigated && Blocks(fold, incident))
            yield return new Finding(incident.Id, Verdict.Failed,
                $"{name} is open {(incident.MitigatedAt is null ? "and not mitigated" : "and its mitigation isn't verified")}: {incident.Text}");
        else
            yield return new Finding(incident.Id, incident.IsUnmitigated ? Verdict.Inconclusive : Verdict.Passed,
                $"{name} is {(incident.ResolvedAt is not null ? "resolved" : incident.VerifiedAt is not null ? "mitigated, and that is verified" : "open")}: {incident.Text}")
            {
                // One that blocks and is over is what a GO rests on.
                Required = !incident.IsUnmitigated && Blocks(fold, incident),
            };
        if (fold.Setup.Replays)
            yield break;
        if (incident.AcknowledgeBreached(now))
            yield return Late(incident, incident.AcknowledgedAt, "acknowledged", incident.AcknowledgeBy!.Value);
        if (incident.MitigateBreached(now))
            yield return Late(incident, incident.MitigatedAt, "mitigated", incident.MitigateBy!.Value);
    }

    private static Finding Late(WatchIncident incident, DateTimeOffset? done, string what, DateTimeOffset by) => new(
        incident.Id, Verdict.Failed, $"{incident.Severity} {incident.Id} was to be {what} by {Clock(by)} and {(done is { } at ? $"was at {Clock(at)}" : "wasn't")}")
    {
        Required = false,
    };

    private static Finding? Of(ConditionTrack track)
    {
        if (!track.IsBreached)
            return null;
        // A trigger that goes back decides by its incident; one that holds asks for a person.
        var holds = track.Condition.Kind == ConditionKind.Trigger && track.Condition.Guard.Then == Consequence.Hold;
        return track.Latest with { Verdict = holds ? Verdict.Inconclusive : Verdict.Failed, Required = holds };
    }

    private static IEnumerable<Finding> GatesSoFar(WatchFold fold) => fold.Conditions
        .Where(c => c.Condition.Kind == ConditionKind.Gate && c.Holds != false && fold.LastLook is not null)
        .Select(c => new Finding(c.Condition.Name, c.Holds is null ? Verdict.Inconclusive : Verdict.Failed, c.Text) { Required = c.Condition.Counts });

    private static IEnumerable<Finding> OfGate(WatchFold fold, GateResult gate)
    {
        var required = fold.Setup.Watch.Gates.First(g => g.Gate == gate.Gate).Required;
        yield return new Finding(gate.Gate, gate.Decision.ToVerdict(), $"gate {gate.Gate}: {gate.Why()}") { Required = required };
    }

    private static IEnumerable<Finding> Checks(WatchFold fold, bool isFinal)
    {
        if (fold.Setup.Replays)
            yield break;
        foreach (var step in fold.Setup.Watch.Checks)
        {
            if (fold.Checks.TryGetValue(step.Id, out var result))
                yield return new Finding(step.Id, result.Verdict, $"{step.Id}: {result.Detail}") { Required = result.Required };
            else if (isFinal)
                yield return new Finding(step.Id, Verdict.Inconclusive, $"{step.Id} was never looked at") { Required = step.Required };
        }
    }

    private static IEnumerable<Finding> Gaps(WatchFold fold, bool isFinal)
    {
        var (watch, gaps) = (fold.Setup.Watch, fold.Gaps);
        if (fold.LastLook is null)
            yield return new Finding("looks", Verdict.Inconclusive, "nothing was looked at");
        else if (gaps.IsOpen && isFinal)
            yield return new Finding("looks", Verdict.Inconclusive, $"the last look could not tell: {gaps.All[^1].Why}");
        else if (gaps.IsOpen && gaps.All[^1].Length > watch.LongestGap)
            yield return new Finding("looks", Verdict.Inconclusive,
                $"nothing can be told since {Clock(gaps.All[^1].From)}: {gaps.All[^1].Why}");
        if (!isFinal)
            yield break;
        foreach (var slo in fold.Budgets.NeverTold)
            yield return new Finding(slo, Verdict.Inconclusive, $"{slo} opens incidents, and could never be told");
        if (gaps.Longest > watch.LongestGap)
            yield return new Finding("gaps", Verdict.Inconclusive,
                $"for {Durations.Format(gaps.Longest)} on end it could not be told, more than {Durations.Format(watch.LongestGap)}");
        var share = fold.NextSlot == 0 ? 0 : 100.0 * gaps.Untold / fold.NextSlot;
        if (share > watch.MostMissing)
            yield return new Finding("gaps", Verdict.Inconclusive, string.Create(CultureInfo.InvariantCulture,
                $"{gaps.Untold} of {fold.NextSlot} looks ({share:0.#} %) could not tell, more than {watch.MostMissing:0.#} %"));
    }

    private static Finding? Of(SloStanding slo) =>
        slo.Burns.FirstOrDefault(b => b.Fires == true) is { } burn ? new Finding(slo.Slo, Verdict.Failed, $"{slo.Slo}: {burn.Text}") { Required = false }
        : slo.BudgetLeft < 0 ? new Finding(slo.Slo, Verdict.Failed, slo.Text) { Required = false }
        : slo.Text.Length > 0 ? new Finding(slo.Slo, slo.BudgetLeft is null ? Verdict.Inconclusive : Verdict.Passed, slo.Text) { Required = false }
        : null;

    private static IEnumerable<Finding> Reviews(WatchFold fold, DateTimeOffset now, bool isFinal)
    {
        if (fold.Setup.Replays)
            yield break;
        foreach (var review in fold.Reviews.All.Where(r => r.DoneAt is null && (now >= r.OverdueAt || (isFinal && r.Required))))
            yield return new Finding(review.Due, Verdict.Inconclusive, $"the review {review.Due} wasn't done: {review.What}") { Required = isFinal && review.Required };
    }

    private static IEnumerable<Finding> Of(ExitStanding exit, bool isDue)
    {
        if (exit.Left > TimeSpan.Zero)
        {
            var broken = exit.LastBreak is { } why ? $"; last broken at {Clock(exit.LastBreakAt!.Value)}: {why}" : "";
            yield return new Finding("exit", Verdict.Inconclusive,
                $"clean for {Durations.Format(Whole(exit.Held))} of {Durations.Format(exit.Clean)}, {Durations.Format(Whole(exit.Left))} left{broken}")
            { Required = isDue };
        }
        foreach (var role in exit.Accepted.Where(a => a.Value is null).Select(a => a.Key))
            yield return new Finding("exit", Verdict.Inconclusive, $"{role} hasn't accepted the end of hypercare") { Required = isDue };
    }

    private static Finding Whole(WatchFold fold, DateTimeOffset now) => new("watch", Verdict.Passed, string.Create(CultureInfo.InvariantCulture,
        $"{fold.NextSlot} {(fold.NextSlot == 1 ? "look" : "looks")} over {Durations.Format(Whole(Until(fold, now) - fold.Setup.T0))}, {fold.NextSlot - fold.Gaps.Untold} of them could tell everything"));

    /// <summary>What comes after the window isn't watched.</summary>
    private static DateTimeOffset Until(WatchFold fold, DateTimeOffset now) => now < fold.Setup.EndsAt ? now : fold.Setup.EndsAt;

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds));

    /// <summary>A time as a finding names it.</summary>
    public static string Clock(DateTimeOffset at) =>
        at.UtcDateTime.ToString(at.Second == 0 ? "MM-dd HH:mm'Z'" : "MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
