using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ReleaseOps.Expressions;
using ReleaseOps.Gates;

namespace ReleaseOps.Tests.Expressions;

/// <summary>Whatever is written as a criterion: nothing is thrown, and it ends.</summary>
public class CelFuzzTests
{
    private const int Inputs = 6_000;

    private static readonly string[] Tokens =
    [
        "a", "body", "rows", "x", "1", "0", "-1", "9223372036854775807", "-9223372036854775808", "1u", "18446744073709551615u", "1.5",
        "1e308",
        "'a'", "\"b\"", "b'\\xff'", "r'\\d'", "true", "false", "null", "in", "&&", "||", "!", "-", "+",
        "*", "/", "%", "==", "!=", "<", "<=",
        ">",
        ">=", "?", ":", ",", ".", "(", ")", "[", "]", "{", "}", "has(", "size(", "int(", "string(", "duration(", "timestamp(", ".all(x, ",
        ".exists(x, ", ".exists_one(x, ", ".map(x, ", ".filter(x, ", ".size()", ".contains(", ".matches(", ".getHours(", "'1h'",
        "'2026-01-01T00:00:00Z'",
        "'Europe/Berlin'", "`q`", "google.protobuf.Timestamp", "'", "\"", "'''", "\\", "//", "\n", "=", "&", "é", "😀", "\ud800", "\0",
        "and", "not",
        "[1, 2]", "{'a': 1}", "nan", "loop",
    ];

    private static readonly string[] Seeds =
    [
        "status == 200",
        "body.rows.all(r, r.total == r.rfid + r.pending)",
        "has(body.meta) && has(body.rows) && size(body.rows) > 0",
        "error_rate < 0.5 || !(latency >= 110.0)",
        "[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]",
        "{'a': 1, 2u: [b'x']}['a'] + 1",
        "timestamp('2026-01-01T00:00:00Z') + duration('1h30m') < timestamp('2026-01-02T00:00:00Z')",
        "output.matches('^(a|b)+[[:digit:]]{2,3}$') ? 'x' : string(1.5)",
        "output.matches(r'(?P<n>\\w+)(?i:x)\\pL\\x{1F600}\\Qa\\E$' + 'a')",
        "'''tri\nple''' + r\"raw\\n\" + '\\u00e9\\x41\\101'",
        "a in [1, 2.0, 3u] && 'k' in {'k': 1}",
        "body.`content-type` == body['content-type']",
        "type(1) == int && type(google.protobuf.Duration) == type",
    ];

    private static readonly string[] Leaves =
        [
            "1", "2u", "1.5", "'a'", "true", "null", "b'x'", "x", "a", "body", "rows", "nan", "[]", "{}", "-1", "0", "duration('1h')",
            "timestamp(0)", "int", "loop",
        ];

    private static readonly string[] Operators = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||"];
    private static readonly string[] Functions1 =
        ["size", "int", "uint", "double", "string", "bytes", "bool", "type", "dyn", "duration", "timestamp"];
    private static readonly string[] Macros = ["all", "exists", "exists_one", "map", "filter"];
    private static readonly string[] Members = ["contains", "matches", "startsWith", "endsWith", "getHours", "getDate"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Nothing_is_thrown_and_every_answer_keeps_its_contract(int seed)
    {
        var random = new Random(seed);
        var values = Values();
        for (var i = 0; i < Inputs; i++)
        {
            var source = (seed % 5) switch
            {
                0 => RandomText(random),
                1 => Soup(random),
                2 => Mutated(random),
                _ => Grown(random, random.Next(1, 6)),
            };
            var clock = Stopwatch.StartNew();
            Check(source, values);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{source} took {clock.Elapsed}");
        }
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("{1:")]
    [InlineData("a.")]
    [InlineData("a[")]
    [InlineData("a(")]
    [InlineData("has(")]
    [InlineData("!")]
    [InlineData("-")]
    [InlineData("1+")]
    [InlineData("1?")]
    [InlineData("1?1:")]
    [InlineData("a&&")]
    [InlineData("a||")]
    [InlineData("a in ")]
    [InlineData("a.all(x,")]
    [InlineData("'")]
    [InlineData("\\")]
    [InlineData("//")]
    [InlineData("`")]
    [InlineData("9")]
    [InlineData("0x")]
    [InlineData("é")]
    [InlineData("\ud800")]
    [InlineData(" ")]
    public void A_hundred_thousand_characters_of_anything_are_refused_at_once(string piece)
    {
        var values = Values();
        foreach (var length in new[] { 100, 30_000, 32_768, 100_000 })
            Check(string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length], values);
    }

