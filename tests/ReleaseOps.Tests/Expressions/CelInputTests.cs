using System.Globalization;
using System.Text.Json;
using ReleaseOps.Expressions;

namespace ReleaseOps.Tests.Expressions;

public class CelInputTests
{
    public static TheoryData<object?, string> Plain => new()
    {
        { null, "null" },
        { true, "true" },
        { 5, "5" },
        { 5L, "5" },
        { (short)5, "5" },
        { (sbyte)-5, "-5" },
        { 5u, "5u" },
        { 5ul, "5u" },
        { (byte)5, "5u" },
        { 1.5, "1.5" },
        { 1.5f, "1.5" },
        { 1.5m, "1.5" },
        { "a", "\"a\"" },
        { new byte[] { 97, 255 }, "b\"a\\xff\"" },
        { new ReadOnlyMemory<byte>([97]), "b\"a\"" },
        { new[] { 1, 2 }, "[1, 2]" },
        { new List<object?> { 1L, "a", null }, "[1, \"a\", null]" },
        { new[] { "a" }, "[\"a\"]" },
        { new Dictionary<string, object?> { ["a"] = new[] { 1.0 } }, "{\"a\": [1.0]}" },
        { new Dictionary<string, string> { ["a"] = "b" }, "{\"a\": \"b\"}" },
        { new Dictionary<int, string> { [1] = "b" }, "{1: \"b\"}" },
        { new Dictionary<bool, object?> { [true] = null }, "{true: null}" },
    };

    [Theory]
    [MemberData(nameof(Plain))]
    public void Plain_values_come_in_as_their_type(object? value, string expected) =>
        Assert.Equal(expected, CelText.Write(Cel.Value("x", new() { ["x"] = value })));

    [Fact]
    public void Values_of_other_types_are_errors_that_logic_can_absorb()
    {
        var values = new Dictionary<string, object?>
        {
            ["x"] = new Uri("https://example.test"),
            ["y"] = new Dictionary<double, int> { [1.5] = 1 },
            ["l"] = new object?[] { 1L, new Version(1, 2) },
        };
        Assert.Contains("Uri", Cel.Error("x", values).Message, StringComparison.Ordinal);
        Assert.Contains("keys", Cel.Error("y", values).Message, StringComparison.Ordinal);
        Assert.Contains("Version", Cel.Error("l[1]", values).Message, StringComparison.Ordinal);
        Assert.Equal(1L, Cel.Value("l[0]", values));
        Assert.Equal(true, Cel.Value("x == 1 || true", values));
    }

