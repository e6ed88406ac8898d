using static System.FormattableString;

namespace ReleaseOps.Probes;

/// <summary>Reads a stream to its end, but no further than a bound.</summary>
internal static class BoundedStream
{
    /// <exception cref="CouldNotTellException">BadDocument: there is more.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int most, string name, CancellationToken cancellation)
    {
        var bytes = new byte[Math.Min(most, stream.CanSeek ? (int)Math.Min(stream.Length + 1, most) : 1 << 16)];
        var length = 0;
        while (await stream.ReadAsync(bytes.AsMemory(length), cancellation).ConfigureAwait(false) is > 0 and var read)
        {
            length += read;
            if (length >= most)
                throw new CouldNotTellException(
                    ErrorId.BadDocument, Invariant($"{name} is too large: with the files that refer to it more than {most} bytes"));
            if (length == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(2L * length, most));
        }
        return bytes.AsMemory(0, length);
    }
}
