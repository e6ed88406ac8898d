using System.Buffers;
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

    /// <summary>Records in order, in an array of the shared pool.</summary>
    /// <param name="records">The records, in pieces, all of one part.</param>
    /// <param name="parts">How many parts there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ArraySegment<DayRecord> Sorted(IReadOnlyList<ReadOnlyMemory<DayRecord>> records, int parts = 1)
    {
        var count = records.Sum(r => r.Length);
        var bits = BitOperations.Log2((uint)count + 8) - 1;
        var ends = new int[1 << bits];
        foreach (var some in records)
            foreach (ref readonly var record in some.Span)
                ends[BucketOf(record, parts, bits)]++;
        var sum = 0;
        for (var i = 0; i < ends.Length; i++)
            (ends[i], sum) = (sum, sum + ends[i]);
        var sorted = ArrayPool<DayRecord>.Shared.Rent(count);
        foreach (var some in records)
            foreach (ref readonly var record in some.Span)
                sorted[ends[BucketOf(record, parts, bits)]++] = record;
        var from = 0;
        foreach (var end in ends)
        {
            if (end - from > Few)
                sorted.AsSpan(from..end).Sort();
            else
                Insert(sorted.AsSpan(from..end));
            from = end;
        }
        return new ArraySegment<DayRecord>(sorted, 0, count);
    }

    /// <summary>
    /// Which part a record is of, where all are split by their digests into parts of about one size, the first of which has the least: its digest as a
    /// fraction of all digests, times the number of parts. Before the point is the part, behind it the place in the part.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int PartOf(in DayRecord record, int parts, out ulong place) => (int)Math.BigMul(record.Key.A, (ulong)parts, out place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BucketOf(in DayRecord record, int parts, int bits)
    {
        PartOf(record, parts, out var place);
        return (int)(place >> (64 - bits));
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
