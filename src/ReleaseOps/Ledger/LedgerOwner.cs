using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Ledger;

/// <summary>
/// Holds a release for one process. Three files in its folder:
/// <code>
/// ledger.lock    an operating system's lock, which ends with the process; who has it may write
/// ledger.owner   who that is (a locked file can't be read on every system), and the owner's number, the fence, which only rises
/// ledger.jsonl   the ledger; an owner whose predecessor didn't let go writes into a new copy of it
/// </code>
/// A lock alone doesn't do: somebody may delete it while its holder is frozen. The holder finds, when it wakes, another fence in
/// <c>ledger.owner</c>; and should it have passed that check just before it froze, it writes into the old copy, which nobody reads.
/// </summary>
internal sealed class LedgerOwner : IDisposable
{
    // EWOULDBLOCK on Linux, on macOS and BSD; ERROR_SHARING_VIOLATION.
    private static readonly int[] LockedOnUnix = [11, 35];
    private const int LockedOnWindows = 0x20;

    private readonly string _folder;
    private readonly FileStream _lock;
    private OwnerRecord _record;
    private byte[] _identity = [];
    private SafeFileHandle? _file;

    private LedgerOwner(string folder, FileStream @lock, OwnerRecord record, OwnerRecord? previous)
    {
        _folder = folder;
        _lock = @lock;
        _record = record;
        Previous = previous;
    }

    /// <summary>This owner's number; each later owner's is higher.</summary>
    public long Fence => _record.Fence;

    /// <summary>Who held it before; null where that isn't known.</summary>
    public OwnerRecord? Previous { get; }

    /// <summary>This owner, as others see it.</summary>
    public OwnerRecord Record => _record;

    private string OwnerPath => Path.Combine(_folder, "ledger.owner");

    /// <exception cref="ReleaseOpsException">LedgerHeld: somebody else holds it.</exception>
    public static LedgerOwner Take(string folder, string actor, DateTimeOffset since)
    {
        var ownerPath = Path.Combine(folder, "ledger.owner");
        var @lock = Lock(Path.Combine(folder, "ledger.lock"), ownerPath);
        try
        {
            var previous = OwnerRecord.TryRead(ownerPath);
            var record = new OwnerRecord((previous?.Fence ?? 0) + 1, Environment.ProcessId, Environment.MachineName, actor, since,
                Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)))
            {
                Head = previous?.Head ?? new(0, LedgerLine.NoHash),
            };
            var owner = new LedgerOwner(folder, @lock, record, previous);
            owner.Publish();
            return owner;
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Whether somebody holds the lock now.</summary>
    public static bool IsLocked(string folder) => IsFileLocked(Path.Combine(folder, "ledger.lock"));

    /// <summary>Whether a process has a file locked now.</summary>
    public static bool IsFileLocked(string path)
    {
        try
        {
            // Only to read, and shared: this look must not be what keeps an owner out.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return false;
        }
        catch (IOException e) when (IsLockError(e))
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Says up to where the ledger was verified, and takes a fence above all that were ever used in it.</summary>
    public void Verified(LedgerHead head, long highestFence)
    {
        _record = _record with { Head = head };
        if (_record.Fence > highestFence)
        {
            WriteTail();
            return;
        }
        _record = _record with { Fence = highestFence + 1 };
        Publish();
    }

    /// <summary>Whether this is still the owner: the lock is the file that was locked, and nobody published another fence.</summary>
    /// <exception cref="ReleaseOpsException">LedgerLost.</exception>
    public void Check()
    {
        if (!IsStill(_lock.SafeFileHandle, _lock.Name))
            throw LedgerErrors.Lost(_lock.Name, $"somebody deleted or replaced its lock {_lock.Name}");
        if (PublishedIdentity())
            return;
        var now = OwnerRecord.TryRead(OwnerPath);
        var somebodyElse = now is not null && now.Key != _record.Key;
        throw LedgerErrors.Lost(OwnerPath, somebodyElse ? $"it is held by {now}" : $"somebody deleted or changed {OwnerPath}");
    }

    /// <summary>Lets go in order, and says where the ledger ends.</summary>
    public void Release(LedgerHead head)
    {
        _record = _record with { Head = head, Released = true };
        WriteTail();
    }

    public void Dispose()
    {
        _file?.Dispose();
        _lock.Dispose();
    }

    /// <summary>
    /// Whether a path still names the file that was opened. A file's time of birth is as good as its inode number here, and .NET tells it
    /// on every system; where a file system has none, .NET takes the earlier of its other two times, which differ as well.
    /// </summary>
    public static bool IsStill(SafeFileHandle file, string path)
    {
        var named = new FileInfo(path);
        return named.Exists && named.CreationTimeUtc == File.GetCreationTimeUtc(file);
    }

    private static FileStream Lock(string path, string ownerPath)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (IsLockError(e))
        {
            var holder = OwnerRecord.TryRead(ownerPath)?.ToString() ?? "another process";
            throw new ReleaseOpsException(ErrorId.LedgerHeld, $"The release is held by {holder} ({path}).",
                "Wait until it is done, or stop that process: its hold ends with it. Don't delete the lock.", path, e);
        }
    }

    /// <summary>Whether a file could not be opened because a process has it locked.</summary>
    public static bool IsLockError(IOException e) =>
        OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) == LockedOnWindows : LockedOnUnix.Contains(e.HResult);

    // Written as a new file and renamed, so that nobody reads half of it, and so that a former owner's handle isn't this file.
    // Not flushed: it matters only to processes that live now, and the fence is in the ledger too.
    private void Publish()
    {
        _file?.Dispose();
        _identity = _record.Identity();
        var path = OwnerPath + ".new";
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0))
        {
            file.Write([.. _identity, .. _record.Tail()]);
        }
        File.Move(path, OwnerPath, overwrite: true);
        _file = File.OpenHandle(OwnerPath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    }

    private void WriteTail() => RandomAccess.Write(_file!, _record.Tail(), _identity.Length);

    private bool PublishedIdentity()
    {
        try
        {
            using var file = File.OpenHandle(OwnerPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> found = _identity.Length <= 1024 ? stackalloc byte[_identity.Length] : new byte[_identity.Length];
            return RandomAccess.Read(file, found, 0) == found.Length && found.SequenceEqual(_identity);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
    }
}
