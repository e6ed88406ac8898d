using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Ledger;

/// <summary>
/// What it takes for bytes to be on the disk. <see cref="RandomAccess.FlushToDisk"/> and <see cref="FileStream.Flush(bool)"/> don't do
/// on Unix: as tried on .NET 10.0.12, they call fsync and ignore that it failed (EIO, ENOSPC, EROFS, EDQUOT alike).
/// </summary>
internal static class DurableFile
{
    private const int Interrupted = 4;
    private const int Invalid = 22;

    /// <summary>Waits until what was written to a file is on the disk. After a failure the file must be opened and verified again:
    /// the kernel may have dropped what it couldn't write, and a second call would succeed.</summary>
    /// <exception cref="IOException">It isn't; HResult is the error number.</exception>
    public static void Flush(SafeFileHandle file)
    {
        // On macOS only .NET's call empties the drive's own cache (F_FULLFSYNC); fsync after it tells of errors.
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        if (!OperatingSystem.IsWindows())
            Check(Sync(file));
    }

    /// <summary>Makes names durable: files created in, renamed in, or removed from a folder. Windows needs no such call.</summary>
    /// <exception cref="IOException">They aren't.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        // .NET's own way of opening refuses folders.
        using var handle = Open(folder, OperatingSystem.IsMacOS() ? 0x1000000 : OperatingSystem.IsLinux() ? 0x80000 : 0);
        Check(handle.IsInvalid ? Marshal.GetLastPInvokeError() : Sync(handle) is var error && error == Invalid ? 0 : error);
    }

    /// <summary>Creates a folder, and the folders that it stands in, durably.</summary>
    public static void CreateFolder(string folder)
    {
        var created = new Stack<string>();
        for (var at = Path.GetFullPath(folder); at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
            created.Push(at);
        Directory.CreateDirectory(folder);
        foreach (var path in created)
            FlushFolder(Path.GetDirectoryName(path)!);
    }

    private static int Sync(SafeFileHandle file)
    {
        while (Fsync(file) < 0)
        {
            // Interrupted before it knew anything: the one answer after which asking again is right.
            if (Marshal.GetLastPInvokeError() is var error && error != Interrupted)
                return error;
        }
        return 0;
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new IOException($"fsync failed: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Fsync(SafeFileHandle file);

    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
