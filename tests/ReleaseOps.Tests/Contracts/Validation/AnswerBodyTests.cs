using System.Text;
using ReleaseOps.Contracts.Validation;

namespace ReleaseOps.Tests.Contracts.Validation;

public class AnswerBodyTests
{
    [Theory]
    [InlineData("", "is empty")]
    [InlineData("not json", "isn't JSON that is read (1:2")]
    [InlineData("NaN", "isn't JSON that is read (1:1")]
    [InlineData("{\"a\": Infinity}", "isn't JSON that is read (1:7")]
    [InlineData("{\"a\": 1,}", "isn't JSON that is read")]
    [InlineData("{} {}", "isn't JSON that is read")]
    [InlineData("// c\n{}", "isn't JSON that is read")]
    [InlineData("{\"a\": 1, \"a\": 2}", "has a key twice")]
    [InlineData("{\"a\": 1, \"\\u0061\": 2}", "has a key twice")]
    [InlineData("[\"\\ud800\"]", "has half of a surrogate pair in a text")]
    [InlineData("[{\"\\udc00\": 1}]", "has half of a surrogate pair in a text")]
    [InlineData("{\"\\udc00\": 1, \"a\": 2}", "has half of a surrogate pair in a text")]
    public void What_is_not_JSON_is_told_apart(string body, string why)
    {
        Assert.Null(AnswerBody.Read(Encoding.UTF8.GetBytes(body), out var said));
        Assert.StartsWith(why, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_must_be_UTF_8()
    {
        Assert.Null(AnswerBody.Read([(byte)'"', 0xE9, (byte)'"'], out var why));
        Assert.Equal("isn't UTF-8", why);
    }

    [Fact]
    public void Sixty_four_levels_are_read_and_no_more()
    {
        Assert.NotNull(AnswerBody.Read(Nested(64), out _));
        Assert.Null(AnswerBody.Read(Nested(65), out _));
        Assert.Null(AnswerBody.Read(Nested(1_000_000), out _));

        static byte[] Nested(int levels) => Encoding.ASCII.GetBytes(new string('[', levels) + new string(']', levels));
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-0.0")]
    [InlineData("\"\uFEFF\"")]
    public void Odd_but_JSON(string body) => Assert.NotNull(AnswerBody.Read(Encoding.UTF8.GetBytes(body), out _));
}
