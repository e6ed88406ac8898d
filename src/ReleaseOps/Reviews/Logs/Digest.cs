using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// 128 bits that stand for a text, so that what is remembered of it has one size. Two multiplications for 16 bytes, keyed by a number of this
/// process's own. Of n texts two have the same with a chance of about n^2 / 2^129: 10^-21 for a thousand million of them.
/// </summary>
/// <param name="A">The upper half.</param>
/// <param name="B">The lower half.</param>
internal readonly record struct Digest(ulong A, ulong B)
{
    private static readonly ulong Key = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>The digest of a text.</summary>
    /// <param name="text">Its bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Digest Of(ReadOnlySpan<byte> text)
    {
        var a = Key ^ 0x9E3779B97F4A7C15;
        var b = ~Key;
        var length = (ulong)text.Length;
        for (; text.Length > 16; text = text[16..])
            (a, b) = Mix(a, b, MemoryMarshal.Read<ulong>(text), MemoryMarshal.Read<ulong>(text[8..]));
        var (one, other) = Rest(text, length);
        (a, b) = Mix(a, b, one, other);
        (a, b) = Mix(a, b, 0x2545F4914F6CDD1D, length);
        return new Digest(a, b);
    }

    // The last 16 bytes, some of which may have been taken before; of a shorter text all that there is. Its length tells which.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong One, ulong Other) Rest(ReadOnlySpan<byte> rest, ulong length)
    {
        ref var end = ref Unsafe.Add(ref MemoryMarshal.GetReference(rest), rest.Length);
        if (length >= 16)
            return (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Subtract(ref end, 16)), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Subtract(ref end, 8)));
        Span<byte> all = stackalloc byte[16];
        all.Clear();
        rest.CopyTo(all);
        return (MemoryMarshal.Read<ulong>(all), MemoryMarshal.Read<ulong>(all[8..]));
    }

    // Each word is multiplied by an odd number, and both halves of both products are kept: the lower ones alone tell any two words apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong A, ulong B) Mix(ulong a, ulong b, ulong one, ulong other)
    {
        var highA = Math.BigMul(a ^ one, 0xD6E8FEB86659FD93, out var lowA);
        var highB = Math.BigMul(b ^ other, 0xA0761D6478BD642F, out var lowB);
        return (lowA ^ highB, lowB ^ ulong.RotateLeft(highA, 31) ^ ulong.RotateLeft(lowA, 17));
    }
}
