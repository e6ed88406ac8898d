namespace ReleaseOps.Reviews.Weekly;

/// <summary>Which way a count goes over the days.</summary>
public enum Trend
{
    /// <summary>Fewer than three days could be told.</summary>
    Untold,
    /// <summary>Neither up nor down.</summary>
    Steady,
    /// <summary>Up on most pairs of days.</summary>
    Rising,
    /// <summary>Down on most pairs of days.</summary>
    Falling,
}

/// <summary>A kind of failure, and how often it was.</summary>
/// <param name="Id">
/// What it is: <c>errors:execute_from_packet</c>, <c>check:slo_availability_guard</c>, <c>floor:...</c>, <c>intervention:...</c>,
/// <c>incident:...</c>.
/// </param>
/// <param name="PerDay">How often on each trading day, what came since the one before it included; null where that can't be told.</param>
public sealed record FailureClass(string Id, IReadOnlyList<double?> PerDay)
{
    /// <summary>How often in all.</summary>
    public double Total => PerDay.Sum(n => n ?? 0);

    /// <summary>On how many days.</summary>
    public int DaysSeen => PerDay.Count(n => n > 0);

    /// <summary>Which way it goes.</summary>
    public Trend Trend { get; init; }

    /// <summary>How often in the week before; null where that isn't known.</summary>
    public double? LastWeek { get; init; }
}

/// <summary>An incident of the week.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Class">What kind it is.</param>
/// <param name="Severity">The severity that it came to.</param>
/// <param name="From">When it was first spoken of.</param>
public sealed record WeekIncident(string Id, string Class, string Severity, DateTimeOffset From)
{
    /// <summary>When it was over; null where it wasn't when the week ended.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>What was said last.</summary>
    public string Last { get; init; } = "";
}
