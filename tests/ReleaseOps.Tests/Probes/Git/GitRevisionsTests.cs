using ReleaseOps.Probes;
using ReleaseOps.Probes.Git;

namespace ReleaseOps.Tests.Probes.Git;

/// <summary>Which two commits are compared, and what is said where that can't be told.</summary>
public sealed class GitRevisionsTests : IDisposable
{
    private readonly GitRepository _git = new();
    private readonly TemporaryFolder _other = new();

    public void Dispose()
    {
        _git.Dispose();
        _other.Dispose();
    }

    [NeedsProgramTheory("git")]
    [InlineData("--output=/tmp/x")]
    [InlineData("-")]
    [InlineData("^HEAD")]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task What_would_be_an_option_is_no_revision(string revision)
    {
        _git.Commit("a.txt", "a\n");
        await RefusedAsync(ErrorId.GitFailed, "doesn't name a commit", revision, "HEAD");
        await RefusedAsync(ErrorId.GitFailed, "doesn't name a commit", "main", revision);
    }

    [NeedsProgramTheory("git")]
    [InlineData("nonsense")]
    [InlineData("HEAD^{tree}")]
    [InlineData("main..HEAD")]
    [InlineData("HEAD~50")]
    public async Task What_is_no_commit_is_refused(string revision)
    {
        _git.Commit("a.txt", "a\n");
        await RefusedAsync(ErrorId.GitFailed, $"there is no commit {revision} here", "main", revision);
        await RefusedAsync(ErrorId.GitFailed, $"nor is there an origin/{revision}", revision, "HEAD");
    }

    [NeedsProgram("git")]
    public async Task A_base_that_only_the_origin_has_is_taken_from_there_and_said()
    {
        _git.Commit("a.txt", "a\n");
        _git.Git("checkout", "-q", "-b", "hotfix/ARIS-1-fix");
        _git.Commit("b.txt", "b\n");
        _git.Git("clone", "-q", _git.Path, _other.Path);
        var change = await ReadAsync(_other.Path);
        Assert.Equal(("origin/main", "hotfix/ARIS-1-fix"), (change.ComparedWith, change.Branch));
        Assert.Equal(["b.txt"], change.Files.Select(f => f.Path));
        Assert.Equal("hotfix/ARIS-1-fix", (await ReadAsync(_other.Path, revision: "origin/hotfix/ARIS-1-fix")).Branch);
    }

    [NeedsProgram("git")]
    public async Task A_commit_that_only_the_base_branch_here_has_is_part_of_the_change()
    {
        _git.Commit("a.txt", "a\n");
        _git.Git("clone", "-q", _git.Path, _other.Path);
        File.WriteAllText(Path.Combine(_other.Path, "unseen.txt"), "x\n");
        GitRepository.GitIn(_other.Path, null, "add", "-A");
        GitRepository.GitIn(_other.Path, null, "commit", "-qm", "on main, not pushed");
        GitRepository.GitIn(_other.Path, null, "checkout", "-q", "-b", "hotfix/ARIS-1-fix");
        var change = await ReadAsync(_other.Path);
        Assert.Equal("origin/main", change.ComparedWith);
        Assert.Equal(["unseen.txt"], change.Files.Select(f => f.Path));
        Assert.Empty((await ReadAsync(_other.Path, "refs/heads/main")).Files);
    }

    [NeedsProgram("git")]
    public async Task A_pull_request_is_checked_out_as_its_merge_without_a_branch_and_holds_its_own_change_only()
    {
        _git.Commit("a.txt", "a\n");
        _git.Git("checkout", "-q", "-b", "hotfix/ARIS-1-fix");
        _git.Commit("b.txt", "b\n");
        _git.Git("checkout", "-q", "main");
        _git.Commit("c.txt", "c\n");
        _git.Git("checkout", "-q", "--detach");
        _git.Git("merge", "-q", "--no-edit", "hotfix/ARIS-1-fix");
        var change = await ReadAsync(_git.Path);
        Assert.Equal("", change.Branch);
        Assert.Equal(["b.txt"], change.Files.Select(f => f.Path));
    }

