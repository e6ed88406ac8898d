using System.Globalization;

namespace ReleaseOps.Cli.Tests;

/// <summary>Comparing two files of samples.</summary>
public sealed class DriftTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private string Samples(string name, double from, int count = 60) =>
        _scratch.Write(name, string.Join('\n', Enumerable.Range(0, count).Select(i => (from + (i * 0.1)).ToString(CultureInfo.InvariantCulture))));

    private Ended Drift(params string[] more) => _scratch.Run(["drift", "--control", "control.txt", "--experiment", "experiment.txt", .. more]);

    [Theory]
    [InlineData(112.4, "either", 1, "High")]
    [InlineData(112.4, "higher", 1, "High")]
    [InlineData(112.4, "lower", 0, "Pass")]
    [InlineData(88, "lower", 1, "Low")]
    [InlineData(88, "higher", 0, "Pass")]
    [InlineData(100, "either", 0, "Pass")]
    public void Two_files_are_compared_in_the_bad_direction(double experiment, string direction, int code, string classification)
    {
        Samples("control.txt", 100);
        Samples("experiment.txt", experiment);
        var json = Drift("--direction", direction, "--json").With(code).Json;
        Assert.Equal(classification, json.GetProperty("classification").GetString());
        Assert.Equal(experiment - 100, json.GetProperty("estimate").GetDouble(), 6);
        Assert.InRange(json.GetProperty("estimate").GetDouble(), json.GetProperty("lower").GetDouble(), json.GetProperty("upper").GetDouble());
        Assert.InRange(json.GetProperty("pValue").GetDouble(), 0, 1);
        Assert.Equal((60, 60, false), (json.GetProperty("controlSamples").GetInt32(), json.GetProperty("experimentSamples").GetInt32(), json.GetProperty("smallSample").GetBoolean()));
        Assert.Contains(classification == "Pass" ? "passes" : "is " + classification, Drift("--direction", direction).With(code).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Tolerance_and_confidence_are_taken()
    {
        _scratch.Write("control.txt", "[" + string.Join(',', Enumerable.Range(0, 60)) + "]");
        _scratch.Write("experiment.txt", "[" + string.Join(',', Enumerable.Range(9, 60)) + "]");
        Drift("--tolerance", "0").With(1);
        Drift("--tolerance", "0.9").With(0);
        Drift("--tolerance", "0", "--confidence", "99.9").With(0);
    }

    [Fact]
    public void No_data_and_too_little_of_it_can_not_be_told()
    {
        Samples("control.txt", 100);
        _scratch.Write("experiment.txt", "# nothing came\n\n");
        Assert.Equal("Nodata", Drift("--json").With(3).Json.GetProperty("classification").GetString());
        _scratch.Write("experiment.txt", "[null, \"NaN\", 5, 6, 7]");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Drift("--confidence", "99.9999", "--json").With(3).Json.GetProperty("estimate").ValueKind);
    }

    [Theory]
    [InlineData("1\ntwo\n3", "line 2")]
    [InlineData("[1, true]", "item 1")]
    [InlineData("[1, ", "JSON")]
    public void A_file_that_can_not_be_used_is_named(string text, string problem)
    {
        Samples("control.txt", 100);
        _scratch.Write("experiment.txt", text);
        Drift().Refused(2, ErrorId.BadSamples, "experiment.txt", problem);
        File.Delete(Path.Combine(_scratch.Folder, "experiment.txt"));
        Drift().Refused(2, ErrorId.FileUnreadable, "experiment.txt");
    }

    [Theory]
    [InlineData("drift")]
    [InlineData("drift", "--control", "a")]
    [InlineData("drift", "r.yaml", "--control", "a", "--experiment", "b")]
    [InlineData("drift", "r.yaml", "--direction", "higher")]
    [InlineData("drift", "--control", "a", "--experiment", "b", "--metric", "m")]
    [InlineData("drift", "--control", "a", "--experiment", "b", "--direction", "sideways")]
    [InlineData("drift", "--control", "a", "--experiment", "b", "--direction", "7")]
    [InlineData("drift", "--control", "a", "--experiment", "b", "--direction", "higher,lower")]
    [InlineData("drift", "--control", "a", "--experiment", "b", "--tolerance", "x")]
    [InlineData("drift", "--control", "a", "--experiment", "b", "--confidence", "100")]
    [InlineData("drift", "r.yaml", "--since", "soon")]
    [InlineData("metrics")]
    [InlineData("metrics", "r.yaml", "--interval", "0s")]
    [InlineData("metrics", "r.yaml", "--output", "")]
    public void What_does_not_fit_together_is_wrong_usage(params string[] arguments) =>
        Assert.StartsWith("releaseops: ", _scratch.Run(arguments).With(2).Error, StringComparison.Ordinal);
}
