using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// Numbers that would stand at places if all were in order, without putting all of them in order. Of those that aren't negative the bits are in the
/// same order (IEEE 754): each is counted in a range of its bits, and only what is in the range of a place is sorted.
/// </summary>
internal static class OrderStatistics
{
    private const int RangeBits = 11;

    /// <summary>The numbers at some places in order.</summary>
    /// <param name="numbers">The numbers, in pieces: at least one, none of them negative or NaN.</param>
    /// <param name="places">The places, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double[] Of(IReadOnlyList<ReadOnlyMemory<double>> numbers, params ReadOnlySpan<int> places)
    {
        var (least, most) = (ulong.MaxValue, 0UL);
        foreach (var some in numbers)
            foreach (var number in some.Span)
                (least, most) = (Math.Min(least, Bits(number)), Math.Max(most, Bits(number)));
        var ranges = new Ranges(least, Math.Max(0, 64 - BitOperations.LeadingZeroCount(most - least) - RangeBits));
        Span<int> counts = stackalloc int[1 << RangeBits];
        counts.Clear();
        foreach (var some in numbers)
            foreach (var number in some.Span)
                counts[ranges.Of(number)]++;
        var found = new double[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var (range, place) = (0, places[i]);
            for (; place >= counts[range]; range++)
                place -= counts[range];
            found[i] = InRange(numbers, ranges, range, counts[range], place);
        }
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double InRange(IReadOnlyList<ReadOnlyMemory<double>> numbers, Ranges ranges, int range, int count, int place)
    {
        var those = ArrayPool<double>.Shared.Rent(count);
        var filled = 0;
        foreach (var some in numbers)
            foreach (var number in some.Span)
                if (ranges.Of(number) == range)
                    those[filled++] = number;
        those.AsSpan(0, filled).Sort();
        var found = those[place];
        ArrayPool<double>.Shared.Return(those);
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(double number) => BitConverter.DoubleToUInt64Bits(number);

    /// <summary>Ranges of one width.</summary>
    /// <param name="Least">The bits of the least number.</param>
    /// <param name="Shift">How many of the lower bits are the same range.</param>
    private readonly record struct Ranges(ulong Least, int Shift)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal int Of(double number) => (int)((Bits(number) - Least) >> Shift);
    }
}
