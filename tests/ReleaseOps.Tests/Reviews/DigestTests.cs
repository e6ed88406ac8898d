using System.Text;
using ReleaseOps.Reviews.Logs;

namespace ReleaseOps.Tests.Reviews;

public sealed class DigestTests
{
    [Fact]
    public void Half_a_million_names_that_differ_little_have_different_digests_in_each_half()
    {
        var (upper, lower) = (new HashSet<ulong>(), new HashSet<ulong>());
        var buckets = new int[64];
        for (var i = 0; i < 500_000; i++)
        {
            var digest = Digest.Of(Encoding.UTF8.GetBytes(i % 2 == 0 ? $"run-{i:x8}-3f1c-4b7a" : $"{i}"));
            Assert.True(upper.Add(digest.A) && lower.Add(digest.B), $"{i}");
            buckets[digest.A >> 58]++;
        }
        Assert.All(buckets, b => Assert.InRange(b, 7000, 8700));
    }

    [Fact]
    public void Every_byte_counts_and_so_does_the_length()
    {
        var seen = new HashSet<Digest>();
        for (var length = 0; length < 70; length++)
            for (var at = 0; at <= length; at++)
            {
                var text = new byte[length];
                if (at < length)
                    text[at] = 1;
                Assert.True(seen.Add(Digest.Of(text)), $"{length}, {at}");
            }
    }
}
