using System.Buffers;
using System.Text;

namespace ReleaseOps;

/// <summary>
/// Hides secrets in text and in streams, in each form in which they may come back: as they are, base64 (any alignment, UTF-8 and
/// UTF-16), hex, URL-, JSON- and XML-escaped, shell-quoted, line by line, and broken over lines. Immutable and safe to use from many threads.
/// A form of a secret that nobody thought of isn't found: a mask is the second defence; the first is that secrets only go into environments.
/// </summary>
public sealed class SecretMask
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Stars = "***";

    /// <summary>
    /// The shortest secret that is taken, in characters: 6. A shorter one would turn up by chance in ordinary output, where hiding it would
    /// spoil what is read and tell a reader where it is.
    /// </summary>
    public const int ShortestSecret = NeedleSet.Shortest;

    /// <summary>A mask that hides nothing: for runs without secrets.</summary>
    public static readonly SecretMask None = new([]);

    /// <summary>Prepares a mask for these secrets.</summary>
    /// <param name="secrets">The secrets; none may be <see cref="TooShort"/>.</param>
    /// <exception cref="ReleaseOpsException"><see cref="ErrorId.SecretTooShort"/>; it doesn't hold the secret.</exception>
    public SecretMask(IReadOnlyCollection<string> secrets)
    {
        if (secrets.Any(TooShort))
        {
            throw new ReleaseOpsException(ErrorId.SecretTooShort, $"A secret is shorter than {ShortestSecret} characters, too short to be hidden safely.",
                "Use a longer secret.");
        }
        Needles = new NeedleSet(secrets.SelectMany(SecretForms.Of));
    }

    /// <summary>True where a secret is too short to be masked: fewer than <see cref="ShortestSecret"/> characters without the white space around it.</summary>
    /// <param name="secret">The secret.</param>
    public static bool TooShort(string secret) => secret.AsSpan().Trim().Length < ShortestSecret;

    /// <summary>True where there is nothing to hide.</summary>
    public bool IsEmpty => Needles.IsEmpty;

    internal NeedleSet Needles { get; }

    /// <summary>The text with every form of every secret replaced by <see cref="Stars"/>; the same object where it holds none.</summary>
    /// <param name="text">Any text.</param>
    public string Apply(string text)
    {
        if (IsEmpty || text.Length < ShortestSecret)
            return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        var masked = new ArrayBufferWriter<byte>();
        var found = false;
        var masking = new Masking(this, part =>
        {
            // Most texts hold no secret: nothing is copied until one does.
            found |= part.Length != bytes.Length || masked.WrittenCount > 0;
            if (found)
                masked.Write(part);
        });
        masking.Write(bytes, last: true);
        return found ? Encoding.UTF8.GetString(masked.WrittenSpan) : text;
    }

    /// <summary>
    /// A stream that writes to another one what is written to it, masked, and holds back only what may be the beginning of a secret.
    /// Disposing it writes the rest and leaves the other one open.
    /// </summary>
    /// <param name="inner">Where the masked bytes go.</param>
    public Stream Over(Stream inner) => new MaskingStream(this, inner);
}
