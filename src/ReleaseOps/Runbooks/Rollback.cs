namespace ReleaseOps.Runbooks;

/// <summary>The way back.</summary>
/// <param name="Steps">Its steps, in order; each is done even where one before it failed.</param>
public sealed record Rollback(IReadOnlyList<Step> Steps)
{
    /// <summary>How long it may take in all; null where nobody said.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>How to tell that it worked: looked at after the steps.</summary>
    public IReadOnlyList<Step> Verify { get; init; } = [];

    /// <summary>The decision tree: from the worst down, the first that fits is taken. Empty where the runbook has none.</summary>
    public IReadOnlyList<DecisionRung> Decide { get; init; } = [];
}

/// <summary>What a decision tree comes to.</summary>
public enum RollbackAdvice
{
    /// <summary>Watch, and mend it in a hotfix.</summary>
    Monitor,
    /// <summary>Make ready to go back, and find out why meanwhile.</summary>
    Prepare,
    /// <summary>Go back now.</summary>
    Rollback,
}

/// <summary>One question of the decision tree.</summary>
/// <param name="Then">What follows where the answer is yes.</param>
public sealed record DecisionRung(RollbackAdvice Then)
{
    /// <summary>The question for the machine; null where a person is asked, or where it always fits.</summary>
    public Criterion? When { get; init; }

    /// <summary>The question for a person; null where the machine can tell.</summary>
    public string? Ask { get; init; }

    /// <summary>How long there is to find out why; null where nobody said.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>The question as people read it.</summary>
    public override string ToString() => When?.ToString() ?? Ask ?? "otherwise";
}
