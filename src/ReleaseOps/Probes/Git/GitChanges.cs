using ReleaseOps.Runbooks;

namespace ReleaseOps.Probes.Git;

/// <summary>Asks git what a commit changed. It fetches nothing and writes nothing.</summary>
internal static class GitChanges
{
    // Each overrides a setting of the repository or the user that would hide a line, or show it otherwise.
    private static readonly string[] Settings =
    [
        "-c", "core.bigFileThreshold=" + FormattableString.Invariant($"{GitLimits.File}m"), "-c", "core.quotePath=false",
        "-c", "core.attributesFile=/dev/null", "-c", "diff.suppressBlankEmpty=false", "-c", "diff.noprefix=false",
        "-c", "diff.mnemonicPrefix=false", "-c", "diff.relative=false", "-c", "diff.orderFile=/dev/null",
    ];

    internal static readonly string[] Patches =
    [
        .. Settings, "diff-tree", "-r", "-z", "--raw", "--no-abbrev", "-p", "--full-index", "--unified=0", "--inter-hunk-context=0",
        "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv", "--diff-algorithm=myers", "--submodule=short",
        "--ignore-submodules=none",
    ];

    // Beyond 400 new files git looks for identical ones only; the others are told as gone and new.
    private static readonly string[] Renames =
        [.. Settings, "diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--find-renames=50%", "-l400", "--no-ext-diff", "--no-textconv"];

    /// <summary>What changed between the common ancestor of two revisions and the second.</summary>
    /// <param name="folder">A folder in the working tree, or a bare repository; full path.</param>
    /// <param name="baseRevision">What is live: a branch (that of <c>origin</c> where it has one), a tag, a commit.</param>
    /// <param name="revision">The hotfix: <c>HEAD</c>.</param>
    /// <param name="mask">Hides secrets in what git says went wrong; paths and lines are as git has them.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CouldNotTellException">
    /// ProgramNotFound; TimedOut after <see cref="GitLimits.Patience"/>; or GitFailed: not a repository, no such revision, a name of both a
    /// branch and a tag, no common ancestor or several, a shallow clone that lacks it.
    /// </exception>
    public static Task<GitChange> ReadAsync(
        string folder, string baseRevision, string revision, SecretMask mask, CancellationToken cancellation) =>
        ReadAsync(new GitProgram(folder, mask), baseRevision, revision, GitLimits.Patience, cancellation);

    /// <summary>The text of a file as a commit has it; null where it isn't there.</summary>
    /// <param name="folder">A folder in the working tree, or a bare repository; full path.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="path">Its path in the repository, with <c>/</c>.</param>
    /// <param name="mask">Hides secrets in what git says went wrong.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CouldNotTellException">
    /// ProgramNotFound; TimedOut; or GitFailed: no such commit, a link or a submodule, not text in UTF-8, larger than
    /// <see cref="GitLimits.Text"/> MiB.
    /// </exception>
    public static Task<string?> TextAsync(string folder, string commit, string path, SecretMask mask, CancellationToken cancellation)
    {
        var git = new GitProgram(folder, mask);
        return InTimeAsync(GitLimits.Patience, token => GitText.ReadAsync(git, commit, path, token), cancellation);
    }

    /// <summary>Whether a commit is what is checked out.</summary>
    /// <param name="folder">A folder in the working tree, or a bare repository; full path.</param>
    /// <param name="commit">The commit: a full id.</param>
    /// <param name="mask">Hides secrets in what git says went wrong.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CouldNotTellException">ProgramNotFound; TimedOut; or GitFailed.</exception>
    public static Task<bool> IsCheckedOutAsync(string folder, string commit, SecretMask mask, CancellationToken cancellation) =>
        InTimeAsync(GitLimits.Patience, async token =>
        {
            var repository = await GitRevisions.OpenAsync(new GitProgram(folder, mask), token).ConfigureAwait(false);
            return await repository.IsCheckedOutAsync(commit, token).ConfigureAwait(false);
        }, cancellation);

