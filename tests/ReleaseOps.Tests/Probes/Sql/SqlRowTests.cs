using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Probes.Sql;

[Collection("PostgreSQL")]
public class SqlRowTests(Postgres server)
{
    [NeedsProgram("postgres")]
    public async Task Rows_are_maps_from_column_to_value()
    {
        var seen = await server.AskAsync("SELECT n, 'x' || n AS name FROM generate_series(1, 3) n ORDER BY n;");
        seen.Holds("rows == [{'n': 1, 'name': 'x1'}, {'n': 2, 'name': 'x2'}, {'n': 3, 'name': 'x3'}]");
        seen.Holds("row_count == 3 && value == 1 && columns == ['n', 'name'] && !truncated");
        Assert.Matches("^3 rows in [0-9]+ ms: n 1, name x1; n 2, name x2; n 3, name x3$", seen.Detail);
    }

    [NeedsProgram("postgres")]
    public async Task One_value_is_told_by_itself() =>
        Assert.Matches("^value 42 in [0-9]+ ms$", (await server.AskAsync("SELECT 42")).Detail);

    [NeedsProgram("postgres")]
    public async Task No_rows_are_seen_as_such()
    {
        var seen = await server.AskAsync("SELECT 1 AS n WHERE false");
        seen.Holds("row_count == 0 && rows == [] && value == null && columns == ['n']");
        Assert.Matches("^0 rows in [0-9]+ ms$", seen.Detail);
    }

    [NeedsProgram("postgres")]
    public async Task All_rows_are_counted_and_the_first_thousand_kept()
    {
        var seen = await server.AskAsync("SELECT n FROM generate_series(1, 5000) n");
        seen.Holds("truncated && row_count == 5000 && value == 1 && rows[999].n == 1000");
        seen.Holds("rows.exists(r, r.n == 7)");
        Assert.Equal(Verdict.Failed, seen.Judge("rows.all(r, r.n < 10)").Verdict);
    }

    [NeedsProgramTheory("postgres")]
    [InlineData("rows.all(r, r.n > 0)")]
    [InlineData("!rows.exists(r, r.n == 4000)")]
    [InlineData("size(rows.filter(r, r.n > 4000)) == 0")]
    [InlineData("rows[1000].n > 0")]
    public async Task What_the_rows_beyond_would_have_to_show_can_not_be_told(string criterion)
    {
        var seen = await server.AskAsync("SELECT n FROM generate_series(1, 5000) n");
        Assert.Equal(Verdict.Inconclusive, seen.Judge(criterion).Verdict);
    }

    [NeedsProgram("postgres")]
    public async Task A_thousand_rows_are_all_of_them()
    {
        (await server.AskAsync("SELECT n FROM generate_series(1, 1000) n")).Holds("!truncated && row_count == 1000 && rows.all(r, r.n > 0)");
        (await server.AskAsync("SELECT n FROM generate_series(1, 1001) n")).Holds("truncated && row_count == 1001");
    }

    [NeedsProgram("postgres")]
    public async Task No_more_than_a_mebibyte_is_kept()
    {
        var seen = await server.AskAsync("SELECT n, repeat('x', 300000) AS x FROM generate_series(1, 20) n");
        seen.Holds("truncated && row_count == 20 && rows[2].n == 3");
        Assert.Equal(Verdict.Inconclusive, seen.Judge("rows[3].n == 4").Verdict);
    }

    [NeedsProgram("postgres")]
    public async Task A_first_row_that_is_too_large_can_not_be_told() =>
        Assert.Equal(ErrorId.BodyTooLarge, (await server.AskAsync("SELECT repeat('x', 2000000)")).CouldNotTell);

    [NeedsProgram("postgres")]
    public async Task Two_columns_of_one_name_are_refused()
    {
        var seen = await server.AskAsync("SELECT 0 AS n, 1 AS n");
        Assert.Equal(ErrorId.QueryRefused, seen.CouldNotTell);
        Assert.Contains("'n'", seen.Detail, StringComparison.Ordinal);
    }

    [NeedsProgram("postgres")]
    public async Task A_detail_is_one_bounded_line_whatever_the_database_holds()
    {
        var seen = await server.AskAsync(@"SELECT E'a\n\x1b[31mred' AS x, repeat('y', 5000) AS y FROM generate_series(1, 3)");
        Assert.Contains("x a [31mred, y yyy", seen.Detail, StringComparison.Ordinal);
        Assert.InRange(seen.Detail.Length, 100, 201);
        Assert.DoesNotContain(seen.Detail, char.IsControl);
    }

    [NeedsProgram("postgres")]
    public async Task A_secret_that_the_database_holds_is_hidden()
    {
        var context = LookContexts.Plain() with { Mask = new SecretMask(["s3cret-token"]) };
        var seen = await server.AskAsync(
            "SELECT 's3cret-token' AS a, ARRAY['x s3cret-token'] AS b, '{\"k\": \"s3cret-token\"}'::jsonb AS c, 's3cret-token' AS \"s3cret-token\"",
            context: context);
        seen.Holds("rows[0].a == '***' && rows[0].b == ['x ***'] && rows[0].c.k == '***' && rows[0]['***'] == '***'");
        Assert.DoesNotContain("s3cret", seen.Detail, StringComparison.Ordinal);
    }
}
