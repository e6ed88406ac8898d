using System.Buffers.Binary;

namespace ReleaseOps.Reviews.Logs;

/// <summary>A stream that is read once, and says how much of it was; its first bytes can be seen before. The inner stream stays open.</summary>
/// <param name="inner">The stream.</param>
internal sealed class CountedStream(Stream inner) : Stream
{
    private readonly byte[] _last = new byte[4];
    private byte[] _seen = [];
    private long _count;

    /// <summary>The last four bytes that were read, as a number (little-endian).</summary>
    internal uint Last => BinaryPrimitives.ReadUInt32LittleEndian(_last);

    /// <summary>How many bytes were read.</summary>
    internal long Count => Interlocked.Read(ref _count);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    /// <summary>The first bytes, which stay to be read; fewer where there aren't as many.</summary>
    internal byte[] Peek(int bytes)
    {
        var buffer = new byte[bytes];
        _seen = buffer[..inner.ReadAtLeast(buffer, bytes, throwOnEndOfStream: false)];
        return _seen;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = Math.Min(_seen.Length, buffer.Length);
        if (read > 0)
        {
            _seen.AsSpan(0, read).CopyTo(buffer);
            _seen = _seen[read..];
        }
        else
        {
            read = inner.Read(buffer);
        }
        Interlocked.Add(ref _count, read);
        foreach (var one in buffer[Math.Max(0, read - 4)..read])
        {
            _last.AsSpan(1).CopyTo(_last);
            _last[3] = one;
        }
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
