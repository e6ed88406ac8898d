namespace ReleaseOps.Reviews.Weekly;

/// <summary>Alerts that say the same.</summary>
/// <param name="Key">The labels that make them one: <c>alertname=HighLatency, stage=router</c>.</param>
public sealed record AlertGroup(string Key)
{
    /// <summary>How many there were, the unresolved ones included.</summary>
    public int Total { get; init; }

    /// <summary>How many were closed without anything being done.</summary>
    public int FalsePositives { get; init; }

    /// <summary>How many were acted on.</summary>
    public int ActedOn { get; init; }

    /// <summary>How many fired while another of the group was firing already, or were called a duplicate.</summary>
    public int Duplicates { get; init; }

    /// <summary>The labels in which they differ.</summary>
    public IReadOnlyList<string> Varying { get; init; } = [];

    /// <summary>What would make them fewer, each with its reason.</summary>
    public IReadOnlyList<string> Reductions { get; init; } = [];
}

/// <summary>An alert that isn't resolved.</summary>
/// <param name="Key">Its name and group.</param>
/// <param name="Labels">Its labels.</param>
public sealed record UnresolvedAlert(string Key, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Since when; null where nobody says.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>active, suppressed or unprocessed.</summary>
    public string State { get; init; } = "";

    /// <summary>True where it is silenced or inhibited.</summary>
    public bool IsMuted { get; init; }

    /// <summary>What it says.</summary>
    public string Summary { get; init; } = "";
}
