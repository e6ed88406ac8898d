using ReleaseOps.Expressions;

namespace ReleaseOps.Tests.Expressions;

public class CelValueTests
{
    [Theory]
    [InlineData("17", "17")]
    [InlineData("-17", "-17")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("0xfF", "255")]
    [InlineData("-0x10", "-16")]
    [InlineData("7u", "7u")]
    [InlineData("18446744073709551615U", "18446744073709551615u")]
    [InlineData("0xFFFFFFFFFFFFFFFFu", "18446744073709551615u")]
    [InlineData("1.5", "1.5")]
    [InlineData(".25", "0.25")]
    [InlineData("2e3", "2000.0")]
    [InlineData("25E-1", "2.5")]
    [InlineData("1e-400", "0.0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("null", "null")]
    [InlineData("[]", "[]")]
    [InlineData("[1, 'a', [true]]", "[1, \"a\", [true]]")]
    [InlineData("[1, 2,]", "[1, 2]")]
    [InlineData("{}", "{}")]
    [InlineData("{'a': 1, 2: 3u, true: null,}", "{\"a\": 1, 2: 3u, true: null}")]
    [InlineData(" \t\r\n1 // the rest is a comment", "1")]
    [InlineData("1 // one\n + 2", "3")]
    public void Literals(string source, string expected) => Same(source, expected);

    [Theory]
    [InlineData("'it' + \"s\"", "its")]
    [InlineData("'\"'", "\"")]
    [InlineData("\"'\"", "'")]
    [InlineData("'''a'b''c'''", "a'b''c")]
    [InlineData("\"\"\"two\nlines\"\"\"", "two\nlines")]
    [InlineData(@"'\a\b\f\n\r\t\v\\\?\'\""\`'", "\a\b\f\n\r\t\v\\?'\"`")]
    [InlineData(@"'\x41\X42\103'", "ABC")]
    [InlineData(@"'\u00e9\U0001F600'", "é😀")]
    [InlineData(@"'\377'", "ÿ")]
    [InlineData(@"r'\d\n'", @"\d\n")]
    [InlineData(@"R""\""", @"\")]
    [InlineData("r'''\\'x'''", "\\'x")]
    public void String_literals(string source, string expected) => Assert.Equal(expected, Cel.Value(source));

    [Theory]
    [InlineData("b'aé'", new byte[] { 97, 0xc3, 0xa9 })]
    [InlineData(@"b'\xff\377\x00'", new byte[] { 255, 255, 0 })]
    [InlineData(@"b'é\xe9'", new byte[] { 0xc3, 0xa9, 0xe9 })]
    [InlineData(@"rb'\x'", new byte[] { 92, 120 })]
    [InlineData("BR\"\"\"a\"\"\"", new byte[] { 97 })]
    [InlineData("b'a' + b'b'", new byte[] { 97, 98 })]
    [InlineData("bytes('é')", new byte[] { 0xc3, 0xa9 })]
    public void Bytes_literals(string source, byte[] expected) => Assert.Equal(expected, Cel.Value(source));

    [Theory]
    [InlineData("2 + 3 * 4 - 10 / 2 % 3", "12")]
    [InlineData("(2 + 3) * 4", "20")]
    [InlineData("10 - 3 - 2", "5")]
    [InlineData("-7 / 2", "-3")]
    [InlineData("-7 % 2", "-1")]
    [InlineData("7 % -2", "1")]
    [InlineData("-9223372036854775808 % -1", "0")]
    [InlineData("--5", "5")]
    [InlineData("---5", "-5")]
    [InlineData("-(3)", "-3")]
    [InlineData("5 -3", "2")]
    [InlineData("3u * 4u - 12u", "0u")]
    [InlineData("7u / 2u + 7u % 2u", "4u")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("1.0 / 0.0", "Infinity")]
    [InlineData("-1.0 / 0.0", "-Infinity")]
    [InlineData("0.0 / 0.0", "NaN")]
    [InlineData("1e308 * 10.0", "Infinity")]
    [InlineData("[1] + [] + [2, 3]", "[1, 2, 3]")]
    public void Arithmetic(string source, string expected) => Same(source, expected);

    [Theory]
    [InlineData("1 == 1.0", true)]
    [InlineData("1u == 1", true)]
    [InlineData("18446744073709551615u > -1", true)]
    [InlineData("-1 < 0u", true)]
    [InlineData("1 < 1.5", true)]
    [InlineData("2u <= 1.5", false)]
    [InlineData("9223372036854775807 < 9223372036854775807u", false)]
    [InlineData("9223372036854775807 < 9223372036854775808u", true)]
    [InlineData("'a' < 'b' && 'a' < 'aa' && 'Z' < 'a'", true)]
    [InlineData(@"'\uFFFD' < '\U0001F600'", true)]
    [InlineData(@"b'\x01' < b'\x01\x00'", true)]
    [InlineData("false < true", true)]
    [InlineData("1 == '1'", false)]
    [InlineData("1 != '1'", true)]
    [InlineData("null == null", true)]
    [InlineData("null == 0", false)]
    [InlineData("[1, 2u, 3.0] == [1.0, 2, 3u]", true)]
    [InlineData("[1, 2] == [2, 1]", false)]
    [InlineData("[1] == [1, 1]", false)]
    [InlineData("[[1], {'a': [2]}] == [[1.0], {'a': [2u]}]", true)]
    [InlineData("{'a': 1, 'b': 2} == {'b': 2.0, 'a': 1u}", true)]
    [InlineData("{1: 'x'} == {1u: 'x'}", true)]
    [InlineData("{'a': 1} == {'b': 1}", false)]
    [InlineData("b'a' == b'a' && b'a' != b'b' && b'a' != 'a'", true)]
    [InlineData("1.0 / 0.0 == 2.0 / 0.0", true)]
    [InlineData("0.0 == -0.0", true)]
    [InlineData("0.0 / 0.0 == 0.0 / 0.0", false)]
    [InlineData("0.0 / 0.0 != 0.0 / 0.0", true)]
    [InlineData("0.0 / 0.0 < 1.0", false)]
    [InlineData("0.0 / 0.0 >= 1.0", false)]
    [InlineData("type(1) == int && type(1u) == uint && type(1.0) == double && type('') == string", true)]
    [InlineData("type(b'') == bytes && type([]) == list && type({}) == map && type(null) == null_type && type(true) == bool", true)]
    [InlineData("type(int) == type && type(type(1)) == type", true)]
    [InlineData("1 < 2 == true", true)]
    public void Comparisons(string source, bool expected) => Assert.Equal(expected, Cel.Value(source));

    [Theory]
    [InlineData("true && true", true)]
    [InlineData("true && false", false)]
    [InlineData("false || true", true)]
    [InlineData("true || false && false", true)]
    [InlineData("!true || !false", true)]
    [InlineData("!!true", true)]
    [InlineData("!!!true", false)]
    [InlineData("1 / 0 == 1 || true", true)]
    [InlineData("true || 1 / 0 == 1", true)]
    [InlineData("1 / 0 == 1 && false", false)]
    [InlineData("missing && false", false)]
    [InlineData("missing || missing || true", true)]
    [InlineData("'text' || true", true)]
    [InlineData("nothing(1) || true", true)]
    [InlineData("true ? 1 == 1 : missing", true)]
    [InlineData("false ? missing : true ? true : missing", true)]
    [InlineData("(false ? 1 : 2) == 2", true)]
    public void Logic_absorbs_errors_on_either_side(string source, bool expected) => Assert.Equal(expected, Cel.Value(source));

    [Theory]
    [InlineData("2 in [1, 2]", true)]
    [InlineData("2.0 in [1, 2u]", true)]
    [InlineData("3 in []", false)]
    [InlineData("'a' in {'a': 1}", true)]
    [InlineData("1.0 in {1: 2}", true)]
    [InlineData("1.5 in {1: 2}", false)]
    [InlineData("null in {1: 2}", false)]
    [InlineData("[1] in [[1.0]]", true)]
    [InlineData("[10, 20][1] == 20 && [10, 20][1u] == 20 && [10, 20][1.0] == 20", true)]
    [InlineData("{'a': {'b': 5}}.a.b == 5", true)]
    [InlineData("{'a': {'b': 5}}['a']['b'] == 5", true)]
    [InlineData("{1: 'x'}[1u] == 'x' && {1u: 'x'}[1.0] == 'x' && {true: 'y'}[true] == 'y'", true)]
    [InlineData("{'content-type': 1}.`content-type` == 1", true)]
    [InlineData("has({'a': null}.a)", true)]
    [InlineData("has({'a': 1}.b)", false)]
    [InlineData("has({'a': {'b': 1}}.a.b)", true)]
    [InlineData("{'if': 1}.if == 1", true)]
    public void Membership_and_selection(string source, bool expected) => Assert.Equal(expected, Cel.Value(source));

    [Theory]
    [InlineData("[1, 2, 3].all(x, x > 0)", true)]
    [InlineData("[].all(x, x > 0)", true)]
    [InlineData("[1, 0].all(x, 1 / x > 5)", false)]
    [InlineData("[0, 1].all(x, 1 / x > 5)", false)]
    [InlineData("[0, 2].exists(x, 1 / x == 0)", true)]
    [InlineData("[].exists(x, true)", false)]
    [InlineData("[1, 2, 2].exists_one(x, x == 1)", true)]
    [InlineData("[1, 2, 2].exists_one(x, x == 2)", false)]
    [InlineData("{'a': 1, 'b': 2}.all(k, k < 'c')", true)]
    [InlineData("{'a': 1, 'b': 2}.exists(k, k == 'b')", true)]
    [InlineData("[1, 2].map(x, x * 2) == [2, 4]", true)]
    [InlineData("[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]", true)]
    [InlineData("[1, 2, 3].filter(x, x != 2) == [1, 3]", true)]
    [InlineData("{'a': 1, 'b': 2}.filter(k, k == 'b') == ['b']", true)]
    [InlineData("[[1, 2], [3]].map(x, x.map(x, x + 1)) == [[2, 3], [4]]", true)]
    [InlineData("[1, 2].all(x, [3, 4].exists(y, y == x + 2))", true)]
    [InlineData("[1].map(x, [2].map(y, [x, y])) == [[[1, 2]]]", true)]
    [InlineData("{'map': 1}.map == 1", true)]
    public void Macros(string source, bool expected) => Assert.Equal(expected, Cel.Value(source));

    [Theory]
    [InlineData("size('é😀')", "2")]
    [InlineData("'é😀x'.size()", "3")]
    [InlineData("size(b'é')", "2")]
    [InlineData("size([1, 2]) + [1].size() + size({1: 2}) + {}.size()", "4")]
    [InlineData("'abc'.contains('b') && 'abc'.startsWith('ab') && 'abc'.endsWith('bc') && 'abc'.contains('')", "true")]
    [InlineData("'abc'.startsWith('B') || 'abc'.endsWith('C') || 'abc'.contains('B')", "false")]
    [InlineData("'ß'.contains('ss')", "false")]
    [InlineData("int(3.99)", "3")]
    [InlineData("int(-3.99)", "-3")]
    [InlineData("int('-12')", "-12")]
    [InlineData("int(5u)", "5")]
    [InlineData("uint(3.99)", "3u")]
    [InlineData("uint('12')", "12u")]
    [InlineData("double('1.5e3')", "1500.0")]
    [InlineData("double('NaN')", "NaN")]
    [InlineData("double('-Infinity')", "-Infinity")]
    [InlineData("double(3)", "3.0")]
    [InlineData("double(18446744073709551615u)", "1.8446744073709552e+19")]
    [InlineData("string(1) + string(2u) + string(1.5) + string(true) + string(b'x')", "\"121.5truex\"")]
    [InlineData("string(5.0)", "\"5\"")]
    [InlineData("bool('True') && !bool('f')", "true")]
    [InlineData("dyn([1])[0]", "1")]
    [InlineData("type(google.protobuf.Duration)", "type")]
    public void Functions(string source, string expected) => Same(source, expected);

    [Theory]
    [InlineData("status == 200", "status")]
    [InlineData("body.rows.all(r, r.total == limit)", "body,limit")]
    [InlineData("[1].all(x, x > 0) && x", "x")]
    [InlineData("type(a) == int", "a")]
    [InlineData("type(d) == google.protobuf.Duration", "d")]
    [InlineData("has(a.b) ? c[d] : e(f)", "a,c,d,f")]
    [InlineData("[1].exists(x, .x == 1)", "x")]
    [InlineData("1 + 2", "")]
    public void Variables_are_the_names_from_outside(string source, string expected) =>
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), Cel.Parse(source).Variables.Order());

    [Theory]
    [InlineData("x.y", "whole")]
    [InlineData("x.y.z", "longest")]
    [InlineData("x.other", "field")]
    [InlineData("[{'y': 'local'}].map(x, x.y)[0]", "local")]
    [InlineData("[{'y': 'local'}].map(x, .x.y)[0]", "whole")]
    public void The_longest_name_that_is_known_counts(string source, string expected) => Assert.Equal(expected, Cel.Value(source, new()
    {
        ["x"] = new Dictionary<string, object?> { ["y"] = "part", ["other"] = "field" },
        ["x.y"] = "whole",
        ["x.y.z"] = "longest",
    }));

    [Fact]
    public void Names_are_looked_up_in_the_container_first()
    {
        var values = new Dictionary<string, object?> { ["a.b.x"] = 1L, ["a.x"] = 2L, ["x"] = 3L, ["a.y"] = 4L };
        object? In(string source) => CelExpression.TryParse(source, "a.b", out _)!.Evaluate(values).Value;
        Assert.Equal([1L, 3L, 4L], new[] { In("x"), In(".x"), In("y") });
    }

    [Fact]
    public void An_expression_is_safe_on_many_threads()
    {
        var expression = Cel.Parse("rows.map(r, r * factor).filter(x, x > 1).size()");
        var counts = Enumerable.Range(0, 64).AsParallel().Select(n => expression.Evaluate(
            new Dictionary<string, object?> { ["rows"] = Enumerable.Range(0, n).ToArray(), ["factor"] = 1L }).Value);
        Assert.Equal(Enumerable.Range(0, 64).Select(n => (long)Math.Max(0, n - 2)).Order(), counts.Select(c => (long)c!).Order());
    }

    private static void Same(string source, string expected) => Assert.Equal(expected, CelText.Write(Cel.Value(source)));
}
