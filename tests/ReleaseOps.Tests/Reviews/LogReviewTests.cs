using ReleaseOps.Reviews;
using ReleaseOps.Tests.Probes;
using static ReleaseOps.Tests.Reviews.Counting;

namespace ReleaseOps.Tests.Reviews;

public sealed class LogReviewTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("UTC", 1 << 20, 4096)]
    [InlineData("Asia/Seoul", 1 << 20, 4096)]
    [InlineData("UTC", 4096, 64)]
    [InlineData("America/New_York", 700, 1)]
    public async Task Logs_of_every_oddity_count_as_the_rules_say(string zone, int block, int ahead)
    {
        var review = OddLog.Review(zone);
        for (var seed = 0; seed < 60; seed++)
        {
            var log = new OddLog(seed).Write(seed * 3);
            var expected = SlowReview.Of([("log", log)], review, OddLog.Day);
            var actual = await Count(review, new LogReadOptions { BlockBytes = block, AheadBytes = ahead }, File(log));
            Same(expected with { }, Named(actual), $"seed {seed}");
        }
    }

    private LogSource File(byte[] log)
    {
        var path = Path.Combine(_folder.Path, "log");
        System.IO.File.WriteAllBytes(path, log);
        return LogSource.File(path);
    }

    private DayCounts Named(DayCounts counts)
    {
        string Short(string place) => place.Replace(_folder.Path + "/", "", StringComparison.Ordinal);
        return counts with
        {
            Counters = [.. counts.Counters.Select(c => c with { Places = [.. c.Places.Select(Short)] })],
            Floor = [.. counts.Floor.Select(c => c with { Places = [.. c.Places.Select(Short)] })],
            Faults = counts.Faults with { Places = [.. counts.Faults.Places.Select(Short)] },
        };
    }
}
