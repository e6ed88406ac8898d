using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Probes;

public sealed class OutsideTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("  two\r\n\tlines  ", "two lines")]
    [InlineData("a\u0007b\u202ec\u2028d", "a b c d")]
    [InlineData("", "")]
    [InlineData("\u001b[31mred", "[31mred")]
    [InlineData("é 😀", "é 😀")]
    public void Text_becomes_one_harmless_line(string text, string line) => Assert.Equal(line, OutsideText.OneLine(text, SecretMask.None));

    [Fact]
    public void Any_text_becomes_one_bounded_line_of_whole_characters() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
    {
        var line = OutsideText.OneLine(text + text, SecretMask.None, 10);
        return line.Length <= 11 && !line.Any(char.IsControl) && !line.EnumerateRunes().Any(r => char.IsSurrogate((char)r.Value));
    }));
}
