using System.Globalization;
using System.Text;
using ReleaseOps.Probes;
using ReleaseOps.Reviews;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Servers;
using static ReleaseOps.Tests.Reviews.Counting;

namespace ReleaseOps.Tests.Reviews;

[Collection("PostgreSQL")]
public sealed class SqlReviewTests(Postgres server)
{
    private static readonly string[] Stages = ["execute_from_packet", "commander_router", "guard", "", "단계", "Guard", "it's \"q\""];
    private static readonly string[] Events = ["start", "end", "error", "transition", "intervention", "", "Error"];

    public static TheoryData<string, string, string> Tables => new()
    {
        { "timestamptz", "to_timestamp((l->>'ts')::numeric)", "jsonb" },
        { "timestamp", "to_timestamp((l->>'ts')::numeric) AT TIME ZONE 'UTC'", "jsonb" },
        { "double precision", "(l->>'ts')::double precision", "json" },
        { "numeric", "(l->>'ts')::numeric", "text" },
        { "text", "l->>'ts'", "jsonb" },
    };

    [NeedsProgramTheory("postgres")]
    [MemberData(nameof(Tables))]
    public async Task A_database_comes_to_the_same_as_a_file(string type, string ts, string payload)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var review = OddLog.Review(seed % 2 == 0 ? "UTC" : "Asia/Seoul");
            var lines = Log(seed, type == "text");
            await FillAsync(lines, type, ts, payload);
            var expected = await Count(review, new LogReadOptions(), LogSource.Of(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n',
                lines)))));
            var actual = await AskAsync(SqlEvents.Table("Review Log"), review);
            Same(Bare(expected), actual, $"{type}, {payload}, seed {seed}");
            actual = await AskAsync(SqlEvents.Query("SELECT * FROM \"Review Log\" WHERE true -- all of them"), review);
            Same(Bare(expected), actual, $"a query, seed {seed}");
        }
    }

    [NeedsProgram("postgres")]
    public async Task Texts_are_times_by_the_rules_of_files_and_none_fails()
    {
        for (var seed = 100; seed < 110; seed++)
        {
            var log = new OddLog(seed);
            // What a text column can hold: times of every oddity, as texts.
            var times = Enumerable.Range(0, 150).Select(_ => log.Time()).Where(t => t[0] == '"' && !t.Contains("\\ud8", StringComparison.Ordinal))
                .ToList();
            var lines = times.Select((t, i) => $"{{\"ts\":{t},\"run_id\":\"r{i % 5}\",\"stage\":\"guard\",\"event\":\"{(i % 3 == 0 ? "error" : "start")}\",\"payload\":{{\"mode\":\"{(i % 2 == 0 ? "mock" : "real")}\"}}}}").ToList();
            await FillAsync(lines, "text", "l->>'ts'", "jsonb");
            var review = OddLog.Review("Asia/Seoul");
            var expected = await Count(review, new LogReadOptions(), LogSource.Of(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n',
                lines)))));
            Same(Bare(expected), await AskAsync(SqlEvents.Table("Review Log"), review), $"seed {seed}");
        }
    }

    [NeedsProgram("postgres")]
    public async Task Times_that_are_none_and_numbers_beyond_doubles_are_undated_and_nothing_fails()
    {
        await server.ExecuteAsync("DROP TABLE IF EXISTS \"Review Log\"; CREATE TABLE \"Review Log\" AS SELECT t AS ts, 'r' AS run_id, 's' AS stage, 'e' AS event"
            + " FROM (VALUES (1771632000::numeric), ('NaN'), (10::numeric ^ 400), (-(10::numeric ^ 400)), (NULL), (1771718399.99999999999), (1771718400)) AS v(t)");
        var counts = await AskAsync(SqlEvents.Table("Review Log"), new Review());
        Assert.Equal((1, 4), (counts.EventTotal, counts.Faults.Undated));
        await server.ExecuteAsync("DROP TABLE \"Review Log\"; CREATE TABLE \"Review Log\" AS SELECT t AS ts, 'r' AS run_id, 's' AS stage, 'e' AS event"
            + " FROM (VALUES ('2026-02-21Z'::timestamptz), ('infinity'), ('-infinity'), (NULL), ('0044-03-15 BC'), ('20000-01-01')) AS v(t)");
        counts = await AskAsync(SqlEvents.Table("Review Log"), new Review());
        Assert.Equal((1, 5), (counts.EventTotal, counts.Faults.Undated));
    }

    [NeedsProgram("postgres")]
    public async Task What_is_wrong_with_a_table_is_said()
    {
        await server.ExecuteAsync("DROP TABLE IF EXISTS bare; CREATE TABLE bare (ts boolean, run_id text, stage text, event text)");
        Assert.Equal((ErrorId.BadValue, "ts"), await FailAsync(SqlEvents.Table("bare")));
        Assert.Equal((ErrorId.BadValue, "stage"), await FailAsync(SqlEvents.Query("SELECT now() AS ts, '' AS run_id")));
        Assert.Equal(ErrorId.QueryRefused, (await FailAsync(SqlEvents.Table("x\" AS e; DROP TABLE bare; --"))).Id);
        Assert.Equal(ErrorId.QueryRefused, (await FailAsync(SqlEvents.Query("DELETE FROM bare RETURNING *"))).Id);
        Assert.Equal(0, await server.CountAsync("SELECT count(*) FROM bare"));
    }

    [Theory]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT @x")]
    public void A_query_is_one_statement_without_parameters(string query) =>
        Assert.Equal(ErrorId.BadValue, Assert.Throws<ReleaseOpsException>(() => SqlEvents.Query(query)).Id);

    private async Task<(ErrorId Id, string? Subject)> FailAsync(SqlEvents events)
    {
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => AskAsync(events, new Review()));
        return (error.Id, error.Subject);
    }

    private Task<DayCounts> AskAsync(SqlEvents events, Review review) =>
        SqlReview.CountAsync(new BoundSource("db", SourceKind.Postgres, server.Address()), events, review, OddLog.Day, SecretMask.None,
            CancellationToken.None);

    private Task FillAsync(IReadOnlyList<string> lines, string type, string ts, string payload) => server.ExecuteAsync($"""
        DROP TABLE IF EXISTS "Review Log";
        CREATE TABLE "Review Log" (ts {type}, run_id text, stage varchar, event text, payload {payload}, ordinal bigint);
        INSERT INTO "Review Log" SELECT {ts}, l->>'run_id', l->>'stage', l->>'event', (l->'payload')::{payload}, o
        FROM jsonb_array_elements('[{string.Join(',', lines).Replace("'", "''", StringComparison.Ordinal)}]'::jsonb) WITH ORDINALITY AS t(l, o) ORDER BY random()
        """);

    // A database has no places and reads no other lines.
    private static DayCounts Bare(DayCounts counts) => counts with
    {
        Counters = [.. counts.Counters.Select(c => c with { Places = [] })],
        Floor = [.. counts.Floor.Select(c => c with { Places = [] })],
        Faults = new LogFaults
        {
            Lines = counts.EventTotal + counts.Faults.Undated,
            Undated = counts.Faults.Undated,
            AmongDay = counts.Faults.Undated,
            Unjudged = counts.Faults.Unjudged,
        },
    };

    private static List<string> Log(int seed, bool asText)
    {
        var random = new Random(seed);
        T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
        var start = new DateTimeOffset(OddLog.Day.ToDateTime(default), TimeSpan.Zero).ToUnixTimeSeconds();
        string Text(string value) => System.Text.Json.JsonSerializer.Serialize(value);
        return [.. Enumerable.Range(0, random.Next(1, 300)).Select(i =>
        {
            var ts = string.Create(CultureInfo.InvariantCulture,
                $"{start + random.Next(-50_000, 130_000)}{Pick("", ".5", ".123456", ".000001", ".999999")}");
            var payload = Pick(
                "null", "{}", "[]", "[\"cooldown\"]", "\"cooldown\"", "5",
                    $"{{\"transition\":\"{Pick("cooldown", "CoolDown", "warm", "ſooldown")}\"}}", "{\"transition\":[\"cooldown\"]}",
                $"{{\"order\":{{\"id\":{Pick("1", "1.0", "\"1\"", "2", "null", "[1,2]", "{\"a\":1}", "true")},\"side\":\"{Pick("매수", "매도")}\"}}}}",
                $"{{\"guard\":{Pick("\"block\"", "\"pass\"", "1")}}}", $"{{\"mode\":{Pick("\"mock\"", "\"real\"", "5")}}}");
            return $"{{\"ts\":{(asText ? $"\"{ts}\"" : ts)},\"run_id\":{Pick("null", "\"\"", $"\"run-{random.Next(9)}\"",
                $"\"run-{random.Next(9)}\"", "\"RUN-3\"")},"
                + $"\"stage\":{Text(Pick(Stages))},\"event\":{Text(Pick(Events))},\"payload\":{payload}}}";
        })];
    }
}
