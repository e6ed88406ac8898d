namespace ReleaseOps.Contracts;

/// <summary>What a comparison of two API descriptions came to.</summary>
/// <param name="Changes">The differences.</param>
/// <param name="Untold">What could not be compared, and why: a reference that leads nowhere. Inconclusive findings; while there is one, nobody can say that nothing breaks.</param>
internal sealed record ContractDifferences(IReadOnlyList<ContractChange> Changes, IReadOnlyList<Finding> Untold);
