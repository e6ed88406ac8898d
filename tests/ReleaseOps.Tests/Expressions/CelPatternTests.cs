namespace ReleaseOps.Tests.Expressions;

public class CelPatternTests
{
    [Theory]
    [InlineData("foobar", "o+b", true)]
    [InlineData("foobar", "^bar", false)]
    [InlineData("foobar", "", true)]
    [InlineData("x\n", "x$", false)]
    [InlineData("x\ny", "(?m)x$", true)]
    [InlineData("x\ny", "(?m:x$)|q$", true)]
    [InlineData("x\ny", "((?m)z)|x$", false)]
    [InlineData("x\ny", "x.y", false)]
    [InlineData("x\ny", "(?s)x.y", true)]
    [InlineData("ABC", "(?i)abc", true)]
    [InlineData("ABC", "(?i:a)bc", false)]
    [InlineData("٣", @"\d", false)]
    [InlineData("3", @"\d", true)]
    [InlineData("é", @"\w", false)]
    [InlineData("é", @"\W", true)]
    [InlineData("\u00a0", @"\s", false)]
    [InlineData("a b", @"a\sb", true)]
    [InlineData("-", @"[\d-]", true)]
    [InlineData("x", @"[\D]", true)]
    [InlineData("5", @"[\D]", false)]
    [InlineData("5", @"[^\d]", false)]
    [InlineData("_", @"[^\W]", true)]
    [InlineData("q", "[[:alpha:]]", true)]
    [InlineData("5", "[[:alpha:][:digit:]]", true)]
    [InlineData("5", "[^[:digit:]]", false)]
    [InlineData("]", "[]a]", true)]
    [InlineData("[", "[[]", true)]
    [InlineData(":", "[[:]", true)]
    [InlineData("^", "[a^]", true)]
    [InlineData("é", @"\pL", true)]
    [InlineData("é", @"\p{Ll}", true)]
    [InlineData("é", @"\P{Lu}", true)]
    [InlineData("é", @"\p{^L}", false)]
    [InlineData("A", @"\x41\x{41}?\101?", true)]
    [InlineData("😀😀", "^😀{2}$", true)]
    [InlineData("😀", @"^\x{1F600}$", true)]
    [InlineData("a.b", @"^\Qa.b\E$", true)]
    [InlineData("axb", @"^\Qa.b\E$", false)]
    [InlineData("a.b", @"\Qa.b", true)]
    [InlineData("k=v", "^(?P<key>[a-z]+)=(?<value>.*)$", true)]
    [InlineData("aaa", "(?U)a+", true)]
    [InlineData("aaa", "^(?U:a+?)a$", true)]
    [InlineData("#1 x", "#1 x", true)]
    [InlineData("a|b", @"a\|b", true)]
    [InlineData("aaaa", "^(a|aa)+$", true)]
    public void Patterns_mean_what_they_mean_to_RE2(string text, string pattern, bool expected)
    {
        var values = new Dictionary<string, object?> { ["text"] = text, ["pattern"] = pattern };
        Assert.Equal(expected, Cel.Value("text.matches(pattern)", values));
        Assert.Equal(expected, Cel.Value("matches(text, pattern)", values));
        if (!pattern.Contains('\'', StringComparison.Ordinal))
            Assert.Equal(expected, Cel.Value($"text.matches(r'{pattern}')", values));
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[a")]
    [InlineData("a**")]
    [InlineData("*")]
    [InlineData(@"(a)\1")]
    [InlineData("(?=a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)")]
    [InlineData("(?#x)")]
    [InlineData("(?x)a")]
    [InlineData("(?n)a")]
    [InlineData(@"\Z")]
    [InlineData(@"\G")]
    [InlineData(@"\cA")]
    [InlineData(@"\k<a>")]
    [InlineData(@"\")]
    [InlineData(@"\p{Greek}")]
    [InlineData(@"\x{110000}")]
    [InlineData(@"\xZZ")]
    [InlineData("[[:nope:]]")]
    [InlineData("[😀]")]
    [InlineData(@"[+-\d]")]
    [InlineData("(a{1000}b){500}")]
    public void What_RE2_does_not_have_or_needs_backtracking_is_an_error(string pattern)
    {
        Assert.Contains("regular expression", Cel.Error("'a'.matches(p)", new() { ["p"] = pattern }).Message, StringComparison.Ordinal);
        if (!pattern.EndsWith('\\'))
        {
            var error = Cel.ParseError($"true || 'a'.matches(r'{pattern}')");
            Assert.Equal(ErrorId.BadPattern, error.Id);
            Assert.Equal(21, error.Column);
        }
    }

    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_is_answered_at_once() =>
        Assert.Equal(false, Cel.Value("text.matches('^(a+)+$')", new() { ["text"] = new string('a', 100_000) + "b" }));

    [Fact]
    public void A_pattern_has_a_longest_length() =>
        Assert.Contains("2000", Cel.Error("'a'.matches(p)", new() { ["p"] = new string('a', 2001) }).Message, StringComparison.Ordinal);
}
