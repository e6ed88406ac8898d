using ReleaseOps.Hotfixes;
using ReleaseOps.Probes;
using ReleaseOps.Probes.Files;

namespace ReleaseOps.Tests.Probes.Files;

public sealed class FileSizeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Behind_links_it_is_that_of_the_file_where_they_end()
    {
        File.WriteAllText(In("file"), "twelve bytes");
        Assert.Equal(12, FileSize.Of(In("file")));
        Link("first", "file");
        Assert.Equal(12, FileSize.Of(Link("second", "first")));
    }

    [Fact]
    public void Of_what_is_not_there_and_of_what_does_not_say_it_is_nothing()
    {
        Assert.Equal(0, FileSize.Of(In("nowhere")));
        Assert.Equal(0, FileSize.Of(Link("dangling", "nowhere")));
        Assert.Equal(0, FileSize.Of(Link("null", "/dev/null")));
        Assert.Equal(0, FileSize.Of(_folder.Path));
    }

    [Fact]
    public async Task What_is_too_large_is_too_large_behind_a_link()
    {
        // A file of holes: it takes no place.
        using (var large = File.Create(In("large")))
            large.SetLength((64 << 20) + 1);
        var link = Link("link", "large");
        Assert.Contains("larger than 64 MiB", Assert.Throws<ReleaseOpsException>(() => SampleFile.Read(link)).Message, StringComparison.Ordinal);
        Assert.Contains("longer than", (await Assert.ThrowsAsync<ReleaseOpsException>(() => AcceptedDifferences.OfFileAsync(link, CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    private string Link(string name, string target)
    {
        File.CreateSymbolicLink(In(name), target);
        return In(name);
    }
}
