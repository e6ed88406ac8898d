namespace ReleaseOps.Hotfixes;

/// <summary>How two API descriptions are held against each other.</summary>
public sealed record ContractOptions
{
    /// <summary>The least level of a difference that makes NoGo.</summary>
    public ChangeLevel FailOn { get; init; } = ChangeLevel.Breaking;

    /// <summary>Full path of a list of differences that are known and accepted, or of two commits its path in the repository; null for none.</summary>
    public string? Ignore { get; init; }

    /// <summary>The day, UTC: sunsets and acceptances have dates.</summary>
    public required DateOnly Today { get; init; }
}
