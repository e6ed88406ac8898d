using System.Text;
using ReleaseOps.Contracts;
using ReleaseOps.Probes;
using ReleaseOps.Probes.Files;
using ReleaseOps.Probes.Git;

namespace ReleaseOps.Hotfixes;

/// <summary>Reads lists of accepted differences.</summary>
internal static class AcceptedDifferences
{
    /// <summary>The longest list that is read, in bytes.</summary>
    private const int Most = 1 << 20;

    /// <summary>The list in a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ReleaseOpsException">FileUnreadable, BadDocument.</exception>
    public static async Task<IReadOnlyList<ContractIgnore>> OfFileAsync(string path, CancellationToken cancellation)
    {
        byte[] bytes;
        try
        {
            if (FileSize.Of(path) > Most)
                throw TooLong(path);
            bytes = await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReleaseOpsException(
                ErrorId.FileUnreadable, $"The list of accepted differences '{path}' can't be read: {e.Message}", "Correct --ignore (-Ignore).", path, e);
        }
        return ContractIgnoreReader.Read(bytes, path);
    }

    /// <summary>The list as a commit has it: what isn't committed accepts nothing.</summary>
    /// <param name="folder">A folder of the repository; full path.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="path">Its path in the repository.</param>
    /// <param name="mask">Hides secrets in what is said.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ReleaseOpsException">FileUnreadable, BadDocument, GitFailed, ProgramNotFound, TimedOut.</exception>
    public static async Task<IReadOnlyList<ContractIgnore>> OfCommitAsync(string folder, string commit, string path, SecretMask mask, CancellationToken cancellation)
    {
        try
        {
            var text = await GitChanges.TextAsync(folder, commit, path, mask, cancellation).ConfigureAwait(false) ?? throw new ReleaseOpsException(
                ErrorId.FileUnreadable, $"The list of accepted differences '{path}' isn't in the commit.", "Commit it, or correct 'ignore' in the runbook.", path);
            var bytes = Encoding.UTF8.GetBytes(text);
            return bytes.Length <= Most ? ContractIgnoreReader.Read(bytes, path) : throw TooLong(path);
        }
        catch (CouldNotTellException why)
        {
            throw new ReleaseOpsException(why.Id, $"The list of accepted differences '{path}' can't be read: {why.Message}", subject: path, cause: why);
        }
    }

    private static ReleaseOpsException TooLong(string path) =>
        new(ErrorId.BadDocument, $"'{path}' is longer than a list of accepted differences may be (1 MiB).", "Is it the right file?", path);
}
