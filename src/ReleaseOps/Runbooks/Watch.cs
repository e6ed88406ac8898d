namespace ReleaseOps.Runbooks;

/// <summary>How a release is watched once it is out.</summary>
/// <param name="Window">How long, from T-0.</param>
public sealed record Watch(TimeSpan Window)
{
    /// <summary>Default of <see cref="Interval"/>.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMinutes(1);

    /// <summary>Default of <see cref="Clear"/> and of <see cref="LongestGap"/>.</summary>
    public static readonly TimeSpan QuarterOfAnHour = TimeSpan.FromMinutes(15);

    /// <summary>Default of <see cref="Grace"/>.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromMinutes(30);

    /// <summary>Default of <see cref="MostMissing"/>.</summary>
    public const double DefaultMostMissing = 5;

    /// <summary>The time from one look to the next; at least a second.</summary>
    public TimeSpan Interval { get; init; } = DefaultInterval;

    /// <summary>The role of the incident commander, who must be named when the watch begins; null where nobody need be.</summary>
    public string? Commander { get; init; }

    /// <summary>What is worth knowing on day one, stricter than normal.</summary>
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    /// <summary>Names of the triggers that are looked at; each is over metrics.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];

    /// <summary>The gates that are judged at the end.</summary>
    public IReadOnlyList<WatchGate> Gates { get; init; } = [];

    /// <summary>Steps that are looked at when it begins, each <see cref="ChecksEvery"/>, and before it is decided. None changes anything.</summary>
    public IReadOnlyList<Step> Checks { get; init; } = [];

    /// <summary>The time from one run of the checks to the next; null for the beginning and the end only.</summary>
    public TimeSpan? ChecksEvery { get; init; }

    /// <summary>Names of the severities of which an open incident without verified mitigation makes NO-GO.</summary>
    public IReadOnlyList<string> NoGoOpen { get; init; } = [];

    /// <summary>Names of the severities of which any incident in the window makes NO-GO, mitigated or not.</summary>
    public IReadOnlyList<string> NoGoEver { get; init; } = [];

    /// <summary>How long an incident's signal must have been seen to be gone, gaps left out, before its mitigation counts as verified.</summary>
    public TimeSpan Clear { get; init; } = QuarterOfAnHour;

    /// <summary>How long after it was due a review is called overdue.</summary>
    public TimeSpan Grace { get; init; } = DefaultGrace;

    /// <summary>The longest gap in what was seen that may be left in a watch that comes to GO.</summary>
    public TimeSpan LongestGap { get; init; } = QuarterOfAnHour;

    /// <summary>The share of looks, in percent, that may have seen nothing in a watch that comes to GO.</summary>
    public double MostMissing { get; init; } = DefaultMostMissing;

    /// <summary>What ends the time of special care; null where the window's end does.</summary>
    public WatchExit? Exit { get; init; }

    /// <summary>Times that don't count against error budgets.</summary>
    public IReadOnlyList<Maintenance> Maintenance { get; init; } = [];
}

/// <summary>A day-one threshold: stricter than normal, to catch a regression early.</summary>
/// <param name="Name">Its name.</param>
/// <param name="When">What is bad where it holds. Over a metric with <c>reduce: each</c>: in any of its series.</param>
public sealed record Threshold(string Name, Criterion When)
{
    /// <summary>The threshold of every other day, to compare with; null for none.</summary>
    public Criterion? Normal { get; init; }

    /// <summary>How long it must hold; null for at once.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>How many looks in a row; null for one.</summary>
    public int? Consecutive { get; init; }

    /// <summary>What is done about it, for people.</summary>
    public string? Action { get; init; }

    /// <summary>The severity of the incident that it opens; null where it opens none.</summary>
    public string? Severity { get; init; }

    /// <summary>What it means.</summary>
    public string? Description { get; init; }
}

/// <summary>A gate of a watch.</summary>
/// <param name="Gate">Its name.</param>
/// <param name="Required">False where it is judged and shown, and doesn't decide.</param>
public sealed record WatchGate(string Gate, bool Required);

/// <summary>What ends hypercare.</summary>
/// <param name="Clean">How long it must have been without a break, gaps left out.</param>
public sealed record WatchExit(TimeSpan Clean)
{
    /// <summary>Name of the gate that a look must pass; a look that doesn't is a break. Null where incidents and checks alone break it.</summary>
    public string? Targets { get; init; }

    /// <summary>Names of the roles that must accept the closure.</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];
}

/// <summary>A time that doesn't count against error budgets.</summary>
/// <param name="At">When it begins, against T-0.</param>
/// <param name="For">How long it is.</param>
/// <param name="Why">The reason; it stands in the evidence.</param>
public sealed record Maintenance(TimeOffset At, TimeSpan For, string Why);
