namespace ReleaseOps.Gates;

/// <summary>The events of one step of time.</summary>
/// <param name="End">The end of the step, UTC; it begins one <see cref="Runbooks.Slo.Step"/> before, and is half-open.</param>
/// <param name="Bad">How many were bad; null where that can't be told.</param>
/// <param name="Total">How many there were; null where that can't be told.</param>
public sealed record SloCount(DateTimeOffset End, double? Bad, double? Total);