    /// <summary>The same, by a git of the caller's, within a time of the caller's.</summary>
    internal static Task<GitChange> ReadAsync(
        GitProgram git, string baseRevision, string revision, TimeSpan patience, CancellationToken cancellation) =>
        InTimeAsync(patience, token => ReadAsync(git, baseRevision, revision, token), cancellation);

    private static async Task<GitChange> ReadAsync(GitProgram git, string baseRevision, string revision, CancellationToken cancellation)
    {
        var repository = await GitRevisions.OpenAsync(git, cancellation).ConfigureAwait(false);
        var commit = await repository.CommitAsync(revision, cancellation).ConfigureAwait(false);
        var (live, name) = await repository.BaseAsync(baseRevision, cancellation).ConfigureAwait(false);
        var ancestor = await repository.AncestorAsync(live, name, commit, revision, cancellation).ConfigureAwait(false);
        return new GitChange(ancestor, commit, await FilesAsync(git, ancestor, commit, cancellation).ConfigureAwait(false))
        {
            ComparedWith = name,
            IsCheckedOut = await repository.IsCheckedOutAsync(commit, cancellation).ConfigureAwait(false),
            Branch = await repository.BranchAsync(revision, commit, cancellation).ConfigureAwait(false),
            Tags = [.. (await repository.TagsAsync(commit, cancellation).ConfigureAwait(false)).Select(t => t.Name)],
            Uncommitted = await repository.UncommittedAsync(cancellation).ConfigureAwait(false),
        };
    }

    private static async Task<IReadOnlyList<ChangedFile>> FilesAsync(
        GitProgram git, string ancestor, string commit, CancellationToken cancellation)
    {
        var answer = await git.AskAsync([.. Patches, ancestor, commit, "--"], GitLimits.Change << 20, cancellation).ConfigureAwait(false);
        if (!answer.IsCut)
            git.Whole(answer);
        var files = DiffReader.Read(answer.Output, answer.IsCut ? GitLimits.ChangeTooLarge : null);
        if (!files.Any(f => f.Change == FileChange.Added) || !files.Any(f => f.Change == FileChange.Deleted))
            return files;
        var moved = await git.AskAsync([.. Renames, ancestor, commit, "--"], GitProgram.MaxOutput, cancellation).ConfigureAwait(false);
        return MovedFiles.Joined(files, RawDiff.Read(git.Whole(moved).Output, out _));
    }

    private static async Task<T> InTimeAsync<T>(TimeSpan patience, Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await ask(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new CouldNotTellException(ErrorId.TimedOut, $"git didn't answer within {Durations.Format(patience)}");
        }
    }
}

/// <summary>Joins a file that is gone and one that is new where git says that the one became the other. Pure.</summary>
internal static class MovedFiles
{
    /// <summary>The files, with those that moved as one.</summary>
    /// <param name="files">The changed files, none of them told as moved.</param>
    /// <param name="records">What git says of the same change where it looks for files that moved.</param>
    internal static IReadOnlyList<ChangedFile> Joined(IReadOnlyList<ChangedFile> files, IReadOnlyList<RawChange> records)
    {
        // Names that aren't UTF-8 may look the same: such files stay as they are.
        var byPath = files.ToLookup(f => f.Path, StringComparer.Ordinal);
        var joined = files.ToList();
        foreach (var record in records.Where(r => r.Status == 'R' && r.HasPlainPath))
        {
            if (byPath[record.OldPath!].ToArray() is not [{ Change: FileChange.Deleted } gone]
                || byPath[record.Path].ToArray() is not [{ Change: FileChange.Added } come])
            {
                continue;
            }
            joined.Remove(gone);
            joined[joined.IndexOf(come)] =
                come with { Change = FileChange.Renamed, OldPath = gone.Path, Removed = gone.Removed, Unread = come.Unread ?? gone.Unread };
        }
        return joined;
    }
}
