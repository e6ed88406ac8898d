using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ReleaseOps.Probes;

/// <summary>
/// What is kept of an output: its first 1 MiB (a JSON document must be whole to be judged), its last 64 KiB, its size and its digest. Memory
/// stays flat however much comes. It takes masked bytes only.
/// </summary>
internal sealed class CapturedOutput : IDisposable
{
    /// <summary>How much of the beginning is kept, in bytes.</summary>
    public const int HeadSize = 1 << 20;

    /// <summary>How much of the end is kept, in bytes.</summary>
    public const int TailSize = 64 << 10;

    private readonly MemoryStream _head = new();
    private byte[] _tail = [];
    private int _tailAt;
    private IncrementalHash? _hash;

    /// <summary>Its size in bytes, masked.</summary>
    public long Size { get; private set; }

    /// <summary>True where something of it wasn't kept.</summary>
    public bool IsTruncated => Size > HeadSize + TailSize;

    /// <summary>Adds to it.</summary>
    public void Write(ReadOnlySpan<byte> part)
    {
        Size += part.Length;
        (_hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256)).AppendData(part);
        var first = Math.Min(part.Length, HeadSize - (int)_head.Length);
        if (first > 0)
            _head.Write(part[..first]);
        KeepLast(part[first..]);
    }

    /// <summary>SHA-256 of the whole masked output, in lower-case hex.</summary>
    public string Digest() => Convert.ToHexStringLower(_hash?.GetCurrentHash() ?? SHA256.HashData([]));

    /// <summary>What was kept, as text, with a line between head and tail that says how much isn't there; without the newlines at its end.</summary>
    public string Text()
    {
        var head = _head.GetBuffer().AsSpan(0, (int)_head.Length);
        var kept = (int)Math.Min(Size - head.Length, TailSize);
        if (kept == 0)
            return Encoding.UTF8.GetString(head).TrimEnd('\n', '\r');
        var tail = new byte[kept];
        if (Size - head.Length <= TailSize)
        {
            _tail.AsSpan(0, kept).CopyTo(tail);
        }
        else
        {
            _tail.AsSpan(_tailAt).CopyTo(tail);
            _tail.AsSpan(0, _tailAt).CopyTo(tail.AsSpan(TailSize - _tailAt));
        }
        if (!IsTruncated)
            return Encoding.UTF8.GetString([.. head, .. tail]).TrimEnd('\n', '\r');
        // A character that the cut went through would be read as another one.
        var start = 0;
        while (start < 3 && (tail[start] & 0xC0) == 0x80)
            start++;
        var gap = string.Create(CultureInfo.InvariantCulture, $"\n... {Size - head.Length - kept} bytes left out ...\n");
        return (Encoding.UTF8.GetString(head[..WholeCharacters(head)]) + gap + Encoding.UTF8.GetString(tail.AsSpan(start))).TrimEnd('\n', '\r');
    }

    /// <inheritdoc/>
    public void Dispose() => _hash?.Dispose();

    private static int WholeCharacters(ReadOnlySpan<byte> text)
    {
        var last = text.Length - 1;
        while (last > text.Length - 4 && (text[last] & 0xC0) == 0x80)
            last--;
        var needed = text[last] switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
        return text.Length - last < needed ? last : text.Length;
    }

    private void KeepLast(ReadOnlySpan<byte> part)
    {
        if (part.Length == 0)
            return;
        if (_tail.Length == 0)
            _tail = new byte[TailSize];
        if (part.Length > TailSize)
            part = part[^TailSize..];
        var first = Math.Min(part.Length, TailSize - _tailAt);
        part[..first].CopyTo(_tail.AsSpan(_tailAt));
        part[first..].CopyTo(_tail);
        _tailAt = (_tailAt + part.Length) % TailSize;
    }
}
