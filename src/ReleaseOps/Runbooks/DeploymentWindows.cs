namespace ReleaseOps.Runbooks;

/// <summary>When a rollout may start. A runbook without any has no such limit.</summary>
public sealed record DeploymentWindows
{
    /// <summary>The time zone of the hours and days (an IANA name); UTC unless told otherwise.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>The hours in which it may; empty for any.</summary>
    public IReadOnlyList<OpenHours> Open { get; init; } = [];

    /// <summary>The days on which it may not.</summary>
    public IReadOnlyList<Freeze> Frozen { get; init; } = [];

    /// <summary>The role whose approval lets a hotfix through all the same; null where nothing may.</summary>
    public string? Hotfix { get; init; }
}

/// <summary>Hours of the week, half-open; an end at or before the beginning is on the next day.</summary>
/// <param name="Days">The days on which they begin; empty for every day.</param>
/// <param name="From">The first moment.</param>
/// <param name="To">The moment after the last.</param>
public sealed record OpenHours(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To);

/// <summary>Days on which nothing is deployed, half-open.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Why">Why; null where nobody said.</param>
public sealed record Freeze(DateOnly From, DateOnly To, string? Why);
