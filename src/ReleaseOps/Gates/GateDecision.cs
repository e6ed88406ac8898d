using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>What the findings of a gate come to.</summary>
internal static class GateDecision
{
    /// <summary>
    /// The worst of the required criteria; with <see cref="Gate.Pass"/>, by the score: the weight of what passed, in percent of all that
    /// was judged. (Kayenta's WeightedSumScorer adds up the passed share of each group times the group's weight; where a group weighs
    /// what its criteria weigh together, that is the same sum.) What can't be told counts as not passed in the score, and whatever the
    /// score never lets a gate through; it makes a gate fail only where the rest has failed it already.
    /// </summary>
    public static (Decision Decision, double? Score) Of(Gate gate, IReadOnlyList<(GateCriterion Criterion, Finding Finding)> judged)
    {
        var counted = judged.Where(j => j.Finding.Required).ToList();
        var unknown = counted.Any(j => j.Finding.Verdict is not (Verdict.Passed or Verdict.Failed));
        if (gate.Pass is not { } pass)
            return (Decisions.Of(counted.Select(c => c.Finding.Verdict)), null);
        var total = counted.Sum(j => j.Criterion.Weight);
        var score = Share(counted, total, v => v == Verdict.Passed);
        if (counted.Any(j => j.Criterion.Key && j.Finding.Verdict == Verdict.Failed))
            return (Decision.NoGo, score);
        if (score is not { } points)
            return (Decision.Hold, null);
        if (Share(counted, total, v => v != Verdict.Failed) < (gate.Marginal ?? pass))
            return (Decision.NoGo, score);
        return (points >= pass && !unknown ? Decision.Go : Decision.Hold, score);
    }

    /// <summary>Rounded to two decimals, as Kayenta does; null where nothing has a weight.</summary>
    private static double? Share(
        IEnumerable<(GateCriterion Criterion, Finding Finding)> counted, double total, Func<Verdict, bool> counts) =>
        total > 0 ? Math.Round(100 * counted.Where(j => counts(j.Finding.Verdict)).Sum(j => j.Criterion.Weight) / total, 2) : null;
}
