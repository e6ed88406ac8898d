namespace ReleaseOps.Reviews.Weekly;

/// <summary>A day of the week, as its review has it.</summary>
/// <param name="Day">The day.</param>
public sealed record WeekDay(DateOnly Day)
{
    /// <summary>Path of its review; where it was looked for, where there is none.</summary>
    public string Path { get; init; } = "";

    /// <summary>True where its review could be read.</summary>
    public bool IsThere { get; init; }

    /// <summary>Whether its items passed; null where that can't be told.</summary>
    public bool? Ok { get; init; }

    /// <summary>Its decision, where its review has one; a script's has none.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Its severity; empty for none.</summary>
    public string Severity { get; init; } = "";

    /// <summary>Events; null where that can't be told.</summary>
    public double? EventTotal { get; init; }

    /// <summary>Runs; null where that can't be told.</summary>
    public double? RunTotal { get; init; }

    /// <summary>Availability, 0 to 1; null where nothing was measured.</summary>
    public double? AvailabilityRate { get; init; }

    /// <summary>Error rate, 0 to 1; null where nothing was measured.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>p95 of each stage in seconds.</summary>
    public IReadOnlyDictionary<string, double> P95 { get; init; } = new Dictionary<string, double>();

    /// <summary>Errors of the stages with most of them.</summary>
    public IReadOnlyDictionary<string, double> StageErrors { get; init; } = new Dictionary<string, double>();

    /// <summary>False where there may have been more stages with errors than the review shows.</summary>
    public bool AllStages { get; init; }

    /// <summary>The counters under <c>incident</c>.</summary>
    public IReadOnlyDictionary<string, double> Counters { get; init; } = new Dictionary<string, double>();

    /// <summary>The floor; null where the review has none, as a script's.</summary>
    public IReadOnlyDictionary<string, double>? Floor { get; init; }

    /// <summary>The failures.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    /// <summary>What is wrong with the review: file, field, what was expected.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
