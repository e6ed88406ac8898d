using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// 128 bits that stand for a text, so that what is remembered of it has one size. Two multiplications a block, keyed by a number of this process's
/// own. Of n texts two have the same with a chance of about n^2 / 2^129: 10^-21 for a thousand million of them.
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
        var b = ~Key + (ulong)text.Length;
        for (; text.Length > 8; text = text[8..])
            (a, b) = Mix(a, b, MemoryMarshal.Read<ulong>(text));
        Span<byte> rest = stackalloc byte[8];
        rest.Clear();
        text.CopyTo(rest);
        (a, b) = Mix(a, b, MemoryMarshal.Read<ulong>(rest));
        (a, b) = Mix(a, b, 0x2545F4914F6CDD1D);
        return new Digest(a, b);
    }

    // Both halves of the products are kept, and each goes where the other came from; neither multiplier is ever even.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong A, ulong B) Mix(ulong a, ulong b, ulong word)
    {
        var highA = Math.BigMul(a ^ word, 0xD6E8FEB86659FD93, out var lowA);
        var highB = Math.BigMul(b + ulong.RotateLeft(word, 32), 0xA0761D6478BD642F, out var lowB);
        return (lowA ^ highB ^ b, lowB ^ highA ^ ulong.RotateLeft(a, 29));
    }
}
