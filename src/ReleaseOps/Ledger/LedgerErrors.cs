namespace ReleaseOps.Ledger;

/// <summary>What the operating system says, in the words of the closed list.</summary>
internal static class LedgerErrors
{
    // errno on Unix, where .NET puts it into HResult as it is: ENOSPC everywhere, EDQUOT on Linux and on macOS.
    private static readonly int[] FullOnUnix = [28, 122, 69];
    // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL.
    private static readonly int[] FullOnWindows = [0x27, 0x70];

    public static bool IsFileError(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>A file that couldn't be written.</summary>
    public static ReleaseOpsException Unwritable(string path, Exception cause) =>
        cause is IOException && IsDiskFull(cause.HResult)
            ? new(ErrorId.DiskFull, $"The disk is full: {path} couldn't be written, and nothing more is done.",
                "Free some space, then resume; what was recorded before is safe.", path, cause)
            : new(ErrorId.LedgerUnwritable, $"The ledger {path} couldn't be written, and nothing more is done: {cause.Message}",
                "Check the disk and the rights on the folder, then resume; what was recorded before is safe.", path, cause);

    public static ReleaseOpsException Unreadable(string path, Exception cause) =>
        new(ErrorId.FileUnreadable, $"The ledger {path} can't be read: {cause.Message}", "Check the path and the rights on it.", path,
            cause);

    public static ReleaseOpsException Tampered(string path, long line, string problem) =>
        new(ErrorId.LedgerTampered, $"The ledger {path} was changed: line {line} (seq {line}): {problem}.",
            "Find out who changed it, and restore it from a copy; it isn't used as it is.", path);

    public static ReleaseOpsException Lost(string path, string why) =>
        new(ErrorId.LedgerLost, $"This process no longer holds the release: {why}. Nothing more is done.",
            "See in the ledger who holds it now, and what was done last; then resume, if nobody else does.", path);

    internal static bool IsDiskFull(int code) =>
        OperatingSystem.IsWindows() ? FullOnWindows.Contains(code & 0xFFFF) : FullOnUnix.Contains(code);
}
