namespace ReleaseOps.Steps;

/// <summary>What the ledger remembers of one run.</summary>
internal sealed record RunHistory(string Run, RunJob Job, string Runbook, string PlanDigest, DateTimeOffset StartedAt)
{
    /// <summary>The steps that finished, by id.</summary>
    public IReadOnlyDictionary<string, StepResult> Steps { get; init; } = new Dictionary<string, StepResult>();

    /// <summary>Ids of the actions that started and have no end.</summary>
    public IReadOnlySet<string> InDoubt { get; init; } = new HashSet<string>();

    /// <summary>True where an action was started, finished or not.</summary>
    public bool ChangedSomething { get; init; }

    /// <summary>True where the run was brought to its decision.</summary>
    public bool Finished { get; init; }

    /// <summary>True where the run was given up.</summary>
    public bool Abandoned { get; init; }

    /// <summary>True where nothing of it is left to be done.</summary>
    public bool Ended => Finished || Abandoned;
}
