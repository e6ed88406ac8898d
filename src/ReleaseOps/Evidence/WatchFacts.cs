using System.Globalization;
using ReleaseOps.Gates;
using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>What is so in a watch at a moment, in lines: for who follows it live, for its status, and for PowerShell's view of its result.</summary>
public static class WatchFacts
{
    /// <summary>How far it is, what it comes to, what is due next, and who leads; one line.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="now">The moment, UTC.</param>
    public static string Status(WatchResult watch, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(watch);
        var next = watch.Reviews.Where(r => r.DoneAt is null && r.DueAt > now).MinBy(r => r.DueAt);
        return OneLine.Of(string.Join(", ", new[]
        {
            Place(watch, now),
            watch.Decision is { } decision ? (watch.Ended ? "" : "so far ") + StatusWord.Of(decision) : null,
            next is null || watch.Ended ? null : $"next review {next.Due} in {Short(next.DueAt - now)}",
            watch.Commander is { } commander ? "IC " + commander : null,
        }.OfType<string>()));
    }

    /// <summary>
    /// Open incidents with their clocks, breached thresholds, checks that didn't pass, error budgets, reviews that are due, looks that saw
    /// nothing, and how far hypercare is from its end.
    /// </summary>
    /// <param name="watch">The watch.</param>
    /// <param name="now">The moment, UTC.</param>
    public static IReadOnlyList<ProgressLine> Of(WatchResult watch, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(watch);
        var lines = watch.Incidents.Where(i => i.IsOpen).Select(i => Incident(i, now))
            .Concat(watch.Thresholds.Select(Threshold))
            .Concat(watch.Checks.Where(c => c.Verdict is Verdict.Failed or Verdict.Inconclusive)
                .Select(c => new ProgressLine(c.Verdict, $"check {c.Id}: {c.Detail}")))
            .Concat(watch.Slos.Select(Budget))
            .Concat(watch.Reviews.Where(r => r.DoneAt is null && r.DueAt <= now).Select(r => Review(r, now)))
            .Append(Unseen(watch))
            .Append(watch.Exit is { } exit ? Hypercare(exit) : null);
        return [.. lines.OfType<ProgressLine>().Select(l => l with { Text = OneLine.Of(l.Text) })];
    }

    /// <summary>A finding of a watch in a sentence: what it is about stands before it, where it doesn't say so itself.</summary>
    /// <param name="finding">The finding.</param>
    public static string Sentence(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Text.Contains(finding.Subject, StringComparison.Ordinal) ? finding.Text : $"{finding.Subject}: {finding.Text}";
    }

    /// <summary>A duration as people say it: to the second below an hour, to the minute from then on; up to three days in hours, as windows are.</summary>
    internal static string Short(TimeSpan time)
    {
        var whole = TimeSpan.FromTicks(time.Ticks - time.Ticks % (time < TimeSpan.FromHours(1) ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMinute));
        return whole < TimeSpan.FromDays(1) || whole > TimeSpan.FromDays(3)
            ? Durations.Format(whole)
            : string.Create(CultureInfo.InvariantCulture, $"{(int)whole.TotalHours}h{(whole.Minutes == 0 ? "" : $"{whole.Minutes}m")}");
    }

    /// <summary>A moment, UTC, to the second.</summary>
    internal static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Place(WatchResult watch, DateTimeOffset now)
    {
        var window = Short(watch.EndsAt - watch.T0);
        return watch.Stopped is { } stopped ? $"stopped at T+{Short(watch.AsOf - watch.T0)} of {window}: {stopped}"
            : watch.Ended ? $"over after {window}"
            : now < watch.T0 ? $"begins in {Short(watch.T0 - now)}, for {window}"
            : now >= watch.EndsAt ? $"window of {window} over, not decided yet"
            : $"T+{Short(now - watch.T0)} of {window}, {Short(watch.EndsAt - now)} left";
    }

    private static ProgressLine Incident(WatchIncident incident, DateTimeOffset now)
    {
        var clocks = string.Join(", ", Clocks(incident, now));
        var late = (incident.AcknowledgedAt is null && incident.AcknowledgeBreached(now)) || (incident.MitigatedAt is null && incident.MitigateBreached(now));
        return new ProgressLine(
            late ? Verdict.Failed : incident.IsUnmitigated ? Verdict.Inconclusive : Verdict.Passed,
            $"{incident.Id} {incident.Severity}{(incident.Owner is { } owner ? $" ({owner})" : "")}, open for {Short(now - incident.OpenedAt)}, {clocks}: {incident.Text}")
        {
            Word = "OPEN",
        };
    }

