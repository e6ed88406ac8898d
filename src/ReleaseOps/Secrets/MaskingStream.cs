namespace ReleaseOps;

/// <summary>A write-only stream that masks on the way to another one. UTF-8 is assumed; UTF-16 is masked too.</summary>
internal sealed class MaskingStream : Stream
{
    private readonly Stream _inner;
    private readonly Masking _masking;

    public MaskingStream(SecretMask mask, Stream inner)
    {
        _inner = inner;
        _masking = new Masking(mask, inner.Write);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer) => _masking.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => _masking.Write(buffer.AsSpan(offset, count));

    /// <summary>Flushes the other stream; what is held back stays, or flushing would let a secret out in two parts.</summary>
    public override void Flush() => _inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _masking.Complete();
        base.Dispose(disposing);
    }
}
