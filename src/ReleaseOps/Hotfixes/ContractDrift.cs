using ReleaseOps.Contracts;

namespace ReleaseOps.Hotfixes;

/// <summary>Holds one API description against another: files, URLs, or files of a git revision.</summary>
public static class ContractDrift
{
    /// <summary>The description of a commit against that of its base.</summary>
    internal static Task<ContractResult> OfCommitsAsync(
        string folder, string baseCommit, string commit, string path, ContractOptions options, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
