using System.Diagnostics;

namespace ReleaseOps.Tests.Expressions;

public class CelCostTests
{
    private static readonly string Hundred = "[" + string.Join(",", Enumerable.Range(0, 100)) + "]";

    public static TheoryData<string> Bombs => new()
    {
        Nested("map", "a + b + c + d + e"),
        Nested("all", "true"),
        Nested("map", Hundred),
        Nested("exists", "text.contains('b')"),
        Nested("exists", "text.size() < 0"),
        Nested("exists", "text.matches('(a|aa)+b')"),
        Nested("exists", "'a'.matches('b' + string(a + b + c + d + e))"),
        Nested("all", "bytes(text) != b''"),
        Nested("all", "text + text != ''"),
        Nested("all", "missing || true"),
        Nested("all", "{}.missing == 1 || true"),
        Nested("all", "timestamp(0).getHours('Nowhere/' + string(e)) == 1 || true"),
        Nested("all", "timestamp(0).getHours('Europe/Berlin') >= 0"),
        Nested("all", "text in {text: 1}"),
        Nested("all", "{text: 1}[text] == 1"),
        Nested("all", "big == big"),
        Nested("all", "!(5 in big)"),
        "['ab']" + string.Concat(Enumerable.Repeat(".map(x, x + x)", 60)),
        "[[1]]" + string.Concat(Enumerable.Repeat(".map(x, x + x)", 60)),
        Doubled("[1]") + " == " + Doubled("[1]"),
        Nested("exists", "false") + " || true",
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_ends_soon_as_too_costly(string source)
    {
        var values = new Dictionary<string, object?>
        {
            ["text"] = new string('a', 1 << 20),
            ["big"] = Enumerable.Range(10, 100_000).ToArray(),
        };
        var clock = Stopwatch.StartNew();
        Assert.Equal(ErrorId.ExpressionTooCostly, Cel.Error(source, values).Id);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    [Fact]
    public void What_a_check_needs_of_a_body_of_some_megabytes_is_not_too_costly()
    {
        var rows = string.Join(",", Enumerable.Range(0, 40_000).Select(
            i => $$"""{"id":{{i}},"total":3,"rfid":1,"pending":2,"name":"item {{i}}"}"""));
        var values = new Dictionary<string, object?> { ["body"] = Cel.Json($"[{rows}]"), ["log"] = new string('x', 4 << 20) };
        Assert.Equal(true, Cel.Value("body.all(r, r.total == r.rfid + r.pending && r.name.startsWith('item'))", values));
        Assert.Equal(true, Cel.Value("!log.contains('ERROR') && !log.matches('(?i)(panic|fatal): [a-z]+') && log.size() > 5", values));
        Assert.Equal(true, Cel.Value("body.filter(r, r.id >= 39999.0).map(r, r.name) == ['item 39999']", values));
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("[", "1", "]")]
    [InlineData("{1: ", "1", "}")]
    [InlineData("size([", "1", "])")]
    [InlineData("!(", "true", ")")]
    [InlineData("-(", "1", ")")]
    [InlineData("x[", "0", "]")]
    [InlineData("has(", "x.y", ".z)")]
    [InlineData("[1].all(x, ", "true", ")")]
    [InlineData("[1].map(x, ", "[1]", ")")]
    [InlineData("(1 == ", "1", ")")]
    [InlineData("(1 + 2 * 3 < 4 && 5 == 6 || ", "true", ")")]
    [InlineData("true ? (", "1", ") : 2")]
    [InlineData("", "1", " + 1")]
    [InlineData("", "1", " == 1")]
    [InlineData("", "x", ".y")]
    [InlineData("", "x", "[0]")]
    [InlineData("", "[1]", ".map(x, [x])")]
    [InlineData("true ? 1 : ", "1", "")]
    [InlineData("", "true", " && true")]
    [InlineData("!", "true", "")]
    [InlineData("-", "x", "")]
    public void Nothing_nests_deep_enough_to_overflow_a_small_stack(string open, string middle, string close)
    {
        foreach (var depth in new[] { 12, 30, 31, 62, 63, 64, 65, 1_000, 3_000, 100_000 })
        {
            var source = string.Concat(Enumerable.Repeat(open, depth)) + middle + string.Concat(Enumerable.Repeat(close, depth));
            var values = new Dictionary<string, object?> { ["x"] = new List<object?> { 0L } };
            var parsed = false;
            var thread = new Thread(
                () =>
                {
                    var expression = ReleaseOps.Expressions.CelExpression.TryParse(source, out var error);
                    parsed = expression is not null;
                    if (expression is null)
                        Assert.NotNull(error);
                    else
                        ReleaseOps.Gates.CriterionJudge.Judge(expression, values);
                },
                256 * 1024);
            thread.Start();
            thread.Join();
            // CEL asks for at least 12 of each; a call with a list in it is two.
            Assert.True(parsed || depth > 30, source);
            Assert.False(parsed && source.Length > 32 * 1024);
        }
    }

    [Fact]
    public void An_expression_has_a_longest_length()
    {
        Assert.Contains("32768", Cel.ParseError(new string(' ', 32 * 1024) + "1").Message, StringComparison.Ordinal);
        Cel.Parse(new string(' ', (32 * 1024) - 1) + "1");
    }

    [Fact]
    public void A_built_value_is_nested_no_deeper_than_128()
    {
        var wrap = string.Concat(Enumerable.Repeat(".map(x, [[[[[[[[x]]]]]]]])", 20));
        Assert.Contains("nested deeper than 128", Cel.Error("[1]" + wrap).Message, StringComparison.Ordinal);
    }

    private static string Doubled(string list) => list + string.Concat(Enumerable.Repeat(".map(x, [x, x])", 30));

    private static string Nested(string macro, string body)
    {
        var inner = macro == "map" ? body : $"({body}) || false";
        foreach (var name in new[] { "e", "d", "c", "b", "a" })
            inner = $"{Hundred}.{macro}({name}, {inner})";
        return inner + " != []";
    }
}
