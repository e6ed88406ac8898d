using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ReleaseOps.Probes.Http;

/// <summary>The body of an answer: read up to a cap, unpacked up to the same cap, and decoded.</summary>
internal static class HttpBody
{
    /// <summary>Reads and unpacks a body; null where it is packed in a way that isn't known.</summary>
    /// <param name="response">The answer; its headers are read already.</param>
    /// <param name="hop">Is told about the progress.</param>
    /// <param name="cap">The most bytes that may come, on the wire and unpacked.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpResponseMessage response, Hop hop, long cap, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength is { } announced && announced > cap && response.RequestMessage?.Method != HttpMethod.Head)
            throw TooLarge(cap);
        var content = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var wire = new CountingStream(content, cap);
        hop.Body = wire;
        await using var unpacked = Unpack(wire, response.Content.Headers.ContentEncoding);
        if (unpacked is null)
            return null;
        var bytes = new ArrayBufferWriter<byte>();
        try
        {
            while (await unpacked.ReadAsync(bytes.GetMemory(16 * 1024), cancellation).ConfigureAwait(false) is > 0 and var read)
            {
                bytes.Advance(read);
                if (bytes.WrittenCount > cap)
                    break;
            }
        }
        catch (InvalidDataException) when (!wire.IsOver)
        {
            throw new CouldNotTellException(ErrorId.BadDocument, string.Create(CultureInfo.InvariantCulture,
                $"the body can't be unpacked as its Content-Encoding says (at byte {wire.Count} of what came)"));
        }
        catch (InvalidDataException)
        {
            // The cap cut it short.
        }
        return wire.IsOver || bytes.WrittenCount > cap ? throw TooLarge(cap) : bytes.WrittenMemory;
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

    private static Stream? Unpack(CountingStream wire, ICollection<string> encodings) =>
        encodings.Count == 0 ? wire : encodings.Count > 1 ? null : encodings.First().ToLowerInvariant() switch
        {
            "identity" or "" => wire,
            "gzip" or "x-gzip" => new GZipStream(wire, CompressionMode.Decompress),
            "deflate" => new ZLibStream(wire, CompressionMode.Decompress),
            "br" => new BrotliStream(wire, CompressionMode.Decompress),
            _ => null,
        };

    private static CouldNotTellException TooLarge(long cap) => new(ErrorId.BodyTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"the body is larger than {cap} bytes, the most that is read; raise max-body if that is right"));
}
