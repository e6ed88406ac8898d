using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Probes.Sql;

[Collection("PostgreSQL")]
public class SqlRefusalTests(Postgres server)
{
    [NeedsProgramTheory("postgres")]
    [InlineData("INSERT INTO kept VALUES (1) RETURNING 1")]
    [InlineData("UPDATE kept SET n = 2 RETURNING n")]
    [InlineData("DELETE FROM kept")]
    [InlineData("WITH gone AS (DELETE FROM kept RETURNING n) SELECT * FROM gone")]
    [InlineData("TRUNCATE kept")]
    [InlineData("DROP TABLE kept")]
    [InlineData("CREATE TABLE more (n int)")]
    [InlineData("SELECT * INTO more FROM kept")]
    [InlineData("SELECT nextval('kept_seq')")]
    [InlineData("SELECT n FROM kept FOR UPDATE")]
    [InlineData("EXPLAIN ANALYZE DELETE FROM kept")]
    [InlineData("DO $$ BEGIN DELETE FROM kept; END $$")]
    [InlineData("DO $$ BEGIN PERFORM set_config('transaction_read_only', 'off', true); DELETE FROM kept; END $$")]
    [InlineData("SELECT set_config('transaction_read_only', 'off', true)")]
    [InlineData("SET TRANSACTION READ WRITE")]
    [InlineData("COMMIT")]
    [InlineData("ROLLBACK AND CHAIN")]
    [InlineData("SET statement_timeout = 0")]
    [InlineData("COPY kept TO STDOUT")]
    public async Task Nothing_can_be_written(string query)
    {
        await Kept();
        var seen = await server.AskAsync(query);
        Assert.Equal(ErrorId.QueryRefused, seen.CouldNotTell);
        Assert.Equal(2, await server.CountAsync("SELECT count(*) FROM kept"));
        Assert.Equal(0, await server.CountAsync("SELECT count(*) FROM pg_class WHERE relname = 'more'"));
    }

    [NeedsProgram("postgres")]
    public async Task A_query_that_would_write_is_told_so()
    {
        await Kept();
        Assert.Equal("the query would write, and a look may only read: cannot execute DELETE in a read-only transaction",
            (await server.AskAsync("DELETE FROM kept")).Detail);
        Assert.Equal("the query gives no rows: it must be a SELECT", (await server.AskAsync("SET TimeZone = 'UTC'")).Detail);
    }

    [NeedsProgramTheory("postgres")]
    [InlineData("SELECT 1; SELECT 2", "1:11")]
    [InlineData("COMMIT; DELETE FROM kept", "1:9")]
    [InlineData("SELECT ';'; -- one\n  DELETE FROM kept", "2:3")]
    public async Task A_second_statement_is_refused_before_anything_is_asked(string query, string place)
    {
        await Kept();
        var seen = await server.AskAsync(query);
        Assert.Equal((ErrorId.QueryRefused, $"the query has a second statement at {place}: one step asks one query"), (seen.CouldNotTell, seen.Detail));
        Assert.Equal(2, await server.CountAsync("SELECT count(*) FROM kept"));
    }

    [NeedsProgramTheory("postgres")]
    [InlineData("SELECT 1 FORM kept", "1:15", "syntax error at or near \"kept\"")]
    [InlineData("SELECT 1\nFROM nowhere", "2:6", "relation \"nowhere\" does not exist")]
    [InlineData("SELECT '£ 😀' AS a, @tenant || @tenant,\n  nothing", "2:3", "column \"nothing\" does not exist")]
    [InlineData("SELECT 1/0", null, "division by zero")]
    [InlineData("SELECT 'x'::int", "1:8", "invalid input syntax for type integer: \"x\"")]
    public async Task A_mistake_is_told_with_its_place_in_the_query(string query, string? place, string text)
    {
        var seen = await server.AskAsync(query, new() { ["tenant"] = "t" });
        Assert.Equal((ErrorId.QueryRefused, place is null ? text : $"{text} (at {place} of the query)"), (seen.CouldNotTell, seen.Detail));
    }

    [NeedsProgram("postgres")]
    public async Task The_transaction_is_as_promised()
    {
        var seen = await Asking.At(server.Address(), """
            SELECT current_setting('transaction_read_only') AS ro, current_setting('application_name') AS app,
                current_setting('statement_timeout') AS st, current_setting('lock_timeout') AS lt,
                current_setting('idle_in_transaction_session_timeout') AS it, now() = statement_timestamp() AS first
            """, limit: TimeSpan.FromSeconds(7));
        seen.Holds("rows[0] == {'ro': 'on', 'app': 'releaseops', 'st': '7s', 'lt': '5s', 'it': '7s', 'first': false}");
    }

    [NeedsProgram("postgres")]
    public async Task A_user_without_the_right_is_denied()
    {
        await Kept();
        var seen = await Asking.At(server.Address("reader"), "SELECT n FROM kept");
        Assert.Equal((ErrorId.AccessDenied, "db (127.0.0.1): permission denied for table kept"), (seen.CouldNotTell, seen.Detail));
    }

    private Task Kept() => server.ExecuteAsync("""
        DROP TABLE IF EXISTS kept; DROP SEQUENCE IF EXISTS kept_seq;
        CREATE TABLE kept (n int); INSERT INTO kept VALUES (1), (2); CREATE SEQUENCE kept_seq
        """);
}
