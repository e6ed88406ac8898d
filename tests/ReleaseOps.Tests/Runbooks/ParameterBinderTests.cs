using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

public class ParameterBinderTests
{
    private static readonly Runbook Runbook = Read.Good(Read.Top(
        "parameters:",
        "  version: { pattern: '\\d+\\.\\d+|next' }",
        "  count: { type: integer, default: 3 }",
        "  share: { type: number, required: false }",
        "  force: { type: boolean, default: false }",
        "  wait: { type: duration, default: 10m }",
        "  where: { choices: [staging, prod], default: prod }"));

    [Fact]
    public void Values_have_the_types_of_their_parameters()
    {
        var bound = Bind(("version", "1.10"), ("share", "2.50"), ("force", "true"), ("wait", "1h30m"));
        Assert.Equal("1.10", bound.Values["version"]);
        Assert.Equal(3L, bound.Values["count"]);
        Assert.Equal(2.5, bound.Values["share"]);
        Assert.Equal(true, bound.Values["force"]);
        Assert.Equal(TimeSpan.FromMinutes(90), bound.Values["wait"]);
        Assert.Equal("1h30m", bound.Text("wait"));
        Assert.Empty(bound.Missing);
    }

    [Fact]
    public void Missing_ones_are_listed_and_only_required_ones_stop_a_run()
    {
        var bound = Bind();
        Assert.Equal(["version", "share"], bound.Missing);
        Assert.Equal(["version"], bound.Required);
        var error = Assert.Throws<ReleaseOpsException>(bound.RequireAll);
        Assert.Equal((ErrorId.MissingParameter, "version"), (error.Id, error.Subject));
        Bind(("version", "next")).RequireAll();
    }

    [Theory]
    [InlineData("version", "1.10x", ErrorId.ParameterPattern)]
    [InlineData("version", "x1.10", ErrorId.ParameterPattern)]
    [InlineData("version", "next\n", ErrorId.ParameterType)]
    [InlineData("version", "1.1\0", ErrorId.ParameterType)]
    [InlineData("count", "3.0", ErrorId.ParameterType)]
    [InlineData("count", " 3", ErrorId.ParameterType)]
    [InlineData("count", "1e3", ErrorId.ParameterType)]
    [InlineData("count", "9223372036854775808", ErrorId.ParameterType)]
    [InlineData("share", "NaN", ErrorId.ParameterType)]
    [InlineData("share", "1,5", ErrorId.ParameterType)]
    [InlineData("force", "True", ErrorId.ParameterType)]
    [InlineData("force", "yes", ErrorId.ParameterType)]
    [InlineData("wait", "10", ErrorId.ParameterType)]
    [InlineData("where", "Prod", ErrorId.ParameterPattern)]
    [InlineData("verson", "1.1", ErrorId.UnknownParameter)]
    public void A_value_that_does_not_fit_is_refused(string name, string value, ErrorId id)
    {
        var error = Assert.Throws<ReleaseOpsException>(() => Bind((name, value)));
        Assert.Equal((id, name), (error.Id, error.Subject));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var error = Assert.Throws<ReleaseOpsException>(() => Bind(("verson", "1.1"), ("count", "x"), ("where", "here")));
        Assert.Contains("no parameter 'verson'; did you mean 'version'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("parameter 'count': 'x' isn't a whole number", error.Message, StringComparison.Ordinal);
        Assert.Contains("parameter 'where': 'here' isn't one of: staging, prod", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a+)+")]
    [InlineData("(a|aa)+")]
    [InlineData("((a{1,9}){1,9}){1,9}")]
    public void A_pattern_cannot_be_made_to_run_for_ever(string pattern)
    {
        var runbook = Read.Good(Read.Top($"parameters: {{ a: {{ pattern: '{pattern}' }} }}"));
        var value = new Dictionary<string, string> { ["a"] = new string('a', 5000) + "!" };
        Assert.Equal(ErrorId.ParameterPattern, Assert.Throws<ReleaseOpsException>(() => ParameterBinder.Bind(runbook, value)).Id);
    }

    [Fact]
    public void The_release_is_the_product_and_its_version()
    {
        Assert.Equal(new Release("test", "1.10"), ParameterBinder.ReleaseOf(Runbook, Bind(("version", "1.10"))));
        Assert.Equal(new Release("test", "unversioned"), ParameterBinder.ReleaseOf(Runbook, Bind()));
    }

    private static BoundParameters Bind(params (string Name, string Value)[] given) =>
        ParameterBinder.Bind(Runbook, given.ToDictionary(g => g.Name, g => g.Value));
}