    private static IEnumerable<string> Clocks(WatchIncident incident, DateTimeOffset now)
    {
        if (incident.VerifiedAt is not null)
        {
            yield return "mitigation verified";
            yield break;
        }
        yield return incident.AcknowledgedBy is { } by ? "acknowledged by " + by
            : incident.AcknowledgeBy is { } first ? Running("acknowledge", "acknowledgement", first, now)
            : "not acknowledged";
        if (incident.MitigatedAt is not null)
            yield return $"mitigated by {incident.MitigatedBy}, not verified yet";
        else if (incident.MitigateBy is { } limit)
            yield return Running("mitigate", "mitigation", limit, now);
    }

    private static string Running(string verb, string noun, DateTimeOffset limit, DateTimeOffset now) =>
        limit < now ? $"{noun} overdue for {Short(now - limit)}" : $"{verb} within {Short(limit - now)}";

    private static ProgressLine? Threshold(ThresholdStanding threshold) =>
        threshold.IsBreached ? new(Verdict.Failed, $"{threshold.Kind} {threshold.Name} breached: {threshold.Latest.Text}"
            + (threshold.Action is { } action ? $" -> {action}" : ""))
        : threshold.Latest.Verdict == Verdict.Inconclusive ? new(Verdict.Inconclusive, $"{threshold.Kind} {threshold.Name} can't be told: {threshold.Latest.Text}")
        : null;

    private static ProgressLine Budget(SloStanding slo)
    {
        var burning = slo.Burns.FirstOrDefault(b => b.Fires == true);
        if (slo.BudgetLeft is not { } left)
            return new(Verdict.Inconclusive, $"SLO {slo.Slo}: nothing counted yet");
        var budget = string.Create(CultureInfo.InvariantCulture, $"SLO {slo.Slo}: {Math.Floor(left * 10) / 10:0.0} % of the error budget left");
        return new(
            left < 0 || burning is { Rule.Page: true } ? Verdict.Failed : burning is not null ? Verdict.Inconclusive : Verdict.Passed,
            burning is null ? budget : $"{budget}; {burning.Text}");
    }

    private static ProgressLine Review(ReviewStanding review, DateTimeOffset now)
    {
        var owner = review.Owner is { } who ? $" ({who})" : "";
        return review.OverdueAt <= now
            ? new(Verdict.Failed, $"review {review.Due} overdue for {Short(now - review.OverdueAt)}: {review.What}{owner}")
            : new(Verdict.Inconclusive, $"review {review.Due} due: {review.What}{owner}") { Word = "CALL" };
    }

    private static ProgressLine? Unseen(WatchResult watch) => watch.Untold == 0 ? null : new(
        Verdict.Inconclusive,
        string.Create(CultureInfo.InvariantCulture, $"{watch.Untold} of {watch.Looks} looks could not tell everything")
            + (watch.Gaps.MaxBy(g => g.Length) is { } gap ? $"; the longest gap was {Short(gap.Length)}, from {Clock(gap.From)}: {gap.Why}" : ""));

    private static ProgressLine Hypercare(ExitStanding exit)
    {
        var clean = exit.Left == TimeSpan.Zero ? $"clean for {Short(exit.Clean)}, as asked" : $"clean for {Short(exit.Held)} of {Short(exit.Clean)}, {Short(exit.Left)} left";
        var broken = exit.LastBreak is { } what ? $"; last broken{(exit.LastBreakAt is { } at ? " " + Clock(at) : "")}: {what}" : "";
        var roles = string.Join(", ", exit.Accepted.Select(a => a.Value is { } who ? $"{a.Key} ({who})" : a.Key + " (nobody yet)"));
        return new ProgressLine(
            exit.IsReached ? Verdict.Passed : Verdict.Inconclusive, $"hypercare {clean}{broken}{(roles.Length > 0 ? "; accepted by " + roles : "")}")
        {
            Word = exit.IsReached ? "PASS" : "CARE",
        };
    }
}
