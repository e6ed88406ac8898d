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

    /// <summary>The incidents of the week, by time.</summary>
    public IReadOnlyList<WeekIncident> Incidents { get; init; } = [];

    /// <summary>Changes to the runbook that are open, or were closed in this week.</summary>
    public IReadOnlyList<RunbookChange> Changes { get; init; } = [];

    /// <summary>What could be asked of the rates from now on, with the days that it rests on.</summary>
    public IReadOnlyList<ThresholdProposal> Thresholds { get; init; } = [];

    /// <summary>
    /// NoGo: a day's items failed, or the floor was broken. Hold: a day or an input is missing, or a change has no owner or no date. Go: neither.
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

/// <summary>A day of the week, as its review has it.</summary>
/// <param name="Day">The day.</param>
public sealed record WeekDay(DateOnly Day)
{
    /// <summary>Path of its review; where it was looked for, where there is none.</summary>
    public string Path { get; init; } = "";

    /// <summary>True where its review could be read.</summary>
    public bool IsThere { get; init; }

    /// <summary>Whether its items passed; null where that can't be told.</summary>
    public bool? Ok { get; init; }

    /// <summary>Its decision, where its review has one; a script's has none.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Its severity; empty for none.</summary>
    public string Severity { get; init; } = "";

    /// <summary>Events; null where that can't be told.</summary>
    public double? EventTotal { get; init; }

    /// <summary>Runs; null where that can't be told.</summary>
    public double? RunTotal { get; init; }

    /// <summary>Availability, 0 to 1; null where nothing was measured.</summary>
    public double? AvailabilityRate { get; init; }

    /// <summary>Error rate, 0 to 1; null where nothing was measured.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>p95 of each stage in seconds.</summary>
    public IReadOnlyDictionary<string, double> P95 { get; init; } = new Dictionary<string, double>();

    /// <summary>Errors of the stages with most of them.</summary>
    public IReadOnlyDictionary<string, double> StageErrors { get; init; } = new Dictionary<string, double>();

    /// <summary>False where there may have been more stages with errors than the review shows.</summary>
    public bool AllStages { get; init; }

    /// <summary>The counters under <c>incident</c>.</summary>
    public IReadOnlyDictionary<string, double> Counters { get; init; } = new Dictionary<string, double>();

    /// <summary>The floor; null where the review has none, as a script's.</summary>
    public IReadOnlyDictionary<string, double>? Floor { get; init; }

    /// <summary>The failures.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    /// <summary>What is wrong with the review: file, field, what was expected.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>Which way a count goes over the days.</summary>
public enum Trend
{
    /// <summary>Fewer than three days could be told.</summary>
    Untold,
    /// <summary>Neither up nor down.</summary>
    Steady,
    /// <summary>Up on most pairs of days.</summary>
    Rising,
    /// <summary>Down on most pairs of days.</summary>
    Falling,
}

/// <summary>A kind of failure, and how often it was.</summary>
/// <param name="Id">
/// What it is: <c>errors:execute_from_packet</c>, <c>check:slo_availability_guard</c>, <c>floor:...</c>, <c>intervention:...</c>,
/// <c>incident:...</c>.
/// </param>
/// <param name="PerDay">How often on each day; null where that can't be told.</param>
public sealed record FailureClass(string Id, IReadOnlyList<double?> PerDay)
{
    /// <summary>How often in all.</summary>
    public double Total => PerDay.Sum(n => n ?? 0);

    /// <summary>On how many days.</summary>
    public int DaysSeen => PerDay.Count(n => n > 0);

    /// <summary>Which way it goes.</summary>
    public Trend Trend { get; init; }

    /// <summary>How often in the week before; null where that isn't known.</summary>
    public double? LastWeek { get; init; }
}

/// <summary>Alerts that say the same.</summary>
/// <param name="Key">The labels that make them one: <c>alertname=HighLatency, stage=router</c>.</param>
public sealed record AlertGroup(string Key)
{
    /// <summary>How many there were, the unresolved ones included.</summary>
    public int Total { get; init; }

    /// <summary>How many were closed without anything being done.</summary>
    public int FalsePositives { get; init; }

    /// <summary>How many were acted on.</summary>
    public int ActedOn { get; init; }

    /// <summary>How many fired while another of the group was firing already, or were called a duplicate.</summary>
    public int Duplicates { get; init; }

    /// <summary>The labels in which they differ.</summary>
    public IReadOnlyList<string> Varying { get; init; } = [];

    /// <summary>What would make them fewer, each with its reason.</summary>
    public IReadOnlyList<string> Reductions { get; init; } = [];
}

/// <summary>An alert that isn't resolved.</summary>
/// <param name="Key">Its name and group.</param>
/// <param name="Labels">Its labels.</param>
public sealed record UnresolvedAlert(string Key, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Since when; null where nobody says.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>active, suppressed or unprocessed.</summary>
    public string State { get; init; } = "";

    /// <summary>True where it is silenced or inhibited.</summary>
    public bool IsMuted { get; init; }

    /// <summary>What it says.</summary>
    public string Summary { get; init; } = "";
}

/// <summary>An incident of the week.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Class">What kind it is.</param>
/// <param name="Severity">The severity that it came to.</param>
/// <param name="From">When it was first spoken of.</param>
public sealed record WeekIncident(string Id, string Class, string Severity, DateTimeOffset From)
{
    /// <summary>When it was over; null where nobody says.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>What was said last.</summary>
    public string Last { get; init; } = "";
}

/// <summary>A change to the runbook, carried from week to week until it is closed.</summary>
/// <param name="Id">Its id, the same in each week.</param>
/// <param name="Title">What is to be changed, and why.</param>
public sealed record RunbookChange(string Id, string Title)
{
    /// <summary>Who does it; null for nobody yet.</summary>
    public string? Owner { get; init; }

    /// <summary>Until when; null for no date yet.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>The week that it was first asked for.</summary>
    public DateOnly? Opened { get; init; }

    /// <summary>The week that it was closed in; null while it is open.</summary>
    public DateOnly? Closed { get; init; }

    /// <summary>True where it comes from an earlier week.</summary>
    public bool Carried { get; init; }

    /// <summary>True where it is open, and its date is past.</summary>
    public bool Overdue { get; init; }

    /// <summary>True while it isn't closed.</summary>
    public bool IsOpen => Closed is null;
}

/// <summary>What could be asked from now on, and why.</summary>
/// <param name="Name">Of what: <c>min_availability_rate</c>.</param>
/// <param name="Current">What is asked now; null for nothing.</param>
/// <param name="Values">The values of the days that have one.</param>
public sealed record ThresholdProposal(string Name, double? Current, IReadOnlyList<double> Values)
{
    /// <summary>The lowest; null for none.</summary>
    public double? Lowest => Values.Count == 0 ? null : Values.Min();

    /// <summary>The median, the lower one of two; null for none.</summary>
    public double? Median => Values.Count == 0 ? null : Values.Order().ElementAt((Values.Count - 1) / 2);

    /// <summary>The highest; null for none.</summary>
    public double? Highest => Values.Count == 0 ? null : Values.Max();

    /// <summary>What is proposed; null to keep what there is.</summary>
    public double? Proposed { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}
