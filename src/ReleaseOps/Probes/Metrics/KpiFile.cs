namespace ReleaseOps.Probes;

/// <summary>
/// A measurement kept in a file: one JSON object whose own members are the means by metric (<c>{"error_rate_pct": 0.4}</c>, the form that
/// others' KPI files have too), and <c>_releaseops</c> with how they came about.
/// </summary>
public sealed record KpiFile
{
    /// <summary>Means by metric.</summary>
    public required IReadOnlyDictionary<string, double> Means { get; init; }

    /// <summary>How many looks each mean rests on; empty for a file that others wrote.</summary>
    public IReadOnlyDictionary<string, int> Looks { get; init; } = new Dictionary<string, int>();

    /// <summary>Reads a file.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="ReleaseOpsException">FileUnreadable, BadSamples.</exception>
    public static KpiFile Read(string path) => throw new NotImplementedException();
}
