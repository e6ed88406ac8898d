using System.Globalization;
using Npgsql;
using ReleaseOps.Reviews.Logs;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews.Sql;

/// <summary>What a database counts by itself: each question gives a few numbers, however many rows there are.</summary>
/// <param name="session">The database.</param>
/// <param name="table">The table.</param>
/// <param name="review">What is counted.</param>
/// <param name="day">The day.</param>
internal sealed class SqlAggregates(SqlSession session, EventTable table, Review review, DaySpan day)
{
    /// <summary>Rows without a time.</summary>
    internal async Task<long> UndatedAsync(CancellationToken cancellation)
    {
        var text = new SqlText();
        return (await NumbersAsync($"SELECT count(*) FROM {table.From} WHERE {table.Undated(text)}", text, cancellation).ConfigureAwait(false))[0];
    }

    /// <summary>Events, errors, runs, failed runs, and then how many rows each of some selectors means.</summary>
    internal async Task<long[]> TotalsAsync(IReadOnlyList<EventSelector> selectors, CancellationToken cancellation)
    {
        var text = new SqlText();
        var failed = $"event = {text.Text(review.ErrorEvent)}";
        string[] counts =
        [
            "count(*)", $"count(CASE WHEN {failed} THEN 1 END)",
            "count(DISTINCT nullif(run_id, ''))", $"count(DISTINCT CASE WHEN {failed} THEN nullif(run_id, '') END)",
            .. selectors.Select(s => $"count(CASE WHEN {SqlRule.Condition(s, text)} THEN 1 END)"),
        ];
        return await NumbersAsync($"{table.Day(text, day)} SELECT {string.Join(", ", counts)} FROM d", text, cancellation).ConfigureAwait(false);
    }

    /// <summary>The stages with most errors.</summary>
    internal async Task<IReadOnlyList<StageErrors>> StagesAsync(int most, CancellationToken cancellation)
    {
        var text = new SqlText();
        var stages = new List<StageErrors>();
        var sql = $"""
            {table.Day(text, day)}
            SELECT CASE WHEN stage = '' THEN 'unknown' ELSE stage END, count(*), min(o) FROM d WHERE event = {text.Text(review.ErrorEvent)}
            GROUP BY 1 ORDER BY 2 DESC, 3, 1 LIMIT {most.ToString(CultureInfo.InvariantCulture)}
            """;
        await session.ReadAsync(sql, text, row => stages.Add(new StageErrors(row.GetString(0), Number(row, 1))), null, cancellation)
            .ConfigureAwait(false);
        return stages;
    }

    /// <summary>
    /// How long a stage took. Each end is beside what came right before it in its run, so that a beginning there makes a pair; percentiles are ranks
    /// in whole numbers.
    /// </summary>
    internal async Task<StageLatency> LatencyAsync(StageSpan span, CancellationToken cancellation)
    {
        var text = new SqlText();
        var start = text.Text(span.Start);
        string Rank(int percent) => string.Create(CultureInfo.InvariantCulture, $"max(CASE WHEN n = ({percent} * c + 99) / 100 THEN took END)");
        var sql = $"""
            {table.Day(text, day)},
            m AS (SELECT run_id, t, CASE WHEN event = {start} THEN 0 ELSE 1 END AS k FROM d
              WHERE stage = {text.Text(span.Stage)} AND event IN ({start}, {text.Text(span.End)}) AND run_id <> ''),
            p AS (SELECT t, k, lag(t) OVER (PARTITION BY run_id ORDER BY t, k) AS before_t,
              lag(k) OVER (PARTITION BY run_id ORDER BY t, k) AS before_k FROM m),
            l AS (SELECT t - before_t AS took FROM p WHERE k = 1 AND before_k = 0),
            r AS (SELECT took, row_number() OVER (ORDER BY took) AS n, count(*) OVER () AS c FROM l)
            SELECT (SELECT count(*) FROM m), (SELECT count(*) FROM l), {Rank(50)}, {Rank(95)}, {Rank(99)} FROM r
            """;
        var latency = new StageLatency(span.Stage);
        await session.ReadAsync(sql, text, row => latency = new StageLatency(span.Stage)
        {
            Count = Number(row, 1),
            Unpaired = Number(row, 0) - (2 * Number(row, 1)),
            P50 = Seconds(row, 2),
            P95 = Seconds(row, 3),
            P99 = Seconds(row, 4),
        }, null, cancellation).ConfigureAwait(false);
        return latency;
    }

    /// <summary>How many rows repeat the key of another one, and how many have no key.</summary>
    internal async Task<(long Repeated, long Unjudged)> DuplicatesAsync(FloorRule rule, CancellationToken cancellation)
    {
        var text = new SqlText();
        var keys = rule.Duplicate.Select((field, i) => string.Create(CultureInfo.InvariantCulture, $"{SqlRule.Key(field, text)} AS k{i}"));
        var names = Enumerable.Range(0, rule.Duplicate.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"k{i}")).ToList();
        var missing = string.Join(" OR ", names.Select(n => n + " IS NULL"));
        var sql = $"""
            {table.Day(text, day)},
            k AS (SELECT {string.Join(", ", keys)} FROM d WHERE {SqlRule.Condition(rule.Lines, text)}),
            g AS (SELECT count(*) - 1 AS again FROM k WHERE NOT ({missing}) GROUP BY {string.Join(", ", names)})
            SELECT (SELECT coalesce(sum(again), 0) FROM g), (SELECT count(*) FROM k WHERE {missing})
            """;
        var numbers = await NumbersAsync(sql, text, cancellation).ConfigureAwait(false);
        return (numbers[0], numbers[1]);
    }

    private async Task<long[]> NumbersAsync(string sql, SqlText text, CancellationToken cancellation)
    {
        long[] numbers = [];
        await session.ReadAsync(sql, text, Numbers, null, cancellation).ConfigureAwait(false);
        return numbers;

        void Numbers(NpgsqlDataReader row) => numbers = [.. Enumerable.Range(0, row.FieldCount).Select(i => Number(row, i))];
    }

    private static long Number(NpgsqlDataReader row, int column) => long.Parse(row.GetString(column), CultureInfo.InvariantCulture);

    private static double? Seconds(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : double.Parse(row.GetString(column), CultureInfo.InvariantCulture);
}
