using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ReleaseOps.Reviews.Logs;

/// <summary>A name as numbers, which are compared faster than its bytes. Up to 24 bytes they are the bytes, of a longer one their digest.</summary>
/// <param name="First">Its first eight bytes, or all that there are.</param>
/// <param name="Middle">Eight in its middle.</param>
/// <param name="Last">Its last eight.</param>
/// <param name="Length">How many there are.</param>
internal readonly record struct Name(ulong First, ulong Middle, ulong Last, int Length)
{
    /// <summary>Spreads names; two may have the same.</summary>
    internal ulong Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (First * 0xD6E8FEB86659FD93) ^ (Middle * 0xA0761D6478BD642F) ^ Last ^ (ulong)Length;
    }

    /// <summary>The name that a text is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Name Of(ReadOnlySpan<byte> text) => text.Length switch
    {
        > 24 => OfLong(text),
        >= 8 => new Name(
            MemoryMarshal.Read<ulong>(text), MemoryMarshal.Read<ulong>(text[((text.Length - 8) / 2)..]), MemoryMarshal.Read<ulong>(text[^8..]), text.Length),
        >= 4 => new Name(MemoryMarshal.Read<uint>(text), 0, MemoryMarshal.Read<uint>(text[^4..]), text.Length),
        > 0 => new Name(text[0], text[text.Length / 2], text[^1], text.Length),
        _ => default,
    };

    /// <summary>True for the same name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Is(in Name other) => First == other.First && Middle == other.Middle && Last == other.Last && Length == other.Length;

    private static Name OfLong(ReadOnlySpan<byte> text)
    {
        var digest = Digest.Of(text);
        return new Name(digest.A, digest.B, 0, text.Length);
    }
}
