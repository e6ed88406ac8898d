namespace ReleaseOps.Runbooks;

/// <summary>What a review of an event log counts, and what it asks of the counts.</summary>
public sealed record Review
{
    /// <summary>The time zone of a day, an IANA name; UTC unless told otherwise.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>The event of a line that is an error.</summary>
    public string ErrorEvent { get; init; } = "error";

    /// <summary>The least availability, 0 to 1: runs without an error by all runs.</summary>
    public double MinAvailabilityRate { get; init; } = 0.99;

    /// <summary>The largest error rate, 0 to 1: errors by events.</summary>
    public double MaxErrorRate { get; init; } = 0.20;

    /// <summary>The stages whose latency is measured.</summary>
    public IReadOnlyList<StageSpan> Latency { get; init; } = [];

    /// <summary>What is counted beside events, runs and errors.</summary>
    public IReadOnlyList<EventCounter> Counters { get; init; } = [];

    /// <summary>What must not happen at all: each must come to 0.</summary>
    public IReadOnlyList<FloorRule> Floor { get; init; } = [];

    /// <summary>The share of lines, in percent, that may be no event of which all is known; beyond it nothing can be told.</summary>
    public double MaxUncounted { get; init; } = 1;

    /// <summary>The event log, a path; null where it is always named.</summary>
    public string? EventLog { get; init; }

    /// <summary>The source that has the events as rows; null for none.</summary>
    public string? Source { get; init; }

    /// <summary>The table there.</summary>
    public string Table { get; init; } = "events";

    /// <summary>Where the documents that are judged beside the log are, and where the review goes.</summary>
    public ReviewFilePlaces Files { get; init; } = new();

    /// <summary>
    /// What each level of the policy asks for, worst first; a level that isn't here counts as the last. Empty where there is no policy.
    /// </summary>
    public IReadOnlyList<ReviewLevel> Levels { get; init; } = [];

    /// <summary>The time zone of the moments' hours, an IANA name.</summary>
    public string Clock { get; init; } = "UTC";

    /// <summary>What each moment of a day looks at.</summary>
    public IReadOnlyList<ReviewMoment> Moments { get; init; } = ReviewMoment.Usual;

    /// <summary>How a week is looked back on.</summary>
    public WeeklyRules Weekly { get; init; } = new();
}

/// <summary>A stage of a run, from one event to another.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Start">The event that begins it.</param>
/// <param name="End">The event that ends it.</param>
public sealed record StageSpan(string Stage, string Start = "start", string End = "end")
{
    /// <summary>The largest p95; null for none.</summary>
    public TimeSpan? MaxP95 { get; init; }
}

/// <summary>Which lines of a log are meant; what is null may be anything.</summary>
public sealed record EventSelector
{
    /// <summary>The line's stage.</summary>
    public string? Stage { get; init; }

    /// <summary>The line's event.</summary>
    public string? Event { get; init; }

    /// <summary>Texts that fields must have, in any case: <c>payload.transition</c> -> <c>cooldown</c>.</summary>
    public IReadOnlyDictionary<string, string> Where { get; init; } = new Dictionary<string, string>();

    /// <summary>A criterion over <c>ts, run_id, stage, event, payload</c>; null for none.</summary>
    public Criterion? When { get; init; }
}

/// <summary>A number of lines.</summary>
/// <param name="Name">Its name: <c>cooldown_transition_total</c>.</param>
/// <param name="Lines">Which lines.</param>
public sealed record EventCounter(string Name, EventSelector Lines);

/// <summary>Something that must not happen: lines that must not be, or lines of which there must be one only.</summary>
/// <param name="Name">Its name: <c>duplicate_execution</c>.</param>
/// <param name="Lines">Which lines.</param>
public sealed record FloorRule(string Name, EventSelector Lines)
{
    /// <summary>What it means, for people.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// The fields that make a line one (<c>run_id</c>, <c>payload.order_id</c>): each further line with the same values counts. Empty: each line
    /// counts.
    /// </summary>
    public IReadOnlyList<string> Duplicate { get; init; } = [];
}
