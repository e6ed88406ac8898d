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
    /// <summary>
    /// The fields that make a line one (<c>run_id</c>, <c>payload.order_id</c>): each further line with the same values counts. Empty: each line counts.
    /// </summary>
    public IReadOnlyList<string> Duplicate { get; init; } = [];
}
