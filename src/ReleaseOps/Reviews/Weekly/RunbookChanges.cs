using static System.FormattableString;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>
/// The changes to the runbook: those carried from the reviews before, those that somebody gave, and those that this week asks for. What is closed is
/// closed for what was asked before; where it comes back after that, it is asked for anew. Pure.
/// </summary>
internal static class RunbookChanges
{
    /// <summary>All that are open or were closed in this week, the overdue ones first, then by date.</summary>
    public static IReadOnlyList<RunbookChange> Of(
        WeeklyInput input, IReadOnlyList<FailureClass> classes, IReadOnlyList<AlertGroup> alerts, IReadOnlyList<ThresholdProposal> thresholds)
    {
        var rules = input.Runbook.Review!.Weekly;
        var before = input.Span.Before;
        var changes = new Dictionary<string, RunbookChange>(StringComparer.Ordinal);
        // What an earlier run of this week says of one is a later word than that of the week before.
        foreach (var known in input.Carried.Select(c => c with { Carried = true }).Concat(input.Kept))
        {
            if (known.Closed <= before)
                changes.Remove(known.Id);
            else
                changes[known.Id] = known;
        }
        foreach (var given in input.Given)
            Give(changes, given, input.Day, before);
        foreach (var asked in Asked(input, changes, classes, alerts, thresholds))
        {
            if (!changes.TryGetValue(asked.Id, out var known) || IsClosed(known, input.Day))
                changes[asked.Id] = asked with
                {
                    Owner = rules.Owner,
                    Opened = input.Day,
                    Due = input.Day.AddDays((int)Math.Ceiling(rules.Due.TotalDays)),
                };
        }
        return
        [
            .. changes.Values.Select(c => c with { IsOpen = !IsClosed(c, input.Day), Overdue = !IsClosed(c, input.Day) && c.Due < input.Day })
                .OrderByDescending(c => c.Overdue).ThenBy(c => !c.IsOpen).ThenBy(c => c.Due ?? DateOnly.MaxValue)
                    .ThenBy(c => c.Id, StringComparer.Ordinal),
        ];
    }

    // A closing is about a change that was opened no later, or in this week: its changes all bear the date of its last day.
    private static bool Closes(DateOnly closed, RunbookChange change, DateOnly day, DateOnly before) =>
        change.Opened is not { } opened || opened <= closed || (opened == day && closed > before);

    private static void Give(Dictionary<string, RunbookChange> changes, RunbookChange given, DateOnly day, DateOnly before)
    {
        if (changes.TryGetValue(given.Id, out var known))
        {
            // Said of one that was closed, and came back: it isn't about the one that is open now.
            if (given.Closed is { } closed && !Closes(closed, known, day, before))
                return;
            changes[given.Id] = known with
            {
                Title = given.Title.Length > 0 ? given.Title : known.Title,
                Owner = given.Owner ?? known.Owner,
                Due = given.Due ?? known.Due,
                Closed = given.Closed,
            };
        }
        else if (given.Closed is not { } closed || closed > before)
            changes[given.Id] = given with { Opened = given.Opened ?? (given.Closed < day ? given.Closed : day) };
    }

    private static bool IsClosed(RunbookChange change, DateOnly day) => change.Closed <= day;

    // A class that was seen on most of the days recurs; on fewer it is shown, and no more. What was closed in this week isn't asked for again,
    // unless it was seen on so many days after it was closed. Of alerts and thresholds nobody can tell those days: the next week asks.
    private static IEnumerable<RunbookChange> Asked(WeeklyInput input, Dictionary<string, RunbookChange> known, IReadOnlyList<FailureClass> classes,
        IReadOnlyList<AlertGroup> alerts, IReadOnlyList<ThresholdProposal> thresholds)
    {
        var before = input.Span.Before;
        foreach (var recurring in classes)
        {
            var id = "recurring:" + recurring.Id;
            var since = known.GetValueOrDefault(id)?.Closed ?? DateOnly.MinValue;
            if (2 * recurring.PerDay.Zip(input.Days).Count(d => d.First > 0 && d.Second.Day > since) > input.Days.Count)
                yield return new RunbookChange(id, Invariant($"Find and mend what makes {recurring.Id}: ")
                    + Invariant($"on {recurring.DaysSeen} of {input.Days.Count} days, {recurring.Total} in all"));
        }
        foreach (var group in alerts.Where(g => g.Reductions.Count > 0 && !Settled("alert:" + g.Key)))
            yield return new RunbookChange("alert:" + group.Key, $"{group.Key}: {string.Join("; or ", group.Reductions)}");
        foreach (var threshold in thresholds.Where(t => t.Proposed is not null && !Settled("threshold:" + t.Name)))
            yield return new RunbookChange("threshold:" + threshold.Name, Invariant($"Decide: {threshold.Name} {threshold.Proposed}")
                + (threshold.Current is { } now ? Invariant($" instead of {now}") : "") + $" ({threshold.Reason})");

        bool Settled(string id) => known.GetValueOrDefault(id)?.Closed > before;
    }
}
