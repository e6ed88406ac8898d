using FsCheck;
using FsCheck.Fluent;

namespace ReleaseOps.Tests.Evidence;

public class CiTextTests
{
    [Fact]
    public void No_text_is_a_command_once_it_is_defanged()
    {
        Prop.ForAll(Hostile.BrokenTexts.ToArbitrary(),
            text => Assert.DoesNotContain(Runners.Lines(CiText.Defang(text)), Runners.ListenTo)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("::error::x", ": :error::x")]
    [InlineData("  \t::error::x", "  \t: :error::x")]
    [InlineData("\u00A0\u2028::error::x", "\u00A0\u2028: :error::x")]
    [InlineData("\u00AD::error::x", "\u00AD: :error::x")]
    [InlineData("a\r::error::x", "a\r: :error::x")]
    [InlineData("a\n\n::error::x\n:::b", "a\n\n: :error::x\n: ::b")]
    [InlineData("a ##vso[task.complete]", "a # #vso[task.complete]")]
    [InlineData("a ##VSO[task.complete]", "a # #VSO[task.complete]")]
    [InlineData("###[error]", "## #[error]")]
    public void Commands_are_broken_like_this(string text, string safe) => Assert.Equal(safe, CiText.Defang(text));

    [Theory]
    [InlineData("")]
    [InlineData("std::vector<int>")]
    [InlineData("a::b ::c")]
    [InlineData("## heading")]
    [InlineData("issue #12, colour #[1]")]
    [InlineData("one\ntwo: three")]
    public void Other_text_stays_as_it_is(string text) => Assert.Equal(text, CiText.Defang(text));
}
