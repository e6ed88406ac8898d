using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Runbooks;

/// <summary>Takes the text of a runbook from its file, and refuses what can't be one before anything looks into it.</summary>
internal static class RunbookFile
{
    /// <summary>
    /// The largest file that is read: 1 MiB. The longest of the five procedures that the format was made for is 33 KB of prose.
    /// </summary>
    public const int Largest = 1 << 20;

    /// <summary>Reads a file, one byte further than the largest at most; false with the problem where it can't be.</summary>
    public static bool TryRead(string path, out ReadOnlyMemory<byte> bytes, out RunbookProblem? problem)
    {
        (bytes, problem) = (default, null);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            // A device has no length, and no end either.
            var buffer = new byte[(file.CanSeek && file.Length is > 0 and < Largest ? (int)file.Length : Largest) + 1];
            bytes = buffer.AsMemory(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
            return true;
        }
        catch (Exception lost) when (lost is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = Problem(path, ErrorId.RunbookNotFound, "no such file",
                "look at the path; `releaseops runbook list` shows the runbooks that have names");
        }
        catch (Exception barred) when (barred is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var why = Directory.Exists(path) ? "it is a folder" : barred.Message.TrimEnd('.');
            problem = Problem(path, ErrorId.RunbookUnreadable, "can't be read: " + why, "a runbook is a file that you may read");
        }
        return false;
    }

    /// <summary>The text of a file's bytes; null with the problem where they are no text, or too much of it.</summary>
    public static string? Decode(ReadOnlyMemory<byte> bytes, string file, out RunbookProblem? problem)
    {
        problem = null;
        if (bytes.Length > Largest)
            problem = Problem(file, ErrorId.RunbookTooLarge, $"larger than a runbook may be ({Largest >> 10} KiB)",
                "split it, or move its scripts to files of their own");
        else if (RunbookText.TryDecode(bytes.Span, out var text, out var at, out var why))
            return text;
        else
            problem = Problem(file, ErrorId.RunbookNotText, why, "a runbook is text in UTF-8", at);
        return null;
    }

    private static RunbookProblem Problem(string file, ErrorId id, string message, string hint, Position? at = null) =>
        new(file, at?.Line ?? 1, at?.Column ?? 1, id, ProblemLevel.Error, message, hint);
}
