using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace ReleaseOps.Probes.Http;

/// <summary>
/// Unpacks gzip, deflate and br, up to a cap. .NET's streams take a packed body that is cut off for its end without a word, so the end is
/// checked here: half an answer must not pass for the whole.
/// </summary>
internal static class HttpPacking
{
    private const int Piece = 16 * 1024;

    /// <summary>Unpacks; null for an encoding that isn't known.</summary>
    /// <exception cref="CouldNotTellException">BadDocument: broken or cut off. BodyTooLarge: more than the cap.</exception>
    internal static ReadOnlyMemory<byte>? Unpack(string encoding, ReadOnlyMemory<byte> packed, long cap)
    {
        var name = encoding.ToLowerInvariant();
        // An answer to HEAD, or 304, has the header and no body.
        if (packed.Length == 0 || name == "identity")
            return packed;
        return name switch
        {
            "gzip" or "x-gzip" => Inflate(new GZipStream(Input(packed), CompressionMode.Decompress), cap, unpacked =>
                // RFC 1952: the last four bytes are the length. A body in several members has that of the last one, and isn't accepted.
                packed.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(packed.Span[^4..]) == (uint)unpacked.Length),
            "deflate" => Inflate(new ZLibStream(Input(packed), CompressionMode.Decompress), cap, unpacked =>
                // RFC 1950: the last four bytes are the checksum.
                packed.Length >= 6 && BinaryPrimitives.ReadUInt32BigEndian(packed.Span[^4..]) == Adler32(unpacked)),
            "br" => UnpackBrotli(packed.Span, cap),
            // A bare null would become an empty body here.
            _ => (ReadOnlyMemory<byte>?)null,
        };
    }

    private static MemoryStream Input(ReadOnlyMemory<byte> packed) => new(packed.ToArray(), writable: false);

    private static ReadOnlyMemory<byte> Inflate(Stream unpacker, long cap, Func<ReadOnlyMemory<byte>, bool> isWhole)
    {
        using (unpacker)
        {
            var bytes = new ArrayBufferWriter<byte>();
            try
            {
                while (unpacker.Read(bytes.GetSpan(Piece)) is > 0 and var read)
                {
                    bytes.Advance(read);
                    if (bytes.WrittenCount > cap)
                        throw HttpBody.TooLarge(cap);
                }
            }
            catch (InvalidDataException)
            {
                throw Broken();
            }
            return isWhole(bytes.WrittenMemory) ? bytes.WrittenMemory : throw Broken();
        }
    }

    private static ReadOnlyMemory<byte> UnpackBrotli(ReadOnlySpan<byte> packed, long cap)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var decoder = new BrotliDecoder();
        while (true)
        {
            var status = decoder.Decompress(packed, bytes.GetSpan(Piece), out var taken, out var written);
            packed = packed[taken..];
            bytes.Advance(written);
            if (bytes.WrittenCount > cap)
                throw HttpBody.TooLarge(cap);
            if (status == OperationStatus.Done)
                return bytes.WrittenMemory;
            if (status != OperationStatus.DestinationTooSmall)
                throw Broken();
        }
    }

    private static uint Adler32(ReadOnlyMemory<byte> bytes)
    {
        const uint Prime = 65521;
        // The most steps before the larger sum leaves 32 bits (as zlib's NMAX).
        const int Steps = 5552;
        var (a, b) = (1u, 0u);
        for (var rest = bytes.Span; rest.Length > 0; rest = rest[Math.Min(Steps, rest.Length)..])
        {
            foreach (var one in rest[..Math.Min(Steps, rest.Length)])
            {
                a += one;
                b += a;
            }
            a %= Prime;
            b %= Prime;
        }
        return (b << 16) | a;
    }

    private static CouldNotTellException Broken() =>
        new(ErrorId.BadDocument, "the body is broken or cut off: it can't be unpacked as its Content-Encoding says");
}
