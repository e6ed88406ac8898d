using System.Text.Json;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Probes.Files;

public sealed class DocumentProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task JSON_is_read()
    {
        var seen = await ReadAsync("m.json", "{\"version\":\"1.0\",\"n\":3}");
        Assert.Equal("1.0", Assert.IsType<JsonElement>(seen.Values["doc"]).GetProperty("version").GetString());
        Assert.Equal("m.json: JSON, 23 bytes", seen.Detail);
    }

    [Fact]
    public async Task YAML_is_read_as_plain_values()
    {
        var seen = await ReadAsync("m.yaml", "---\nname: tars\nreplicas: 3\nlist:\n- a\n- {b: true}\nempty:\n...\n");
        Assert.Null(seen.CouldNotTell);
        var doc = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(seen.Values["doc"]);
        Assert.Equal("tars", doc["name"]);
        Assert.Equal(3L, doc["replicas"]);
        Assert.Null(doc["empty"]);
        var list = Assert.IsAssignableFrom<IReadOnlyList<object?>>(doc["list"]);
        Assert.Equal("a", list[0]);
        Assert.Equal(true, Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(list[1])["b"]);
    }

    [Theory]
    [InlineData("no", "no")]
    [InlineData("yes", "yes")]
    [InlineData("on", "on")]
    [InlineData("True", true)]
    [InlineData("false", false)]
    [InlineData("tRue", "tRue")]
    [InlineData("~", null)]
    [InlineData("NULL", null)]
    [InlineData("''", "")]
    [InlineData("\"null\"", "null")]
    [InlineData("'12'", "12")]
    [InlineData("12", 12L)]
    [InlineData("-12", -12L)]
    [InlineData("+12", 12L)]
    [InlineData("0123", 123L)]
    [InlineData("0o17", 15L)]
    [InlineData("0x1F", 31L)]
    [InlineData("0x", "0x")]
    [InlineData("0o8", "0o8")]
    [InlineData("1_000", "1_000")]
    [InlineData("12:30", "12:30")]
    [InlineData("1.10", 1.1)]
    [InlineData("1.", 1.0)]
    [InlineData(".5", 0.5)]
    [InlineData("-.5e-3", -0.0005)]
    [InlineData("1e3", 1000.0)]
    [InlineData("1e", "1e")]
    [InlineData(".", ".")]
    [InlineData("+", "+")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("12e03x", "12e03x")]
    [InlineData(".inf", double.PositiveInfinity)]
    [InlineData("-.INF", double.NegativeInfinity)]
    [InlineData(".NaN", double.NaN)]
    [InlineData("nan", "nan")]
    [InlineData("2026-03-01", "2026-03-01")]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("99999999999999999999", 1e20)]
    public async Task A_plain_scalar_is_what_the_core_schema_of_YAML_1_2_says(string text, object? value)
    {
        var seen = await ReadAsync("m.yml", $"v: {text}\n");
        Assert.Equal(value, ((IReadOnlyDictionary<string, object?>)seen.Values["doc"]!)["v"]);
    }

    [Theory]
    [InlineData("m.json", "{\"a\":1,\"a\":2}", "twice")]
    [InlineData("m.json", "{\"a\":1}\n{\"b\":2}", "at 2:1")]
    [InlineData("m.json", "{\"a\": // no\n1}", "at 1:7")]
    [InlineData("m.json", "", "is empty")]
    [InlineData("m.yaml", " \n", "is empty")]
    [InlineData("m.yaml", "# only this\n", "holds no document")]
    [InlineData("m.yaml", "a: 1\na: 2\n", "twice")]
    [InlineData("m.yaml", "a: 1\n---\nb: 2\n", "more than one document")]
    [InlineData("m.yaml", "a: &x 1\n", "anchor or alias")]
    [InlineData("m.yaml", "a: *x\n", "anchor or alias")]
    [InlineData("m.yaml", "&x a: 1\n", "plain text")]
    [InlineData("m.yaml", "<<: {a: 1}\n", "merge key")]
    [InlineData("m.yaml", "a: !!python/object x\n", "tag")]
    [InlineData("m.yaml", "? [a]\n: 1\n", "plain text")]
    [InlineData("m.yaml", "a: [1\nb: 2\n", "not valid YAML")]
    [InlineData("m.yaml", "a:\n\t- b\n", "not valid YAML")]
    [InlineData("m.yaml", "a: \"\\uD800\"\n", "not valid YAML")]
    [InlineData("m.yaml", "a: \"\\U00110000\"\n", "not valid YAML")]
    [InlineData("m.toml", "a = 1", "format isn't known")]
    public async Task What_could_be_read_in_two_ways_or_not_at_all_is_refused(string name, string text, string reason)
    {
        var seen = await ReadAsync(name, text);
        Assert.Equal(ErrorId.BadDocument, seen.CouldNotTell);
        Assert.StartsWith(name, seen.Detail, StringComparison.Ordinal);
        Assert.Contains(reason, seen.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_is_refused()
    {
        var path = Path.Combine(_folder.Path, "m.json");
        File.WriteAllBytes(path, [(byte)'"', 0xff, (byte)'"']);
        var seen = await FileProbe.LookAsync(new FileLook(path, FileKind.Document), LookContexts.Plain(), CancellationToken.None);
        Assert.Equal(ErrorId.BadDocument, seen.CouldNotTell);
    }

    [Fact]
    public async Task A_document_larger_than_4_MiB_is_refused()
    {
        Assert.Null((await ReadAsync("m.json", "\"" + new string('x', (4 << 20) - 2) + "\"")).CouldNotTell);
        Assert.Equal(ErrorId.BodyTooLarge, (await ReadAsync("m.json", "\"" + new string('x', (4 << 20) - 1) + "\"")).CouldNotTell);
    }

    [Theory]
    [InlineData("[", "nested deeper than 64")]
    [InlineData("{", "a key that isn't a plain text")]
    [InlineData("- ", "nested deeper than 64")]
    [InlineData("? ", "a key that isn't a plain text")]
    [InlineData("{a: ", "nested deeper than 64")]
    [InlineData("[\n", "nested deeper than 64")]
    public async Task Nesting_that_would_end_the_process_is_refused(string piece, string reason)
    {
        var text = string.Concat(Enumerable.Repeat(piece, (4 << 20) / piece.Length));
        var seen = await ReadAsync("m.yaml", text);
        Assert.Equal(ErrorId.BadDocument, seen.CouldNotTell);
        Assert.Contains(reason, seen.Detail, StringComparison.Ordinal);
        Assert.Equal(ErrorId.BadDocument, (await ReadAsync("m.json", text)).CouldNotTell);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public async Task Both_formats_are_read_to_the_same_depth(int depth, bool read)
    {
        var text = new string('[', depth) + new string(']', depth);
        Assert.Equal(read, (await ReadAsync("m.json", text)).CouldNotTell is null);
        Assert.Equal(read, (await ReadAsync("m.yaml", text)).CouldNotTell is null);
    }

    private Task<Observation> ReadAsync(string name, string text) =>
        FileProbe.LookAsync(new FileLook(_folder.Write(name, text), FileKind.Document), LookContexts.Plain(), CancellationToken.None);
}
