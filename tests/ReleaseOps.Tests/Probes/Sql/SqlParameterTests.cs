using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Tests.Probes.Sql;

[Collection("PostgreSQL")]
public class SqlParameterTests(Postgres server)
{
    private static readonly Dictionary<string, object> All = new()
    {
        ["text"] = "x'; DROP TABLE t; --",
        ["whole"] = 7L,
        ["half"] = 0.5,
        ["yes"] = true,
        ["back"] = TimeSpan.FromHours(72),
    };

    [NeedsProgramTheory("postgres")]
    [InlineData("@text", "text", "value == \"x'; DROP TABLE t; --\"")]
    [InlineData("@whole", "bigint", "value == 7")]
    [InlineData("@half", "double precision", "value == 0.5")]
    [InlineData("@yes", "boolean", "value == true")]
    [InlineData("@back", "interval", "value == duration('72h')")]
    public async Task A_parameter_goes_in_as_a_value_of_its_type(string name, string type, string criterion)
    {
        (await server.AskAsync($"SELECT {name}", All)).Holds(criterion);
        (await server.AskAsync($"SELECT pg_typeof({name})::text", All)).Holds($"value == '{type}'");
    }

    [NeedsProgram("postgres")]
    public async Task A_name_may_stand_twice_and_in_any_order() =>
        (await server.AskAsync("SELECT @whole+@whole AS a, @half AS b, 1 WHERE @text=@text AND now() - @back < now()", All))
            .Holds("rows[0].a == 14 && rows[0].b == 0.5");

    [NeedsProgram("postgres")]
    public async Task What_stands_in_strings_names_and_comments_is_no_parameter() =>
        (await server.AskAsync("SELECT '@whole' AS \"@half\", $$@yes$$ AS d, E'\\'@text' AS e -- @back\n/* @nope /* @nope */ @nope */", All))
            .Holds("rows[0] == {'@half': '@whole', 'd': '@yes', 'e': \"'@text\"}");

    [NeedsProgram("postgres")]
    public async Task Operators_with_an_at_sign_stay_operators() =>
        (await server.AskAsync("SELECT ARRAY[1] <@ARRAY[1, 2] AS a, ARRAY[1, 2] @> ARRAY[1] AS b, @ -5 AS c")).Holds("rows[0] == {'a': true, 'b': true, 'c': 5}");

    [NeedsProgram("postgres")]
    public async Task A_parameter_without_a_value_can_not_be_asked_for()
    {
        var seen = await server.AskAsync("SELECT 1 WHERE 'a' = @missing", All);
        Assert.Equal(ErrorId.MissingParameter, seen.CouldNotTell);
        Assert.Contains("'missing'", seen.Detail, StringComparison.Ordinal);
    }
}