    private static Dictionary<string, object?> Values()
    {
        var loop = new List<object?>();
        loop.Add(loop);
        return new()
        {
            ["a"] = 1L,
            ["x"] = 2.5,
            ["status"] = 200,
            ["nan"] = double.NaN,
            ["error_rate"] = 0.2,
            ["latency"] = 100.0,
            ["output"] = "ab12",
            ["loop"] = loop,
            ["body"] = Cel.Json("""
                {"rows":[{"total":3,"rfid":1,"pending":2}],"meta":{},"a":[1,null,"x\ud800"],"b\udc00":1,"content-type":"x"}
                """),
            ["rows"] = Cel.Json("""[{"a":1,"b":20},{"a":"z"}]"""),
        };
    }

    private static void Check(string source, Dictionary<string, object?> values)
    {
        var expression = CelExpression.TryParse(source, out var error);
        if (expression is null)
        {
            Assert.NotNull(error);
            Assert.InRange(error.Column, 1, source.Length + 1);
            Assert.StartsWith("column ", error.Message, StringComparison.Ordinal);
            Assert.InRange(error.Message.Length, 10, 400);
            return;
        }
        Assert.Null(error);
        var frame = expression.NewFrame(values);
        // Without the guard against values that throw: the language itself must not need it.
        var raw = expression.Root.Evaluate(frame);
        Assert.False(raw.IsError && raw.AsError.Id == ErrorId.Internal, source);
        var result = expression.Evaluate(values);
        Assert.True(CelText.Write(result.Value).Length <= 200);
        using var document = JsonDocument.Parse(CelJson.Document(result), new JsonDocumentOptions { MaxDepth = 1000 });
        Assert.NotEqual(document.RootElement.TryGetProperty("error", out _), document.RootElement.TryGetProperty("type", out _));
        Assert.False(result.Error is not null && document.RootElement.TryGetProperty("type", out _), source);
        var finding = CriterionJudge.Judge(expression, values);
        Assert.True(finding.Text.Length <= 500 && (finding.Observed?.Length ?? 0) <= 200, source);
        if (finding.Verdict != Verdict.Inconclusive)
            Assert.Equal(finding.Verdict == Verdict.Passed, Assert.IsType<bool>(result.Value));
        else
            Assert.NotNull(finding.Reason);
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(60); i > 0; i--)
            text.Append((char)(random.Next(4) == 0 ? random.Next(0x10000) : random.Next(32, 127)));
        return text.ToString();
    }

    private static string Soup(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 30); i > 0; i--)
            text.Append(Pick(random, Tokens)).Append(random.Next(3) == 0 ? " " : "");
        return text.ToString();
    }

    private static string Mutated(Random random)
    {
        var text = new StringBuilder(Pick(random, Seeds));
        for (var i = random.Next(1, 6); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, Math.Min(text.Length - at, random.Next(1, 4)));
                    break;
                case 1:
                    text.Insert(at, Pick(random, Tokens));
                    break;
                case 2:
                    text[at] = (char)random.Next(32, 127);
                    break;
                default:
                    var other = Pick(random, Seeds);
                    var from = random.Next(other.Length);
                    text.Insert(at, other.AsSpan(from, Math.Min(other.Length - from, random.Next(1, 12))));
                    break;
            }
        }
        return text.ToString();
    }

    private static string Grown(Random random, int depth)
    {
        if (depth <= 0)
            return Pick(random, Leaves);
        string Inner() => Grown(random, depth - 1 - random.Next(2));
        return random.Next(12) switch
        {
            0 or 1 or 2 => $"({Inner()} {Pick(random, Operators)} {Inner()})",
            3 => $"{Inner()} ? {Inner()} : {Inner()}",
            4 => $"{Pick(random, Functions1)}({Inner()})",
            5 => $"{Inner()}.{Pick(random, Macros)}(x, {Inner()})",
            6 => $"{Inner()}[{Inner()}]",
            7 => $"{Inner()}.a",
            8 => $"[{Inner()}, {Inner()}]",
            9 => $"{{{Inner()}: {Inner()}, 'k': {Inner()}}}",
            10 => $"!{Inner()}",
            _ => $"{Inner()}.{Pick(random, Members)}({(random.Next(2) == 0 ? "" : Inner())})",
        };
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
