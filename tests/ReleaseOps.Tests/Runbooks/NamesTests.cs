using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Tests.Runbooks;

public class NamesTests
{
    private static readonly NameShape[] Shapes =
    [
        Names.Runbook, Names.Phase, Names.Step, Names.Role, Names.Stage, Names.Severity, Names.Permission, Names.Metric, Names.Parameter,
        Names.Variable, Names.Header, Names.Channel,
    ];

    [Fact]
    public void What_the_reader_takes_is_what_the_schema_says()
    {
        var letters = Gen.Elements("abzAZ019-_.:#@ é\n".ToCharArray());
        var names = Gen.ArrayOf(letters).Resize(6).Select(letters => new string(letters));
        Prop.ForAll(Arb.From(names), name =>
        {
            foreach (var shape in Shapes)
            {
                // In ECMAScript's dialect, $ is the very end.
                var pattern = shape.Pattern.Replace("$", @"\z", StringComparison.Ordinal);
                if (shape == Names.Header)
                    pattern = shape.Pattern[..^1] + @"\z";
                Assert.True(Regex.IsMatch(name, pattern) == shape.Fits(name), $"'{name}' and {shape.Pattern}");
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("params")]
    [InlineData("in")]
    [InlineData("true")]
    public void Words_of_the_language_are_no_names_of_metrics(string word) => Assert.False(Names.Metric.Fits(word));

    [Theory]
    [InlineData("comand", "command", 1)]
    [InlineData("tiemout", "timeout", 1)]
    [InlineData("abc", "ABC", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_letters_to_change(string a, string b, int distance)
    {
        Assert.Equal(distance, Nearest.Distance(a, b));
        Assert.Equal(distance, Nearest.Distance(b, a));
    }

    [Fact]
    public void Far_names_are_not_suggested() => Assert.Null(Nearest.Of("health", ["deploy", "revert"]));
}
