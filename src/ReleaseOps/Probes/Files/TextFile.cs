using System.Text;
using static System.FormattableString;

namespace ReleaseOps.Probes.Files;

/// <summary>Reads a whole file as UTF-8 text, up to a bound.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, without a byte order mark.</summary>
    /// <exception cref="CouldNotTellException">BodyTooLarge, or BadDocument: not UTF-8.</exception>
    internal static string Read(SeenFile file, long longest)
    {
        if (file.Length > longest)
            throw TooLarge(file, longest);
        using var stream = file.Open();
        // One byte more than is allowed: it may have grown since.
        var bytes = new byte[Math.Min(file.Length + 4096, longest + 1)];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > longest || (length == bytes.Length && stream.ReadByte() >= 0))
            throw TooLarge(file, longest);
        try
        {
            var text = Strict.GetString(bytes, 0, length);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (DecoderFallbackException e)
        {
            throw new CouldNotTellException(ErrorId.BadDocument, Invariant($"{file.Name} isn't UTF-8 text (byte {e.Index})"));
        }
    }

    private static CouldNotTellException TooLarge(SeenFile file, long longest) => new(ErrorId.BodyTooLarge,
        Invariant($"{file.Name} is larger than {longest} bytes, the most that is read"));
}
