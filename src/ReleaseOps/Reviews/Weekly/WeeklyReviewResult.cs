namespace ReleaseOps.Reviews.Weekly;

/// <summary>What a week comes to: what failed again and again, which alerts said too much, what is to be changed by whom and until when.</summary>
public sealed record WeeklyReviewResult
{
    /// <summary>The last day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The trading days, first to last; one without a review is among them, and says so.</summary>
    public required IReadOnlyList<WeekDay> Days { get; init; }

    /// <summary>The days that there is no review of, or none that can be read.</summary>
    public IReadOnlyList<DateOnly> MissingDays => [.. Days.Where(d => !d.IsThere).Select(d => d.Day)];

    /// <summary>What failed most often, at most as many as the runbook says.</summary>
    public IReadOnlyList<FailureClass> FailureClasses { get; init; } = [];

    /// <summary>Groups of alerts with false positives or duplicates, each with what would make them fewer.</summary>
    public IReadOnlyList<AlertGroup> AlertGroups { get; init; } = [];

    /// <summary>Alerts that aren't resolved, the oldest first.</summary>
    public IReadOnlyList<UnresolvedAlert> UnresolvedAlerts { get; init; } = [];

    /// <summary>Interventions by their reason, most first.</summary>
    public IReadOnlyList<NamedCount> Interventions { get; init; } = [];

    /// <summary>The incidents that something was said of in the week, or that weren't over when it ended, by time.</summary>
    public IReadOnlyList<WeekIncident> Incidents { get; init; } = [];

    /// <summary>Changes to the runbook that are open, or were closed in this week.</summary>
    public IReadOnlyList<RunbookChange> Changes { get; init; } = [];

    /// <summary>What could be asked of the rates from now on, with the days that it rests on.</summary>
    public IReadOnlyList<ThresholdProposal> Thresholds { get; init; } = [];

    /// <summary>
    /// NoGo: a day's items failed, or the floor was broken. Hold: a day or an input is missing or can't be read in whole, or a change has no owner or
    /// no date. Go: neither.
    /// </summary>
    public required Decision Decision { get; init; }

    /// <summary>What made the decision, worst first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What was read.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Name of the runbook.</summary>
    public required string Runbook { get; init; }

    /// <summary>Title of the runbook.</summary>
    public string Title { get; init; } = "";

    /// <summary>SHA-256 of its file, lower-case hex.</summary>
    public required string RunbookDigest { get; init; }

    /// <summary>What is asked of the rates now.</summary>
    public required ReviewThresholds Asked { get; init; }

    /// <summary>Full paths of the files that were written; empty for none.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The closing line.</summary>
    public string Summary => FormattableString.Invariant(
        $"Weekly review {Days[0].Day:yyyy-MM-dd} to {Day:yyyy-MM-dd}: {Decision.Word()}, {Days.Count - MissingDays.Count} of {Days.Count} days, ")
        + FormattableString.Invariant($"{Changes.Count(c => c.IsOpen)} open changes ({Changes.Count(c => c.Overdue)} overdue)");
}
