using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Ledger;

/// <summary>
/// Makes a ledger fit to go on with after an owner that didn't let go: its good lines go into a new file, what a crash left half-written
/// goes into <c>ledger.torn-1</c> (2, 3 ...), and the new file takes the old one's name. Nothing is lost, and a crash at any point leaves
/// either the old file or the new one. A former owner that was only frozen goes on writing into the old file, where it harms nobody.
/// </summary>
internal static class LedgerRecovery
{
    /// <summary>How many torn tails are kept; far more than any release has crashes.</summary>
    private const int MaxTornFiles = 10_000;

    /// <param name="folder">The ledger's folder.</param>
    /// <param name="path">The ledger.</param>
    /// <param name="chain">The ledger, walked to its end without a problem.</param>
    /// <param name="event">Makes the line that records the torn tail, given its data.</param>
    /// <returns>Bytes and head of the new file.</returns>
    public static (long Length, LedgerHead Head) Renew(string folder, string path, LedgerChain chain,
        Func<Action<Utf8JsonWriter>, ReadOnlyMemory<byte>> @event)
    {
        using var old = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var renewed = path + ".new";
        var length = chain.Length;
        var head = new LedgerHead(chain.Events, chain.LastHash);
        using (var file = File.OpenHandle(renewed, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            Copy(old, 0, file, chain.Length);
            if (chain.TornBytes > 0)
            {
                var (name, hash) = KeepTorn(folder, old, chain.Length, chain.TornBytes);
                var line = @event(data =>
                {
                    data.WriteNumber("bytes", chain.TornBytes);
                    data.WriteString("sha256", hash);
                    data.WriteString("file", name);
                }).Span;
                RandomAccess.Write(file, line, length);
                length += line.Length;
                head = new(head.Events + 1, Convert.ToHexStringLower(SHA256.HashData(line[..^1])));
            }
            DurableFile.Flush(file);
        }
        old.Dispose();
        File.Move(renewed, path, overwrite: true);
        DurableFile.FlushFolder(folder);
        return (length, head);
    }

    private static (string Name, string Sha256) KeepTorn(string folder, SafeFileHandle old, long from, long bytes)
    {
        var number = Enumerable.Range(1, MaxTornFiles).FirstOrDefault(n => !File.Exists(Path.Combine(folder, Name(n))));
        if (number == 0)
            throw new IOException($"{folder} holds {MaxTornFiles} torn tails already; move them away.");
        var unnamed = Path.Combine(folder, "ledger.torn.new");
        string hash;
        using (var file = File.OpenHandle(unnamed, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            hash = Copy(old, from, file, bytes);
            DurableFile.Flush(file);
        }
        File.Move(unnamed, Path.Combine(folder, Name(number)));
        return (Name(number), hash);
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"ledger.torn-{number}");

    private static string Copy(SafeFileHandle from, long start, SafeFileHandle to, long bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            for (var done = 0L; done < bytes;)
            {
                var read = RandomAccess.Read(from, buffer.AsSpan(0, (int)Math.Min(buffer.Length, bytes - done)), start + done);
                if (read == 0)
                    throw new IOException("The ledger became shorter while it was read.");
                hash.AppendData(buffer, 0, read);
                RandomAccess.Write(to, buffer.AsSpan(0, read), done);
                done += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
