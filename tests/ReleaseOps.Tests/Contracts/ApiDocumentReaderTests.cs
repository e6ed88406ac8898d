using System.Text;
using ReleaseOps.Contracts;

namespace ReleaseOps.Tests.Contracts;

public sealed class ApiDocumentReaderTests
{
    private static ApiDocument Read(string text) => ApiDocumentReader.Read(Encoding.UTF8.GetBytes(text), "api");

    private static ApiNode Part(string text) => ApiDocumentReader.ReadFile(Encoding.UTF8.GetBytes(text), "api", 0).Root;

    private static string Refusal(string text) => Refusal(Encoding.UTF8.GetBytes(text));

    private static string Refusal(byte[] bytes)
    {
        var refused = Assert.Throws<ReleaseOpsException>(() => ApiDocumentReader.Read(bytes, "api"));
        Assert.Equal(ErrorId.BadDocument, refused.Id);
        Assert.Equal("api", refused.Subject);
        return refused.Message;
    }

    [Theory]
    [InlineData("{\n  \"openapi\": \"3.0.3\",\n  \"info\": { \"title\": \"Stock\", \"version\": \"1.10\" }\n}")]
    [InlineData("\uFEFF{\n  \"openapi\": \"3.0.3\",\n  \"info\": { \"title\": \"Stock\", \"version\": \"1.10\" }\n}")]
    [InlineData("openapi: 3.0.3\n\ninfo: { title: Stock, version: 1.10 }\n")]
    [InlineData("\uFEFF---\nopenapi: '3.0.3'\ninfo: { title: Stock, version: 1.10 }\n...\n")]
    public void Json_and_yaml_come_to_the_same(string text)
    {
        var document = Read(text);
        Assert.Equal(("api", "3.0.3", "Stock", "1.10"), (document.Name, document.Version, document.Title, document.ApiVersion));
        Assert.Equal(3, document.PlaceOf(document.Root["info"]!).Line);
    }

    [Fact]
    public void A_place_in_json_counts_lines_and_characters()
    {
        var document = Read("{\r\n  \"openapi\": \"3.0.0\",\r\n  \"x\": { \"ü😀\": [1, true] }\r\n}");
        var list = document.Root["x"]!["ü😀"]!;
        Assert.Equal("api:3:17", document.PlaceOf(list).ToString());
        Assert.Equal("api:3:21", document.PlaceOf(list.Items[1]).ToString());
    }

    [Fact]
    public void A_place_in_yaml_counts_lines_and_characters()
    {
        var document = Read("openapi: 3.0.0\nx:\n  ü: [1, true]\n");
        Assert.Equal("api:3:6", document.PlaceOf(document.Root["x"]!["ü"]!).ToString());
        Assert.Equal("api:3:10", document.PlaceOf(document.Root["x"]!["ü"]!.Items[1]).ToString());
    }

    [Fact]
    public void A_place_past_what_a_column_of_few_bits_holds_is_right()
    {
        var document = Read("{\"openapi\":\"3.0.0\",\"x\":\"" + new string('a', 20_000_000) + "\",\"y\":1}");
        Assert.Equal("api:1:20000031", document.PlaceOf(document.Root["y"]!).ToString());
    }

    [Theory]
    [InlineData("\"12.50\"", "Text", "12.50")]
    [InlineData("12.50", "Number", "12.50")]
    [InlineData("1e3", "Number", "1e3")]
    [InlineData("-0", "Number", "-0")]
    [InlineData("true", "Boolean", "true")]
    [InlineData("null", "Null", "null")]
    [InlineData("\"a\\u00e9\\n\"", "Text", "aé\n")]
    [InlineData("\"\\ud83d\\ude00\"", "Text", "😀")]
    public void Json_scalars_keep_kind_and_text(string written, string kind, string text)
    {
        var node = Part($"{{\"x\":{written}}}")["x"]!;
        Assert.Equal((kind, text), (node.Kind.ToString(), node.Text));
    }

    [Theory]
    [InlineData("no", "Text", "no")]
    [InlineData("Yes", "Text", "Yes")]
    [InlineData("on", "Text", "on")]
    [InlineData("12:30", "Text", "12:30")]
    [InlineData("2020-01-01", "Text", "2020-01-01")]
    [InlineData("1_000", "Text", "1_000")]
    [InlineData("3.0.3", "Text", "3.0.3")]
    [InlineData("-a", "Text", "-a")]
    [InlineData(".", "Text", ".")]
    [InlineData(".inf", "Text", ".inf")]
    [InlineData("0x", "Text", "0x")]
    [InlineData("0o8", "Text", "0o8")]
    [InlineData("0xFFFFFFFFFFFFFFFF", "Number", "18446744073709551615")]
    [InlineData("0o17", "Number", "15")]
    [InlineData("0123", "Number", "123")]
    [InlineData("+12", "Number", "12")]
    [InlineData("-.5e3", "Number", "-0.5e3")]
    [InlineData("5.", "Number", "5")]
    [InlineData("1.10", "Number", "1.10")]
    [InlineData("000", "Number", "0")]
    [InlineData("12345678901234567890.5", "Number", "12345678901234567890.5")]
    [InlineData("~", "Null", "null")]
    [InlineData("", "Null", "null")]
    [InlineData("Null", "Null", "null")]
    [InlineData("TRUE", "Boolean", "true")]
    [InlineData("'true'", "Text", "true")]
    [InlineData("!!str 5", "Text", "5")]
    [InlineData("! 5", "Text", "5")]
    [InlineData("!!int 5", "Number", "5")]
    [InlineData("|\n  a\n  b\n", "Text", "a\nb\n")]
    [InlineData("\"a\\u00e9\\/\"", "Text", "aé/")]
    [InlineData("\"\\ud83d\\ude00\"", "Text", "😀")]
    public void Yaml_scalars_are_those_of_version_1_2(string written, string kind, string text)
    {
        var node = Part($"x: {written}\n")["x"]!;
        Assert.Equal((kind, text), (node.Kind.ToString(), node.Text));
    }

