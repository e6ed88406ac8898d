namespace ReleaseOps.Steps;

/// <summary>What the ledger remembers of one run.</summary>
internal sealed record RunHistory(string Run, string Runbook, string PlanDigest, DateTimeOffset StartedAt)
{
    /// <summary>What finished, by step id.</summary>
    public IReadOnlyDictionary<string, StepResult> Finished { get; init; } = new Dictionary<string, StepResult>();

    /// <summary>Ids of the actions that started and have no end.</summary>
    public IReadOnlySet<string> InDoubt { get; init; } = new HashSet<string>();

    /// <summary>True where an action was started, finished or not.</summary>
    public bool ChangedSomething { get; init; }

    /// <summary>True where the run was brought to its end, or given up.</summary>
    public bool Ended { get; init; }
}
