using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>Judges gates and single criteria on a look at metrics.</summary>
public static class GateJudge
{
    /// <summary>Judges a gate.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="input">What was measured.</param>
    public static GateResult Judge(Gate gate, GateInput input) => throw new NotImplementedException();

    /// <summary>Judges one criterion over metrics: a trigger's, a severity's.</summary>
    /// <param name="criterion">The criterion.</param>
    /// <param name="input">What was measured.</param>
    /// <param name="subject">What the finding is about.</param>
    public static Finding Judge(Criterion criterion, GateInput input, string subject) => throw new NotImplementedException();
}

/// <summary>Which measurements criteria need.</summary>
/// <param name="Metrics">Names of metrics.</param>
/// <param name="Controls">Names of metrics whose control is needed.</param>
public sealed record MetricNeeds(IReadOnlySet<string> Metrics, IReadOnlySet<string> Controls)
{
    /// <summary>What a list of criteria needs.</summary>
    /// <param name="criteria">The criteria.</param>
    /// <param name="known">The runbook's metrics.</param>
    public static MetricNeeds Of(IEnumerable<Criterion> criteria, IReadOnlyList<Metric> known) => throw new NotImplementedException();
}
