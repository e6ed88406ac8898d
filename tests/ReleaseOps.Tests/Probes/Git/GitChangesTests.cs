using System.Text;
using ReleaseOps.Probes;
using ReleaseOps.Probes.Git;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Probes.Git;

/// <summary>What is read of a change, whatever the repository and the user have set.</summary>
public sealed class GitChangesTests : IDisposable
{
    private readonly GitRepository _git = new();

    public void Dispose() => _git.Dispose();

    [NeedsProgram("git")]
    public async Task Changed_lines_are_read_with_their_numbers()
    {
        _git.Commit("app/stock.py", "one\ntwo\nthree\nfour\n");
        var live = Branch();
        _git.Write("new.txt", "first");
        var commit = _git.Commit("app/stock.py", "one\nTWO\nthree\nfour\nfive\n");
        _git.Git("tag", "v1+hotfix.1");
        _git.Write("scratch.txt", "not committed");
        var change = await ReadAsync();
        Assert.Equal((live, commit, "main", "hotfix/ARIS-1-fix"), (change.Base, change.Commit, change.ComparedWith, change.Branch));
        Assert.Equal(["v1+hotfix.1"], change.Tags);
        Assert.Equal(["scratch.txt"], change.Uncommitted);
        Assert.Equal(["app/stock.py", "new.txt"], change.Files.Select(f => f.Path));
        var changed = change.Files[0];
        Assert.Equal(FileChange.Modified, changed.Change);
        Assert.Equal([new ChangedLine(2, "TWO"), new ChangedLine(5, "five")], changed.Added);
        Assert.Equal([new ChangedLine(2, "two")], changed.Removed);
        Assert.Null(changed.Unread);
        var added = change.Files[1];
        Assert.Equal((FileChange.Added, null), (added.Change, added.Unread));
        Assert.Equal([new ChangedLine(1, "first")], added.Added);
        Assert.Empty(added.Removed);
    }

    [NeedsProgram("git")]
    public async Task What_the_base_did_since_is_no_part_of_the_change()
    {
        _git.Commit("a.txt", "a\n");
        Branch();
        _git.Commit("b.txt", "b\n");
        _git.Git("checkout", "-q", "main");
        _git.Commit("c.txt", "c\n");
        Assert.Equal(["b.txt"], (await ReadAsync(revision: "hotfix/ARIS-1-fix")).Files.Select(f => f.Path));
    }

    [NeedsProgram("git")]
    public async Task A_merge_within_the_change_hides_nothing()
    {
        _git.Commit("a.txt", "a\n");
        Branch();
        _git.Git("checkout", "-q", "-b", "side");
        _git.Commit("side.txt", "side\n");
        _git.Git("checkout", "-q", "hotfix/ARIS-1-fix");
        _git.Git("merge", "-q", "--no-ff", "--no-commit", "side");
        _git.Write("only-in-the-merge.txt", "evil\n");
        _git.Commit();
        Assert.Equal(["only-in-the-merge.txt", "side.txt"], (await ReadAsync()).Files.Select(f => f.Path));
    }

    [NeedsProgram("git")]
    public async Task Nothing_changed_where_base_and_commit_are_one()
    {
        _git.Commit("a.txt", "a\n");
        Branch();
        Assert.Empty((await ReadAsync()).Files);
    }

    [NeedsProgram("git")]
    public async Task Of_a_moved_file_all_lines_are_gone_and_new()
    {
        _git.Commit("app/idempotency.py", "check the key\nstore the key\nanswer\nreturn\n");
        Branch();
        _git.Git("mv", "app/idempotency.py", "attic.py");
        _git.Commit("attic.py", "check the key\nstore the key\nanswer\nreturn it\n");
        var moved = Assert.Single((await ReadAsync()).Files);
        Assert.Equal(("attic.py", FileChange.Renamed, "app/idempotency.py"), (moved.Path, moved.Change, moved.OldPath));
        Assert.Equal(["check the key", "store the key", "answer", "return"], moved.Removed.Select(l => l.Text));
        Assert.Equal(["check the key", "store the key", "answer", "return it"], moved.Added.Select(l => l.Text));
    }

    [NeedsProgram("git")]
    public async Task A_file_that_moved_to_two_places_is_moved_once_and_new_once()
    {
        _git.Commit("a.txt", "one\ntwo\nthree\n");
        Branch();
        _git.Write("b.txt", "one\ntwo\nthree\n");
        _git.Git("mv", "a.txt", "c.txt");
        _git.Commit();
        var files = (await ReadAsync()).Files;
        Assert.Equal(["b.txt", "c.txt"], files.Select(f => f.Path));
        Assert.Equal([FileChange.Added, FileChange.Renamed], files.Select(f => f.Change).Order());
        Assert.All(files, f => Assert.Equal(3, f.Added.Count));
    }

