using ReleaseOps.Runbooks;

namespace ReleaseOps.Gates;

/// <summary>What a condition that is bad where it holds came to at one look.</summary>
/// <param name="Holds">Whether it holds; null where that can't be told. Over several series: true where it holds in any of them, null where it holds in none and some can't be told.</param>
/// <param name="Finding">Failed where it holds, Passed where it doesn't, Inconclusive where that can't be told; with its arithmetic.</param>
public sealed record ConditionLook(bool? Holds, Finding Finding)
{
    /// <summary>The series in which it holds, each as a hash of its labels that is the same in every process; null where there is but one number.</summary>
    public IReadOnlyList<ulong>? Holding { get; init; }

    /// <summary>The series in which it can't be told.</summary>
    public IReadOnlyList<ulong> Untold { get; init; } = [];
}

/// <summary>Judges conditions that are bad where they hold: day-one thresholds.</summary>
public static class ConditionJudge
{
    /// <summary>Judges one.</summary>
    /// <param name="when">The condition.</param>
    /// <param name="input">The look.</param>
    /// <param name="subject">What the finding is about.</param>
    public static ConditionLook Judge(Criterion when, GateInput input, string subject) => throw new NotImplementedException();
}
