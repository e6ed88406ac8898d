using ReleaseOps.Contracts;

namespace ReleaseOps.Hotfixes;

/// <summary>Holds one API description against another: files, URLs, or files of a git revision.</summary>
public static class ContractDrift
{
    /// <summary>Compares two descriptions.</summary>
    /// <param name="older">The older one: a file, a URL, or <c>REVISION:path</c> of a git repository.</param>
    /// <param name="newer">The newer one; likewise.</param>
    /// <param name="folder">The folder that relative paths start from, and the repository; full path.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ReleaseOpsException">FileUnreadable, BadDocument, GitFailed, Unreachable ...: one of them can't be read.</exception>
    public static Task<ContractResult> CompareAsync(string older, string newer, string folder, ContractOptions options, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>The description of a commit against that of its base.</summary>
    internal static Task<ContractResult> OfCommitsAsync(
        string folder, string baseCommit, string commit, string path, ContractOptions options, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
