namespace ReleaseOps.Gates;

/// <summary>What a condition that is bad where it holds came to at one look.</summary>
/// <param name="Holds">
/// Whether it holds; null where that can't be told. Over several series: true where it holds in any of them, null where it holds in none and some
/// can't be told.
/// </param>
/// <param name="Finding">Failed where it holds, Passed where it doesn't, Inconclusive where that can't be told; with its arithmetic.</param>
public sealed record ConditionLook(bool? Holds, Finding Finding)
{
    /// <summary>
    /// The series in which it holds, each as a hash of its labels that is the same in every process; null where there is but one number, and
    /// where it can't even be told which series there are.
    /// </summary>
    public IReadOnlyList<ulong>? Holding { get; init; }

    /// <summary>The series in which it can't be told, as the same hashes.</summary>
    public IReadOnlyList<ulong> Untold { get; init; } = [];
}
