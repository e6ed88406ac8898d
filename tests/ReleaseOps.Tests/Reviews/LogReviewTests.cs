using System.Globalization;
using System.IO.Compression;
using System.Text;
using ReleaseOps.Reviews;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes;
using static ReleaseOps.Tests.Reviews.Counting;

namespace ReleaseOps.Tests.Reviews;

public sealed class LogReviewTests : IDisposable
{
    private static readonly LogReadOptions Usual = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("UTC", 1 << 20, 4096, 1)]
    [InlineData("Asia/Seoul", 1 << 20, 4096, 2)]
    [InlineData("UTC", 4096, 64, 3)]
    [InlineData("America/New_York", 700, 1, 2)]
    public async Task Logs_of_every_oddity_count_as_the_rules_say(string zone, int block, int ahead, int workers)
    {
        var review = OddLog.Review(zone);
        for (var seed = 0; seed < 60; seed++)
        {
            var log = new OddLog(seed).Write(seed * 3);
            var options = new LogReadOptions { BlockBytes = block, AheadBytes = ahead, Workers = workers };
            Same(Expected(review, log), await Count(review, options, File(log)), $"seed {seed} from a file");
            Same(Expected(review, log), await Count(review, options, Stream(log)), $"seed {seed} from a stream");
        }
    }

    [Fact]
    public async Task Blocks_may_end_anywhere()
    {
        var review = OddLog.Review();
        for (var seed = 0; seed < 6; seed++)
        {
            var log = new OddLog(seed).Write(6);
            var expected = Expected(review, log);
            // The byte order mark must fit into the first one.
            for (var block = 4; block <= log.Length + 1; block++)
            {
                var options = new LogReadOptions
                {
                    BlockBytes = block,
                    AheadBytes = 1 + (block % 3),
                    Workers = 1 + (block % 2),
                    LongestLine =
                    1 << 20
                };
                Same(expected, await Count(review, options, File(log)), $"seed {seed}, blocks of {block}, from a file");
                Same(expected, await Count(review, options, Stream(log)), $"seed {seed}, blocks of {block}, from a stream");
            }
        }
    }

    [Fact]
    public async Task What_does_not_fit_into_memory_goes_to_a_file_and_comes_to_the_same()
    {
        var review = OddLog.Review();
        for (var seed = 0; seed < 10; seed++)
        {
            var log = new OddLog(seed).Write(600);
            var options = new LogReadOptions { BlockBytes = 2000, MostRecords = 8 + seed, Workers = 2 };
            Same(Expected(review, log), await Count(review, options, File(log)), $"seed {seed}");
        }
    }

    [Fact]
    public async Task Several_sources_are_one_log_packed_or_not()
    {
        var review = OddLog.Review();
        byte[][] parts = [new OddLog(1).Write(50), new OddLog(2).Write(50), new OddLog(3).Write(50), []];
        LogSource[] sources = [File(parts[0], "a"), File(Packed(parts[1]), "b.gz"), Stream(parts[2], "c"), File(parts[3], "d")];
        var expected = SlowReview.Of([(Name("a"), parts[0]), (Name("b.gz"), parts[1]), ("c", parts[2]), (Name("d"), parts[3])], review, OddLog.Day);
        Same(expected, await Count(review, new LogReadOptions { BlockBytes = 3000 }, sources), "four parts");
        Same(SlowReview.Of([("-", parts[1])], review, OddLog.Day), await Count(review, Usual, Stream(Packed(parts[1]), "-")), "a packed stream");
    }

    [Fact]
    public async Task A_packed_file_of_several_members_is_read_to_its_end()
    {
        var review = OddLog.Review();
        var (one, other) = ("{\"ts\":1771632000,\"run_id\":\"a\"}\n"u8.ToArray(), "{\"ts\":1771632001,\"run_id\":\"b\"}\n"u8.ToArray());
        var counts = await Count(review, Usual, File([.. Packed(one), .. Packed(other)], "m.gz"));
        Assert.Equal(2, counts.RunTotal);
    }

    [Fact]
    public async Task A_packed_file_that_breaks_off_is_counted_as_far_as_it_goes_and_says_so()
    {
        var log = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20000).Select(i =>
            $"{{\"ts\":1771632000,\"run_id\":\"r{i}\",\"x\":\"{i * 7919 % 104729}\"}}\n")));
        var packed = Packed(log);
        var counts = await Count(OddLog.Review(), Usual, File(packed[..(packed.Length / 2)], "cut.gz"));
        Assert.InRange(counts.EventTotal, 1, 19999);
        Assert.True(counts.Faults.TruncatedEnd);
        Assert.Contains(counts.Faults.Places, p => p.StartsWith(Name("cut.gz") + ": the packed file breaks off", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task A_packed_file_cut_or_changed_anywhere_is_never_taken_for_whole(int atOnce)
    {
        byte[] Member(int from) => Packed(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(from, 9).Select(i => $"{{\"ts\":1771632000,\"run_id\":\"r{i * 7919 % 104729}\"}}\n"))));
        var (first, second) = (Member(0), Member(9));
        byte[] whole = [.. first, .. second];
        Assert.Equal((18L, false, null), await Told(whole));
        Assert.Equal((9L, false, null), await Told(first));
        for (var length = 2; length < whole.Length; length++)
        {
            if (length == first.Length)
                continue;
            var (events, truncated, problem) = await Told(whole[..length]);
            Assert.InRange(events, length > first.Length ? 9 : 0, length > first.Length ? 18 : 9);
            Assert.True(truncated && problem is not null, $"{length} of {whole.Length} bytes");
        }
        // What stands in a header may be another time or system; from the third byte on there is nothing to change without being seen.
        foreach (var at in Enumerable.Range(first.Length, 3).Concat(Enumerable.Range(first.Length + 10, second.Length - 10)))
        {
            var changed = whole.ToArray();
            changed[at] ^= 0x55;
            Assert.True((await Told(changed)).Problem is not null, $"byte {at - first.Length} of the second member");
        }
        Assert.NotNull((await Told([.. whole, 0])).Problem);

        async Task<(long Events, bool Truncated, string? Problem)> Told(byte[] packed)
        {
            var counts = await Count(new Review(), Usual, LogSource.Of(new Dribbling(packed, atOnce)));
            return (counts.EventTotal, counts.Faults.TruncatedEnd, counts.Faults.Broken.SingleOrDefault());
        }
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Dribbling(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(atOnce, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(atOnce, count));
    }

    [Fact]
    public async Task Lines_of_any_length_count_but_nothing_is_asked_of_the_payload_of_the_longest()
    {
        var review = new Review
        {
            Counters = [new("cooldown", new() { Event = "transition", Where = new Dictionary<string, string> { ["payload.transition"] =
                "cooldown" } }), new("transitions", new() { Event = "transition" })],
        };
        string Line(int length) => $"{{\"payload\":{{\"transition\":\"cooldown\",\"fill\":\"{new string('é', length / 2)}\"}},\"ts\":1771632000,\"run_id\":\"r{length}\",\"event\":\"transition\"}}";
        var text = string.Join("\r\n", Line(10), Line(5000), "{\"ts\":1,\"x\":\"" + new string('y', 9000), Line(300_000), "{}", Line(20)) + "\n";
        foreach (var block in new[] { 64, 900, 2000 })
            foreach (var source in new[] { File(Encoding.UTF8.GetBytes(text)), Stream(Encoding.UTF8.GetBytes(text)) })
            {
                var counts = await Count(review, new LogReadOptions { BlockBytes = block, LongestLine = 2000 }, source);
                Assert.Equal((4, 4), (counts.EventTotal, counts.RunTotal));
                Assert.Equal([2, 4], counts.Counters.Select(c => c.Total));
                Assert.Equal((6, 1, 1, 3, 2), (counts.Faults.Lines, counts.Faults.Malformed, counts.Faults.Undated, counts.Faults.TooLong,
                    counts.Faults.Unjudged));
                Assert.Equal(
                    ["2: too long for its payload to be looked at",
                        "2: cooldown can't be told: the line is too long for its payload to be looked at", "3: no JSON object"],
                    counts.Faults.Places.Take(4).Select(p => p[(p.IndexOf(':', StringComparison.Ordinal) + 1)..]).Where(p =>
                        p != "3: too long for its payload to be looked at"));
                Assert.Equal(7, counts.Faults.Places.Count);
            }
    }

    [Theory]
    [InlineData("{\"fill\":\"FILL\"}", 1)]
    [InlineData("\"FILL\"", 1)]
    [InlineData("[\"FILL\"]", 1)]
    [InlineData("null,\"fill\":\"FILL\"", 0)]
    [InlineData("{},\"fill\":\"FILL\"", 1)]
    public async Task A_rule_that_does_not_look_at_the_payload_is_held_against_the_longest_line_too(string payload, long untold)
    {
        var review = new Review
        {
            Floor =
            [
                new("duplicate_execution", new() { Event = "start", When = OddLog.Criterion("run_id != ''") }) { Duplicate = ["run_id"] },
                new("mode_leakage", new() { When = OddLog.Criterion("has(payload.mode) && payload.mode != 'real'") }),
            ],
        };
        var line = $"{{\"ts\":1771632000,\"run_id\":\"a\",\"event\":\"start\",\"payload\":{payload.Replace("FILL", new string('x', 5000), StringComparison.Ordinal)}}}\n";
        foreach (var source in new[] { File(Encoding.UTF8.GetBytes(line + line)), Stream(Encoding.UTF8.GetBytes(line + line)) })
        {
            var counts = await Count(review, new LogReadOptions { LongestLine = 2000, BlockBytes = 1000 }, source);
            Assert.Equal([new("duplicate_execution", 1), new("mode_leakage", 0) { Untold = 2 * untold }], counts.Floor.Select(f => f with { Places = [] }));
        }
    }

    [Fact]
    public async Task Stages_and_events_of_any_number_and_length_are_told_apart()
    {
        var review = new Review { Counters = [new("seventh", new() { Stage = "stage-0007", Event = "start" }), new("long", new() { Stage = new string('x', 700) })] };
        var stages = Enumerable.Range(0, 3000).Select(i => $"stage-{i:0000}").Concat([new string('x', 700), new string('x', 699) + "y", "", "s"]).ToList();
        var log = string.Concat(Enumerable.Range(0, 2).SelectMany(_ => stages.Select((stage, i) =>
            $"{{\"ts\":1771632000,\"run_id\":\"r\",\"stage\":\"{stage}\",\"event\":\"{(i % 3 == 0 ? "error" : "start")}\"}}\n")));
        var counts = await Count(review, Usual, File(Encoding.UTF8.GetBytes(log)));
        Same(Expected(review, Encoding.UTF8.GetBytes(log)), counts, "many stages");
        Assert.Equal([2, 2], counts.Counters.Select(c => c.Total));
    }

    [Fact]
    public async Task Runs_by_the_thousand_whose_lines_come_in_turn_are_counted_once()
    {
        var random = new Random(5);
        var runs = Enumerable.Range(0, 5000).ToArray();
        var log = new StringBuilder();
        for (var round = 0; round < 4; round++)
        {
            random.Shuffle(runs);
            foreach (var run in runs)
                log.Append(CultureInfo.InvariantCulture, $"{{\"ts\":1771632000,\"run_id\":\"run-{run}\",\"event\":\"{(run % 7 == round ? "error" : "start")}\"}}\n");
        }
        var counts = await Count(new Review(), new LogReadOptions { BlockBytes = 10_000, Workers = 2, MostRecords = 3000 }, File(Encoding.UTF8.GetBytes(log.ToString())));
        Assert.Equal((20_000, 5000, runs.Count(r => r % 7 < 4)), (counts.EventTotal, counts.RunTotal, counts.FailedRunTotal));
    }

    [Fact]
    public async Task A_file_that_grows_is_read_up_to_the_length_that_it_had()
    {
        var path = Path.Combine(_folder.Path, "log");
        await System.IO.File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("{\"ts\":1771632000,\"run_id\":\"a\"}\n", 1000)));
        var grown = false;
        var progress = new Growth(() =>
        {
            if (!grown)
                System.IO.File.AppendAllText(path, string.Concat(Enumerable.Repeat("{\"ts\":1771632000,\"run_id\":\"b\"}\n", 1000)));
            grown = true;
        });
        var clock = new Stepping();
        var counts = await LogReview.CountAsync(
            [LogSource.File(path)], OddLog.Review(), OddLog.Day, new LogReadOptions { BlockBytes = 500, Workers = 1, Clock = clock }, progress,
                CancellationToken.None);
        Assert.True(grown);
        Assert.Equal((1000, 1), (counts.EventTotal, counts.RunTotal));
    }

    [Fact]
    public async Task Progress_says_how_much_was_read_of_how_much()
    {
        var log = new OddLog(1).Write(300);
        var seen = new List<LogProgress>();
        var options = new LogReadOptions { BlockBytes = 1000, Workers = 1, Clock = new Stepping() };
        await LogReview.CountAsync([File(log)], OddLog.Review(), OddLog.Day, options, new Growth(seen.Add), CancellationToken.None);
        Assert.True(seen.Count > 3);
        Assert.All(seen, p => Assert.Equal(log.Length, p.Total));
        Assert.Equal(seen.Select(p => p.Bytes).Order(), seen.Select(p => p.Bytes));
        Assert.InRange(seen[^1].Bytes, log.Length / 2, log.Length);
    }

    [Fact]
    public async Task Progress_of_a_log_behind_a_link_is_of_the_log_and_not_of_the_link()
    {
        var log = new OddLog(1).Write(300);
        File(log);
        System.IO.File.CreateSymbolicLink(Name("current"), Name("log"));
        var seen = new List<LogProgress>();
        var options = new LogReadOptions { BlockBytes = 1000, Workers = 1, Clock = new Stepping() };
        await LogReview.CountAsync([LogSource.File(Name("current"))], OddLog.Review(), OddLog.Day, options, new Growth(seen.Add), CancellationToken.None);
        Assert.NotEmpty(seen);
        Assert.All(seen, p => Assert.Equal(log.Length, p.Total));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error_that_names_it()
    {
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => Count(OddLog.Review(), Usual, LogSource.File(Name("nowhere"))));
        Assert.Equal((ErrorId.FileUnreadable, Name("nowhere")), (error.Id, error.Subject));
    }

    [Fact]
    public async Task A_log_that_can_not_be_read_on_is_named_and_never_taken_for_a_cancellation()
    {
        for (var round = 0; round < 200; round++)
        {
            var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => Count(
                OddLog.Review(), new LogReadOptions { BlockBytes = 100, Workers = 4 }, LogSource.Of(new Breaking(new OddLog(round).Write(40)), "broken")));
            Assert.Equal((ErrorId.FileUnreadable, "broken"), (error.Id, error.Subject));
        }
    }

    [Fact]
    public async Task A_cancelled_count_ends()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LogReview.CountAsync(
            [File(new OddLog(1).Write(9))], OddLog.Review(), OddLog.Day, Usual, null, cancelled.Token));
    }

    [Theory]
    [InlineData("body.x")]
    [InlineData("ts")]
    [InlineData("run_id.x")]
    public async Task A_rule_on_a_field_that_there_is_not_is_an_error(string field)
    {
        var review = new Review { Floor = [new("twice", new()) { Duplicate = [field] }] };
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => Count(review, Usual, Stream([])));
        Assert.Equal(ErrorId.BadValue, error.Id);
    }

    private static DayCounts Expected(Review review, byte[] log) => SlowReview.Of([("log", log)], review, OddLog.Day);

    private string Name(string name) => Path.Combine(_folder.Path, name);

    private LogSource File(byte[] log, string name = "log")
    {
        System.IO.File.WriteAllBytes(Name(name), log);
        return LogSource.File(Name(name));
    }

    private static LogSource Stream(byte[] log, string name = "log") => LogSource.Of(new Dripping(log), name);

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A stream that gives as few bytes as a pipe may.</summary>
    private sealed class Dripping(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1 + (int)(Position % 700))]);
    }

    /// <summary>A stream that breaks after half of its bytes, once; whoever asks again gets nothing.</summary>
    private sealed class Breaking(byte[] bytes) : MemoryStream(bytes)
    {
        private bool _broken;

        public override int Read(Span<byte> buffer)
        {
            if (_broken)
                return 0;
            if (Position < Length / 2)
                return base.Read(buffer[..Math.Min(buffer.Length, 50)]);
            _broken = true;
            throw new IOException("the cable is out");
        }
    }

    private sealed class Growth(Action<LogProgress> seen) : IProgress<LogProgress>
    {
        internal Growth(Action seen)
            : this(_ => seen())
        {
        }

        public void Report(LogProgress value) => seen(value);
    }

    private sealed class Stepping : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => Interlocked.Add(ref _now, TimestampFrequency);
    }
}
