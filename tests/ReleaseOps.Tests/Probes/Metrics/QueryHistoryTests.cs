using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Probes.Metrics;

namespace ReleaseOps.Tests.Probes.Metrics;

/// <summary>Many times are asked for at once, and fewer where that is too much.</summary>
public sealed class QueryHistoryTests
{
    private static readonly DateTimeOffset From = new(2026, 3, 1, 0, 0, 7, 251, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(60);

    /// <summary>A server with some series that each have a value at some times, and reasons not to answer.</summary>
    private sealed class Server(int count, int series, Func<int, int, double?> value, Func<int, int, ErrorId?>? refuses = null)
    {
        internal List<(int First, int Count)> Asked { get; } = [];

        internal QueryHistory History(int most = QueryHistory.MostTimes) => new(new TimeRow(From, Step, count), most, AskAsync);

        private Task<PrometheusAnswer> AskAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
        {
            var (first, times) = ((int)((from - From) / Step), (int)((to - from) / Step) + 1);
            Asked.Add((first, times));
            if (refuses?.Invoke(first, times) is { } why)
                return Task.FromException<PrometheusAnswer>(new CouldNotTellException(why, "no"));
            var answer = new PrometheusAnswer { Kind = AnswerKind.Matrix };
            for (var s = 0; s < series; s++)
            {
                var points = Enumerable.Range(first, times).Where(n => value(s, n) is not null)
                    .Select(n => ((From + n * Step).ToUnixTimeMilliseconds() / 1000.0, value(s, n)!.Value)).ToArray();
                if (points.Length == 0)
                    continue;
                answer.Series.Add(new SeriesValue($"s{s}", double.NaN));
                answer.Points.Add(points);
            }
            return Task.FromResult(answer);
        }
    }

    private static async Task<List<(string, double)>> AtAsync(QueryHistory history, int n) =>
        [.. (await history.AtAsync(n, CancellationToken.None)).Select(s => (s.Labels, s.Value))];

    private static async Task<List<ErrorId?>> ReasonsAsync(QueryHistory history, int count)
    {
        var reasons = new List<ErrorId?>();
        for (var n = 0; n < count; n++)
        {
            try
            {
                await history.AtAsync(n, CancellationToken.None);
                reasons.Add(null);
            }
            catch (CouldNotTellException e)
            {
                reasons.Add(e.Id);
            }
        }
        return reasons;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Each_time_has_the_points_of_that_time(int seed)
    {
        var random = new Random(seed);
        var there = Enumerable.Range(0, 7).Select(_ => Enumerable.Range(0, 500).Select(_ => random.NextDouble() < 0.6).ToArray()).ToArray();
        double? Value(int s, int n) => there[s][n] || (s == 0 && n > 80) ? (s * 1000) + n : null;
        var history = new Server(500, 7, Value).History();
        for (var n = 0; n < 500; n++)
        {
            var expected = Enumerable.Range(0, 7).Where(s => Value(s, n) is not null).Select(s => ($"s{s}", Value(s, n)!.Value));
            Assert.Equal(expected, await AtAsync(history, n));
            Assert.Equal(expected, await AtAsync(history, n));
        }
    }

    [Fact]
    public async Task What_isnt_asked_for_isnt_asked()
    {
        var server = new Server(1000, 1, (_, n) => n);
        var history = server.History();
        Assert.Empty(server.Asked);
        Assert.Equal([("s0", 700)], await AtAsync(history, 700));
        Assert.Equal([(700, 60)], server.Asked);
    }

    [Fact]
    public async Task The_more_series_the_fewer_times_are_asked_for()
    {
        var (one, many) = (new Server(1500, 1, (_, n) => n), new Server(150, 10_000, (_, n) => n));
        await ReasonsAsync(one.History(), 1500);
        await ReasonsAsync(many.History(), 150);
        Assert.Equal([(0, 60), (60, 1440)], one.Asked);
        Assert.Equal([(0, 60), (60, 60), (120, 30)], many.Asked);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_asked_for_in_halves_and_never_so_large_again()
    {
        var server = new Server(200, 1, (_, n) => n, (_, times) => times > 20 ? ErrorId.BodyTooLarge : null);
        Assert.All(await ReasonsAsync(server.History(), 200), Assert.Null);
        Assert.Equal([60, 30], server.Asked.Select(a => a.Count).Where(c => c > 20));
        Assert.Equal(200, server.Asked.Where(a => a.Count <= 20).Sum(a => a.Count));
    }

    [Theory]
    [InlineData(777, 777)]
    [InlineData(0, 3)]
    [InlineData(58, 61)]
    [InlineData(777, 790)]
    public async Task Times_that_are_refused_take_no_other_with_them(int from, int to)
    {
        var server = new Server(1500, 1, (_, n) => n, (first, times) => first <= to && from < first + times ? ErrorId.QueryRefused : null);
        var reasons = await ReasonsAsync(server.History(), 1500);
        Assert.Equal(Enumerable.Range(from, to - from + 1), Enumerable.Range(0, 1500).Where(n => reasons[n] is not null));
        Assert.InRange(server.Asked.Count, 10, 60);
    }

    [Fact]
    public async Task A_query_that_is_wrong_isnt_asked_again_at_each_time()
    {
        var server = new Server(1440, 1, (_, n) => n, (_, _) => ErrorId.QueryRefused);
        Assert.All(await ReasonsAsync(server.History(), 1440), why => Assert.Equal(ErrorId.QueryRefused, why));
        Assert.InRange(server.Asked.Count, 1, 100);
    }

    [Fact]
    public async Task A_server_that_hangs_is_waited_for_once_a_day_of_minutes()
    {
        var server = new Server(2000, 1, (_, n) => n, (_, _) => ErrorId.TimedOut);
        Assert.All(await ReasonsAsync(server.History(), 2000), why => Assert.Equal(ErrorId.TimedOut, why));
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task A_query_that_takes_too_long_is_asked_for_fewer_times()
    {
        var server = new Server(2000, 1, (_, n) => n, (_, times) => times > 400 ? ErrorId.TimedOut : null);
        Assert.All(await ReasonsAsync(server.History(), 2000), Assert.Null);
        Assert.Equal(2, server.Asked.Count(a => a.Count > 400));
    }

    [Fact]
    public async Task A_server_that_comes_back_is_asked_again()
    {
        var server = new Server(200, 1, (_, n) => n, (first, _) => first < 60 ? ErrorId.Unreachable : null);
        var reasons = await ReasonsAsync(server.History(), 200);
        Assert.All(reasons.Take(60), why => Assert.Equal(ErrorId.Unreachable, why));
        Assert.All(reasons.Skip(60), Assert.Null);
    }

    [Fact]
    public async Task One_time_is_asked_for_by_itself_where_no_more_may_be()
    {
        var server = new Server(5, 1, (_, n) => n);
        await ReasonsAsync(server.History(most: 1), 5);
        Assert.Equal([(0, 1), (1, 1), (2, 1), (3, 1), (4, 1)], server.Asked);
    }
}