    [NeedsProgram("git")]
    public async Task A_name_of_a_branch_and_a_tag_is_refused()
    {
        _git.Commit("a.txt", "a\n");
        _git.Git("checkout", "-q", "-b", "v1");
        _git.Commit("b.txt", "b\n");
        _git.Git("tag", "v1", "main");
        await RefusedAsync(ErrorId.GitFailed, "v1 is a branch and a tag", "v1", "HEAD");
        Assert.Single((await ReadAsync(_git.Path, "refs/tags/v1", "refs/heads/v1")).Files);
    }

    [NeedsProgram("git")]
    public async Task Histories_that_never_met_are_refused()
    {
        _git.Commit("a.txt", "a\n");
        _git.Git("checkout", "-q", "--orphan", "hotfix/ARIS-1-fix");
        _git.Commit("b.txt", "b\n");
        await RefusedAsync(ErrorId.GitFailed, "main and HEAD have no common ancestor", "main", "HEAD");
    }

    [NeedsProgram("git")]
    public async Task Histories_with_several_best_ancestors_are_refused()
    {
        _git.Commit("a.txt", "a\n");
        _git.Git("checkout", "-q", "-b", "hotfix/ARIS-1-fix");
        var hotfix = _git.Commit("b.txt", "b\n");
        _git.Git("checkout", "-q", "main");
        var main = _git.Commit("c.txt", "c\n");
        _git.Git("merge", "-q", "--no-edit", hotfix);
        _git.Git("checkout", "-q", "hotfix/ARIS-1-fix");
        _git.Git("merge", "-q", "--no-edit", main);
        await RefusedAsync(ErrorId.GitFailed, "2 common ancestors", "main", "HEAD");
        Assert.Equal(["b.txt"], (await ReadAsync(_git.Path, main)).Files.Select(f => f.Path));
    }

    [NeedsProgram("git")]
    public async Task A_shallow_clone_without_the_ancestor_says_how_to_deepen_it()
    {
        _git.Commit("a.txt", "a\n");
        _git.Git("checkout", "-q", "-b", "hotfix/ARIS-1-fix");
        _git.Commit("b.txt", "b\n");
        _git.Git("checkout", "-q", "main");
        _git.Commit("c.txt", "c\n");
        _git.Git("clone", "-q", "--depth=1", "--no-single-branch", "file://" + _git.Path, _other.Path);
        await RefusedAsync(ErrorId.GitFailed, "git fetch --unshallow", "main", "origin/hotfix/ARIS-1-fix", _other.Path);
        await RefusedAsync(ErrorId.GitFailed, "git fetch --unshallow", "release", "HEAD", _other.Path);
        GitRepository.GitIn(_other.Path, null, "fetch", "-q", "--unshallow");
        Assert.Equal(["b.txt"], (await ReadAsync(_other.Path, revision: "origin/hotfix/ARIS-1-fix")).Files.Select(f => f.Path));
    }

    [NeedsProgram("git")]
    public async Task A_detached_head_has_no_branch_and_its_files_are_read()
    {
        _git.Commit("a.txt", "a\n");
        _git.Git("checkout", "-q", "--detach");
        _git.Commit("b.txt", "b\n");
        var change = await ReadAsync(_git.Path);
        Assert.Equal("", change.Branch);
        Assert.Single(change.Files);
    }

    [NeedsProgram("git")]
    public async Task A_commit_has_the_branch_that_is_checked_out_only_where_it_is_at_it()
    {
        var first = _git.Commit("a.txt", "a\n");
        var second = _git.Commit("b.txt", "b\n");
        Assert.Equal("main", (await ReadAsync(_git.Path, first, second)).Branch);
        Assert.Equal("", (await ReadAsync(_git.Path, second, first)).Branch);
    }

