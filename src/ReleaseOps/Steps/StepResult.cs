namespace ReleaseOps.Steps;

/// <summary>What one step came to.</summary>
public sealed record StepResult
{
    /// <summary>Name of its phase.</summary>
    public required string Phase { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The worst verdict of its findings.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>One finding a criterion, in the order of the runbook.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>One line for a person: the last line of output, what was answered, why it was skipped.</summary>
    public required string Detail { get; init; }

    /// <summary>When its first try began, UTC; when it was skipped, for one that wasn't run.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Time from the start of its first try to the end of its last.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How many times it was tried; 0 when it wasn't run.</summary>
    public int Tries { get; init; }

    /// <summary>False where its verdict is shown but doesn't decide.</summary>
    public bool Required { get; init; } = true;

    /// <summary>What it changed; null for a check.</summary>
    public string? Changes { get; init; }

    /// <summary>Path of the log of its last try, relative to the run's folder; null for none.</summary>
    public string? Log { get; init; }

    /// <summary>Further facts worth recording, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
