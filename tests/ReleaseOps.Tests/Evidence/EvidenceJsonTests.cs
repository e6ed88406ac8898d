using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Evidence;

public class EvidenceJsonTests
{
    [Fact]
    public void The_schema_version_comes_first() =>
        Assert.StartsWith("{\n  \"schemaVersion\": \"1\",\n", EvidenceJson.Text(Sample.Result), StringComparison.Ordinal);

    [Fact]
    public void The_folder_is_in_what_is_printed() =>
        Assert.Equal("/x/run", (string?)JsonNode.Parse(EvidenceJson.Text(Sample.Result with { Folder = "/x/run" }))!["folder"]);

    [Fact]
    public void Any_text_comes_through_and_none_is_a_command_to_a_ci_system()
    {
        Prop.ForAll(Hostile.Texts.ToArbitrary(), text =>
        {
            var json = EvidenceJson.Text(HostileResult.With(text));
            Assert.DoesNotContain(Runners.Lines(json), Runners.ListenTo);
            var document = JsonNode.Parse(json)!;
            Assert.Equal(text, (string?)document["steps"]![0]!["detail"]);
            Assert.Equal(text, (string?)document["plan"]!["parameters"]![text]);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_bytes_are_the_same_in_every_culture_and_time_zone()
    {
        var before = CultureInfo.CurrentCulture;
        var here = All(Sample.Result);
        var watch = Watch(WatchSample.Result);
        try
        {
            CultureInfo.CurrentCulture = Strange();
            var seoul = Sample.Result with
            {
                StartedAt = Sample.Result.StartedAt.ToOffset(TimeSpan.FromHours(9)),
                Steps = [.. Sample.Result.Steps.Select(s => s with { StartedAt = s.StartedAt.ToOffset(TimeSpan.FromHours(-11)) })],
            };
            Assert.Equal("-1,5", (-1.5).ToString().Replace('~', '-'));
            Assert.Equal(here, All(seoul));
            Assert.Equal(watch, Watch(WatchSample.Result with { T0 = WatchSample.T0.ToOffset(TimeSpan.FromHours(9)), AsOf = WatchSample.Result.AsOf.ToOffset(TimeSpan.FromHours(-5)) }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string All(ReleaseOps.Checklists.ChecklistResult result) =>
            EvidenceJson.Text(result) + MarkdownReport.Text(result) + Convert.ToHexString(JUnitReport.Bytes(result));

        static string Watch(ReleaseOps.Watches.WatchResult result) =>
            EvidenceJson.Text(result) + MarkdownReport.Text(result) + Convert.ToHexString(JUnitReport.Bytes(result)) + WatchPage.Text(result);
    }

    [Fact]
    public void A_number_that_JSON_does_not_have_loses_no_record()
    {
        var point = new ReleaseOps.Watches.PlotPoint(WatchSample.T0, double.NaN, double.PositiveInfinity);
        var document = JsonNode.Parse(EvidenceJson.Text(WatchSample.Quiet with { Plots = [new("rate", null, [point])] }))!;
        Assert.Null(document["plots"]![0]!["points"]![0]!["high"]);
    }

    // The tests run without culture data, so tr-TR and its like are put together by hand.
    internal static CultureInfo Strange()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.TimeSeparator = ".";
        culture.DateTimeFormat.LongTimePattern = "HH.mm";
        return culture;
    }
}
