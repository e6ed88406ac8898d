using System.Diagnostics;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Probes.Files;

public sealed class ChecksumProbeTests : IDisposable
{
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private const string Wrong = "0000000000000000000000000000000000000000000000000000000000000000";

    private readonly TemporaryFolder _folder = new();

    public ChecksumProbeTests() => _folder.Write("a.tgz", "abc");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData($"{Abc}  a.tgz\n")]
    [InlineData($"{Abc} *a.tgz")]
    [InlineData($"SHA256 (a.tgz) = {Abc}\n")]
    [InlineData($"# made today\r\n{Abc}  a.tgz\r\n\r\n")]
    [InlineData($"\ufeff{Abc}  ./a.tgz\n")]
    public async Task Sums_are_read_as_sha256sum_writes_them(string sums)
    {
        var seen = await CheckAsync(sums);
        Assert.Null(seen.CouldNotTell);
        Assert.Equal(true, seen.Values["ok"]);
        Assert.Equal(1L, seen.Values["files"]);
        Assert.Equal("1 file OK", seen.Detail);
    }

    [Fact]
    public async Task Sums_in_capitals_are_the_same() =>
        Assert.Equal(true, (await CheckAsync($"{Abc.ToUpperInvariant()}  a.tgz")).Values["ok"]);

    [Fact]
    public async Task What_is_wrong_and_what_is_missing_is_named()
    {
        _folder.Write("b.tgz", "not abc");
        var seen = await CheckAsync($"{Abc}  a.tgz\n{Abc}  b.tgz\n{Wrong}  c.tgz\n");
        Assert.Null(seen.CouldNotTell);
        Assert.Equal(false, seen.Values["ok"]);
        Assert.Equal(3L, seen.Values["files"]);
        Assert.Equal(["b.tgz"], (IReadOnlyList<object?>)seen.Values["bad"]!);
        Assert.Equal(["c.tgz"], (IReadOnlyList<object?>)seen.Values["missing"]!);
        Assert.Equal("b.tgz: FAILED, c.tgz: missing", seen.Detail);
    }

    [Fact]
    public async Task Many_wrong_files_are_counted_not_listed()
    {
        var seen = await CheckAsync(string.Concat(Enumerable.Range(0, 9).Select(i => $"{Wrong}  f{i}\n")));
        Assert.Equal("f0: missing, f1: missing, f2: missing and 6 more", seen.Detail);
    }

    [Theory]
    [InlineData("", "no checksum")]
    [InlineData("# nothing\n\n", "no checksum")]
    [InlineData($"{Abc}  a.tgz\nhello\n", "line 2")]
    [InlineData($"{Abc} a.tgz", "line 1")]
    [InlineData("ba7816bf  a.tgz", "line 1")]
    [InlineData($"{Abc}  ", "line 1")]
    [InlineData($"g{Abc}  a.tgz", "line 1")]
    [InlineData($"SHA256 () = {Abc}", "line 1")]
    [InlineData($"SHA512 (a.tgz) = {Abc}", "line 1")]
    [InlineData($"\\{Abc}  a\\x", "line 1")]
    public async Task A_file_that_is_not_a_list_of_sums_tells_nothing(string sums, string reason)
    {
        var seen = await CheckAsync(sums);
        Assert.Equal(ErrorId.BadDocument, seen.CouldNotTell);
        Assert.Contains(reason, seen.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("sub/../../x")]
    [InlineData("sub/../a.tgz")]
    [InlineData("out")]
    [InlineData("outfolder/passwd")]
    [InlineData("chain")]
    public async Task A_name_that_leads_outside_is_refused_before_anything_is_read(string name)
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "out"), "/etc/passwd");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "outfolder"), "/etc");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "chain"), "out");
        var seen = await CheckAsync($"{Abc}  a.tgz\n{Wrong}  {name}\n");
        Assert.Equal(ErrorId.PathOutside, seen.CouldNotTell);
        Assert.StartsWith(name, seen.Detail, StringComparison.Ordinal);
        Assert.Empty(seen.Values);
    }

    [Fact]
    public async Task Links_that_stay_inside_are_followed()
    {
        _folder.Write("sub/b.tgz", "abc");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "inside"), "sub/../a.tgz");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "same"), Path.Combine(_folder.Path, "sub"));
        Assert.Equal(true, (await CheckAsync($"{Abc}  inside\n{Abc}  same/b.tgz\n")).Values["ok"]);
    }

    [Fact]
    public async Task A_folder_that_is_itself_reached_by_a_link_is_inside()
    {
        using var other = new TemporaryFolder();
        var link = Path.Combine(other.Path, "release");
        Directory.CreateSymbolicLink(link, _folder.Path);
        _folder.Write("SHA256SUMS", $"{Abc}  a.tgz\n");
        var seen = await FileProbe.LookAsync(new FileLook(Path.Combine(link, "SHA256SUMS"), FileKind.Checksums), LookContexts.Plain(),
            CancellationToken.None);
        Assert.Equal("1 file OK", seen.Detail);
    }

    [Fact]
    public async Task A_file_that_can_not_be_read_leaves_it_open_unless_something_is_wrong_for_sure()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "folder"));
        Assert.Equal(ErrorId.FileUnreadable, (await CheckAsync($"{Abc}  a.tgz\n{Abc}  folder\n")).CouldNotTell);
        var wrong = await CheckAsync($"{Wrong}  a.tgz\n{Abc}  folder\n");
        Assert.Null(wrong.CouldNotTell);
        Assert.Equal(false, wrong.Values["ok"]);
    }

    [NeedsProgram("sha256sum")]
    public async Task Whatever_sha256sum_writes_is_read_back()
    {
        string[] names = ["a b", " lead", "new\nline", "back\\slash", "cr\rhere", "a) = b", "ümlaut", "*star", "\\n"];
        foreach (var name in names)
            File.WriteAllText(Path.Combine(_folder.Path, name), name);
        foreach (var options in new string[][] { [], ["--tag"], ["--binary"] })
        {
            var start = new ProcessStartInfo("sha256sum", [.. options, "--", .. names])
            {
                WorkingDirectory = _folder.Path,
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            var seen = await CheckAsync(await process.StandardOutput.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.Equal($"{names.Length} files OK", seen.Detail);
        }
    }

    private Task<Observation> CheckAsync(string sums) =>
        FileProbe.LookAsync(new FileLook(_folder.Write("SHA256SUMS", sums), FileKind.Checksums), LookContexts.Plain(),
            CancellationToken.None);
}
