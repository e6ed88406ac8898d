namespace ReleaseOps.Gates;

/// <summary>What an alert came to.</summary>
/// <param name="Rule">The alert.</param>
/// <param name="Fires">True where both windows burn at the factor or faster; null where that can't be told.</param>
/// <param name="Text">The arithmetic in a sentence.</param>
public sealed record BurnLook(BurnRule Rule, bool? Fires, string Text)
{
    /// <summary>The burn rate over the long window, 0 where nothing happened; null where it can't be told.</summary>
    public double? LongRate { get; init; }

    /// <summary>The burn rate over the short window, 0 where nothing happened; null where it can't be told.</summary>
    public double? ShortRate { get; init; }

    /// <summary>True where so few events stand behind it that a single bad one would burn at the factor over the long window.</summary>
    public bool IsSmall { get; init; }
}