    [NeedsProgram("git")]
    public async Task A_worktree_is_read_with_its_own_branch()
    {
        _git.Commit("a.txt", "a\n");
        var tree = Path.Combine(_other.Path, "tree");
        _git.Git("worktree", "add", "-q", "-b", "hotfix/ARIS-1-fix", tree);
        File.WriteAllText(Path.Combine(tree, "b.txt"), "b\n");
        GitRepository.GitIn(tree, null, "add", "-A");
        GitRepository.GitIn(tree, null, "commit", "-qm", "b");
        var change = await ReadAsync(tree);
        Assert.Equal("hotfix/ARIS-1-fix", change.Branch);
        Assert.Equal(["b.txt"], change.Files.Select(f => f.Path));
    }

    [NeedsProgram("git")]
    public async Task A_bare_repository_is_read_and_has_nothing_uncommitted()
    {
        _git.Commit("a.txt", "a\n");
        _git.Git("branch", "live");
        _git.Commit("b.txt", "b\n");
        _git.Git("clone", "-q", "--bare", _git.Path, _other.Path);
        var change = await ReadAsync(_other.Path, "live");
        Assert.Equal("main", change.Branch);
        Assert.Single(change.Files);
        Assert.Empty(change.Uncommitted);
        Assert.Equal("b\n", await GitChanges.TextAsync(_other.Path, change.Commit, "b.txt", SecretMask.None, CancellationToken.None));
    }

    [NeedsProgram("git")]
    public async Task A_branch_without_a_commit_is_refused() =>
        await RefusedAsync(ErrorId.GitFailed, "there is no commit HEAD here", "main", "HEAD");

    [NeedsProgram("git")]
    public async Task What_is_no_repository_is_refused()
    {
        await RefusedAsync(ErrorId.GitFailed, "not a git repository", "main", "HEAD", _other.Path);
        await RefusedAsync(ErrorId.GitFailed, "git couldn't tell", "main", "HEAD", "/nonexistent/folder");
    }

    [NeedsProgram("git")]
    public async Task A_machine_without_git_is_told()
    {
        var git = new GitProgram(_git.Path, SecretMask.None, new Dictionary<string, string> { ["PATH"] = _other.Path });
        var refused = await Assert.ThrowsAsync<CouldNotTellException>(() =>
            GitChanges.ReadAsync(git, "main", "HEAD", GitLimits.Patience, CancellationToken.None));
        Assert.Equal(ErrorId.ProgramNotFound, refused.Id);
    }

    [NeedsProgram("git")]
    public async Task A_git_that_does_not_know_an_option_is_told_which_it_must_be()
    {
        var refused = await Assert.ThrowsAsync<CouldNotTellException>(() =>
            new GitProgram(_git.Path, SecretMask.None).RunAsync(["status", "--no-such-option"], CancellationToken.None));
        Assert.Contains("git 2.18 or newer is needed", refused.Message, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public async Task A_git_that_takes_too_long_is_ended_and_the_callers_cancellation_is_not_that()
    {
        _git.Commit("a.txt", "a\n");
        var git = new GitProgram(_git.Path, SecretMask.None);
        var late = await Assert.ThrowsAsync<CouldNotTellException>(() =>
            GitChanges.ReadAsync(git, "main", "HEAD", TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(ErrorId.TimedOut, late.Id);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            GitChanges.ReadAsync(git, "main", "HEAD", GitLimits.Patience, new CancellationToken(canceled: true)));
    }

    private async Task RefusedAsync(ErrorId id, string sentence, string live, string revision, string? folder = null)
    {
        var refused = await Assert.ThrowsAsync<CouldNotTellException>(() => ReadAsync(folder ?? _git.Path, live, revision));
        Assert.Equal(id, refused.Id);
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    private static Task<GitChange> ReadAsync(string folder, string live = "main", string revision = "HEAD") =>
        GitChanges.ReadAsync(folder, live, revision, SecretMask.None, CancellationToken.None);
}
