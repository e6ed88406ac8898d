using ReleaseOps.Contracts;

namespace ReleaseOps.Tests.Probes.Contracts;

public sealed class GitLoadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Repository()
    {
        Loading.Git(_folder.Path, "init", "-q", "repo");
        var repo = Path.Combine(_folder.Path, "repo");
        Commit("one");
        Loading.Git(repo, "tag", "v1");
        Commit("two");
        return repo;
    }

    private void Commit(string pet)
    {
        _folder.Write("repo/api/openapi.yaml", Loading.Main);
        _folder.Write("repo/api/common/pets.yaml", $"Pet: {pet}");
        var repo = Path.Combine(_folder.Path, "repo");
        Loading.Git(repo, "add", ".");
        Loading.Git(repo, "commit", "-q", "-m", pet);
    }

    private static string Pet(ApiDocument document) => Loading.X(document, out var untold)?.Text ?? untold!.Text;

    [NeedsProgram("git")]
    public async Task A_revision_is_read_with_its_own_other_files()
    {
        var repo = Repository();
        _folder.Write("repo/api/common/pets.yaml", "Pet: not committed");
        var (old, now) = (await Loading.LoadAsync("v1:api/openapi.yaml", repo), await Loading.LoadAsync("HEAD:api/openapi.yaml", repo));
        Assert.Equal(("one", "two"), (Pet(old), Pet(now)));
        Assert.Equal("v1:api/openapi.yaml", old.Name);
        Assert.Equal("v1:api/common/pets.yaml:1:6", old.PlaceOf(Loading.X(old, out _)!).ToString());
        Assert.Equal("not committed", Pet(await Loading.LoadAsync("api/openapi.yaml", repo)));
    }

    [NeedsProgram("git")]
    public async Task A_path_that_begins_with_a_dot_is_from_the_current_folder()
    {
        var api = Path.Combine(Repository(), "api");
        Assert.Equal("one", Pet(await Loading.LoadAsync("v1:./openapi.yaml", api)));
        Assert.Equal("one", Pet(await Loading.LoadAsync("main~1:../api/openapi.yaml", api)));
        Assert.Equal("one", Pet(await Loading.LoadAsync("v1:api/openapi.yaml", api)));
    }

    [NeedsProgram("git")]
    public async Task A_detached_head_a_work_tree_and_a_bare_repository_are_read()
    {
        var repo = Repository();
        Loading.Git(repo, "worktree", "add", "-q", "--detach", "../tree", "v1");
        Assert.Equal("one", Pet(await Loading.LoadAsync("HEAD:api/openapi.yaml", Path.Combine(_folder.Path, "tree"))));
        Loading.Git(_folder.Path, "clone", "-q", "--bare", "repo", "bare.git");
        Assert.Equal("two", Pet(await Loading.LoadAsync("main:api/openapi.yaml", Path.Combine(_folder.Path, "bare.git"))));
    }

    [NeedsProgram("git")]
    public async Task A_revision_that_a_shallow_clone_lacks_is_an_error_that_says_so()
    {
        Repository();
        Loading.Git(_folder.Path, "clone", "-q", "--depth", "1", "file://" + Path.Combine(_folder.Path, "repo"), "shallow");
        var shallow = Path.Combine(_folder.Path, "shallow");
        Assert.Equal("two", Pet(await Loading.LoadAsync("HEAD:api/openapi.yaml", shallow)));
        var refused = await Loading.RefusalAsync("HEAD~1:api/openapi.yaml", shallow);
        Assert.Equal(ErrorId.GitFailed, refused.Id);
        Assert.Contains("invalid object name 'HEAD~1'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("git fetch --unshallow", refused.Message, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public async Task What_git_lacks_is_an_error_in_its_own_words()
    {
        var repo = Repository();
        _folder.Write("repo/new.yaml", "x");
        foreach (var (specification, words) in new[]
            {
                ("nope:api/openapi.yaml", "invalid object name 'nope'"),
                ("main:api/nope.yaml", "path 'api/nope.yaml' does not exist in 'main'"),
                ("main:new.yaml", "exists on disk, but not in 'main'"),
                ("main:api", "bad file"),
                ("--help:x", "isn't a revision"),
                ("^main:api/openapi.yaml", "isn't a revision"),
            })
        {
            var refused = await Loading.RefusalAsync(specification, repo);
            Assert.Equal((ErrorId.GitFailed, specification), (refused.Id, refused.Subject));
            Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        }
        Assert.Contains("not a git repository", (await Loading.RefusalAsync("main:x", _folder.Path)).Message, StringComparison.Ordinal);
    }

    [NeedsProgram("git")]
    public async Task A_file_that_the_revision_lacks_cannot_be_told()
    {
        var repo = Repository();
        _folder.Write("repo/a.yaml", "openapi: 3.0.3\nx: { $ref: 'later.yaml' }\ny: { $ref: '../out.yaml' }\n");
        Loading.Git(repo, "add", ".");
        Loading.Git(repo, "commit", "-q", "-m", "a");
        _folder.Write("repo/later.yaml", "a: 1");
        var document = await Loading.LoadAsync("main:a.yaml", repo);
        var untold = Loading.Untold(document);
        Assert.Equal(ErrorId.GitFailed, untold.Reason);
        Assert.Contains("'later.yaml' exists on disk, but not in 'main'", untold.Text, StringComparison.Ordinal);
        Assert.Null(document.Resolve(document.Root["y"]!["$ref"]!, out untold));
        Assert.Equal(ErrorId.PathOutside, untold!.Reason);
    }

    [NeedsProgram("git")]
    public async Task A_large_file_comes_whole()
    {
        var repo = Repository();
        _folder.Write("repo/large.json", "{\"openapi\":\"3.0.3\",\"a\":\"" + new string('ü', 20_000_000) + "\",\"x\":{}}");
        Loading.Git(repo, "add", ".");
        Loading.Git(repo, "commit", "-q", "-m", "large");
        Assert.Equal(20_000_000, (await Loading.LoadAsync("main:large.json", repo)).Root["a"]!.Text.Length);
    }
}
