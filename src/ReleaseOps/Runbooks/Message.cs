namespace ReleaseOps.Runbooks;

/// <summary>A text that goes out to people: a fixed one (<see cref="Text"/>), or one that is filled in when it is written (<see cref="Template"/>).</summary>
/// <param name="Name">The message's name.</param>
public sealed record Message(string Name)
{
    /// <summary>The text, with <c>${{ }}</c> for what is filled in when the plan is made; null where there is a <see cref="Template"/>.</summary>
    public Template? Text { get; init; }

    /// <summary>A Handlebars template over what is known when an update is written; null where there is a <see cref="Text"/>.</summary>
    public string? Template { get; init; }

    /// <summary>Its headline, for mail and services that have one; the text's first line unless told otherwise.</summary>
    public Template? Title { get; init; }

    /// <summary>When it goes out, for people.</summary>
    public string? When { get; init; }

    /// <summary>Names of the channels that it goes to.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Minutes to the next update that the text promises; null for none.</summary>
    public TimeSpan? NextUpdate { get; init; }

    /// <summary>The status that it gives its incident at services that have one; null for what is about no incident.</summary>
    public IncidentStatus? Status { get; init; }

    /// <summary>The moments of a rollout at which it goes out by itself.</summary>
    public IReadOnlyList<RolloutMoment> On { get; init; } = [];
}

/// <summary>What may happen in a rollout.</summary>
public enum RolloutMomentKind
{
    /// <summary>The first stage begins.</summary>
    Started,
    /// <summary>A stage went well.</summary>
    Passed,
    /// <summary>It holds, and waits for a person.</summary>
    Held,
    /// <summary>The way back begins.</summary>
    Rollback,
    /// <summary>The last stage went well.</summary>
    Completed,
}

/// <summary>A moment of a rollout: <c>started</c>, <c>passed:canary</c>, <c>held</c>, <c>rollback</c>, <c>completed</c>.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Stage">The stage; null for any.</param>
public sealed record RolloutMoment(RolloutMomentKind Kind, string? Stage = null)
{
    /// <summary>As the runbook writes it.</summary>
    public override string ToString() => Kind.ToString().ToLowerInvariant() + (Stage is null ? "" : ":" + Stage);
}
