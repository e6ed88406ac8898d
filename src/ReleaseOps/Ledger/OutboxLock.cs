using System.Security.Cryptography;
using System.Text;

namespace ReleaseOps.Ledger;

/// <summary>
/// Keeps two processes from sending by one channel of a release at once, so that each message goes out once and in order. It is a lock of
/// its own: whoever sends doesn't hold the ledger meanwhile. Another one says that a sender holds the ledger for a moment, and is to be waited
/// for. Both end with the process.
/// </summary>
internal sealed class OutboxLock : IDisposable
{
    private const string FolderName = "outbox";
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan QueuePatience = TimeSpan.FromSeconds(30);

    private readonly FileStream _file;

    private OutboxLock(FileStream file) => _file = file;

    /// <summary>Takes it; waits for another process that has it. Null where that one doesn't let go in time.</summary>
    /// <param name="releaseFolder">The release's folder.</param>
    /// <param name="channel">Name of the channel.</param>
    /// <param name="limit">How long it is waited for.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="ReleaseOpsException">LedgerUnwritable, DiskFull.</exception>
    public static async Task<OutboxLock?> TakeAsync(
        string releaseFolder, string channel, TimeSpan limit, TimeProvider clock, CancellationToken cancellation)
    {
        var path = PathOf(releaseFolder, channel);
        var began = clock.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryTake(path) is { } taken)
                return taken;
            if (clock.GetElapsedTime(began) >= limit)
                return null;
            await Task.Delay(Pulse, clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the turn to record what is to go out.</summary>
    /// <param name="releaseFolder">The release's folder.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="ReleaseOpsException">LedgerHeld: another process didn't come to its end within 30 seconds. LedgerUnwritable, DiskFull.</exception>
    public static async Task<OutboxLock> ToQueueAsync(string releaseFolder, TimeProvider clock, CancellationToken cancellation) =>
        // No channel has an empty name.
        await TakeAsync(releaseFolder, "", QueuePatience, clock, cancellation).ConfigureAwait(false) ?? throw new ReleaseOpsException(
            ErrorId.LedgerHeld, $"Another process has been recording a message of this release for {Durations.Format(QueuePatience)}, and nothing of this one is recorded.",
            "Try again; end that process if it hangs.", releaseFolder);

    /// <summary>Says that the ledger is about to be held for a moment only; null where somebody says so already.</summary>
    /// <exception cref="ReleaseOpsException">LedgerUnwritable, DiskFull.</exception>
    public static OutboxLock? ForAMoment(string releaseFolder) => TryTake(MomentOf(releaseFolder));

    /// <summary>Whether somebody said that the ledger is held for a moment only.</summary>
    public static bool IsForAMoment(string releaseFolder) => LedgerOwner.IsFileLocked(MomentOf(releaseFolder));

    public void Dispose() => _file.Dispose();

    private static OutboxLock? TryTake(string path)
    {
        try
        {
            DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
            return new OutboxLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException e) when (LedgerOwner.IsLockError(e))
        {
            return null;
        }
        catch (Exception e) when (LedgerErrors.IsFileError(e))
        {
            throw LedgerErrors.Unwritable(path, e);
        }
    }

    private static string MomentOf(string releaseFolder) => Path.Combine(releaseFolder, FolderName, "ledger.lock");

    /// <summary>A channel's name may hold what no file name may.</summary>
    private static string PathOf(string releaseFolder, string channel) =>
        Path.Combine(releaseFolder, FolderName, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(channel)))[..16] + ".lock");
}