    [Fact]
    public void Json_comes_in_lazily_with_numbers_as_doubles()
    {
        var body = Cel.Json("""{"meta":{"n":5},"rows":[{"total":3,"parts":[1,2]}],"t":"é","z":null,"b":true}""");
        var values = new Dictionary<string, object?> { ["body"] = body };
        Assert.Equal(true, Cel.Value("body.meta.n == 5 && type(body.meta.n) == double", values));
        Assert.Equal(true, Cel.Value("body.rows.all(r, r.total == r.parts[0] + r.parts[1])", values));
        Assert.Equal(true, Cel.Value("body.z == null && body.b && body.t == 'é' && size(body) == 5 && 'meta' in body", values));
        const string Same = "body == {'meta': {'n': 5}, 'rows': [{'total': 3, 'parts': [1, 2]}], 't': 'é', 'z': null, 'b': true}";
        Assert.Equal(true, Cel.Value(Same, values));
        Assert.Contains("no field 'nope'", Cel.Error("body.meta.nope", values).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_name_that_stands_twice_in_json_the_last_counts_however_it_is_asked_for()
    {
        var values = new Dictionary<string, object?> { ["j"] = Cel.Json("""{"a":1,"b":2,"a":3}""") };
        Assert.Equal(true, Cel.Value("j.a == 3", values));
        Assert.Equal(true, Cel.Value("size(j) == 2 && j.a == 3 && j.map(k, j[k]) == [3, 2]", values));
        Assert.Equal(true, Cel.Value("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].all(i, !(string(i) in j)) && j.a == 3", values));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_json_is_an_error_where_it_is_read_and_nowhere_else()
    {
        var values = new Dictionary<string, object?> { ["j"] = Cel.Json("""{"bad":"\ud800","good":1,"\udc00":2,"list":["\ud800",1]}""") };
        Assert.Equal(1.0, Cel.Value("j.good", values));
        Assert.Contains("surrogate", Cel.Error("j.bad == 'x'", values).Message, StringComparison.Ordinal);
        Assert.Equal(4L, Cel.Value("size(j)", values));
        Assert.Equal(1.0, Cel.Value("j.list[1]", values));
        Assert.Equal(true, Cel.Value("j.list.exists(x, x == 1)", values));
        Assert.NotEmpty(CelText.Write(Cel.Value("j", values)));
    }

    [Fact]
    public void A_wide_json_object_is_asked_for_each_name_without_walking_it_each_time()
    {
        var wide = "{" + string.Join(",", Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\":{i}")) + "}";
        Assert.Equal(true, Cel.Value("j.all(k, j[k] >= 0)", new() { ["j"] = Cel.Json(wide) }));
    }

    [Fact]
    public void Json_that_was_disposed_is_an_error_not_a_crash()
    {
        var document = JsonDocument.Parse("{\"a\":1}");
        var root = document.RootElement;
        document.Dispose();
        Assert.Contains("can't be read", Cel.Error("j.a == 1", new() { ["j"] = root }).Message, StringComparison.Ordinal);
        Cel.Error("j", new() { ["j"] = default(JsonElement) });
    }

    [Fact]
    public void A_list_that_throws_is_an_error_not_a_crash() =>
        Assert.Contains("can't be read", Cel.Error("x[0]", new() { ["x"] = new Throwing() }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_list_that_holds_itself_is_bounded_everywhere()
    {
        var loop = new List<object?>();
        loop.Add(loop);
        var values = new Dictionary<string, object?> { ["x"] = loop, ["y"] = new List<object?> { loop } };
        Assert.Contains("nested deeper", Cel.Error("x == y", values).Message, StringComparison.Ordinal);
        Assert.Equal(true, Cel.Value("x[0][0][0].size() == 1", values));
        Assert.EndsWith("...", CelText.Write(Cel.Value("x", values), 20), StringComparison.Ordinal);
        Assert.Contains("error", CelJson.Document(Cel.Evaluate("x", values)), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_are_plain_values()
    {
        var map = Assert.IsAssignableFrom<IReadOnlyDictionary<object, object?>>(Cel.Value("{'a': [1, 2u], 3: null}"));
        Assert.Equal(2, map.Count);
        Assert.Equal(new object[] { "a", 3L }, map.Keys);
        Assert.Null(map[3.0]);
        Assert.False(map.ContainsKey("b"));
        Assert.Throws<KeyNotFoundException>(() => map["b"]);
        var list = Assert.IsAssignableFrom<IReadOnlyList<object?>>(map["a"]);
        Assert.Equal([1L, 2ul], list);
        Assert.Equal("duration(\"1s\")", CelText.Write(Cel.Value("[duration('1s')][0]")));
        Assert.Equal(true, Cel.Value("x == {'a': [1, 2], 3: null}", new() { ["x"] = map }));
    }

    [Fact]
    public void Changing_a_results_bytes_does_not_change_the_expression()
    {
        var expression = Cel.Parse("b'abc'");
        ((byte[])expression.Evaluate(Cel.Nothing).Value!)[0] = 0;
        Assert.Equal("abc"u8.ToArray(), expression.Evaluate(Cel.Nothing).Value);
    }

    [Fact]
    public void Results_are_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var turkish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            turkish.NumberFormat.NumberDecimalSeparator = ",";
            turkish.NumberFormat.NegativeSign = "~";
            turkish.DateTimeFormat.DateSeparator = "/";
            turkish.DateTimeFormat.TimeSeparator = ".";
            CultureInfo.CurrentCulture = turkish;
            Assert.Equal(
                "[-1, -1.5, \"-1.5\", duration(\"-1.5s\"), timestamp(\"1969-12-31T23:59:59Z\")]",
                CelText.Write(Cel.Value("[-1, -1.5, string(-1.5), duration('-1.5s'), timestamp(-1)]")));
            Assert.Equal(true, Cel.Value("double('-1.5') == -1.5 && int('-3') == -3"));
            Assert.Equal("column 3: division by zero", Cel.Error("1 / 0").Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private sealed class Throwing : List<int>, System.Collections.IEnumerable
    {
        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw new InvalidDataException("gone");
    }
}
