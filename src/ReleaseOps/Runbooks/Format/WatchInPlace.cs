namespace ReleaseOps.Runbooks.Format;

/// <summary>What can be said of a watch only when the whole runbook is known.</summary>
internal static class WatchInPlace
{
    /// <summary>A look is made from metrics' history where it was missed, and a step has none.</summary>
    public static void CheckTrigger(Runbook runbook, Reference trigger, Reading reading)
    {
        if (runbook.Triggers.Any(t => t.Name == trigger.Name && t.When is null))
            reading.Error(trigger.At, ErrorId.BadValue, $"the trigger '{trigger.Name}' looks at a step, and a watch looks at metrics only",
                "name a trigger with 'when', or put a step like it under 'checks'");
    }

    /// <summary>A comparison is of a window, and targets are judged at each look.</summary>
    public static void CheckTargets(Runbook runbook, Reference targets, Reading reading)
    {
        if (runbook.Gates.FirstOrDefault(g => g.Name == targets.Name)?.Criteria.FirstOrDefault(c => c.Compare is not null) is { } comparison)
            reading.Error(targets.At, ErrorId.BadValue,
                $"the gate '{targets.Name}' compares '{comparison.Compare!.Metric}' with its control over a time, and targets are judged at each look",
                "name a gate of criteria only");
    }

    /// <summary>A watch that judges nothing would come to GO whatever happened.</summary>
    public static void CheckJudgement(Runbook runbook, Position at, Reading reading)
    {
        var watch = runbook.Watch!;
        var judges = watch.Triggers.Count > 0 || watch.Thresholds.Any(t => t.Severity is not null) || watch.Gates.Any(g => g.Required)
            || watch.Checks.Any(c => c.Required) || watch.Exit is not null
            || runbook.Severities.Any(s => s.When is not null) || runbook.Slos.Any(s => (s.Page ?? s.Ticket) is not null);
        if (!judges)
            reading.Error(at, ErrorId.MissingKey, "nothing decides this watch: it would come to GO whatever happened",
                "give it triggers, a required gate or check, an exit, or a threshold with a severity; or give severities a 'when'");
        if (watch.Exit is { } exit && exit.Clean > watch.Window)
            reading.Warn(at, $"it can't be clean for {Durations.Format(exit.Clean)} in a window of {Durations.Format(watch.Window)}: it will never come to GO",
                "watch for longer, or ask for less");
        if (judges && runbook.Severities.Count > 0 && watch.NoGoOpen.Count + watch.NoGoEver.Count == 0)
            reading.Warn(at, "no incident makes this watch NO-GO, however severe", "name severities under 'no-go'");
    }

    /// <summary>A review is told apart by its time, and asked for within the window.</summary>
    public static void CheckReview(Runbook runbook, ScheduledReview review, Position at, Reading reading)
    {
        if (runbook.Watch is not { } watch)
            return;
        if (review.At.FromT0 > watch.Window)
            reading.Warn(at, $"{review.At} lies after the end of the watch ({Durations.Format(watch.Window)}): it won't be asked for",
                "watch for longer, or let something else remind of it");
        else if (runbook.Schedule.First(r => r.At == review.At) != review)
            reading.Error(at, ErrorId.DuplicateId, $"a second review at {review.At}: a watch tells them apart by their time",
                "make one of both, or give it another time");
    }
}
