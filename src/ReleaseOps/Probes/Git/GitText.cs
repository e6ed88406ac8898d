using System.Globalization;
using System.Text;
using System.Text.Unicode;
using static System.FormattableString;

namespace ReleaseOps.Probes.Git;

/// <summary>Reads a file as a commit has it.</summary>
internal static class GitText
{
    /// <summary>Its text, without a byte order mark; null where the commit has no file of that path.</summary>
    /// <exception cref="CouldNotTellException">ProgramNotFound or GitFailed.</exception>
    internal static async Task<string?> ReadAsync(GitProgram git, string commit, string path, CancellationToken cancellation)
    {
        GitRevisions.RefuseNoName(commit, git.Mask);
        if (path.Contains('\uFFFD', StringComparison.Ordinal))
            throw Unread(git, path, "its name isn't UTF-8");
        // The path is taken as it is: one that begins with ':' or holds '*' names one file.
        var listed = git.Whole(await git.AskAsync(
            ["--literal-pathspecs", "ls-tree", "-z", "-l", "--full-tree", commit, "--", path], GitProgram.MaxOutput, cancellation)
            .ConfigureAwait(false));
        if (Entry(Encoding.UTF8.GetString(listed.Output), path) is not { } entry)
            return null;
        if (entry.Mode is "120000" or "160000")
            throw Unread(git, path, entry.Mode == "120000" ? "it is a symbolic link" : "it is a submodule");
        if (!long.TryParse(entry.Size, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size > GitLimits.Text << 20)
            throw Unread(git, path, Invariant($"it is larger than {GitLimits.Text} MiB"));
        var blob = git.Whole(
            await git.AskAsync(["cat-file", "blob", entry.Blob], GitLimits.Text << 20, cancellation).ConfigureAwait(false));
        var bytes = blob.Output;
        if (!Utf8.IsValid(bytes) || bytes.Contains((byte)0))
            throw Unread(git, path, "it isn't text in UTF-8");
        return Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
    }

    // "100644 blob 0123...    42<TAB>path<NUL>"; a folder of that path is none of ours, nor is what lies in one (path/).
    private static (string Mode, string Blob, string Size)? Entry(string listed, string path)
    {
        foreach (var record in listed.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = record.IndexOf('\t', StringComparison.Ordinal);
            if (tab > 0 && record[(tab + 1)..] == path
                && record[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var mode, not "tree", var blob, var size])
            {
                return (mode, blob, size);
            }
        }
        return null;
    }

    private static CouldNotTellException Unread(GitProgram git, string path, string why) =>
        new(ErrorId.GitFailed, $"{OutsideText.OneLine(path, git.Mask)} can't be read: {why}");
}
