namespace ReleaseOps.Gates;

/// <summary>Where an objective stands.</summary>
/// <param name="Slo">Its name.</param>
/// <param name="Objective">The objective, in percent.</param>
/// <param name="Window">The time that the budget is for.</param>
public sealed record SloStanding(string Slo, double Objective, TimeSpan Window)
{
    /// <summary>The end of the last step; null before the first.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The share of good events among those counted, in percent; null where nothing was counted.</summary>
    public double? Attained { get; init; }

    /// <summary>
    /// How much of the error budget is left, in percent of it; below 0 where it is overspent. Null where nothing was counted, where less than
    /// half of the time could be told, and where the part of the window before the watch's own steps can't be told.
    /// </summary>
    public double? BudgetLeft { get; init; }

    /// <summary>The events counted, bad ones included.</summary>
    public double Total { get; init; }

    /// <summary>The bad ones.</summary>
    public double Bad { get; init; }

    /// <summary>How much of the time counted could not be told.</summary>
    public TimeSpan Untold { get; init; }

    /// <summary>How much of it was taken out.</summary>
    public TimeSpan Excluded { get; init; }

    /// <summary>The alerts, fastest first.</summary>
    public IReadOnlyList<BurnLook> Burns { get; init; } = [];

    /// <summary>The whole in a sentence; says so where the sample is small.</summary>
    public string Text { get; init; } = "";
}
