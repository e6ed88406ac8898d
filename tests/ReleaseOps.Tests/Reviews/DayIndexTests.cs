using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ReleaseOps.Reviews;
using ReleaseOps.Reviews.Logs;
using ReleaseOps.Tests.Probes;
using static ReleaseOps.Tests.Reviews.Counting;

namespace ReleaseOps.Tests.Reviews;

public sealed class DayIndexTests : IDisposable
{
    private static readonly LogReadOptions WithIndex = new() { Index = true, BlockBytes = 3000, AheadBytes = 16, LongestLine = 5000 };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Log => Path.Combine(_folder.Path, "log");

    private string Index => Log + ".day-index";

    [Fact]
    public async Task With_an_index_a_log_that_grows_counts_as_without_one()
    {
        var review = OddLog.Review();
        for (var seed = 0; seed < 12; seed++)
        {
            var log = new OddLog(seed).Write(400);
            File.Delete(Index);
            // Cut anywhere: also in the middle of a line, of a line end, of a character.
            foreach (var length in new[] { log.Length / 3, log.Length / 3, (log.Length / 2) + seed, log.Length - seed, log.Length })
            {
                await File.WriteAllBytesAsync(Log, log[..length]);
                var expected = await Count(review, WithIndex with { Index = false }, LogSource.File(Log));
                Same(expected, await Count(review, WithIndex, LogSource.File(Log)), $"seed {seed}, {length} bytes");
                Assert.True(File.Exists(Index));
            }
        }
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Asia/Seoul")]
    public async Task Any_day_of_a_log_in_no_order_counts_as_without_an_index(string zone)
    {
        var review = OddLog.Review(zone);
        await File.WriteAllBytesAsync(Log, Days(40, shuffled: true));
        for (var day = new DateOnly(2026, 1, 30); day < new DateOnly(2026, 3, 15); day = day.AddDays(1))
        {
            var expected = await LogReview.CountAsync([LogSource.File(Log)], review, day, WithIndex with { Index = false }, null,
                CancellationToken.None);
            Same(expected, await LogReview.CountAsync([LogSource.File(Log)], review, day, WithIndex, null, CancellationToken.None), $"{day}");
        }
    }

    [Fact]
    public async Task What_is_known_to_end_with_its_payload_counts_as_when_it_was_read_whole()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var odd = new OddLog(seed);
            var lines = Enumerable.Range(0, 3000).Select(_ => odd.Line()).Where(EndsWithPayload).Append([]).ToList();
            Assert.InRange(lines.Count, 300, 3000);
            await File.WriteAllBytesAsync(Log, [.. lines.SelectMany((line, i) => line.Concat(i % 3 == 0 ? "\r\n"u8.ToArray() : "\n"u8.ToArray()))]);
            var expected = await Count(OddLog.Review(), WithIndex, LogSource.File(Log));
            using (var file = File.OpenHandle(Log))
                Assert.All(new DayIndexFile(Log, file, RandomAccess.GetLength(file), WithIndex).Read()!.Blocks, block => Assert.True(block.Form.HasFlag(LineForm.EndsWithPayload)));
            Same(expected, await Count(OddLog.Review(), WithIndex, LogSource.File(Log)), $"seed {seed}");
            File.Delete(Index);
        }

