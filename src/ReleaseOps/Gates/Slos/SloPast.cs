namespace ReleaseOps.Gates;

/// <summary>What was counted before a watch began.</summary>
/// <param name="Steps">The steps of the last three days before it, oldest first.</param>
/// <param name="BadBefore">What was bad in the rest of the SLO's window, before those; null where that can't be told.</param>
/// <param name="TotalBefore">The same for all events.</param>
public sealed record SloPast(IReadOnlyList<SloCount> Steps, double? BadBefore, double? TotalBefore);
