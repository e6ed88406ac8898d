using ReleaseOps.Ledger;

namespace ReleaseOps.Evidence;

/// <summary>
/// A file that is there whole or not at all: written beside its place, flushed to the disk, renamed into place, and the folder flushed.
/// What fails is DiskFull or EvidenceUnwritable and names the file; a failed flush isn't tried again, for the kernel may have dropped the
/// page already and would call the second try a success.
/// </summary>
internal static class EvidenceFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Its full path; its folder is made where it isn't there.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="overwrite">False to refuse a path where something is already.</param>
    public static void Write(string path, Action<Stream> write, bool overwrite = true)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = Path.Join(folder, $".{Path.GetFileName(path)}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush();
                DurableFile.Flush(stream.SafeFileHandle);
            }
            File.Move(temporary, path, overwrite);
            DurableFile.FlushFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            throw Failure(path, e);
        }
    }

    /// <summary>What a failure of the disk means for the evidence.</summary>
    public static ReleaseOpsException Failure(string path, Exception cause) => IsFull(cause)
        ? new ReleaseOpsException(ErrorId.DiskFull, $"The disk is full: '{path}' couldn't be written.",
            "Make room, then run it again.", path, cause)
        : new ReleaseOpsException(ErrorId.EvidenceUnwritable, $"'{path}' couldn't be written: {cause.Message}",
            "Check that the folder is there and may be written, then run it again.", path, cause);

    // .NET keeps the system's own number in the low half of HResult: ENOSPC and EDQUOT (Linux, macOS), ERROR_DISK_FULL and
    // ERROR_HANDLE_DISK_FULL (Windows).
    private static bool IsFull(Exception cause) => cause is IOException && (cause.HResult & 0xFFFF) is var number
        && (OperatingSystem.IsWindows() ? number is 112 or 39 : number == 28 || number == (OperatingSystem.IsLinux() ? 122 : 69));

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to tell of.
        }
    }
}
