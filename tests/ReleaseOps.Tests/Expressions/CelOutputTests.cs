using System.Text;
using System.Text.Json;
using ReleaseOps.Expressions;

namespace ReleaseOps.Tests.Expressions;

public class CelOutputTests
{
    [Theory]
    [InlineData("1", """{"value":1,"type":"int"}""")]
    [InlineData("-9223372036854775808", """{"value":-9223372036854775808,"type":"int"}""")]
    [InlineData("18446744073709551615u", """{"value":18446744073709551615,"type":"uint"}""")]
    [InlineData("1.5", """{"value":1.5,"type":"double"}""")]
    [InlineData("0.0 / 0.0", """{"value":"NaN","type":"double"}""")]
    [InlineData("1.0 / 0.0", """{"value":"Infinity","type":"double"}""")]
    [InlineData("-1.0 / 0.0", """{"value":"-Infinity","type":"double"}""")]
    [InlineData("true", """{"value":true,"type":"bool"}""")]
    [InlineData("null", """{"value":null,"type":"null_type"}""")]
    [InlineData("'é\"'", """{"value":"é\"","type":"string"}""")]
    [InlineData("b'abc'", """{"value":"YWJj","type":"bytes"}""")]
    [InlineData("int", """{"value":"int","type":"type"}""")]
    [InlineData("duration('3500ms')", """{"value":"3.5s","type":"google.protobuf.Duration"}""")]
    [InlineData("timestamp(0)", """{"value":"1970-01-01T00:00:00Z","type":"google.protobuf.Timestamp"}""")]
    [InlineData("[1, [true, null]]", """{"value":[1,[true,null]],"type":"list"}""")]
    [InlineData("{'a': 1, 2: 'x', 3u: 1.5, true: []}", """{"value":{"a":1,"2":"x","3":1.5,"true":[]},"type":"map"}""")]
    [InlineData("1 / 0", """{"error":"column 3: division by zero","column":3}""")]
    public void Results_as_json(string source, string expected) => Assert.Equal(expected, CelJson.Document(Cel.Evaluate(source)));

    [Fact]
    public void Two_keys_that_read_the_same_are_not_written_as_one() =>
        Assert.Contains("two keys", CelJson.Document(Cel.Evaluate("{1: 'a', '1': 'b'}")), StringComparison.Ordinal);

    [Fact]
    public void A_value_that_holds_one_list_many_times_is_cut_off_as_json_and_as_text()
    {
        var result = Cel.Evaluate("[1]" + string.Concat(Enumerable.Repeat(".map(x, [x, x])", 60)));
        Assert.Null(result.Error);
        Assert.Contains("larger than 8 MiB", CelJson.Document(result), StringComparison.Ordinal);
        Assert.Equal(200, CelText.Write(result.Value).Length);
        using var json = new Utf8JsonWriter(Stream.Null);
        Assert.False(CelJson.TryWrite(json, result.Value));
    }

    [Fact]
    public void A_value_is_written_into_a_document()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            Assert.True(CelJson.TryWrite(json, Cel.Value("{'a': [1u]}")));
        Assert.Equal("""{"a":[1]}""", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal("map", CelJson.TypeOf(new Dictionary<string, object?>()));
    }

    [Fact]
    public void Half_a_surrogate_pair_does_not_stop_the_writer()
    {
        var result = Cel.Evaluate("[x]", new() { ["x"] = "a\ud800b" });
        using var parsed = JsonDocument.Parse(CelJson.Document(result));
        Assert.Equal("list", parsed.RootElement.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("'a\\nb\\t\\x1b[0m\"\\\\'", "\"a\\nb\\t\\u001b[0m\\\"\\\\\"")]
    [InlineData("'\\u202e\\u2028é'", "\"\\u202e\\u2028é\"")]
    [InlineData("'😀'", "\"😀\"")]
    [InlineData("5.0", "5.0")]
    [InlineData("1e300", "1e+300")]
    [InlineData("{'a': [1u]}", "{\"a\": [1u]}")]
    [InlineData("b'a\\xff'", "b\"a\\xff\"")]
    [InlineData("[int, null]", "[int, null]")]
    public void Text_for_people(string source, string expected) => Assert.Equal(expected, CelText.Write(Cel.Value(source)));

    [Theory]
    [InlineData("'a'", "a")]
    [InlineData("5.0", "5")]
    [InlineData("5u", "5")]
    [InlineData("duration('90s')", "90s")]
    [InlineData("['a']", "[\"a\"]")]
    public void Plain_text_for_a_sentence(string source, string expected) => Assert.Equal(expected, CelText.Plain(Cel.Value(source)));

    [Fact]
    public void Long_text_is_cut_and_never_through_a_character()
    {
        Assert.Equal("\"aaaaaa...", CelText.Write(new string('a', 100), 10));
        Assert.Equal("aaaaaaa...", CelText.Plain(new string('a', 100), 10));
        Assert.Equal("...", CelText.Plain("😀😀😀", 4));
        Assert.Equal("abc", CelText.Plain("abc", 3));
    }
}
