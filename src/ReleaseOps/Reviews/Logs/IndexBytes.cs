using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>Reads what a <see cref="BinaryWriter"/> has written, from bytes that are in memory: an index of a year has a hundred thousand numbers.</summary>
/// <param name="bytes">The bytes.</param>
internal ref struct IndexBytes(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Some bytes.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    internal ReadOnlySpan<byte> Next(int count)
    {
        if (count > _rest.Length)
            throw new EndOfStreamException();
        var next = _rest[..count];
        _rest = _rest[count..];
        return next;
    }

    /// <summary>A byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte Byte()
    {
        if (_rest.IsEmpty)
            throw new EndOfStreamException();
        var next = _rest[0];
        _rest = _rest[1..];
        return next;
    }

    /// <summary>A number of four bytes.</summary>
    internal int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Next(sizeof(int)));

    /// <summary>A number of eight bytes.</summary>
    internal long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Next(sizeof(long)));

    /// <summary>A number of as many bytes as it needs: seven bits in each, the lowest first, and the eighth set where more follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal long Packed()
    {
        var number = 0L;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            number |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
                return number;
        }
    }
}
