using System.Text;
using System.Text.Json;
using ReleaseOps.Probes.Http;

namespace ReleaseOps.Probes.Metrics;

/// <summary>A whole answer as JSON, masked.</summary>
internal static class JsonAnswer
{
    private const int Piece = 64 * 1024;

    /// <exception cref="CouldNotTellException">BodyTooLarge, BadDocument.</exception>
    internal static async Task<JsonElement> ReadAsync(Stream body, Hop hop, SecretMask mask, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[Piece];
        while (await body.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            hop.BodyBytes = bytes.Length;
            if (bytes.Length > MonitoringApi.MaxBody)
                throw HttpBody.TooLarge(MonitoringApi.MaxBody);
        }
        try
        {
            return StrictJson.Parse(mask.Apply(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.GetBuffer(), 0, (int)bytes.Length)));
        }
        catch (JsonException e)
        {
            throw new CouldNotTellException(ErrorId.BadDocument, "the answer isn't valid JSON, or it was cut off" + StrictJson.Place(e));
        }
        catch (DecoderFallbackException)
        {
            throw new CouldNotTellException(ErrorId.BadDocument, "the answer isn't text in UTF-8");
        }
    }
}
