namespace ReleaseOps.Runbooks;

/// <summary>How several series become one number.</summary>
public enum Reduce
{
    /// <summary>Not at all: one series is expected, several are an error.</summary>
    None,
    /// <summary>The largest.</summary>
    Max,
    /// <summary>The smallest.</summary>
    Min,
    /// <summary>The arithmetic mean.</summary>
    Avg,
    /// <summary>The sum.</summary>
    Sum,
    /// <summary>Every series is judged: a fleet in one query.</summary>
    Each,
}

/// <summary>Which way a metric gets worse.</summary>
public enum Worse
{
    /// <summary>A difference either way is bad.</summary>
    Either,
    /// <summary>Higher is worse: errors, latency.</summary>
    Higher,
    /// <summary>Lower is worse: availability, throughput.</summary>
    Lower,
}

/// <summary>A named measurement.</summary>
/// <param name="Name">Its name in criteria.</param>
/// <param name="Query">The query (PromQL).</param>
public sealed record Metric(string Name, Template Query)
{
    /// <summary>Default of <see cref="MaxAge"/>: two minutes, four scrapes at the usual 30 s.</summary>
    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromMinutes(2);

    /// <summary>Name of the source that it is asked of.</summary>
    public string Source { get; init; } = "prometheus";

    /// <summary>
    /// The same for what it is compared with (the stable deployment, staging, an earlier window by <c>offset</c>); null where there is
    /// nothing to compare with. Criteria see it as <c>control.NAME</c>, and the difference in percent as <c>drift.NAME</c>.
    /// </summary>
    public Template? Control { get; init; }

    /// <summary>Its unit: <c>%</c>, <c>ms</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>How several series become one.</summary>
    public Reduce Reduce { get; init; }

    /// <summary>Which way it gets worse; <c>drift</c>, <c>change</c> and comparisons count a difference in that direction only.</summary>
    public Worse Worse { get; init; }

    /// <summary>A difference up to this, in the metric's own unit, is no difference. 0 unless told otherwise.</summary>
    public double Noise { get; init; }

    /// <summary>Samples older than this can't tell: the newest sample of each series that the query reads is looked at.</summary>
    public TimeSpan MaxAge { get; init; } = DefaultMaxAge;

    /// <summary>What it means.</summary>
    public string? Description { get; init; }
}
