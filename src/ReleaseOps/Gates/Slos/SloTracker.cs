using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>The events of one step of time.</summary>
/// <param name="End">The end of the step; the step before it is its beginning, and it is half-open.</param>
/// <param name="Bad">How many were bad; null where that can't be told.</param>
/// <param name="Total">How many there were; null where that can't be told.</param>
public sealed record SloCount(DateTimeOffset End, double? Bad, double? Total);

/// <summary>What was counted before a watch began.</summary>
/// <param name="Steps">The steps of the last three days before it, oldest first.</param>
/// <param name="BadBefore">What was bad in the rest of the SLO's window, before those; null where that can't be told.</param>
/// <param name="TotalBefore">The same for all events.</param>
public sealed record SloPast(IReadOnlyList<SloCount> Steps, double? BadBefore, double? TotalBefore);

/// <summary>A time that doesn't count.</summary>
/// <param name="From">Its beginning, UTC.</param>
/// <param name="To">Its end, UTC.</param>
/// <param name="Why">The reason.</param>
public sealed record Exclusion(DateTimeOffset From, DateTimeOffset To, string Why);

/// <summary>One of the SRE workbook's multi-window, multi-burn-rate alerts.</summary>
/// <param name="Factor">How many times faster than evenly the budget burns.</param>
/// <param name="Long">The long window.</param>
/// <param name="Short">The short window, which ends the alert soon after the burning ends.</param>
/// <param name="Page">True where it is worth waking somebody; false for a ticket.</param>
public sealed record BurnRule(double Factor, TimeSpan Long, TimeSpan Short, bool Page);

/// <summary>What an alert came to.</summary>
/// <param name="Rule">The alert.</param>
/// <param name="Fires">True where both windows burn at the factor or faster; null where that can't be told.</param>
/// <param name="Text">The arithmetic in a sentence.</param>
public sealed record BurnLook(BurnRule Rule, bool? Fires, string Text)
{
    /// <summary>The burn rate over the long window; null where it can't be told.</summary>
    public double? LongRate { get; init; }

    /// <summary>The burn rate over the short window; null where it can't be told.</summary>
    public double? ShortRate { get; init; }

    /// <summary>True where so few events stand behind it that a single bad one would burn at the factor.</summary>
    public bool IsSmall { get; init; }
}

/// <summary>Where an objective stands.</summary>
/// <param name="Slo">Its name.</param>
/// <param name="Objective">The objective, in percent.</param>
/// <param name="Window">The time that the budget is for.</param>
public sealed record SloStanding(string Slo, double Objective, TimeSpan Window)
{
    /// <summary>The end of the last step that counts; null before the first.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The share of good events over the window, in percent; null where nothing was counted.</summary>
    public double? Attained { get; init; }

    /// <summary>How much of the error budget is left, in percent of it; below 0 where it is overspent; null where nothing was counted.</summary>
    public double? BudgetLeft { get; init; }

    /// <summary>The events counted, and those of them that were bad.</summary>
    public double Total { get; init; }

    /// <summary>The bad ones.</summary>
    public double Bad { get; init; }

    /// <summary>How much time could not be told.</summary>
    public TimeSpan Untold { get; init; }

    /// <summary>How much time was taken out.</summary>
    public TimeSpan Excluded { get; init; }

    /// <summary>The alerts, fastest first.</summary>
    public IReadOnlyList<BurnLook> Burns { get; init; } = [];

    /// <summary>The whole in a sentence; says so where the sample is small.</summary>
    public string Text { get; init; } = "";
}

/// <summary>Follows one objective, step by step; keeps three days of steps.</summary>
/// <param name="slo">The objective.</param>
/// <param name="excluded">Times that don't count.</param>
/// <param name="past">What was counted before; null for nothing.</param>
public sealed class SloTracker(Slo slo, IReadOnlyList<Exclusion> excluded, SloPast? past)
{
    /// <summary>Takes the next step. A step that was taken already, or that ends before the last one, is left out.</summary>
    /// <param name="count">The step.</param>
    public void Take(SloCount count) => throw new NotImplementedException($"{slo} {excluded} {past} {count}");

    /// <summary>Where the objective stands after the last step.</summary>
    public SloStanding Standing => throw new NotImplementedException();
}
