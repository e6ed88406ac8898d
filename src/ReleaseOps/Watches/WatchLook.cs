using ReleaseOps.Gates;

namespace ReleaseOps.Watches;

/// <summary>What a look saw: all that the state of a watch rests on, and no more than what the ledger keeps of it.</summary>
/// <param name="Slot">Its place on the grid, from 0; each is looked at once.</param>
/// <param name="At">Its time, UTC: what was asked was asked of this moment.</param>
/// <param name="FromHistory">True where it was made up for later.</param>
internal sealed record WatchLook(int Slot, DateTimeOffset At, bool FromHistory)
{
    /// <summary>What each condition came to, by its id. One that isn't there was seen not to hold.</summary>
    public IReadOnlyDictionary<string, Seen> Conditions { get; init; } = new Dictionary<string, Seen>();

    /// <summary>The value of each metric that could be told; of several series the worst.</summary>
    public IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>();

    /// <summary>The steps of each objective that ended since the look before.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SloCount>> Counts { get; init; } = new Dictionary<string, IReadOnlyList<SloCount>>();
}

/// <summary>What a condition came to that holds, or that can't be told.</summary>
/// <param name="Holds">True, or null.</param>
/// <param name="Text">The sentence.</param>
internal sealed record Seen(bool? Holds, string Text)
{
    /// <summary>The series in which it holds, by hash; null where there is but one number.</summary>
    public IReadOnlyList<ulong>? Holding { get; init; }

    /// <summary>The series in which it can't be told.</summary>
    public IReadOnlyList<ulong> Untold { get; init; } = [];
}
