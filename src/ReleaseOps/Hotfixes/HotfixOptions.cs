using ReleaseOps.Steps;

namespace ReleaseOps.Hotfixes;

/// <summary>What is asked about a hotfix.</summary>
/// <param name="Run">How its checks are run.</param>
public sealed record HotfixOptions(RunOptions Run)
{
    /// <summary>The revision that it is compared with; null for the runbook's.</summary>
    public string? Base { get; init; }

    /// <summary>The hotfix: a branch, a tag, a commit.</summary>
    public string Revision { get; init; } = "HEAD";

    /// <summary>Reads an environment variable: a CI system that checks out a commit names its branch there. The process' own, unless told otherwise.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The declared class of the change; null where nobody declared one.</summary>
    public string? Class { get; init; }

    /// <summary>The ticket; null to take it from the branch's name.</summary>
    public string? Ticket { get; init; }

    /// <summary>The severity of the incident: one of the runbook's; null where nobody said.</summary>
    public string? Severity { get; init; }

    /// <summary>What the customer notices, in a line for the status message; null where nobody said.</summary>
    public string? Impact { get; init; }

    /// <summary>What the change does, in a line for the status message; null to count it.</summary>
    public string? Scope { get; init; }

    /// <summary>The title of the pull request; null where there is none yet.</summary>
    public string? Title { get; init; }

    /// <summary>The tag that it is to get; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>How long it takes until the hotfix is out; null where nobody said.</summary>
    public TimeSpan? Eta { get; init; }

    /// <summary>People's answers to the conditions of going back first, by the condition's name.</summary>
    public IReadOnlyDictionary<string, bool> Answers { get; init; } = new Dictionary<string, bool>();
}
