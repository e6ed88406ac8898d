namespace ReleaseOps.Reviews.Logs;

/// <summary>A stream that says how much of it was read; its first bytes can be seen before. The inner stream stays open.</summary>
/// <param name="inner">The stream.</param>
internal sealed class CountedStream(Stream inner) : ReadOnceStream
{
    private byte[] _seen = [];
    private long _count;

    /// <summary>How many bytes were read.</summary>
    internal long Count => Interlocked.Read(ref _count);

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
        return read;
    }
}
