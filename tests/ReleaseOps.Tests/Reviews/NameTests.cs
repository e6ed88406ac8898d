using ReleaseOps.Reviews.Logs;

namespace ReleaseOps.Tests.Reviews;

public sealed class NameTests
{
    [Fact]
    public void Names_that_differ_in_a_byte_or_in_length_are_others()
    {
        var seen = new HashSet<Name>();
        for (var length = 0; length < 60; length++)
            for (var at = 0; at <= length; at++)
            {
                var text = new byte[length];
                if (at < length)
                    text[at] = 1;
                Assert.True(seen.Add(Name.Of(text)), $"{length}, {at}");
                Assert.True(Name.Of(text).Is(Name.Of(text)));
            }
    }
}
