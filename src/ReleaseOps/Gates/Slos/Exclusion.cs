namespace ReleaseOps.Gates;

/// <summary>A time that doesn't count; half-open.</summary>
/// <param name="From">Its beginning, UTC.</param>
/// <param name="To">Its end, UTC.</param>
/// <param name="Why">The reason.</param>
public sealed record Exclusion(DateTimeOffset From, DateTimeOffset To, string Why)
{
    /// <summary>Whether any of a time lies in it.</summary>
    internal bool Overlaps(DateTimeOffset from, DateTimeOffset to) => From < To && From < to && from < To;
}
