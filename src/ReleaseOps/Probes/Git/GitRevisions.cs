using System.Text;
using static System.FormattableString;

namespace ReleaseOps.Probes.Git;

/// <summary>Finds commits by what people call them.</summary>
internal sealed class GitRevisions
{
    private const string Branches = "refs/heads/";
    private const string Origin = "refs/remotes/origin/";

    private readonly GitProgram _git;
    private readonly bool _isShallow;
    private readonly bool _hasTree;

    private GitRevisions(GitProgram git, bool isShallow, bool hasTree) => (_git, _isShallow, _hasTree) = (git, isShallow, hasTree);

    /// <summary>Looks at the repository.</summary>
    /// <exception cref="CouldNotTellException">ProgramNotFound, or GitFailed: not a repository, a git that is too old.</exception>
    internal static async Task<GitRevisions> OpenAsync(GitProgram git, CancellationToken cancellation)
    {
        var answer = await git.RunAsync(["rev-parse", "--is-shallow-repository", "--is-inside-work-tree"], cancellation)
            .ConfigureAwait(false);
        return answer.Split('\n') is [("true" or "false") and var shallow, ("true" or "false") and var tree, ..]
            ? new GitRevisions(git, shallow == "true", tree == "true")
            // An older git says an option that it doesn't know.
            : throw new CouldNotTellException(ErrorId.GitFailed, "git can't say whether the clone is shallow; git 2.18 or newer is needed");
    }

    /// <summary>The full id of the commit that a revision names.</summary>
    /// <exception cref="CouldNotTellException">GitFailed: there is none, or its name is that of both a branch and a tag.</exception>
    internal async Task<string> CommitAsync(string revision, CancellationToken cancellation) =>
        await FindAsync(revision, cancellation).ConfigureAwait(false) ?? throw NotHere(revision, "");

    /// <summary>
    /// The commit that is live, and the name by which it was found. A branch's name means that of <c>origin</c> where it has one, as far as
    /// it was fetched: the one here may hold commits that nobody else has seen, and they would be no part of the change.
    /// <c>refs/heads/NAME</c> means the one here.
    /// </summary>
    /// <exception cref="CouldNotTellException">GitFailed: there is none, or its name is that of both a branch and a tag.</exception>
    internal async Task<(string Commit, string Name)> BaseAsync(string revision, CancellationToken cancellation)
    {
        var here = await FindAsync(revision, cancellation).ConfigureAwait(false);
        var isBranch = here is null || await ReferenceAsync(revision, cancellation).ConfigureAwait(false) == Branches + revision;
        if (isBranch && await FindAsync(Origin + revision, cancellation).ConfigureAwait(false) is { } there)
            return (there, "origin/" + revision);
        return (here ?? throw NotHere(revision, $", nor is there an origin/{Shown(revision)}"), revision);
    }

