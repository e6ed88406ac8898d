using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>Something that is remembered of a line until all are read. Sorted, those that belong together stand together.</summary>
/// <param name="Key">The run, or what makes a line one.</param>
/// <param name="Order">The time, or the line's place.</param>
/// <param name="Group">What it is for: 0 for runs, then the stages that are measured, then the rules.</param>
/// <param name="Mark">A run: 1 for one with an error. A stage: 0 for its beginning, 1 for its end.</param>
internal readonly record struct DayRecord(Digest Key, long Order, int Group, int Mark) : IComparable<DayRecord>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CompareTo(DayRecord other)
    {
        if (Key.A != other.Key.A)
            return Key.A < other.Key.A ? -1 : 1;
        if (Key.B != other.Key.B)
            return Key.B < other.Key.B ? -1 : 1;
        if (Group != other.Group)
            return Group < other.Group ? -1 : 1;
        return Order != other.Order ? Order < other.Order ? -1 : 1 : Mark.CompareTo(other.Mark);
    }

    /// <summary>True where another one is of the same thing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsOfSame(in DayRecord other) => Group == other.Group && Key.A == other.Key.A && Key.B == other.Key.B;

    /// <summary>A time as a number in the same order.</summary>
    internal static long OrderOf(double seconds)
    {
        // Without the sign of a zero.
        var bits = BitConverter.DoubleToInt64Bits(seconds + 0.0);
        return bits < 0 ? bits ^ long.MaxValue : bits;
    }

    /// <summary>The time that a number stands for.</summary>
    internal static double TimeOf(long order) => BitConverter.Int64BitsToDouble(order < 0 ? order ^ long.MaxValue : order);
}
