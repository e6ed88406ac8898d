namespace ReleaseOps.Ledger;

/// <summary>
/// Keeps a second process from a release's watch. It is a lock of its own: a watch holds the ledger only while it writes, so that a rollback
/// can begin beside it.
/// </summary>
internal sealed class WatchLock : IDisposable
{
    private readonly FileStream _file;

    private WatchLock(FileStream file) => _file = file;

    /// <summary>Takes it.</summary>
    /// <param name="releaseFolder">The release's folder; it is made where it isn't there.</param>
    /// <exception cref="ReleaseOpsException">WatchRunning: another process has it. LedgerUnwritable, DiskFull.</exception>
    public static WatchLock Take(string releaseFolder)
    {
        var path = PathOf(releaseFolder);
        try
        {
            Directory.CreateDirectory(releaseFolder);
            return new WatchLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (IsHeld(releaseFolder))
        {
            throw new ReleaseOpsException(
                ErrorId.WatchRunning, $"Another process is with this watch; it has '{path}' locked.",
                "Look where it stands (releaseops watch status, Get-StabilityWatch), or end it (releaseops watch stop, Stop-StabilityWatch).", path);
        }
        catch (Exception e) when (LedgerErrors.IsFileError(e))
        {
            throw LedgerErrors.Unwritable(path, e);
        }
    }

    /// <summary>Whether a process is with the watch of a release now.</summary>
    public static bool IsHeld(string releaseFolder) => LedgerOwner.IsFileLocked(PathOf(releaseFolder));

    public void Dispose() => _file.Dispose();

    private static string PathOf(string releaseFolder) => Path.Combine(releaseFolder, "watch.lock");
}
