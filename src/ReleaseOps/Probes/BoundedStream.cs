using static System.FormattableString;

namespace ReleaseOps.Probes;

/// <summary>Reads streams, but no further than a bound.</summary>
internal static class BoundedStream
{
    /// <summary>Reads a stream that must end before the bound.</summary>
    /// <exception cref="CouldNotTellException">BadDocument: there is more.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int most, string name, CancellationToken cancellation)
    {
        var bytes = await UpToAsync(stream, most, cancellation).ConfigureAwait(false);
        return bytes.Length < most ? bytes : throw new CouldNotTellException(
            ErrorId.BadDocument, Invariant($"{name} is too large: with the files that refer to it more than {most} bytes"));
    }

    /// <summary>Reads a stream to its end, or to the bound.</summary>
    public static async Task<ReadOnlyMemory<byte>> UpToAsync(Stream stream, int most, CancellationToken cancellation)
    {
        var bytes = new byte[Math.Min(most, stream.CanSeek ? (int)Math.Min(stream.Length + 1, most) : 1 << 14)];
        var length = 0;
        while (length < most && await stream.ReadAsync(bytes.AsMemory(length), cancellation).ConfigureAwait(false) is > 0 and var read)
        {
            length += read;
            if (length == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(2L * length, most));
        }
        return bytes.AsMemory(0, length);
    }
}
