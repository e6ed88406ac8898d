using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Watches;

/// <summary>Snapshot -> what a look saw.</summary>
/// <param name="conditions">The conditions.</param>
/// <param name="metrics">The runbook's metrics.</param>
/// <param name="masked">Hides secrets in a sentence.</param>
/// <param name="completed">Adds the baseline that a gate speaks of.</param>
internal sealed class LookJudge(
    IReadOnlyList<WatchCondition> conditions, IReadOnlyList<Metric> metrics, Func<string, string> masked, Func<Gate, GateInput, GateInput> completed)
{
    /// <summary>The longest sentence that is kept of a condition.</summary>
    private const int MostCharacters = 300;

    /// <summary>How many series of one condition are kept; in a fleet that is worse off than that, the rest is not told apart.</summary>
    private const int MostSeries = 5000;

    /// <summary>Judges every condition on a look.</summary>
    public WatchLook Judge(int slot, bool fromHistory, GateInput input)
    {
        var seen = new Dictionary<string, Seen>(StringComparer.Ordinal);
        foreach (var condition in conditions)
        {
            var look = condition.Gate is { } gate ? OfGate(gate, completed(gate, input)) : ConditionJudge.Judge(condition.When!, input, condition.Name);
            if (look.Holds == false)
                continue;
            seen[condition.Id] = new Seen(look.Holds, Shortened(masked(look.Finding.Text)))
            {
                Holding = look.Holding is null ? null : Kept(look.Holding),
                Untold = Kept(look.Untold),
            };
        }
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var measured in input.Look.Metrics.Values)
            if (ValueOf(measured) is { } value)
                values[measured.Metric] = value;
        return new WatchLook(slot, input.Look.At, fromHistory) { Conditions = seen, Values = values };
    }

    // The same ones at each look, in whatever order the source answers: else none of them would hold for long enough.
    private static IReadOnlyList<ulong> Kept(IReadOnlyList<ulong> series) => series.Count <= MostSeries ? series : [.. series.Order().Take(MostSeries)];

    private static ConditionLook OfGate(Gate gate, GateInput input)
    {
        // A comparison of samples is judged at the end of the watch, over all of it.
        var result = GateJudge.Judge(gate with { Criteria = [.. gate.Criteria.Where(c => c.Compare is null)] }, input);
        var text = $"{gate.Name}: {result.Why()}";
        return result.Decision switch
        {
            _ when result.Findings.Count == 0 => new ConditionLook(false, new Finding(gate.Name, Verdict.Passed, "only judged at the end")),
            Decision.Go => new ConditionLook(false, new Finding(gate.Name, Verdict.Passed, text)),
            Decision.NoGo => new ConditionLook(true, new Finding(gate.Name, Verdict.Failed, text)),
            _ => new ConditionLook(null, new Finding(gate.Name, Verdict.Inconclusive, text)),
        };
    }

    /// <summary>The number that stands for a metric in a plot.</summary>
    private double? ValueOf(Measurement measured)
    {
        if (measured.CouldNotTell is not null)
            return null;
        if (measured.Value is { } value)
            return value;
        var finite = measured.Series.Select(s => s.Value).Where(double.IsFinite).DefaultIfEmpty(double.NaN);
        var worst = metrics.First(m => m.Name == measured.Metric).Worse == Worse.Lower ? finite.Min() : finite.Max();
        return double.IsFinite(worst) ? worst : null;
    }

    private static string Shortened(string text) => text.Length <= MostCharacters ? text : text[..(MostCharacters - 1)] + "…";
}
