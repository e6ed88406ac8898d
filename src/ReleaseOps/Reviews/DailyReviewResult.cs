using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews;

/// <summary>
/// What a day comes to. The first part is the document of the workflow (its names, its order, its meaning of <see cref="Ok"/>); what is ours
/// stands under a key of its own, and comes to a decision of its own, which is never better than <see cref="Ok"/>.
/// </summary>
public sealed record DailyReviewResult
{
    /// <summary>True where no required item failed.</summary>
    public bool Ok => Failures.Count == 0;

    /// <summary>The day, in the review's time zone.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>What was asked of the rates.</summary>
    public required ReviewThresholds Thresholds { get; init; }

    /// <summary>Availability and errors.</summary>
    public required ReviewSlo Slo { get; init; }

    /// <summary>The review's counters, in its order.</summary>
    public IReadOnlyList<NamedCount> Incident { get; init; } = [];

    /// <summary>The policy, and what its level asks for.</summary>
    public required ReviewedPolicy Policy { get; init; }

    /// <summary>The signoff.</summary>
    public required ReviewedSignoff Signoff { get; init; }

    /// <summary>The items, in their order.</summary>
    public IReadOnlyList<ReviewItem> Checklist { get; init; } = [];

    /// <summary>How many items are required.</summary>
    public int RequiredTotal => Checklist.Count(i => i.Required);

    /// <summary>How many of them passed.</summary>
    public int RequiredPassTotal => Checklist.Count(i => i.Required && i.Passed);

    /// <summary>How many of them failed.</summary>
    public int RequiredFailTotal => Failures.Count;

    /// <summary>How many failures there are.</summary>
    public int FailureTotal => Failures.Count;

    /// <summary>The failures, <c>check_failed:ID</c>, in the order of the items.</summary>
    public IReadOnlyList<string> Failures => [.. Checklist.Where(i => i.Required && !i.Passed).Select(i => "check_failed:" + i.Id)];

    /// <summary>
    /// NoGo: a required item failed, the floor is broken, or a latency is above its target. Hold: something of it can't be told. Go: neither.
    /// </summary>
    public required Decision Decision { get; init; }

    /// <summary>What made the decision, worst first, each with its numbers.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The moment that it was made for; before the close it says how things stand so far.</summary>
    public required ReviewMomentKind Moment { get; init; }

    /// <summary>The steps that are due at this moment, from the runbook's phase; none where it names none.</summary>
    public IReadOnlyList<string> Due { get; init; } = [];

    /// <summary>The latency of stages.</summary>
    public IReadOnlyList<StageLatency> Latency { get; init; } = [];

    /// <summary>What must not happen at all: each is 0.</summary>
    public IReadOnlyList<NamedCount> Floor { get; init; } = [];

    /// <summary>How much of the day's error budget was used up.</summary>
    public IReadOnlyList<ReviewBudget> Budget { get; init; } = [];

    /// <summary>What of the log couldn't be counted.</summary>
    public LogFaults Faults { get; init; } = new();

    /// <summary>What was read: paths of logs, or a database and its table, without a password.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The time zone of the day.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Name of the runbook.</summary>
    public required string Runbook { get; init; }

    /// <summary>SHA-256 of its file, lower-case hex.</summary>
    public required string RunbookDigest { get; init; }

    /// <summary>Full paths of the files that were written; empty for none.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The closing line.</summary>
    public string Summary => FormattableString.Invariant($"Review of {Day:yyyy-MM-dd}")
        + (Moment == ReviewMomentKind.PostClose ? "" : $" ({ReviewMoment.Word(Moment)}, so far)") + $": {Decision.Word()}, {Policy.Severity}"
        + FormattableString.Invariant($", {RequiredPassTotal} of {RequiredTotal} items passed");
}

/// <summary>What is asked of the rates of a day.</summary>
/// <param name="MinAvailabilityRate">The least availability, 0 to 1.</param>
/// <param name="MaxErrorRate">The largest error rate, 0 to 1.</param>
public sealed record ReviewThresholds(double MinAvailabilityRate, double MaxErrorRate);

/// <summary>Availability and errors of a day.</summary>
public sealed record ReviewSlo
{
    /// <summary>Events of the day.</summary>
    public long EventTotal { get; init; }

    /// <summary>Those that are errors.</summary>
    public long ErrorTotal { get; init; }

    /// <summary>Errors by events; 0 where there is no event.</summary>
    public double ErrorRate => EventTotal == 0 ? 0 : (double)ErrorTotal / EventTotal;

    /// <summary>Distinct runs.</summary>
    public long RunTotal { get; init; }

    /// <summary>Those without an error.</summary>
    public long SuccessRunTotal { get; init; }

    /// <summary>Runs without an error by all runs; 0 where there is no run.</summary>
    public double AvailabilityRate => RunTotal == 0 ? 0 : (double)SuccessRunTotal / RunTotal;

    /// <summary>The stages with most errors, at most five.</summary>
    public IReadOnlyList<StageErrors> StageErrorTop { get; init; } = [];
}

/// <summary>The policy of a day, and what its level asks for.</summary>
/// <param name="EscalationLevel">The level as the policy says it; empty where it says none.</param>
/// <param name="Severity">The severity that the level is.</param>
/// <param name="Ownership">Who must be called for it.</param>
/// <param name="ManualApprovalOnly">True where nothing runs without a person's approval; false where the policy doesn't say.</param>
/// <param name="OncallEscalation">Who is called, as the policy says it; empty where it doesn't.</param>
public sealed record ReviewedPolicy(string EscalationLevel, string Severity, string Ownership, bool ManualApprovalOnly, string OncallEscalation);

/// <summary>The signoff of a day.</summary>
/// <param name="Approved">True where it was given; false where it doesn't say.</param>
/// <param name="GoLiveDecision">What was decided; empty where it doesn't say.</param>
public sealed record ReviewedSignoff(bool Approved, string GoLiveDecision);

/// <summary>An item of the review.</summary>
/// <param name="Id">Its id: <c>slo_probe_measurable</c>.</param>
/// <param name="Title">What it asks.</param>
/// <param name="Required">False where it isn't looked at at this moment.</param>
/// <param name="Passed">Whether it is so.</param>
/// <param name="Evidence">What it was judged on.</param>
public sealed record ReviewItem(string Id, string Title, bool Required, bool Passed, string Evidence);

/// <summary>How much of what may fail in a day did.</summary>
/// <param name="Name">Of what: <c>runs</c>, <c>events</c>.</param>
/// <param name="Allowed">How many may fail, by the threshold: not a whole number.</param>
/// <param name="Used">How many did.</param>
public sealed record ReviewBudget(string Name, double Allowed, long Used)
{
    /// <summary>The share that is used up, in percent; null where there is none to use up, and something failed, or nothing was counted.</summary>
    public double? ConsumedPercent => Allowed > 0 ? 100 * Used / Allowed : null;
}
