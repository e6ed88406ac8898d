using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>Which measurements criteria need.</summary>
/// <param name="Metrics">Names of metrics.</param>
/// <param name="Controls">Names of metrics whose control is needed.</param>
public sealed record MetricNeeds(IReadOnlySet<string> Metrics, IReadOnlySet<string> Controls)
{
    /// <summary>What a list of criteria needs.</summary>
    /// <param name="criteria">The criteria.</param>
    /// <param name="known">The runbook's metrics.</param>
    public static MetricNeeds Of(IEnumerable<Criterion> criteria, IReadOnlyList<Metric> known)
    {
        ArgumentNullException.ThrowIfNull(criteria);
        ArgumentNullException.ThrowIfNull(known);
        var metrics = known.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        var controlled = known.Where(m => m.Control is not null).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        var uses = criteria.SelectMany(c => MetricUse.Of(c.Expression, metrics, controlled)).ToList();
        return new MetricNeeds(
            uses.Where(u => u.Ask is Ask.Value or Ask.Drift or Ask.Change).Select(u => u.Metric).ToHashSet(StringComparer.Ordinal),
            uses.Where(u => u.Ask is Ask.Control or Ask.Drift && controlled.Contains(u.Metric))
                .Select(u => u.Metric).ToHashSet(StringComparer.Ordinal));
    }
}
