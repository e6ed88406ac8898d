using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

public sealed class NewRunbookTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("releaseops-new-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void It_is_a_good_runbook_without_warnings()
    {
        var file = NewRunbook.Write("my-release", Path.Combine(_root, "runbooks"));
        var reading = RunbookReader.Read(file);
        Assert.Equal([], reading.Problems);
        Assert.Equal("my-release", reading.Runbook!.Name);
        Assert.Equal(file, new RunbookFinder(_root).Find("my-release"));
    }

    [Fact]
    public void It_never_overwrites()
    {
        File.WriteAllText(Path.Combine(_root, "mine.yaml"), "precious");
        Assert.Equal(ErrorId.RunbookExists, Assert.Throws<ReleaseOpsException>(() => NewRunbook.Write("mine", _root)).Id);
        Assert.Equal("precious", File.ReadAllText(Path.Combine(_root, "mine.yaml")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a b")]
    [InlineData("X")]
    public void It_needs_the_name_of_a_runbook(string name) =>
        Assert.Equal(ErrorId.BadValue, Assert.Throws<ReleaseOpsException>(() => NewRunbook.Write(name, _root)).Id);
}
