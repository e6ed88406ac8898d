using System.Security.Cryptography;
using System.Text;

namespace ReleaseOps.Channels;

/// <summary>Names of our own as services take them: bounded, and different wherever ours differ.</summary>
internal static class DedupKeys
{
    /// <summary>The name; where it is too long, its beginning and the digest of all of it.</summary>
    /// <param name="name">A thread, a key.</param>
    /// <param name="longest">The longest, in bytes of UTF-8; at least 100.</param>
    internal static string Of(string name, int longest)
    {
        if (Encoding.UTF8.GetByteCount(name) <= longest)
            return name;
        var ascii = string.Concat(name.Where(char.IsAscii));
        var digest = Digest(name);
        return ascii[..Math.Min(ascii.Length, longest - digest.Length - 1)] + "-" + digest;
    }

    /// <summary>SHA-256 as 64 lower-case hexadecimal digits.</summary>
    internal static string Digest(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
