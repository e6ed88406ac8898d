using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

public sealed class RunbookFinderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("releaseops-finder-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_first_found_by_name_wins()
    {
        var mine = Put("here/runbooks/deploy.yaml");
        var shared = Put("shared/deploy.yml");
        var builtIn = Put("built-in/verify.yaml");
        Assert.Equal(mine, Finder().Find("deploy"));
        Assert.Equal(builtIn, Finder().Find("verify"));
        File.Delete(mine);
        Assert.Equal(shared, Finder().Find("deploy"));
    }

    [Fact]
    public void A_path_is_taken_as_it_is_from_the_working_folder()
    {
        var file = Put("here/other/x.yaml");
        Assert.Equal(file, Finder().Find("other/x.yaml"));
        Assert.Equal(file, Finder().Find(file));
        Assert.Equal(Put("here/y.yml"), Finder().Find("y.yml"));
    }

    [Theory]
    [InlineData("no/such.yaml")]
    [InlineData("such.yaml")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("Deploy")]
    public void What_is_not_there_is_not_found(string name)
    {
        Put("here/runbooks/deploy.yaml");
        Assert.Equal(ErrorId.RunbookNotFound, Assert.Throws<ReleaseOpsException>(() => Finder().Find(name)).Id);
    }

    [Fact]
    public void The_error_names_where_it_looked_and_the_nearest_name()
    {
        Put("built-in/aris3-go-live.yaml");
        var error = Assert.Throws<ReleaseOpsException>(() => Finder().Find("aris3-golive"));
        Assert.Contains("did you mean 'aris3-go-live'?", error.Message, StringComparison.Ordinal);
        foreach (var folder in (string[])["here/runbooks", "shared", "built-in"])
            Assert.Contains(Path.Combine(_root, folder), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_shows_all_the_shadowed_and_the_unreadable_ones_too()
    {
        var mine = Put("here/runbooks/deploy.yaml", "runbook: deploy\ntitle: Mine\nproduct: P\nnonsense: [1]\n");
        Put("shared/deploy.yaml", "runbook: deploy\n");
        Put("built-in/broken.yaml", "a: [\n");
        Put("built-in/list.yaml", "- a\n");
        Put("built-in/readme.md", "no runbook");
        var list = Finder().List();
        Assert.Equal(["deploy", "deploy", "broken", "list"], list.Select(s => s.Name));
        Assert.Equal(("Mine", "P", RunbookSource.Project, (string?)null),
            (list[0].Title, list[0].Product, list[0].Source, list[0].ShadowedBy));
        Assert.Equal(("deploy", mine), (list[1].Title, list[1].ShadowedBy));
        Assert.Equal(ErrorId.YamlSyntax, list[2].Problem!.Id);
        Assert.Equal(ErrorId.BadValue, list[3].Problem!.Id);
        Assert.Null(list[0].Problem);
    }

    [Fact]
    public void Folders_that_are_not_there_are_no_problem() => Assert.Empty(Finder().List());

    [Fact]
    public void The_built_in_folder_is_found_from_the_engines_own()
    {
        Put("module/runbooks/x.yaml");
        Assert.Equal(Path.Combine(_root, "module/runbooks"), RunbookFinder.BuiltInFolder(Path.Combine(_root, "module/bin/dependencies")));
        Put("tool/runbooks/x.yaml");
        Assert.Equal(Path.Combine(_root, "tool/runbooks"), RunbookFinder.BuiltInFolder(Path.Combine(_root, "tool")));
    }

    private RunbookFinder Finder() =>
        new(Path.Combine(_root, "here"), $"{_root}/shared{Path.PathSeparator}{_root}/absent", Path.Combine(_root, "built-in"));

    private string Put(string path, string text = "runbook: x\n")
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
