using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ReleaseOps.Evidence;

/// <summary>
/// Flushes that tell when they fail. <see cref="FileStream.Flush(bool)"/> doesn't on Unix: under .NET 10.0 with an fsync that answered EIO
/// it returned as if all were well.
/// </summary>
internal static class DiskFlush
{
    private const int Interrupted = 4, InvalidArgument = 22;

    /// <summary>Waits until a file's bytes are on the disk.</summary>
    /// <exception cref="IOException">They aren't; the low half of HResult is the system's error number.</exception>
    public static void File(FileStream file)
    {
        // On Windows this is all; on macOS only this call empties the drive's own cache.
        file.Flush(flushToDisk: !OperatingSystem.IsLinux());
        if (!OperatingSystem.IsWindows())
            Check(Sync(file.SafeFileHandle));
    }

    /// <summary>
    /// Waits until a folder's names are on the disk. Windows has no such call, and file systems that can't do it say EINVAL.
    /// </summary>
    /// <exception cref="IOException">They aren't.</exception>
    public static void Folder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        const int ReadOnly = 0;
        using var handle = Open(folder, ReadOnly);
        var error = handle.IsInvalid ? Marshal.GetLastPInvokeError() : Sync(handle);
        Check(error == InvalidArgument ? 0 : error);
    }

    // Only a call that was interrupted is made again: after any other failure the kernel may have dropped the page.
    private static int Sync(SafeFileHandle handle)
    {
        int error;
        do
            error = FileSync(handle) == 0 ? 0 : Marshal.GetLastPInvokeError();
        while (error == Interrupted);
        return error;
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int FileSync(SafeFileHandle handle);
}
