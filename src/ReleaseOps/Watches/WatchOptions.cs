using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>How a watch is run.</summary>
/// <param name="Run">Where its ledger is, who runs it, whom to tell.</param>
public sealed record WatchOptions(RunOptions Run)
{
    /// <summary>The incident commander's name; needed at the beginning where the runbook names the role.</summary>
    public string? Commander { get; init; }

    /// <summary>T-0 of the release; null for the moment at which the watch begins. What lies before that moment is looked at in history.</summary>
    public DateTimeOffset? T0 { get; init; }
}