    /// <summary>The best common ancestor of two commits.</summary>
    /// <exception cref="CouldNotTellException">GitFailed: there is none here, or several.</exception>
    internal async Task<string> AncestorAsync(string live, string liveName, string commit, string name, CancellationToken cancellation)
    {
        var answer = await _git.AskAsync(["merge-base", "--all", live, commit], GitProgram.MaxOutput, cancellation).ConfigureAwait(false);
        var pair = $"{Shown(liveName)} and {Shown(name)}";
        if (answer is { Exit: 1, Bytes.IsEmpty: true })
            throw Failed($"{pair} have no common ancestor" + (_isShallow
                ? " in this shallow clone; deepen it with `git fetch --unshallow`"
                : "; compare with the branch that the hotfix was made from"));
        var ancestors = Encoding.ASCII.GetString(_git.Whole(answer).Output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return ancestors.Length == 1 ? ancestors[0] : throw Failed(Invariant(
            $"{pair} have been merged into each other and have {ancestors.Length} common ancestors; name the commit to compare with"));
    }

    /// <summary>The branch that a revision names; else the one that is checked out, where it is at the commit; else empty.</summary>
    internal async Task<string> BranchAsync(string revision, string commit, CancellationToken cancellation)
    {
        var named = await ReferenceAsync(revision, cancellation).ConfigureAwait(false);
        if (named.Length == 0 && await FindAsync("HEAD", cancellation).ConfigureAwait(false) == commit)
            named = await ReferenceAsync("HEAD", cancellation).ConfigureAwait(false);
        return named.StartsWith(Branches, StringComparison.Ordinal) ? named[Branches.Length..]
            : named.StartsWith(Origin, StringComparison.Ordinal) && named != Origin + "HEAD" ? named[Origin.Length..]
            : "";
    }

    /// <summary>Whether a commit is the one of the working tree.</summary>
    internal async Task<bool> IsCheckedOutAsync(string commit, CancellationToken cancellation) =>
        _hasTree && await FindAsync("HEAD", cancellation).ConfigureAwait(false) == commit;

    /// <summary>The tags of a commit, newest first.</summary>
    internal async Task<IReadOnlyList<GitTag>> TagsAsync(string commit, CancellationToken cancellation) =>
        GitTags.Read(await _git.RunAsync(
            ["for-each-ref", "--points-at=" + commit, "--sort=-creatordate", "--format=%(objecttype) %(refname:strip=2)", "refs/tags"],
            cancellation).ConfigureAwait(false));

    /// <summary>Paths of what is in the working tree and in no commit; none where there is no working tree.</summary>
    internal async Task<IReadOnlyList<string>> UncommittedAsync(CancellationToken cancellation) => _hasTree
        ? GitStatus.Read(await _git.RunAsync(
            ["status", "--porcelain=v2", "--branch", "-z", "--untracked-files=normal", "--ignore-submodules=none", "--no-renames",
                "--no-ahead-behind"],
            cancellation).ConfigureAwait(false)).Changes
        : [];

    /// <summary>Refuses what git would take for an option, or for something that isn't one commit.</summary>
    /// <exception cref="CouldNotTellException">GitFailed.</exception>
    internal static void RefuseNoName(string revision, SecretMask mask)
    {
        if (revision.Length == 0 || revision[0] is '-' or '^' || revision.Any(char.IsControl))
            throw new CouldNotTellException(ErrorId.GitFailed, $"'{OutsideText.OneLine(revision, mask)}' doesn't name a commit");
    }

    // Null where there is none.
    private async Task<string?> FindAsync(string revision, CancellationToken cancellation)
    {
        RefuseNoName(revision, _git.Mask);
        // git would take the tag, and say so where nobody reads it.
        var (branch, tag) = (Branches + revision, "refs/tags/" + revision);
        var listed = await _git.RunAsync(["for-each-ref", "--format=%(refname)", branch, tag], cancellation).ConfigureAwait(false);
        var names = listed.Split('\n');
        if (names.Contains(branch) && names.Contains(tag))
            throw Failed($"{Shown(revision)} is a branch and a tag; write refs/heads/{Shown(revision)} or refs/tags/{Shown(revision)}");
        var answer = await _git.AskAsync(["rev-parse", "--verify", "--quiet", revision + "^{commit}"], GitProgram.MaxOutput, cancellation)
            .ConfigureAwait(false);
        var id = Encoding.ASCII.GetString(answer.Output).TrimEnd('\n');
        return answer.Exit == 0 && id.Length > 0 && id.All(char.IsAsciiHexDigitLower) ? id : null;
    }

    private async Task<string> ReferenceAsync(string revision, CancellationToken cancellation)
    {
        var name = await _git.AskAsync(["rev-parse", "--quiet", "--symbolic-full-name", revision], GitProgram.MaxOutput, cancellation)
            .ConfigureAwait(false);
        return name.Exit == 0 ? Encoding.UTF8.GetString(name.Output).TrimEnd('\n') : "";
    }

    private CouldNotTellException NotHere(string revision, string nor) =>
        Failed($"there is no commit {Shown(revision)} here{nor}; " + (_isShallow
            ? "the clone is shallow: deepen it with `git fetch --unshallow`, and fetch the branch"
            : "fetch it, or correct its name"));

    private CouldNotTellException Failed(string sentence) => new(ErrorId.GitFailed, sentence);

    private string Shown(string text) => OutsideText.OneLine(text, _git.Mask, 80);
}
