using static System.FormattableString;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>
/// The changes to the runbook: those carried from the week before, those that somebody gave, and those that this week asks for. Pure.
/// </summary>
internal static class RunbookChanges
{
    /// <summary>All that are open or were closed in this week, the overdue ones first, then by date.</summary>
    public static IReadOnlyList<RunbookChange> Of(
        WeeklyInput input, IReadOnlyList<FailureClass> classes, IReadOnlyList<AlertGroup> alerts, IReadOnlyList<ThresholdProposal> thresholds)
    {
        var rules = input.Runbook.Review!.Weekly;
        var changes = new Dictionary<string, RunbookChange>(StringComparer.Ordinal);
        foreach (var carried in input.Carried.Where(c => c.IsOpen))
            changes[carried.Id] = carried with { Carried = true };
        foreach (var given in input.Given)
            changes[given.Id] = changes.TryGetValue(given.Id, out var known)
                ? known with
                {
                    Title = given.Title.Length > 0 ? given.Title : known.Title,
                    Owner = given.Owner ?? known.Owner,
                    Due = given.Due ?? known.Due,
                    Closed = given.Closed,
                }
                : given with { Opened = given.Opened ?? input.Day };
        foreach (var asked in Asked(input, classes, alerts, thresholds))
            changes.TryAdd(asked.Id, asked with
            {
                Owner = rules.Owner,
                Opened = input.Day,
                Due = input.Day.AddDays((int)Math.Ceiling(rules.Due.TotalDays))
            });
        return
        [
            .. changes.Values.Select(c => c with { Overdue = c.IsOpen && c.Due < input.Day })
                .OrderByDescending(c => c.Overdue).ThenBy(c => !c.IsOpen).ThenBy(c => c.Due ?? DateOnly.MaxValue)
                    .ThenBy(c => c.Id, StringComparer.Ordinal),
        ];
    }

    // A class that was seen on most of the days recurs; on fewer it is shown, and no more.
    private static IEnumerable<RunbookChange> Asked(
        WeeklyInput input, IReadOnlyList<FailureClass> classes, IReadOnlyList<AlertGroup> alerts, IReadOnlyList<ThresholdProposal> thresholds)
    {
        foreach (var recurring in classes.Where(c => 2 * c.DaysSeen > input.Days.Count))
            yield return new RunbookChange("recurring:" + recurring.Id,
                Invariant($"Find and mend what makes {recurring.Id}: on {recurring.DaysSeen} of {input.Days.Count} days, {recurring.Total} in all"));
        foreach (var group in alerts.Where(g => g.Reductions.Count > 0))
            yield return new RunbookChange("alert:" + group.Key, $"{group.Key}: {string.Join("; or ", group.Reductions)}");
        foreach (var threshold in thresholds.Where(t => t.Proposed is not null))
            yield return new RunbookChange("threshold:" + threshold.Name, Invariant($"Decide: {threshold.Name} {threshold.Proposed}")
                + (threshold.Current is { } now ? Invariant($" instead of {now}") : "") + $" ({threshold.Reason})");
    }
}
