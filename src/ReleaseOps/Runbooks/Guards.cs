namespace ReleaseOps.Runbooks;

/// <summary>Who may do what.</summary>
/// <param name="Name">The role's name.</param>
/// <param name="May">What it may do: vote, confirm, approve-rollback, approve-restore ...</param>
public sealed record Role(string Name, IReadOnlyList<string> May)
{
    /// <summary>Who holds it, where that is known.</summary>
    public string? Holder { get; init; }

    /// <summary>What it answers for.</summary>
    public string? Description { get; init; }
}

/// <summary>What follows when a trigger fires.</summary>
public enum Consequence
{
    /// <summary>Go back.</summary>
    Rollback,
    /// <summary>Stop and wait for a person.</summary>
    Hold,
    /// <summary>Call somebody.</summary>
    Page,
}

/// <summary>A criterion, or a step that doesn't pass, that must hold for a while before its consequence follows.</summary>
/// <param name="Name">The trigger's name.</param>
/// <param name="Then">What follows.</param>
public sealed record Trigger(string Name, Consequence Then)
{
    /// <summary>Id of the step whose failures count; null where <see cref="When"/> is given.</summary>
    public string? Step { get; init; }

    /// <summary>The criterion that must hold; null where <see cref="Step"/> is given.</summary>
    public Criterion? When { get; init; }

    /// <summary>How long it must hold; null for at once.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>How many looks in a row; null for one.</summary>
    public int? Consecutive { get; init; }

    /// <summary>What it means.</summary>
    public string? Description { get; init; }
}

/// <summary>A rung of the severity ladder.</summary>
/// <param name="Name">SEV0, P1 ...</param>
/// <param name="Definition">When an incident is this bad, for people.</param>
public sealed record Severity(string Name, string Definition)
{
    /// <summary>The same for the machine; null where only a person can tell.</summary>
    public Criterion? When { get; init; }

    /// <summary>How long <see cref="When"/> must hold; null for at once.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Time to acknowledge.</summary>
    public TimeSpan? Acknowledge { get; init; }

    /// <summary>Time to mitigate.</summary>
    public TimeSpan? Mitigate { get; init; }

    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>Whom it goes to next.</summary>
    public string? Escalation { get; init; }

    /// <summary>The time from one update to people to the next; half of <see cref="Mitigate"/> unless told otherwise, null for no promise.</summary>
    public TimeSpan? NextUpdate { get; init; }
}

/// <summary>Something that is due at a time.</summary>
/// <param name="At">When, against T-0.</param>
/// <param name="What">What is due.</param>
public sealed record ScheduledReview(TimeOffset At, string What)
{
    /// <summary>Who does it.</summary>
    public string? Owner { get; init; }

    /// <summary>True where a watch doesn't come to GO without it.</summary>
    public bool Required { get; init; }
}
