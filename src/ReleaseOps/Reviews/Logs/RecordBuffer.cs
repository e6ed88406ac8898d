using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>The records of one worker.</summary>
/// <param name="store">Where they go when there are too many.</param>
/// <param name="most">How many that is.</param>
internal sealed class RecordBuffer(RecordStore store, int most) : IDisposable
{
    private readonly Pieces<DayRecord> _records = new();

    /// <summary>Those that are in memory.</summary>
    internal IReadOnlyList<ReadOnlyMemory<DayRecord>> Records => _records.All;

    /// <summary>Keeps one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(in DayRecord record)
    {
        if (_records.Count == most)
            Spill();
        _records.Add(record);
    }

    /// <summary>Gives its memory back; its records are gone.</summary>
    public void Dispose() => _records.Clear();

    private void Spill()
    {
        store.Spill(Records);
        _records.Clear();
    }
}
