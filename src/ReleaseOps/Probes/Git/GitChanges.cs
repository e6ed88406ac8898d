namespace ReleaseOps.Probes.Git;

/// <summary>Asks git what a commit changed.</summary>
internal static class GitChanges
{
    /// <summary>What changed between the common ancestor of two revisions and the second.</summary>
    /// <param name="folder">A folder in the working tree; full path.</param>
    /// <param name="baseRevision">What is live: a branch, a tag, a commit.</param>
    /// <param name="revision">The hotfix: <c>HEAD</c>.</param>
    /// <param name="mask">Hides secrets in what git says went wrong.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CouldNotTellException">ProgramNotFound, or GitFailed: not a repository, no such revision, no common ancestor, a shallow clone that lacks it.</exception>
    public static Task<GitChange> ReadAsync(string folder, string baseRevision, string revision, SecretMask mask, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>The text of a file as a commit has it; null where it isn't there.</summary>
    /// <param name="folder">A folder in the working tree; full path.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="path">Its path in the repository, with <c>/</c>.</param>
    /// <param name="mask">Hides secrets in what git says went wrong.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CouldNotTellException">GitFailed: it can't be read, or is larger than what is read.</exception>
    public static Task<string?> TextAsync(string folder, string commit, string path, SecretMask mask, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
