using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Ledger;

/// <summary>
/// Walks a ledger from its first line and checks that each follows from the one before it. It stops at the end, at a torn tail, or at the
/// first problem.
/// <code>
/// line 1: seq 1, prev 000...            line 1 ok
/// line 2: seq 2, prev sha256(line 1)    line 2 ok, and line 1 is what it was
/// line 3: {"seq":3,"at":"20             no newline, nothing after it: torn by a crash, never promised to anybody
/// </code>
/// A complete last event that doesn't follow is no torn write: that, or its predecessor, was changed. What no chain can tell: that whole
/// lines are missing from the end, or that the last line was changed into another one that fits; nothing after it holds its hash.
/// </summary>
/// <param name="file">The ledger; stays the caller's.</param>
/// <param name="end">Where to stop, in bytes.</param>
internal sealed class LedgerChain(SafeFileHandle file, long end = long.MaxValue)
{
    private readonly LineReader _lines = new(file, end);
    private LedgerLine.Fields _fields;

    /// <summary>How many events have been read and follow from one another.</summary>
    public long Events { get; private set; }

    /// <summary>SHA-256 of the last of them.</summary>
    public string LastHash { get; private set; } = LedgerLine.NoHash;

    /// <summary>Bytes of them.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes of a torn tail, once <see cref="MoveNext"/> said false.</summary>
    public long TornBytes { get; private set; }

    /// <summary>
    /// Why the chain is broken, once <see cref="MoveNext"/> said false; null where it isn't. Its line is <c>Events + 1</c>.
    /// </summary>
    public string? Problem { get; private set; }

    /// <summary>Type of the event that <see cref="MoveNext"/> moved to.</summary>
    public string Type => _fields.Type;

    /// <summary>The event that <see cref="MoveNext"/> moved to.</summary>
    public LedgerEvent Current => _fields.ToEvent(_lines.Line.Span);

    public bool MoveNext()
    {
        switch (_lines.Next())
        {
            case LineKind.End:
                return false;
            case LineKind.TooLong:
                return Broken($"it is longer than {LedgerLine.MaxBytes} bytes");
            case LineKind.Unended:
                // "}" and then something else than a newline: somebody changed the newline, or added to the file.
                return LedgerLine.TryRead(_lines.Line.Span, out var unended) && HasText(_lines.Line.Span[unended.Length..])
                    ? Broken("it goes on after its event")
                    : Torn();
            default:
                return Follow(_lines.Line.Span);
        }
    }

    private bool Follow(ReadOnlySpan<byte> line)
    {
        if (!LedgerLine.TryRead(line, out var fields))
            return _lines.HasMore()
                ? Broken("it isn't an event with the keys seq, at, type, run, actor, data, prev in this order")
                : Torn();
        if (fields.Length < line.Length)
            return HasText(line[fields.Length..]) || _lines.HasMore() ? Broken("it goes on after its event") : Torn();
        if (fields.Seq != Events + 1)
            return Broken($"its seq is {fields.Seq}, expected was {Events + 1}: lines are missing, doubled or out of order");
        if (!string.Equals(fields.Prev, LastHash, StringComparison.Ordinal))
            return Broken(
                $"its prev is {fields.Prev}, expected was {LastHash}, the SHA-256 of the line before it: one of the two was changed");
        _fields = fields;
        Events++;
        LastHash = Convert.ToHexStringLower(SHA256.HashData(line));
        Length = _lines.Position;
        return true;
    }

    private bool Broken(string problem)
    {
        Problem = problem;
        return false;
    }

    private bool Torn()
    {
        TornBytes = _lines.Position - Length;
        return false;
    }

    /// <summary>After a power cut, a file system may show zeros where the rest of a write should be.</summary>
    private static bool HasText(ReadOnlySpan<byte> rest) => rest.ContainsAnyExcept((byte)0);
}
