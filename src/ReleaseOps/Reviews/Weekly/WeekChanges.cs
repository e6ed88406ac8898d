namespace ReleaseOps.Reviews.Weekly;

/// <summary>A change to the runbook, carried from week to week until it is closed.</summary>
/// <param name="Id">Its id, the same in each week.</param>
/// <param name="Title">What is to be changed, and why.</param>
public sealed record RunbookChange(string Id, string Title)
{
    /// <summary>Who does it; null for nobody yet.</summary>
    public string? Owner { get; init; }

    /// <summary>Until when; null for no date yet.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>The week that it was first asked for.</summary>
    public DateOnly? Opened { get; init; }

    /// <summary>The day that it was closed on, or will be: after the week's last day it is open still; null where nobody closed it.</summary>
    public DateOnly? Closed { get; init; }

    /// <summary>True where it comes from an earlier week.</summary>
    public bool Carried { get; init; }

    /// <summary>True where it is open, and its date is past.</summary>
    public bool Overdue { get; init; }

    /// <summary>True where it wasn't closed yet when the week ended.</summary>
    public bool IsOpen { get; init; } = true;
}

/// <summary>What could be asked from now on, and why.</summary>
/// <param name="Name">Of what: <c>min_availability_rate</c>.</param>
/// <param name="Current">What is asked now; null for nothing.</param>
/// <param name="Values">The values of the days that have one.</param>
public sealed record ThresholdProposal(string Name, double? Current, IReadOnlyList<double> Values)
{
    /// <summary>The lowest; null for none.</summary>
    public double? Lowest => Values.Count == 0 ? null : Values.Min();

    /// <summary>The median, the lower one of two; null for none.</summary>
    public double? Median => Values.Count == 0 ? null : Values.Order().ElementAt((Values.Count - 1) / 2);

    /// <summary>The highest; null for none.</summary>
    public double? Highest => Values.Count == 0 ? null : Values.Max();

    /// <summary>What is proposed; null to keep what there is.</summary>
    public double? Proposed { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}
