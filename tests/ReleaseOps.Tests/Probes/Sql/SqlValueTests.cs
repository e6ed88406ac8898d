using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Probes.Sql;

[Collection("PostgreSQL")]
public class SqlValueTests(Postgres server)
{
    [NeedsProgramTheory("postgres")]
    [InlineData("1 = 1", "value == true")]
    [InlineData("1 = 2", "value == false")]
    [InlineData("7::smallint", "value == 7 && type(value) == int")]
    [InlineData("-7", "value == -7 && type(value) == int")]
    [InlineData("9223372036854775807", "value == 9223372036854775807")]
    [InlineData("0.1::real", "value == 0.1 && type(value) == double")]
    [InlineData("0.1::double precision + 0.2", "value == 0.30000000000000004")]
    [InlineData("19.99::numeric(10,2)", "value == 19.99 && type(value) == double")]
    [InlineData("count(*) FROM generate_series(1, 3)", "value == 3")]
    [InlineData("sum(x) FROM generate_series(1, 3) x", "value == 6")]
    [InlineData("'RFID'::text", "value == 'RFID'")]
    [InlineData("'RFID'::varchar(9)", "value == 'RFID'")]
    [InlineData("''", "value == ''")]
    [InlineData("NULL::int", "value == null")]
    [InlineData("'2026-03-01 12:00:00+02'::timestamptz", "value == timestamp('2026-03-01T10:00:00Z')")]
    [InlineData("'2026-03-01 12:00:00.25+02'::timestamptz", "value == timestamp('2026-03-01T10:00:00.25Z')")]
    [InlineData("'infinity'::timestamptz", "value == 'infinity'")]
    [InlineData("'2026-03-01 12:00:00'::timestamp", "value == '2026-03-01 12:00:00'")]
    [InlineData("'2026-03-01'::date", "value == '2026-03-01'")]
    [InlineData("'90 minutes'::interval", "value == duration('90m')")]
    [InlineData("'2 days -1.5 seconds'::interval", "value == duration('48h') - duration('1.5s')")]
    [InlineData("'0'::interval", "value == duration('0s')")]
    [InlineData("'1 month 2 days'::interval", "value == 'P1M2D'")]
    [InlineData("'{\"a\": [1, {\"b\": null}]}'::jsonb", "value.a[0] == 1 && value.a[1].b == null")]
    [InlineData("'{\"a\": \"x\"}'::json", "value.a == 'x'")]
    [InlineData("ARRAY[1, NULL, 3]", "value == [1, null, 3]")]
    [InlineData("'{}'::int[]", "value == []")]
    [InlineData("'[0:1]={1,2}'::int[]", "value == [1, 2]")]
    [InlineData("ARRAY[[1, 2], [3, 4]]", "value == [[1, 2], [3, 4]]")]
    [InlineData("ARRAY['a', 'b,c', 'd\"e\\f', 'NULL', NULL, '', '{x}']", "value == ['a', 'b,c', 'd\"e\\\\f', 'NULL', null, '', '{x}']")]
    [InlineData("ARRAY['2026-03-01 12:00:00+02'::timestamptz]", "value == [timestamp('2026-03-01T10:00:00Z')]")]
    [InlineData("ARRAY['{\"a\": 1}'::jsonb]", "value[0].a == 1")]
    [InlineData("'6f6a3c1e-0000-0000-0000-000000000000'::uuid", "value == '6f6a3c1e-0000-0000-0000-000000000000'")]
    [InlineData("'10.0.0.0/8'::inet", "value == '10.0.0.0/8'")]
    [InlineData("'\\xff'::bytea", "value == '\\\\xff'")]
    [InlineData("'sale'::sql_test_kind", "value == 'sale'")]
    [InlineData("'£ 안녕 😀'", "value == '£ 안녕 😀'")]
    public async Task A_value_is_what_it_is_in_the_database(string expression, string criterion)
    {
        await server.ExecuteAsync("""
            DO $$ BEGIN CREATE TYPE sql_test_kind AS ENUM ('sale', 'return'); EXCEPTION WHEN duplicate_object THEN NULL; END $$
            """);
        (await server.AskAsync("SELECT " + expression)).Holds(criterion);
    }

    [NeedsProgramTheory("postgres")]
    [InlineData("'NaN'::numeric")]
    [InlineData("'NaN'::double precision")]
    public async Task A_NaN_can_not_pass_either_way(string expression)
    {
        var seen = await server.AskAsync("SELECT " + expression);
        Assert.Equal(Verdict.Inconclusive, seen.Judge("value < 1.0").Verdict);
        Assert.Equal(Verdict.Inconclusive, seen.Judge("!(value < 1.0)").Verdict);
    }

    [NeedsProgram("postgres")]
    public async Task The_settings_of_the_database_do_not_change_what_is_seen()
    {
        await server.ExecuteAsync("CREATE ROLE elsewhere LOGIN");
        await server.ExecuteAsync("ALTER ROLE elsewhere SET DateStyle = 'German'; ALTER ROLE elsewhere SET TimeZone = 'Asia/Seoul'; "
            + "ALTER ROLE elsewhere SET IntervalStyle = 'sql_standard'; ALTER ROLE elsewhere SET extra_float_digits = -15; "
            + "ALTER ROLE elsewhere SET standard_conforming_strings = off");
        var seen = await Asking.At(server.Address("elsewhere"),
            @"SELECT '2026-03-01 12:00:00+00'::timestamptz AS t, '90 minutes'::interval AS i, 0.1::float8 AS f, 'a\' AS s");
        seen.Holds(@"rows[0].t == timestamp('2026-03-01T12:00:00Z') && rows[0].i == duration('90m') && rows[0].f == 0.1 && rows[0].s == 'a\\'");
    }
}
