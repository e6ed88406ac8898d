using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ReleaseOps;

/// <summary>
/// Many byte strings, looked for at once. The first six bytes of each are in a small Bloom filter that stays in the first-level cache: text
/// that holds none of them costs one multiplication and one look-up a byte, however many there are.
/// </summary>
internal sealed class NeedleSet
{
    /// <summary>The shortest needle, in bytes.</summary>
    public const int Shortest = 6;

    /// <summary>Needles from this length on are found with line breaks inside; in a shorter one that would be chance too often.</summary>
    private const int ShortestBroken = 16;

    private const ulong SixBytes = 0xFFFF_FFFF_FFFF;
    private readonly uint[] _filter = new uint[2048];
    private readonly Dictionary<ulong, byte[][]> _byStart;
    private readonly HashSet<ulong> _beginnings = [];

    /// <param name="needles">The needles, none shorter than <see cref="Shortest"/>; line breaks in them are taken out, as they are from the text.</param>
    public NeedleSet(IEnumerable<byte[]> needles)
    {
        _byStart = needles.Select(Squeezed).Where(n => n.Length >= Shortest).DistinctBy(Convert.ToHexString)
            .GroupBy(n => Beginning(n.AsSpan(0, Shortest))).ToDictionary(g => g.Key, g => g.OrderByDescending(n => n.Length).ToArray());
        foreach (var (start, sameStart) in _byStart)
        {
            _filter[Slot(start) >> 5] |= 1u << (int)(Slot(start) & 31);
            for (var length = 1; length < Shortest; length++)
                _beginnings.Add(Beginning(sameStart[0].AsSpan(0, length)));
        }
    }

    public bool IsEmpty => _byStart.Count == 0;

    /// <summary>The next place at or after <paramref name="from"/> where a needle may begin; the end of the text where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int NextCandidate(ReadOnlySpan<byte> text, int from)
    {
        ref var filter = ref MemoryMarshal.GetArrayDataReference(_filter);
        ref var start = ref MemoryMarshal.GetReference(text);
        var i = from;
        for (; i + sizeof(ulong) <= text.Length; i++)
        {
            var slot = Slot(FirstSix(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i))));
            if ((Unsafe.Add(ref filter, (int)(slot >> 5)) & (1u << (int)(slot & 31))) != 0)
                return i;
        }
        return Math.Max(i, from);
    }

    /// <summary>Length of the longest needle that stands at the beginning of the text; 0 for none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isWhole">Whether that many bytes of the text are without a line break in the original.</param>
    public int LongestAt(ReadOnlySpan<byte> text, Func<int, bool> isWhole)
    {
        if (text.Length < Shortest || !_byStart.TryGetValue(Beginning(text[..Shortest]), out var candidates))
            return 0;
        foreach (var needle in candidates)
        {
            if (text.StartsWith(needle) && (needle.Length >= ShortestBroken || isWhole(needle.Length)))
                return needle.Length;
        }
        return 0;
    }

    /// <summary>True where the text, to its end, is the beginning of a longer needle.</summary>
    public bool MayContinue(ReadOnlySpan<byte> text)
    {
        if (text.Length >= Shortest)
        {
            if (!_byStart.TryGetValue(Beginning(text[..Shortest]), out var candidates))
                return false;
            foreach (var needle in candidates)
            {
                if (needle.Length > text.Length && needle.AsSpan().StartsWith(text))
                    return true;
            }
            return false;
        }
        return _beginnings.Contains(Beginning(text));
    }

    /// <summary>
    /// Copies text without its line breaks (\n or \r\n; of several in a row only the first, so that what is held back stays bounded), and
    /// notes before which byte of the copy each was, and how much was left out so far.
    /// </summary>
    public static int Squeeze(ReadOnlySpan<byte> text, Span<byte> squeezed, List<(int At, int Total)> breaks)
    {
        var length = 0;
        var total = 0;
        for (var rest = text; rest.Length > 0;)
        {
            var line = rest.IndexOf((byte)'\n');
            if (line < 0)
            {
                rest.CopyTo(squeezed[length..]);
                return length + rest.Length;
            }
            var taken = line > 0 && rest[line - 1] == '\r' ? line - 1 : line;
            rest[..taken].CopyTo(squeezed[length..]);
            length += taken;
            if (taken > 0)
                breaks.Add((length, total += line + 1 - taken));
            else
                length += Kept(rest[..(line + 1)], squeezed[length..]);
            rest = rest[(line + 1)..];
        }
        return length;
    }

    private static int Kept(ReadOnlySpan<byte> lineBreak, Span<byte> squeezed)
    {
        lineBreak.CopyTo(squeezed);
        return lineBreak.Length;
    }

    private static byte[] Squeezed(byte[] needle)
    {
        var squeezed = new byte[needle.Length];
        return squeezed[..Squeeze(needle, squeezed, [])];
    }

    // The first bytes, at most six, and how many they are, as one number.
    private static ulong Beginning(ReadOnlySpan<byte> text)
    {
        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        eight.Clear();
        text.CopyTo(eight);
        return FirstSix(MemoryMarshal.Read<ulong>(eight)) | (ulong)text.Length << 56;
    }

    // Six bytes as a number, the same on machines of either byte order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FirstSix(ulong eight) => (BitConverter.IsLittleEndian ? eight : BinaryPrimitives.ReverseEndianness(eight)) & SixBytes;

    private static uint Slot(ulong start) => (uint)((start & SixBytes) * 0x9E37_79B9_7F4A_7C15 >> 48);
}
