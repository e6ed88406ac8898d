namespace ReleaseOps.Runbooks;

/// <summary>A release in stages.</summary>
/// <param name="Stages">The stages, in order; at least one.</param>
public sealed record Rollout(IReadOnlyList<Stage> Stages)
{
    /// <summary>Default of <see cref="Interval"/>.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(30);

    /// <summary>Default of <see cref="HoldLimit"/>.</summary>
    public static readonly TimeSpan DefaultHoldLimit = TimeSpan.FromMinutes(30);

    /// <summary>Names of the triggers that are looked at throughout.</summary>
    public IReadOnlyList<string> Abort { get; init; } = [];

    /// <summary>The time from one look to the next, where a stage doesn't say.</summary>
    public TimeSpan Interval { get; init; } = DefaultInterval;

    /// <summary>How long a hold waits for a person.</summary>
    public TimeSpan HoldLimit { get; init; } = DefaultHoldLimit;

    /// <summary>What follows when nobody answered a hold within its limit.</summary>
    public HoldEnd HoldEnd { get; init; }

    /// <summary>The poll that must have come to GO on this plan before it starts; null for none.</summary>
    public string? Poll { get; init; }
}

/// <summary>What follows when nobody answered a hold within its limit.</summary>
public enum HoldEnd
{
    /// <summary>Go back.</summary>
    Rollback,
    /// <summary>Stay where it is: the traffic keeps its weight, the rollout ends on HOLD and can be resumed.</summary>
    Stop,
}

/// <summary>One stage of a rollout: do, watch, check, judge.</summary>
/// <param name="Name">Unique in its rollout.</param>
/// <param name="Weight">Share of the traffic, in percent, 0 to 100.</param>
public sealed record Stage(string Name, double Weight)
{
    /// <summary>What moves the traffic, and what else is done at its beginning; empty where something else does it.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>How long it is watched before its gate is judged.</summary>
    public TimeSpan Watch { get; init; }

    /// <summary>The time from one look to the next; null for the rollout's.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>What is looked at once the watch is over, before it is decided; each required one must pass.</summary>
    public IReadOnlyList<Step> Checks { get; init; } = [];

    /// <summary>Name of the gate at its end; null for none.</summary>
    public string? Gate { get; init; }

    /// <summary>The role that must approve it first; null for none.</summary>
    public string? Approval { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public Position At { get; init; }
}
