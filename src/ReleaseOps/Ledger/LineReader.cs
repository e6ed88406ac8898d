using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Ledger;

/// <summary>What <see cref="LineReader.Next"/> found.</summary>
internal enum LineKind
{
    /// <summary>Nothing more.</summary>
    End,
    /// <summary>A line with its newline.</summary>
    Whole,
    /// <summary>Bytes up to the end without a newline.</summary>
    Unended,
    /// <summary>A line with a newline, longer than a ledger's line may be.</summary>
    TooLong,
}

/// <summary>Reads a file line by line in bounded memory.</summary>
/// <param name="file">The file; stays the caller's.</param>
/// <param name="end">Where to stop, in bytes, though the file may go on.</param>
internal sealed class LineReader(SafeFileHandle file, long end)
{
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _count;
    private long _filled;

    /// <summary>The line without its newline; good until the next call of anything here. Empty where it was too long to keep.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>How many bytes have been read as lines.</summary>
    public long Position => _filled - _count;

    public LineKind Next()
    {
        Line = default;
        var scanned = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + scanned, _count - scanned).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Take(scanned + newline);
                Skip(1);
                return Line.Length < LedgerLine.MaxBytes ? LineKind.Whole : LineKind.TooLong;
            }
            scanned = _count;
            if (scanned >= LedgerLine.MaxBytes)
                return SkipTooLong();
            if (!Fill())
            {
                Take(scanned);
                return scanned == 0 ? LineKind.End : LineKind.Unended;
            }
        }
    }

    /// <summary>True where bytes follow; invalidates <see cref="Line"/>.</summary>
    public bool HasMore() => _count > 0 || Fill();

    private LineKind SkipTooLong()
    {
        do
        {
            var newline = _buffer.AsSpan(_start, _count).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Skip(newline + 1);
                return LineKind.TooLong;
            }
            Skip(_count);
        }
        while (Fill());
        return LineKind.Unended;
    }

    private void Take(int count)
    {
        Line = _buffer.AsMemory(_start, count);
        Skip(count);
    }

    private void Skip(int count)
    {
        _start += count;
        _count -= count;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _count).CopyTo(_buffer);
            _start = 0;
        }
        if (_count == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var room = (int)Math.Min(_buffer.Length - _count, end - _filled);
        var read = room <= 0 ? 0 : RandomAccess.Read(file, _buffer.AsSpan(_count, room), _filled);
        _count += read;
        _filled += read;
        return read > 0;
    }
}
