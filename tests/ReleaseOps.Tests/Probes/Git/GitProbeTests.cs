using System.Diagnostics;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Probes.Git;

public sealed class GitProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NeedsProgram("git")]
    public async Task A_clean_tree_is_seen_with_branch_commit_and_tags()
    {
        Init();
        Commit("a.txt");
        Git("tag", "light");
        Git("tag", "-a", "v1.0.0", "-m", "release");
        var seen = await LookAsync();
        Assert.Null(seen.CouldNotTell);
        Assert.Equal("main", seen.Values["branch"]);
        Assert.Equal(Git("rev-parse", "HEAD"), seen.Values["commit"]);
        Assert.Equal(true, seen.Values["clean"]);
        Assert.Empty((IReadOnlyList<object?>)seen.Values["changes"]!);
        Assert.Equal(Git("describe", "--exact-match", "--tags"), seen.Values["tag"]);
        Assert.Equal("v1.0.0", seen.Values["tag"]);
        Assert.Equal(["light", "v1.0.0"], ((IReadOnlyList<object?>)seen.Values["tags"]!).Order());
        Assert.False(seen.Values.ContainsKey("upstream"));
        Assert.False(seen.Values.ContainsKey("ahead"));
        Assert.Equal($"main at {Git("rev-parse", "HEAD")[..12]} (v1.0.0), clean", seen.Detail);
    }

    [NeedsProgram("git")]
    public async Task All_kinds_of_change_are_seen()
    {
        Init();
        Commit("a.txt", "b.txt", "c.txt");
        _folder.Write("a.txt", "changed");
        File.Delete(Path.Combine(_folder.Path, "b.txt"));
        Git("mv", "c.txt", "d.txt");
        _folder.Write("new\n file ü", "untracked");
        var seen = await LookAsync();
        Assert.Equal(false, seen.Values["clean"]);
        Assert.Equal(["a.txt", "b.txt", "c.txt", "d.txt", "new\n file ü"],
            ((IReadOnlyList<object?>)seen.Values["changes"]!).Cast<string>().Order(StringComparer.Ordinal));
        Assert.DoesNotContain('\n', seen.Detail);
    }

    [NeedsProgram("git")]
    public async Task No_setting_of_the_repository_hides_an_untracked_file()
    {
        Init();
        Commit("a.txt");
        Git("config", "status.showUntrackedFiles", "no");
        _folder.Write("forgotten.cs", "x");
        Assert.Equal(false, (await LookAsync()).Values["clean"]);
    }

    [NeedsProgram("git")]
    public async Task A_conflict_is_a_change()
    {
        Init();
        Commit("a.txt");
        Git("checkout", "-q", "-b", "other");
        _folder.Write("a.txt", "other");
        Git("commit", "-qam", "other");
        Git("checkout", "-q", "main");
        _folder.Write("a.txt", "main");
        Git("commit", "-qam", "main");
        Git(expected: 1, "merge", "other");
        Assert.Equal(["a.txt"], (IReadOnlyList<object?>)(await LookAsync()).Values["changes"]!);
    }

    [NeedsProgram("git")]
    public async Task A_repository_without_a_commit_is_seen()
    {
        Init();
        var seen = await LookAsync();
        Assert.Null(seen.CouldNotTell);
        Assert.Equal("", seen.Values["commit"]);
        Assert.Equal("main", seen.Values["branch"]);
        Assert.Equal("", seen.Values["tag"]);
        Assert.Equal("main at no commit yet, clean", seen.Detail);
    }

    [NeedsProgram("git")]
    public async Task A_detached_head_has_no_branch()
    {
        Init();
        Commit("a.txt");
        Git("checkout", "-q", "--detach");
        Assert.Equal("", (await LookAsync()).Values["branch"]);
    }

    [NeedsProgram("git")]
    public async Task The_distance_to_the_upstream_is_seen_whatever_the_settings()
    {
        Init();
        Commit("a.txt");
        using var clone = new TemporaryFolder();
        Git("clone", "-q", _folder.Path, clone.Path);
        Git("config", "status.aheadBehind", "false");
        Commit("upstream.txt");
        GitIn(clone.Path, 0, "fetch", "-q");
        GitIn(clone.Path, 0, "commit", "-q", "--allow-empty", "-m", "one");
        GitIn(clone.Path, 0, "commit", "-q", "--allow-empty", "-m", "two");
        var seen = await LookAsync(clone.Path);
        Assert.Equal("origin/main", seen.Values["upstream"]);
        Assert.Equal(2L, seen.Values["ahead"]);
        Assert.Equal(1L, seen.Values["behind"]);
    }

    [NeedsProgram("git")]
    public async Task The_whole_tree_is_seen_from_a_folder_inside_it()
    {
        Init();
        Commit("sub/a.txt");
        _folder.Write("b.txt", "untracked");
        Assert.Equal(["b.txt"], (IReadOnlyList<object?>)(await LookAsync(Path.Combine(_folder.Path, "sub"))).Values["changes"]!);
    }

    [NeedsProgram("git")]
    public async Task No_monitor_that_the_repository_names_is_started()
    {
        Init();
        Commit("a.txt");
        var marker = Path.Combine(_folder.Path, ".git", "started");
        var hook = _folder.Write(".git/monitor", $"#!/bin/sh\ntouch {marker}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Git("config", "core.fsmonitor", hook);
        Assert.Equal(true, (await LookAsync()).Values["clean"]);
        Assert.False(File.Exists(marker));
    }

    [NeedsProgram("git")]
    public async Task What_is_no_repository_can_not_be_told()
    {
        var seen = await LookAsync();
        Assert.Equal(ErrorId.GitFailed, seen.CouldNotTell);
        Assert.Contains("not a git repository", seen.Detail, StringComparison.Ordinal);
        Assert.Equal(ErrorId.GitFailed, (await LookAsync("/nonexistent/folder")).CouldNotTell);
    }

    [NeedsProgram("git")]
    public async Task The_callers_cancellation_is_not_a_result() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            GitProbe.LookAsync(new GitLook(_folder.Path), LookContexts.Plain(), new CancellationToken(canceled: true)));

    private void Init() => Git("init", "-q", "-b", "main");

    private void Commit(params string[] names)
    {
        foreach (var name in names)
            _folder.Write(name, "content of " + name);
        Git("add", "-A");
        Git("commit", "-q", "-m", "commit");
    }

    private Task<Observation> LookAsync(string? folder = null) =>
        GitProbe.LookAsync(new GitLook(folder ?? _folder.Path), LookContexts.Plain(), CancellationToken.None);

    private string Git(params string[] arguments) => GitIn(_folder.Path, 0, arguments);

    private string Git(int expected, params string[] arguments) => GitIn(_folder.Path, expected, arguments);

    private static string GitIn(string folder, int expected, params string[] arguments)
    {
        string[] identity = ["-c", "user.name=Test", "-c", "user.email=test@example.test", "-c", "commit.gpgSign=false", "-c",
            "tag.gpgSign=false"];
        var start = new ProcessStartInfo(NeedsProgram.Require("git"), [.. identity, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_SYSTEM"] = "/dev/null";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == expected, errors);
        return output.GetAwaiter().GetResult().TrimEnd();
    }
}
