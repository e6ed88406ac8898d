namespace ReleaseOps.Probes.Http;

/// <summary>Counts what is read through it and stops at a cap: the bytes on the wire, before anything is unpacked.</summary>
/// <param name="inner">Where the bytes come from.</param>
/// <param name="cap">The most bytes that may come.</param>
internal sealed class CountingStream(Stream inner, long cap) : Stream
{
    private long _count;

    /// <summary>The bytes read so far.</summary>
    internal long Count => Interlocked.Read(ref _count);

    /// <summary>True once more than the cap came.</summary>
    internal bool IsOver => Count > cap;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsOver)
            return 0;
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Interlocked.Add(ref _count, read);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it with ReadAsync.");
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
