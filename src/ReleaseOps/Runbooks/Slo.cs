namespace ReleaseOps.Runbooks;

/// <summary>
/// A service level objective on a ratio of two counters, as OpenSLO's <c>ratioMetric</c> has it
/// (https://github.com/OpenSLO/OpenSLO, v1, "SLI").
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Objective">The share of good events, in percent: more than 0 and less than 100.</param>
/// <param name="Total">The counter of all events: a PromQL selector, without a range.</param>
public sealed record Slo(string Name, double Objective, Template Total)
{
    /// <summary>Default of <see cref="Window"/>.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromDays(30);

    /// <summary>Default of <see cref="Step"/>: the shortest window of the SRE workbook's alerts.</summary>
    public static readonly TimeSpan DefaultStep = TimeSpan.FromMinutes(5);

    /// <summary>The counter of the events that were good; null where <see cref="Bad"/> is given.</summary>
    public Template? Good { get; init; }

    /// <summary>The counter of the events that were bad; null where <see cref="Good"/> is given.</summary>
    public Template? Bad { get; init; }

    /// <summary>Name of the source that is asked.</summary>
    public string Source { get; init; } = "prometheus";

    /// <summary>The time that the error budget is for.</summary>
    public TimeSpan Window { get; init; } = DefaultWindow;

    /// <summary>Events are counted in steps of this length, which divides five minutes.</summary>
    public TimeSpan Step { get; init; } = DefaultStep;

    /// <summary>The severity of the incident that a burn rate worth a page opens; null where it opens none.</summary>
    public string? Page { get; init; }

    /// <summary>The same for a burn rate worth a ticket.</summary>
    public string? Ticket { get; init; }

    /// <summary>What it means.</summary>
    public string? Description { get; init; }
}