    [Fact]
    public void A_key_of_yaml_is_text_whatever_it_looks_like() =>
        Assert.Equal(["200", "no", "null", "1.0", ""], Part("200: a\nno: b\nnull: c\n1.0: d\n'': e\n").Keys);

    [Theory]
    [InlineData("{\"openapi\":\"3.0.0\",\n \"a\":1, \"a\":2}", "api:2:9: the key 'a' stands here and at 2:2 already.")]
    [InlineData("openapi: 3.0.0\nx:\n  a: 1\n  'a': 2\n", "api:4:3: the key 'a' stands here and at 3:3 already.")]
    public void A_key_twice_is_an_error_with_both_places(string text, string message) => Assert.Equal(message, Refusal(text));

    [Fact]
    public void A_key_twice_among_many_is_found()
    {
        var many = string.Concat(Enumerable.Range(0, 100).Select(i => $"k{i}: 1\n"));
        Assert.Contains("'k7' stands here and at 8:1", Refusal(many + "k7: 2\n"), StringComparison.Ordinal);
        Assert.Contains("'k99' stands here and at 100:1", Refusal(many + "k99: 2\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"openapi\": \"3.0.0\", }", "api:1:22: not valid JSON")]
    [InlineData("{\"openapi\": \"3.0.0\"", "not valid JSON")]
    [InlineData("{\"openapi\": \"3.0.0\"} x", "not valid JSON")]
    [InlineData("{\"x\":\n \"\\ud800\"}", "api:2:2: not valid JSON: a text has half of a surrogate pair")]
    [InlineData("openapi: [3.0.0\n", "not valid YAML")]
    [InlineData("openapi: 3.0.0\n\tx: 1\n", "not valid YAML")]
    [InlineData("openapi: 3.0.0\nx: *nothing\n", "api:2:4: nothing before has the anchor 'nothing'")]
    [InlineData("openapi: 3.0.0\nx: !Ref a\n", "api:2:4: the tag '!Ref'")]
    [InlineData("openapi: 3.0.0\nx: !!map a\n", "api:2:4: the tag")]
    [InlineData("openapi: 3.0.0\n? [a]\n: 1\n", "api:2:3: a key must be a text")]
    [InlineData("openapi: 3.0.0\n---\nopenapi: 3.0.0\n", "api:2:1: a second document begins here")]
    [InlineData("... ]", "not valid YAML")]
    [InlineData("", "api:1:1: the file holds nothing but comments")]
    [InlineData("# nothing\n", "the file holds nothing but comments")]
    [InlineData("just words", "api:1:1: neither a key 'openapi' nor 'swagger'")]
    [InlineData("[1]", "api:1:1: neither a key 'openapi' nor 'swagger'")]
    [InlineData("{}", "api:1:1: neither a key 'openapi' nor 'swagger'")]
    public void What_cannot_be_read_is_an_error_with_its_place(string text, string message) =>
        Assert.Contains(message, Refusal(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("3.0.0")]
    [InlineData("3.0.4")]
    [InlineData("3.1.0")]
    [InlineData("3.1.0-rc0")]
    [InlineData("3.1")]
    public void These_versions_are_read(string version) => Assert.Equal(version, Read($"openapi: {version}").Version);

    [Theory]
    [InlineData("openapi: 3.2.0", "api:1:10: OpenAPI 3.2 isn't read yet")]
    [InlineData("openapi: 3.10.0", "'3.10.0' isn't a version")]
    [InlineData("openapi: 4.0.0", "'4.0.0' isn't a version")]
    [InlineData("openapi: 2.0", "'2.0' isn't a version")]
    [InlineData("openapi: {}", "'' isn't a version")]
    [InlineData("swagger: '1.2'", "'1.2' isn't a version")]
    [InlineData("swagger: '3.0'", "'3.0' isn't a version")]
    public void Other_versions_are_refused(string text, string message) => Assert.Contains(message, Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        Assert.Equal("api:2:4: a byte here isn't UTF-8; save the file as UTF-8.", Refusal([.. "a: 1\nb: "u8, 0xE4, .. "\n"u8]));
        Assert.Contains("UTF-16", Refusal([0xFF, 0xFE, (byte)'{', 0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_large_a_file_is_refused_before_it_is_read() =>
        Assert.Contains("larger than", Refusal(new byte[ApiDocumentReader.MaxBytes + 1]), StringComparison.Ordinal);
}
