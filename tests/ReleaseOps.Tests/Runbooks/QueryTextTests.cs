using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

public class QueryTextTests
{
    [Theory]
    [InlineData("SELECT @a, @b, @a", "SELECT $1, $2, $1")]
    [InlineData("x=@a AND y<>@b::int OR z||@c", "x=$1 AND y<>$2::int OR z||$3")]
    [InlineData("-@a + (@b) [@c]", "-$1 + ($2) [$3]")]
    [InlineData("'@a' \"@b\" --@c\n /*@d*/ $$@e$$ $t$ @f $$ @g $t$", null)]
    [InlineData("E'\\'@a' e'''@b' 'it''s @c' \"q\"\"@d\"", null)]
    [InlineData("a <@b, c @> d, e @@ f, @ 5, @-@ g, h ~@@ i", null)]
    [InlineData("'unfinished @a", null)]
    [InlineData("/* /* */ @a", null)]
    [InlineData("$q$ unfinished @a $", null)]
    [InlineData("name@", null)]
    public void Parameters_get_numbers_and_the_rest_stays_as_it_is(string written, string? numbered) =>
        Assert.Equal(numbered ?? written, QueryText.Read(written).Numbered());

    [Theory]
    [InlineData("SELECT 1", null)]
    [InlineData("SELECT 1 ; ; -- done\n /* really */ ", null)]
    [InlineData("SELECT ';' || \";\" || $$;$$ -- ;\n", null)]
    [InlineData("SELECT 1; x", "1:11 a second statement")]
    [InlineData("SELECT 1;\n  x", "2:3 a second statement")]
    [InlineData("SELECT ';'; 'x'", "1:13 a second statement")]
    [InlineData("SELECT E'\\';'; x", "1:16 a second statement")]
    [InlineData("SELECT '\\'; x", "1:13 a second statement")]
    [InlineData("SELECT $1", "1:8 '$' and a number")]
    [InlineData("SELECT a$1, '$2', $t$ $3 $t$", null)]
    public void A_second_statement_and_numbers_for_parameters_are_problems(string written, string? problem)
    {
        var query = QueryText.Read(written);
        Assert.Equal(problem, query.Problem is { } p ? $"{query.Place(p.Offset)} {p.What}" : null);
    }

    [Theory]
    [InlineData("SELECT @tenant, nothing", 11, "1:17")]
    [InlineData("SELECT @t, @t,\n  nothing", 17, "2:3")]
    [InlineData("SELECT 1", 99, "1:9")]
    [InlineData("SELECT @tenant", 7, "1:8")]
    public void A_place_in_what_the_server_read_is_a_place_in_what_was_written(string written, int sent, string place) =>
        Assert.Equal(place, QueryText.Read(written).PlaceOf(sent));

    [Fact]
    public void Any_text_is_taken_apart_without_harm()
    {
        var random = new Random(7);
        const string letters = "a1@$;'\"-/*\\E \n=<e_é";
        for (var i = 0; i < 2_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => letters[random.Next(letters.Length)])]);
            var query = QueryText.Read(text);
            _ = query.PlaceOf(query.Numbered().Length);
            Assert.All(query.Names, name => Assert.Equal("@" + name.Name, text.Substring(name.Offset, name.Name.Length + 1)));
        }
    }
}
