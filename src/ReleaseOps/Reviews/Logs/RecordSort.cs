using System.Numerics;
using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// Sorts records by putting them where their digests belong: those are spread evenly, so that each bucket has a few, and those are put in order one
/// by one. A bucket with many, of a run that goes on and on, is sorted as usual.
/// </summary>
internal static class RecordSort
{
    private const int Few = 24;

    /// <summary>Sorts records.</summary>
    /// <param name="records">The records.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Sort(Span<DayRecord> records)
    {
        if (records.Length <= Few)
        {
            Insert(records);
            return;
        }
        var bits = BitOperations.Log2((uint)records.Length) - 1;
        var ends = new int[1 << bits];
        foreach (ref readonly var record in records)
            ends[record.Key.A >> (64 - bits)]++;
        var sum = 0;
        for (var i = 0; i < ends.Length; i++)
            (ends[i], sum) = (sum, sum + ends[i]);
        var sorted = new DayRecord[records.Length];
        foreach (ref readonly var record in records)
            sorted[ends[record.Key.A >> (64 - bits)]++] = record;
        sorted.CopyTo(records);
        var from = 0;
        foreach (var end in ends)
        {
            if (end - from > Few)
                records[from..end].Sort();
            else
                Insert(records[from..end]);
            from = end;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Insert(Span<DayRecord> records)
    {
        for (var i = 1; i < records.Length; i++)
        {
            var record = records[i];
            var at = i;
            for (; at > 0 && record.CompareTo(records[at - 1]) < 0; at--)
                records[at] = records[at - 1];
            records[at] = record;
        }
    }
}
