using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

public class TemplateTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("$ { } {{ }} ${x} $$", "$ { } {{ }} ${x} $$")]
    [InlineData("${{ params.a }}", "(params.a)")]
    [InlineData("a${{params.a}}b${{  params.b\n}}c", "a|(params.a)|b|(params.b)|c")]
    [InlineData("${{ '}}' + \"}}\" }}!", "('}}' + \"}}\")|!")]
    [InlineData("${{ {'a': {'b': 1}}.a.b }}x", "({'a': {'b': 1}}.a.b)|x")]
    [InlineData("${{ {'a': 1}}}", "({'a': 1})")]
    [InlineData("it's ${{ params.a }} isn't ${{ params.b }}", "it's |(params.a)| isn't |(params.b)")]
    [InlineData("${{ r'\\' }}x", "(r'\\')|x")]
    [InlineData("${{ '\\'}}' }}x", "('\\'}}')|x")]
    public void Text_and_expressions_are_told_apart(string text, string parts)
    {
        var template = new Template(text, default);
        Assert.Equal(parts, string.Join('|', template.Parts.Select(p => p.Expression is null ? p.Text : $"({p.Text})")));
        Assert.Equal(!text.Contains("${{", StringComparison.Ordinal), template.IsConstant);
        Assert.All(template.Parts, p => Assert.Equal(p.Text, text.Substring(p.Offset, p.Text.Length)));
    }

    [Theory]
    [InlineData("${{")]
    [InlineData("${{ params.a }")]
    [InlineData("${{ }}")]
    [InlineData("${{ 'open }}")]
    [InlineData("${{ params. }}")]
    [InlineData("${{ nothing(1) }}")]
    public void A_template_that_does_not_parse_says_so_when_it_is_used(string text) =>
        Assert.Equal(ErrorId.ExpressionSyntax, Assert.Throws<ReleaseOpsException>(() => new Template(text, default).Parts).Id);

    [Fact]
    public void It_knows_the_names_that_it_speaks_of()
    {
        var template = new Template("${{ secrets.A + 'secrets.B' }} ${{ params.x + x.params.y }} ${{ params . z }} secrets.C", default);
        Assert.Equal(["A"], template.SecretNames);
        Assert.Equal(["x", "z"], template.ParameterNames);
    }

    [Fact]
    public void Names_that_a_macro_binds_are_not_spoken_of() =>
        Assert.Empty(new Template("${{ string([{'a': 1}].exists(params, params.a == 1)) }}", default).ParameterNames);

    [Fact]
    public void Equality_is_of_text_and_place_whether_or_not_it_was_parsed()
    {
        var parsed = new Template("${{ 1 }}", new Position(1, 2));
        _ = parsed.Parts;
        Assert.Equal(new Template("${{ 1 }}", new Position(1, 2)), parsed);
        Assert.NotEqual(new Template("${{ 1 }}", new Position(1, 3)), parsed);
    }
}
