using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>The records of one worker, apart by the part that they are of.</summary>
/// <param name="store">Where they go when there are too many.</param>
/// <param name="most">How many that is.</param>
/// <param name="parts">How many parts there are.</param>
internal sealed class RecordBuffer(RecordStore store, int most, int parts) : IDisposable
{
    private readonly Pieces<DayRecord>[] _parts = [.. Enumerable.Range(0, parts).Select(_ => new Pieces<DayRecord>())];
    private int _count;

    /// <summary>Those of a part that are in memory.</summary>
    internal IReadOnlyList<ReadOnlyMemory<DayRecord>> Part(int part) => _parts[part].All;

    /// <summary>Keeps one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(in DayRecord record)
    {
        if (_count == most)
            Spill();
        _count++;
        _parts[RecordSort.PartOf(record, _parts.Length, out _)].Add(record);
    }

    /// <summary>Gives its memory back; its records are gone.</summary>
    public void Dispose() => Clear();

    private void Spill()
    {
        store.Spill([.. Enumerable.Range(0, parts).SelectMany(Part)]);
        Clear();
    }

    private void Clear()
    {
        foreach (var part in _parts)
            part.Clear();
        _count = 0;
    }
}