    [NeedsProgram("git")]
    public async Task A_copy_is_a_new_file()
    {
        _git.Commit("a.txt", "one\ntwo\n");
        Branch();
        _git.Git("config", "diff.renames", "copies");
        _git.Write("b.txt", "one\ntwo\n");
        _git.Commit("a.txt", "one\ntwo\nthree\n");
        var files = (await ReadAsync()).Files;
        Assert.Equal([FileChange.Modified, FileChange.Added], files.Select(f => f.Change));
        Assert.Equal(2, files[1].Added.Count);
    }

    [NeedsProgram("git")]
    public async Task Binary_files_are_told_as_unread()
    {
        _git.Write("logo.png", [0, 1, 2]);
        _git.Write("latin1.txt", Encoding.Latin1.GetBytes("caf\u00e9\n"));
        _git.Commit();
        Branch();
        _git.Write("logo.png", [0, 1, 3]);
        _git.Write("latin1.txt", Encoding.Latin1.GetBytes("caf\u00e9\nol\u00e9\n"));
        _git.Commit();
        var files = (await ReadAsync()).Files;
        Assert.Contains("not text in UTF-8", files[0].Unread, StringComparison.Ordinal);
        Assert.Contains("binary", files[1].Unread, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public async Task A_file_that_its_attributes_hide_is_told_as_unread()
    {
        _git.Commit("a.py", "a\n");
        Branch();
        _git.Write(".gitattributes", "*.py -diff\n");
        _git.Commit("a.py", "evil\n");
        var file = (await ReadAsync()).Files[1];
        Assert.Equal("a.py", file.Path);
        Assert.Contains(".gitattributes", file.Unread, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public async Task A_file_larger_than_the_bound_is_told_as_unread_and_one_of_that_size_is_read()
    {
        _git.Commit("a.txt", "a\n");
        Branch();
        _git.Write("large.sql", new string('x', (GitLimits.File << 20) + 1));
        _git.Write("largest.sql", new string('x', GitLimits.File << 20));
        _git.Commit();
        var files = (await ReadAsync()).Files;
        Assert.Contains("larger than 4 MiB", files[0].Unread, StringComparison.Ordinal);
        Assert.Null(files[1].Unread);
        Assert.Equal(GitLimits.File << 20, Assert.Single(files[1].Added).Text.Length);
    }

    [NeedsProgram("git")]
    public async Task A_change_larger_than_the_bound_keeps_all_of_its_files()
    {
        _git.Commit("a.txt", "a\n");
        Branch();
        var files = GitLimits.Change / GitLimits.File + 1;
        for (var i = 0; i < files; i++)
            _git.Write($"{i:00}.sql", new string((char)('a' + i), GitLimits.File << 20));
        _git.Commit();
        var seen = (await ReadAsync()).Files;
        Assert.Equal(files, seen.Count);
        Assert.All(seen.Take(files - 2), f => Assert.Null(f.Unread));
        Assert.Contains("larger than 64 MiB", seen[^1].Unread, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public async Task Links_and_submodules_are_told_as_unread()
    {
        _git.Commit("app.py", "code\n");
        Branch();
        _git.Delete("app.py");
        File.CreateSymbolicLink(_git.FullPath("app.py"), "elsewhere.py");
        using var other = new GitRepository();
        other.Commit("x.txt", "x\n");
        _git.Git("submodule", "--quiet", "add", other.Path, "vendor");
        _git.Commit();
        var files = (await ReadAsync()).Files;
        Assert.Equal([".gitmodules", "app.py", "vendor"], files.Select(f => f.Path));
        Assert.Equal(FileChange.Modified, files[1].Change);
        Assert.Equal(["code"], files[1].Removed.Select(l => l.Text));
        Assert.Contains("symbolic link", files[1].Unread, StringComparison.Ordinal);
        Assert.Contains("submodule", files[2].Unread, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public async Task A_link_that_becomes_a_file_is_read()
    {
        File.CreateSymbolicLink(_git.FullPath("app.py"), "elsewhere.py");
        _git.Commit();
        Branch();
        _git.Delete("app.py");
        _git.Commit("app.py", "code\n");
        var file = Assert.Single((await ReadAsync()).Files);
        Assert.Equal((FileChange.Modified, null), (file.Change, file.Unread));
        Assert.Equal(["code"], file.Added.Select(l => l.Text));
    }

    [NeedsProgram("git")]
    public async Task A_change_of_permissions_alone_is_a_change_without_lines()
    {
        _git.Commit("deploy.sh", "true\n");
        Branch();
        _git.Git("update-index", "--chmod=+x", "deploy.sh");
        _git.Git("commit", "-qm", "mode");
        var file = Assert.Single((await ReadAsync()).Files);
        Assert.Equal((FileChange.Modified, null), (file.Change, file.Unread));
        Assert.Empty(file.Added);
        Assert.Empty(file.Removed);
    }

    [NeedsProgram("git")]
    public async Task Line_ends_are_no_part_of_a_line()
    {
        _git.Commit("a.txt", "one\r\ntwo\r\nthree");
        Branch();
        _git.Commit("a.txt", "one\r\n2\r\nthree\n");
        var file = Assert.Single((await ReadAsync()).Files);
        Assert.Equal([new ChangedLine(2, "2"), new ChangedLine(3, "three")], file.Added);
        Assert.Equal([new ChangedLine(2, "two"), new ChangedLine(3, "three")], file.Removed);
    }

    [NeedsProgramTheory("git")]
    [InlineData("with space.txt")]
    [InlineData("with\ttab.txt")]
    [InlineData("with\nnewline.txt")]
    [InlineData("with \"quotes\".txt")]
    [InlineData("ünicode/日本.txt")]
    [InlineData(" b/a b/.txt")]
    [InlineData(":(top)*.txt")]
    public async Task A_path_is_as_it_is(string path)
    {
        _git.Commit("a.txt", "a\n");
        Branch();
        var commit = _git.Commit(path, "text\n");
        var file = Assert.Single((await ReadAsync()).Files);
        Assert.Equal((path, null), (file.Path, file.Unread));
        Assert.Equal("text\n", await TextAsync(commit, path));
    }

    [NeedsProgram("git")]
    public async Task A_path_that_is_not_UTF8_is_told_as_unread()
    {
        _git.Commit("a.txt", "a\n");
        Branch();
        var blob = _git.GitWith("text\n"u8.ToArray(), "hash-object", "-w", "--stdin");
        _git.GitWith([.. Encoding.Latin1.GetBytes($"100644 {blob}\tcaf\u00e9.txt"), 0], "update-index", "-z", "--index-info");
        _git.Git("commit", "-qm", "name");
        var file = Assert.Single((await ReadAsync()).Files);
        Assert.Contains("name isn't UTF-8", file.Unread, StringComparison.Ordinal);
        Assert.Equal(ErrorId.GitFailed, (await Assert.ThrowsAsync<CouldNotTellException>(() => TextAsync("HEAD", file.Path))).Id);
    }

    [NeedsProgram("git")]
    public async Task A_line_that_looks_like_a_patch_is_a_line()
    {
        _git.Commit("a.txt", "a\n");
        Branch();
        string[] lines =
        [
            "diff --git a/x b/x", "@@ -1 +1 @@", "-- a/x", "++ b/x", "\\ No newline at end of file", "Binary files a and b differ", "", " ",
        ];
        _git.Commit("a.txt", string.Join('\n', lines));
        var file = Assert.Single((await ReadAsync()).Files);
        Assert.Equal(lines, file.Added.Select(l => l.Text));
        Assert.Null(file.Unread);
    }

    [NeedsProgram("git")]
    public async Task No_setting_of_the_repository_changes_what_is_read()
    {
        _git.Write("a.py", "one\n\ntwo\n");
        _git.Write(".gitattributes", "*.py diff=custom\n");
        _git.Commit();
        Branch();
        _git.Commit("a.py", "one\n\nTWO\n");
        var plain = await ReadAsync();
        var marker = _git.FullPath(".git/started");
        foreach (var (name, value) in new[]
        {
            ("diff.external", $"touch {marker}; true"), ("diff.custom.command", $"touch {marker}; true"),
            ("diff.custom.textconv", $"touch {marker}; echo"),
            ("diff.noprefix", "true"), ("diff.mnemonicPrefix", "true"), ("color.ui", "always"), ("color.diff", "always"),
            ("core.quotePath", "true"), ("diff.renames", "copies"), ("diff.algorithm", "patience"),
            ("diff.context", "9"), ("diff.interHunkContext", "9"),
            ("diff.suppressBlankEmpty", "true"), ("diff.wordRegex", "."), ("diff.colorMoved", "zebra"), ("diff.relative", "true"),
            ("diff.wsErrorHighlight", "all"), ("diff.submodule", "log"), ("diff.ignoreSubmodules", "all"),
            ("core.pager", $"touch {marker}"),
        })
        {
            _git.Git("config", name, value);
        }
        Same(plain, await ReadAsync());
        Assert.False(File.Exists(marker));
    }

    [NeedsProgram("git")]
    public async Task No_variable_of_the_environment_changes_what_is_read()
    {
        _git.Commit("a.py", "one\n\ntwo\n");
        Branch();
        _git.Commit("a.py", "one\n\nTWO\n");
        var marker = _git.FullPath(".git/started");
        var hostile = new GitProgram(_git.Path, SecretMask.None, new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["GIT_DIR"] = "/nonexistent",
            ["GIT_WORK_TREE"] = "/nonexistent",
            ["GIT_INDEX_FILE"] = "/nonexistent/index",
            ["GIT_EXTERNAL_DIFF"] = $"touch {marker}; true",
            ["GIT_DIFF_OPTS"] = "--unified=9",
            ["GIT_ICASE_PATHSPECS"] = "1",
            ["GIT_TRACE"] = marker,
            ["GIT_CONFIG_COUNT"] = "1",
            ["GIT_CONFIG_KEY_0"] = "core.bigFileThreshold",
            ["GIT_CONFIG_VALUE_0"] = "1",
        });
        Same(await ReadAsync(), await GitChanges.ReadAsync(hostile, "main", "HEAD", GitLimits.Patience, CancellationToken.None));
        Assert.False(File.Exists(marker));
    }

    [NeedsProgram("git")]
    public async Task A_replaced_commit_hides_nothing()
    {
        var live = _git.Commit("a.txt", "a\n");
        Branch();
        var commit = _git.Commit("evil.txt", "evil\n");
        var harmless = _git.Git("commit-tree", "-p", live, "-m", "harmless", live + "^{tree}");
        _git.Git("replace", commit, harmless);
        Assert.Equal(["evil.txt"], (await ReadAsync()).Files.Select(f => f.Path));
    }

    [NeedsProgram("git")]
    public async Task A_grafted_parent_hides_nothing()
    {
        _git.Commit("a.txt", "a\n");
        Branch();
        var commit = _git.Commit("evil.txt", "evil\n");
        _git.Git("checkout", "-q", "main");
        var live = _git.Commit("b.txt", "b\n");
        _git.Write(".git/info/grafts", $"{live} {commit}\n");
        Assert.Equal(["evil.txt"], (await ReadAsync(revision: "hotfix/ARIS-1-fix")).Files.Select(f => f.Path));
    }

    [NeedsProgram("git")]
    public async Task The_text_of_a_file_is_that_of_the_commit()
    {
        var before = _git.Commit("api/openapi.yaml", "openapi: 3.0.0\r\n");
        var after = _git.Commit("api/openapi.yaml", "\uFEFFopenapi: 3.1.0");
        _git.Write("api/openapi.yaml", "not committed");
        Assert.Equal("openapi: 3.0.0\r\n", await TextAsync(before, "api/openapi.yaml"));
        Assert.Equal("openapi: 3.1.0", await TextAsync(after, "api/openapi.yaml"));
        Assert.Equal("openapi: 3.1.0",
            await GitChanges.TextAsync(_git.FullPath("api"), after, "api/openapi.yaml", SecretMask.None, CancellationToken.None));
        Assert.Null(await TextAsync(after, "api/other.yaml"));
        Assert.Null(await TextAsync(after, "api"));
        Assert.Null(await TextAsync(after, "api/"));
        Assert.Null(await TextAsync(after, "api/*"));
    }

    [NeedsProgram("git")]
    public async Task What_is_no_text_can_not_be_read()
    {
        _git.Write("a.bin", [0, 1, 2]);
        _git.Write("latin1.txt", [0xE9]);
        File.CreateSymbolicLink(_git.FullPath("link"), "a.bin");
        _git.Commit();
        foreach (var (path, why) in new[] { ("a.bin", "UTF-8"), ("latin1.txt", "UTF-8"), ("link", "symbolic link") })
        {
            var refused = await Assert.ThrowsAsync<CouldNotTellException>(() => TextAsync("HEAD", path));
            Assert.Equal(ErrorId.GitFailed, refused.Id);
            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        }
        await Assert.ThrowsAsync<CouldNotTellException>(() => TextAsync("nonsense", "a.bin"));
        await Assert.ThrowsAsync<CouldNotTellException>(() => TextAsync("--help", "a.bin"));
    }

    private static void Same(GitChange expected, GitChange seen)
    {
        Assert.Equal((expected.Base, expected.Commit, expected.Branch), (seen.Base, seen.Commit, seen.Branch));
        Assert.Equal(expected.Files.Select(Told), seen.Files.Select(Told));
    }

    private static string Told(ChangedFile file) =>
        $"{file.Change} {file.OldPath} {file.Path} +{string.Join('|', file.Added)} -{string.Join('|', file.Removed)} {file.Unread}";

    private string Branch()
    {
        _git.Git("checkout", "-q", "-b", "hotfix/ARIS-1-fix");
        return _git.Git("rev-parse", "HEAD");
    }

    private Task<GitChange> ReadAsync(string live = "main", string revision = "HEAD") =>
        GitChanges.ReadAsync(_git.Path, live, revision, SecretMask.None, CancellationToken.None);

    private Task<string?> TextAsync(string commit, string path) =>
        GitChanges.TextAsync(_git.Path, commit, path, SecretMask.None, CancellationToken.None);
}
