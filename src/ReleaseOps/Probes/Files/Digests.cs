using System.Buffers;
using System.Security.Cryptography;

namespace ReleaseOps.Probes.Files;

/// <summary>SHA-256 of files of any size, in the memory of one buffer.</summary>
internal static class Digests
{
    /// <summary>The digest in lower-case hex, and the number of bytes it is of.</summary>
    internal static (string Digest, long Length) Sha256(SeenFile file, CancellationToken cancellation)
    {
        using var stream = file.Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            var length = 0L;
            while (stream.Read(buffer) is > 0 and var read)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                length += read;
            }
            return (Convert.ToHexStringLower(hash.GetHashAndReset()), length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
