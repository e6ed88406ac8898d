using System.IO.Compression;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// Unpacks gzip (RFC 1952), one member after the other, and tells at the end whether that was all of it. The platform's own reader takes for the end
/// what breaks off within a member, and what is no member after one. So after the last byte it gets a member of ours: the file was whole only where
/// that one comes out again.
/// </summary>
/// <param name="packed">The packed bytes; they stay open.</param>
internal sealed class PackedStream(Stream packed) : ReadOnceStream
{
    private static readonly byte[] Seal = [.. Enumerable.Repeat((byte)0x1E, 64)];
    private static readonly byte[] PackedSeal = Pack(Seal);

    private readonly List<byte> _afterLast = [];
    private readonly Sealed _sealed = new(packed);
    private GZipStream? _unpacked;

    /// <summary>Why not all of it could be unpacked; null where nothing is wrong so far.</summary>
    internal string? Problem { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (Problem is not null || buffer.IsEmpty)
            return 0;
        try
        {
            _unpacked ??= new GZipStream(_sealed, CompressionMode.Decompress);
            int read;
            while ((read = _unpacked.Read(buffer)) > 0 && _sealed.IsOpen)
                _afterLast.AddRange(buffer[..read]);
            if (read == 0 && !_afterLast.SequenceEqual(Seal))
                Problem = "the packed file breaks off, or goes on with what isn't packed";
            return read;
        }
        catch (InvalidDataException e)
        {
            Problem = _sealed.IsOpen ? "the packed file breaks off" : $"the packed file is damaged: {e.Message}";
            return 0;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacked?.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A stream with the seal after its end.</summary>
    private sealed class Sealed(Stream inner) : ReadOnceStream
    {
        private int _given;

        /// <summary>True from the first byte of the seal on.</summary>
        internal bool IsOpen { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var read = IsOpen ? 0 : inner.Read(buffer);
            if (read > 0 || buffer.IsEmpty)
                return read;
            IsOpen = true;
            read = Math.Min(buffer.Length, PackedSeal.Length - _given);
            PackedSeal.AsSpan(_given, read).CopyTo(buffer);
            _given += read;
            return read;
        }
    }
}
