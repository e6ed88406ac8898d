namespace ReleaseOps.Tests.Expressions;

public class CelFailureTests
{
    [Theory]
    [InlineData("9223372036854775807 + 1", 21, "outside the range of int")]
    [InlineData("-9223372036854775808 - 1", 22, "outside the range of int")]
    [InlineData("9223372036854775807 * 2", 21, "outside the range of int")]
    [InlineData("-9223372036854775808 / -1", 22, "outside the range of int")]
    [InlineData("-(-9223372036854775808)", 1, "outside the range of int")]
    [InlineData("0u - 1u", 4, "outside the range of uint")]
    [InlineData("18446744073709551615u + 1u", 23, "outside the range of uint")]
    [InlineData("9999999999u * 9999999999u", 13, "outside the range of uint")]
    [InlineData("1 / 0", 3, "division by zero")]
    [InlineData("1 % 0", 3, "division by zero")]
    [InlineData("1u / 0u", 4, "division by zero")]
    [InlineData("1 + 1u", 3, "type int and one of type uint")]
    [InlineData("1 + 1.0", 3, "convert one")]
    [InlineData("1.0 % 1.0", 5, "'%'")]
    [InlineData("'a' + 1", 5, "string and one of type int")]
    [InlineData("'a' - 'b'", 5, "'-'")]
    [InlineData("-'a'", 1, "not a value of type string")]
    [InlineData("-5u", 1, "not a value of type uint")]
    [InlineData("!1", 1, "'!' takes a bool")]
    [InlineData("1 && true", 1, "'&&' takes bools")]
    [InlineData("true && 1", 9, "'&&' takes bools")]
    [InlineData("false || 'x'", 10, "'||' takes bools")]
    [InlineData("1 ? 2 : 3", 3, "must be a bool")]
    [InlineData("1 < 'a'", 3, "can't order")]
    [InlineData("null < null", 6, "can't order")]
    [InlineData("[1] < [2]", 5, "can't order")]
    [InlineData("[1][1]", 4, "there is no item 1 in a list of 1")]
    [InlineData("[1][-1]", 4, "there is no item -1")]
    [InlineData("[1][0.5]", 4, "whole number")]
    [InlineData("[1]['a']", 4, "indexed with a number")]
    [InlineData("{'a': 1}['b']", 9, "there is no key \"b\"")]
    [InlineData("{'a': 1}.b", 10, "there is no field 'b'")]
    [InlineData("{1: 1}[[]]", 7, "there is no key []")]
    [InlineData("'a'.b", 5, "not from a value of type string")]
    [InlineData("'a'[0]", 4, "not of a value of type string")]
    [InlineData("has('a'.b)", 1, "not of a value of type string")]
    [InlineData("has({}.a.b)", 8, "there is no field 'a'")]
    [InlineData("1 in 2", 3, "'in' looks in a list")]
    [InlineData("{1: 1, 1u: 2}", 8, "stands there twice")]
    [InlineData("{1.0: 1}", 2, "not a value of type double")]
    [InlineData("{null: 1}", 2, "not a value of type null_type")]
    [InlineData("[1, 1 / 0]", 7, "division by zero")]
    [InlineData("'a'.all(x, true)", 5, "all() goes over a list")]
    [InlineData("[1].all(x, x)", 12, "must be a bool")]
    [InlineData("[0, 1].exists_one(x, 1 / x == 1)", 24, "division by zero")]
    [InlineData("[0].map(x, 1 / x)", 14, "division by zero")]
    [InlineData("[0].filter(x, x)", 15, "must be a bool")]
    [InlineData("[1].filter(x, 'a')", 15, "must be a bool")]
    [InlineData("missing", 1, "no value named 'missing'")]
    [InlineData("True", 1, "write true")]
    [InlineData("nothing(1)", 1, "no function nothing()")]
    [InlineData("len('a')", 1, "write size()")]
    [InlineData("contains('a', 'b')", 1, "write a.contains(")]
    [InlineData("'a'.int()", 5, "write int(a)")]
    [InlineData("size()", 1, "that many arguments")]
    [InlineData("'a'.contains('a', 'b')", 5, "that many arguments")]
    [InlineData("size(1)", 1, "size() doesn't take a value of type int")]
    [InlineData("'a'.contains(1)", 5, "contains() doesn't take a value of type int")]
    [InlineData("int('x')", 1, "can't be read as int")]
    [InlineData("int(' 1')", 1, "can't be read as int")]
    [InlineData("int('9223372036854775808')", 1, "can't be read as int")]
    [InlineData("int(1e30)", 1, "outside the range of int")]
    [InlineData("int(9223372036854775807.0)", 1, "outside the range of int")]
    [InlineData("int(0.0 / 0.0)", 1, "NaN is outside the range of int")]
    [InlineData("int(18446744073709551615u)", 1, "outside the range of int")]
    [InlineData("int(true)", 1, "doesn't take a value of type bool")]
    [InlineData("uint(-1)", 1, "outside the range of uint")]
    [InlineData("uint(-0.5)", 1, "outside the range of uint")]
    [InlineData("uint('-1')", 1, "can't be read as uint")]
    [InlineData("double('1,5')", 1, "can't be read as double")]
    [InlineData("double('')", 1, "can't be read as double")]
    [InlineData("double('1e999')", 1, "can't be read as double")]
    [InlineData("bool('yes')", 1, "can't be read as bool")]
    [InlineData("bool(1)", 1, "doesn't take a value of type int")]
    [InlineData(@"string(b'\xff')", 1, "UTF-8")]
    [InlineData("string([])", 1, "doesn't take a value of type list")]
    [InlineData("bytes(1)", 1, "doesn't take a value of type int")]
    public void An_evaluation_that_fails_says_where_and_why(string source, int column, string part)
    {
        var error = Cel.Error(source);
        Assert.Equal(ErrorId.ExpressionFailed, error.Id);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(column, error.Column);
        Assert.StartsWith($"column {column}: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, "expected an expression, found the end")]
    [InlineData("status ==", 10, "expected an expression after '==', found the end")]
    [InlineData("status = 200", 8, "write '=='")]
    [InlineData("a === b", 3, "write '=='")]
    [InlineData("a <> b", 3, "write '!='")]
    [InlineData("a & b", 3, "write '&&'")]
    [InlineData("a | b", 3, "write '||'")]
    [InlineData("a and b", 3, "write '&&' instead of 'and'")]
    [InlineData("(a or b)", 4, "write '||' instead of 'or'")]
    [InlineData("not a", 5, "write '!' instead of 'not'")]
    [InlineData("a is b", 3, "write '==' instead of 'is'")]
    [InlineData("output contains 'x'", 8, "write a.contains(b)")]
    [InlineData("rate < 5%", 10, "plain number")]
    [InlineData("age < 5m", 8, "duration('5m')")]
    [InlineData("a == “x”", 6, "typographic quote")]
    [InlineData("a == $b", 6, "'$' can't stand here")]
    [InlineData("a b", 3, "expected an operator or the end, found 'b'")]
    [InlineData("(a", 3, "expected ')', found the end")]
    [InlineData("a)", 2, "found ')'")]
    [InlineData("[1, 2", 6, "expected ',' or ']'")]
    [InlineData("[,]", 2, "expected an expression after '['")]
    [InlineData("f(1,)", 5, "expected an expression after ','")]
    [InlineData("{1}", 3, "expected ':'")]
    [InlineData("{1: 2", 6, "expected ',' or '}'")]
    [InlineData("a.", 3, "a field's name")]
    [InlineData("a.in", 3, "a field's name")]
    [InlineData("a.true", 3, "a field's name")]
    [InlineData("a.1", 2, "found '.1'")]
    [InlineData("a[]", 3, "expected an expression after '['")]
    [InlineData("a ? b", 6, "expected ':'")]
    [InlineData("a{b: 1}", 2, "messages aren't part")]
    [InlineData("if", 1, "reserved word")]
    [InlineData("package.x", 1, "reserved word")]
    [InlineData("has(a)", 1, "as in has(body.meta)")]
    [InlineData("has(a[0])", 1, "as in has(body.meta)")]
    [InlineData("[1].all(1, true)", 9, "the name of a variable")]
    [InlineData("[1].all(x)", 9, "the name of a variable")]
    [InlineData("[1].all(x, true, false)", 16, "expected ')'")]
    [InlineData("'abc", 1, "isn't closed")]
    [InlineData("'a\nb'", 1, "isn't closed on its line")]
    [InlineData("'''abc''", 1, "isn't closed")]
    [InlineData(@"'ab\q'", 4, "isn't an escape")]
    [InlineData(@"'\x4'", 2, "2 hexadecimal digits")]
    [InlineData(@"'\uD83D'", 2, "isn't a Unicode character")]
    [InlineData(@"'\U00110000'", 2, "isn't a Unicode character")]
    [InlineData(@"'\400'", 2, "isn't an escape")]
    [InlineData(@"'\18'", 2, "three digits")]
    [InlineData(@"b'\u0041'", 3, "isn't an escape")]
    [InlineData("`a` == 1", 1, "expected an expression")]
    [InlineData("a.`b", 3, "backticks")]
    [InlineData("9223372036854775808", 1, "outside the range of int")]
    [InlineData("0 - 9223372036854775808", 5, "outside the range of int")]
    [InlineData("18446744073709551616u", 1, "outside the range of uint")]
    [InlineData("1e999", 1, "outside the range of double")]
    [InlineData("1x", 2, "a letter follows a number")]
    [InlineData("'é😀' + ", 8, "found the end")]
    [InlineData("a + é", 5, "can't stand here")]
    public void A_source_that_does_not_parse_says_where_and_what_was_expected(string source, int column, string part)
    {
        var error = Cel.ParseError(source);
        Assert.Equal(ErrorId.ExpressionSyntax, error.Id);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(column, error.Column);
        Assert.StartsWith($"column {column}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_that_cannot_succeed_are_known_before_an_evaluation()
    {
        var expression = Cel.Parse("a.contain('x') || size(1, 2) == 3 || size('') == 0");
        Assert.Equal([3, 19], expression.Hopeless.Select(error => error.Column));
        Assert.Contains("no function contain()", expression.Hopeless[0].Message, StringComparison.Ordinal);
        Assert.Empty(Cel.Parse("status == 200").Hopeless);
    }

    [Theory]
    [InlineData("'\\\x1b'")]
    [InlineData("a \x1b[31m")]
    [InlineData("a == \u202e")]
    [InlineData("'a'.matches('(?\x1b)')")]
    [InlineData("'a'.matches('\\\\\u0085')")]
    public void Nothing_that_a_terminal_obeys_stands_in_an_error(string source) =>
        Assert.DoesNotContain(Cel.ParseError(source).Message, c => char.IsControl(c) || c == '\u202e');

    [Fact]
    public void An_error_wins_over_what_does_not_decide()
    {
        Assert.Equal(ErrorId.ExpressionFailed, Cel.Error("1 / 0 == 1 && true").Id);
        Assert.Equal(ErrorId.ExpressionFailed, Cel.Error("false || missing").Id);
        Assert.Equal(ErrorId.ExpressionFailed, Cel.Error("[1, 0].all(x, 1 / x == 1)").Id);
        Assert.Equal(ErrorId.ExpressionFailed, Cel.Error("[1, 0].exists(x, 1 / x == 5)").Id);
    }
}
