using System.Buffers;
using System.Text;
using static System.FormattableString;

namespace ReleaseOps.Probes.Http;

/// <summary>The body of an answer: read up to a cap, unpacked and decoded.</summary>
internal static class HttpBody
{
    private const int Piece = 16 * 1024;

    /// <summary>Reads and unpacks a body; null where it is packed in a way that isn't known.</summary>
    /// <param name="response">The answer; its headers are read already.</param>
    /// <param name="hop">Is told about the progress.</param>
    /// <param name="cap">The most bytes that may come, on the wire and unpacked.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        HttpResponseMessage response, Hop hop, long cap, CancellationToken cancellation)
    {
        hop.BodyBytes = 0;
        if (response.Content.Headers.ContentLength is { } announced && announced > cap
            && response.RequestMessage?.Method != HttpMethod.Head)
            throw TooLarge(cap);
        await using var content = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var bytes = new ArrayBufferWriter<byte>();
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await content.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and var read)
            {
                bytes.Write(buffer.AsSpan(0, read));
                hop.BodyBytes = bytes.WrittenCount;
                if (bytes.WrittenCount > cap)
                    throw TooLarge(cap);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return response.Content.Headers.ContentEncoding switch
        {
            { Count: 0 } => bytes.WrittenMemory,
            { Count: > 1 } => (ReadOnlyMemory<byte>?)null,
            var encodings => HttpPacking.Unpack(encodings.First(), bytes.WrittenMemory, cap),
        };
    }

    /// <summary>Decodes a body as its charset says; UTF-8 where it says nothing, or something unknown.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes, string? charset, out string? note)
    {
        note = null;
        var encoding = Encoding.UTF8;
        if (charset is not null)
        {
            try
            {
                encoding = Encoding.GetEncoding(charset.Trim('"'));
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                note = "the charset of the body isn't known; it was read as UTF-8";
            }
        }
        var text = encoding.GetString(bytes);
        return text.StartsWith('\uFEFF') ? text[1..] : text;
    }

    internal static CouldNotTellException TooLarge(long cap) => new(ErrorId.BodyTooLarge,
        Invariant($"the body is larger than {cap} bytes, the most that is read; raise max-body if that is right"));
}
