namespace ReleaseOps.Tests.Probes.Contracts;

public sealed class FolderLoadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Other_files_are_found_beside_the_file_that_names_them()
    {
        _folder.Write("api/openapi.yaml", Loading.Main);
        _folder.Write("api/common/pets.yaml", "Pet: { $ref: '../../shared.json#/Pet' }");
        _folder.Write("shared.json", "{\n\"Pet\": \"pet\" }");
        var document = await Loading.LoadAsync("api/openapi.yaml", _folder.Path);
        var pet = Loading.X(document, out _)!;
        Assert.Equal("pet", pet.Text);
        Assert.Equal("api/../shared.json:2:8", document.PlaceOf(pet).ToString());
        Assert.Equal("api/openapi.yaml", document.Name);
    }

    [Fact]
    public async Task Files_that_name_each_other_are_read_once()
    {
        _folder.Write("a.yaml", "openapi: 3.0.3\nx: { $ref: './b.yaml#/x' }\ny: end\n");
        _folder.Write("b.yaml", "x: { $ref: './a.yaml#/y' }\nz: { $ref: 'b.yaml' }\n");
        var document = await Loading.LoadAsync("./a.yaml", _folder.Path);
        Assert.Equal("end", Loading.X(document, out _)!.Text);
        Assert.Equal(["./a.yaml", "./b.yaml"], document.Files.Select(f => f.Name));
    }

    [Theory]
    [InlineData("../outside.yaml", ErrorId.PathOutside, "leads out of the folder")]
    [InlineData("a/../../outside.yaml", ErrorId.PathOutside, "leads out of the folder")]
    [InlineData("%2e%2e/outside.yaml", ErrorId.PathOutside, "leads out of the folder")]
    [InlineData("/etc/passwd", ErrorId.PathOutside, "isn't a path relative to its file")]
    [InlineData("file:///etc/passwd", ErrorId.PathOutside, "isn't a path relative to its file")]
    [InlineData("https://example.org/x.yaml", ErrorId.PathOutside, "isn't a path relative to its file")]
    [InlineData("link.yaml", ErrorId.PathOutside, "leads out of the folder")]
    [InlineData("circle.yaml", ErrorId.FileUnreadable, "too many symbolic links")]
    [InlineData("missing.yaml", ErrorId.FileUnreadable, "missing.yaml isn't there")]
    [InlineData("folder", ErrorId.FileUnreadable, "folder is a folder")]
    [InlineData("broken.yaml", ErrorId.BadDocument, "broken.yaml:")]
    public async Task A_file_that_cannot_be_read_cannot_be_told(string reference, ErrorId reason, string why)
    {
        _folder.Write("outside.yaml", "secret");
        _folder.Write("in/main.yaml", $"openapi: 3.0.3\nx: {{ $ref: '{reference}' }}\n");
        _folder.Write("in/broken.yaml", "a: [");
        _folder.Write("in/folder/x", "");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "in/link.yaml"), "../outside.yaml");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "in/circle.yaml"), "circle.yaml");
        var untold = Loading.Untold(await Loading.LoadAsync("main.yaml", Path.Combine(_folder.Path, "in")));
        Assert.Equal(reason, untold.Reason);
        Assert.Contains($"main.yaml:2:12: the reference '{reference}' can't be followed: ", untold.Text, StringComparison.Ordinal);
        Assert.Contains(why, untold.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_description_elsewhere_may_name_what_lies_in_its_own_folder()
    {
        var main = _folder.Write("one/main.yaml", Loading.Main);
        _folder.Write("one/common/pets.yaml", "Pet: pet");
        _folder.Write("two/x", "");
        var document = await Loading.LoadAsync(main, Path.Combine(_folder.Path, "two"));
        Assert.Equal("pet", Loading.X(document, out _)!.Text);
        Assert.Equal(Path.Combine(_folder.Path, "one", "common/pets.yaml") + ":1:6", document.PlaceOf(Loading.X(document, out _)!).ToString());
    }

    [Fact]
    public async Task More_files_than_are_read_cannot_be_told()
    {
        _folder.Write("main.yaml", "openapi: 3.0.3\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"x{i}: {{ $ref: 'f{i}.yaml' }}\n")));
        for (var i = 0; i < 300; i++)
            _folder.Write($"f{i}.yaml", "a: 1");
        var document = await Loading.LoadAsync("main.yaml", _folder.Path);
        Assert.Equal(256, document.Files.Count);
        Assert.NotNull(document.Resolve(document.Root["x254"]!["$ref"]!, out _));
        Assert.Null(document.Resolve(document.Root["x255"]!["$ref"]!, out var untold));
        Assert.Contains("more than 256 files", untold!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.yaml", ErrorId.FileUnreadable, "missing.yaml isn't there.")]
    [InlineData(".", ErrorId.FileUnreadable, ". is a folder, not a file.")]
    [InlineData("bad.yaml", ErrorId.BadDocument, "bad.yaml:1:1: neither")]
    [InlineData("ftp://example.org/x.yaml", ErrorId.BadValue, "only URLs of http and https are read.")]
    public async Task A_description_that_cannot_be_read_is_an_error(string specification, ErrorId id, string message)
    {
        _folder.Write("bad.yaml", "a: 1");
        var refused = await Loading.RefusalAsync(specification, _folder.Path);
        Assert.Equal(id, refused.Id);
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_a_colon_in_its_name_wins_over_a_revision()
    {
        _folder.Write("main:api.yaml", "openapi: 3.0.3\ninfo: { title: file }\n");
        Assert.Equal("file", (await Loading.LoadAsync("main:api.yaml", _folder.Path)).Title);
    }
}
