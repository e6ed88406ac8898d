namespace ReleaseOps.Gates;

/// <summary>What a criterion came to over the series of a metric.</summary>
/// <param name="Finding">Failed where any series is bad; else Inconclusive where any can't be told; else Passed.</param>
/// <param name="Bad">The rows that are bad, in order.</param>
/// <param name="Untold">The rows that can't be told, in order.</param>
internal sealed record SeriesFinding(Finding Finding, IReadOnlyList<int> Bad, IReadOnlyList<int> Untold);
