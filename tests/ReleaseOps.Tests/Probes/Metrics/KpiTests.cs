using ReleaseOps.Probes;
using ReleaseOps.Tests.Probes.Http;
using ReleaseOps.Tests.Watches;

namespace ReleaseOps.Tests.Probes.Metrics;

public sealed class KpiTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private KpiFile Read(string json) => KpiFile.Read(_folder.Write("kpi.json", json));

    /// <summary>A server whose n-th answer holds this value; null for one that fails.</summary>
    private static LoopbackServer Answering(params string?[] values)
    {
        var asked = -1;
        return new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            var value = values[Interlocked.Increment(ref asked)];
            var body = value is null ? "" : "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                + string.Join(',', value.Split(' ').Select((v, n) => "{\"metric\":{\"n\":\"" + n + "\"},\"value\":[1,\"" + v + "\"]}")) + "]}}";
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {(value is null ? 503 : 200)} X\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), cancellation);
        });
    }

    private static async Task<KpiReport> CollectAsync(LoopbackServer server, string metric, TimeSpan duration, string path, List<string>? files = null)
    {
        var clock = new EagerClock(MetricServers.Noon);
        using var reader = Metering.Reader($"http://127.0.0.1:{server.Port}", [$"m: {{ {metric} }}"], clock: clock);
        return await KpiCollector.CollectAsync(
            reader, ["m"], duration, TimeSpan.FromSeconds(1), path, clock, _ => files?.Add(File.ReadAllText(path)), CancellationToken.None);
    }

    [Fact]
    public async Task A_timer_that_rings_early_makes_no_further_look()
    {
        await using var server = Answering([.. Enumerable.Repeat("1", 20)]);
        var clock = new HastyClock();
        using var reader = Metering.Reader($"http://127.0.0.1:{server.Port}", ["m: { prometheus: 'vector(1)' }"], clock: clock);
        var report = await KpiCollector.CollectAsync(reader, ["m"], TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(500), null, clock, null, CancellationToken.None);
        Assert.Equal(5, report.Looks);
    }

    /// <summary>A clock that moves on as soon as somebody waits for less than a second, by a millisecond less than they wait.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private TimeSpan _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _passed.Ticks;

        public override DateTimeOffset GetUtcNow() => MetricServers.Noon + _passed;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime <= TimeSpan.Zero || dueTime > TimeSpan.FromSeconds(1))
                return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _passed += dueTime - TimeSpan.FromMilliseconds(1);
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    [Fact]
    public async Task A_collection_looks_at_once_and_each_interval_and_keeps_every_look()
    {
        await using var server = Answering("1", "5", null, "3");
        var (path, files) = (Path.Combine(_folder.Path, "new", "kpi.json"), new List<string>());
        var report = await CollectAsync(server, "prometheus: 'vector(1)', unit: ms", TimeSpan.FromSeconds(3), path, files);
        var kpi = Assert.Single(report.Kpis);
        Assert.Equal(new Kpi("m") { Unit = "ms", Samples = 3, Gaps = 1, Mean = 3, Min = 1, Max = 5, Last = 3, Problem = kpi.Problem }, kpi);
        Assert.Contains("503", kpi.Problem, StringComparison.Ordinal);
        Assert.Equal((4, MetricServers.Noon, MetricServers.Noon.AddSeconds(3)), (report.Looks, report.From, report.To));
        Assert.Equal(4, files.Count);
        Assert.StartsWith("{\n  \"m\": 1,\n", files[0], StringComparison.Ordinal);
        Assert.Equal("""
            {
              "m": 3,
              "_releaseops": {
                "from": "2026-03-01T12:00:00Z",
                "to": "2026-03-01T12:00:03Z",
                "looks": 4,
                "metrics": [
                  {
                    "name": "m",
                    "unit": "ms",
                    "samples": 3,
                    "gaps": 1,
                    "min": 1,
                    "max": 5,
                    "mean": 3,
                    "last": 3
                  }
                ]
              }
            }

            """.ReplaceLineEndings("\n"), files[3]);
        Assert.Equal(["kpi.json"], Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
        var read = KpiFile.Read(path);
        Assert.Equal((3.0, 3), (read.Means["m"], read.Looks["m"]));
    }

    [Fact]
    public async Task Of_each_series_the_mean_of_a_look_counts()
    {
        await using var server = Answering("1 2 NaN 6");
        Assert.Equal(3, (await CollectAsync(server, "prometheus: 'vector(1)', reduce: each", TimeSpan.Zero, Path.Combine(_folder.Path, "k.json"))).Kpis[0].Mean);
    }

    [Fact]
    public async Task What_was_never_seen_has_no_mean()
    {
        await using var server = Answering("NaN", null);
        var path = Path.Combine(_folder.Path, "k.json");
        var kpi = (await CollectAsync(server, "prometheus: 'vector(1)'", TimeSpan.FromSeconds(1), path)).Kpis[0];
        Assert.Equal((0, 2, null), (kpi.Samples, kpi.Gaps, kpi.Mean));
        Assert.Equal(ErrorId.BadSamples, Assert.Throws<ReleaseOpsException>(() => KpiFile.Read(path)).Id);
    }

    [Fact]
    public async Task A_file_that_cant_be_written_ends_the_collection()
    {
        await using var server = Answering("1");
        var path = _folder.Write("file", "x");
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => CollectAsync(server, "prometheus: 'vector(1)'", TimeSpan.Zero, Path.Combine(path, "kpi.json")));
        Assert.Equal(ErrorId.EvidenceUnwritable, error.Id);
    }

    [Fact]
    public void The_files_of_others_are_read()
    {
        var file = Read("""{ "service": "tars", "availability_pct": 99.97, "latency_p95_ms": 83, "ok": true, "error_rate_pct": 1e-1, "tags": [1], "n": null, "s": "5" }""");
        Assert.Equal(new Dictionary<string, double> { ["availability_pct"] = 99.97, ["latency_p95_ms"] = 83, ["error_rate_pct"] = 0.1 }, file.Means);
        Assert.Empty(file.Looks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("{\"a\":\"1\"}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":1e999}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1")]
    public void What_holds_no_numbers_is_refused(string json) =>
        Assert.Equal(ErrorId.BadSamples, Assert.Throws<ReleaseOpsException>(() => Read(json)).Id);

    [Fact]
    public void What_isnt_there_is_unreadable()
    {
        Assert.Equal(ErrorId.FileUnreadable, Assert.Throws<ReleaseOpsException>(() => KpiFile.Read(Path.Combine(_folder.Path, "none.json"))).Id);
        Assert.Equal(ErrorId.FileUnreadable, Assert.Throws<ReleaseOpsException>(() => KpiFile.Read(_folder.Path)).Id);
    }
}