        static bool EndsWithPayload(byte[] line)
        {
            LogLine fields = default;
            byte[] block = [.. line, (byte)'\n', .. new byte[LineScanner.Padding]];
            return LineScanner.Scan(ref MemoryMarshal.GetArrayDataReference(block), 0, ref fields) == line.Length && fields.Form.HasFlag(LineForm.EndsWithPayload);
        }
    }

    [Fact]
    public async Task A_day_is_read_from_its_own_blocks()
    {
        await File.WriteAllBytesAsync(Log, Days(40, shuffled: false));
        var first = await BytesRead();
        var second = await BytesRead();
        Assert.Equal(new FileInfo(Log).Length, first);
        Assert.InRange(second, 1, first / 10);
        await File.AppendAllBytesAsync(Log, Days(1, shuffled: false));
        Assert.InRange(await BytesRead(), second + 1, first / 5);
    }

    [Fact]
    public async Task An_index_of_another_file_or_a_damaged_one_does_not_count()
    {
        var review = OddLog.Review();
        await File.WriteAllBytesAsync(Log, new OddLog(1).Write(300));
        await Count(review, WithIndex, LogSource.File(Log));
        var index = await File.ReadAllBytesAsync(Index);
        var other = new OddLog(2).Write(600);
        // Another log, one of the same length that was changed at a later time, and a shorter one.
        await Expect(other, index);
        await Expect(other, [.. index[..200], (byte)(index[200] ^ 1), .. index[201..]]);
        await Expect(other[..500], index);
        await Expect(other, []);

        async Task Expect(byte[] log, byte[] held)
        {
            await File.WriteAllBytesAsync(Log, log);
            await File.WriteAllBytesAsync(Index, held);
            Same(await Count(review, WithIndex with { Index = false }, LogSource.File(Log)), await Count(review, WithIndex, LogSource.File(Log)),
                "another");
        }
    }

    [Fact]
    public async Task A_file_rewritten_in_its_middle_is_read_anew()
    {
        await File.WriteAllBytesAsync(Log, Days(40, shuffled: false));
        await Count(OddLog.Review(), WithIndex, LogSource.File(Log));
        var bytes = await File.ReadAllBytesAsync(Log);
        bytes[bytes.Length / 2] = (byte)'\n';
        await File.WriteAllBytesAsync(Log, bytes);
        File.SetLastWriteTimeUtc(Log, DateTime.UtcNow.AddMinutes(1));
        Same(await Count(OddLog.Review(), WithIndex with { Index = false }, LogSource.File(Log)), await Count(OddLog.Review(), WithIndex,
            LogSource.File(Log)), "rewritten");
    }

    [Fact]
    public async Task No_index_is_written_unless_it_is_asked_for()
    {
        await File.WriteAllBytesAsync(Log, Days(2, shuffled: false));
        await Count(OddLog.Review(), new LogReadOptions(), LogSource.File(Log));
        Assert.Equal([Log], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Where_an_index_can_not_be_written_the_day_is_counted_all_the_same()
    {
        await File.WriteAllBytesAsync(Log, Days(2, shuffled: false));
        Directory.CreateDirectory(Index);
        await Count(OddLog.Review(), WithIndex, LogSource.File(Log));
        Assert.Equal([Log], Directory.GetFiles(_folder.Path));
    }

    private async Task<long> BytesRead()
    {
        var last = 0L;
        await LogReview.CountAsync([LogSource.File(Log)], OddLog.Review(), OddLog.Day, WithIndex with { Workers = 1, Clock = new Stepping() },
            new Seen(p => last = p.Bytes), CancellationToken.None);
        return last;
    }

    // Two hundred events a day, and a bad line now and then.
    private static byte[] Days(int days, bool shuffled)
    {
        var random = new Random(5);
        var start = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var lines = Enumerable.Range(0, days * 200).Select(i => i % 97 == 5
            ? "{\"ts\":"
            : string.Create(CultureInfo.InvariantCulture, $"{{\"ts\":{start + (i * 432) + 0.25},\"run_id\":\"r{i / 3}\",\"stage\":\"guard\",\"event\":\"{(i % 50 == 0 ? "error" : "start")}\"}}")).ToArray();
        if (shuffled)
            random.Shuffle(lines);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    private sealed class Seen(Action<LogProgress> seen) : IProgress<LogProgress>
    {
        public void Report(LogProgress value) => seen(value);
    }

    private sealed class Stepping : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => Interlocked.Add(ref _now, TimestampFrequency);
    }
}
