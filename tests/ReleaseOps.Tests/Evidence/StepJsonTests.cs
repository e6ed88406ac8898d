using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Evidence;
using ReleaseOps.Steps;

namespace ReleaseOps.Tests.Evidence;

public class StepJsonTests
{
    [Fact]
    public void A_result_comes_back_exactly_as_it_was_written()
    {
        foreach (var step in Sample.Result.Steps)
            AssertSame(step, Read(Write(step)));
    }

    [Fact]
    public void Times_and_durations_keep_their_ticks()
    {
        var step = Sample.Result.Steps[0] with
        {
            StartedAt = new DateTimeOffset(2026, 3, 1, 18, 30, 0, TimeSpan.FromHours(9)).AddTicks(1),
            Elapsed = TimeSpan.FromTicks(1),
        };
        var back = Read(Write(step));
        Assert.Equal(step.StartedAt, back.StartedAt);
        Assert.Equal(TimeSpan.Zero, back.StartedAt.Offset);
        Assert.Equal(TimeSpan.FromTicks(1), back.Elapsed);
        Assert.Contains("2026-03-01T09:30:00.0000001Z", Write(step), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_and_any_duration_come_back()
    {
        var results =
            from text in Hostile.Texts
            from ticks in Gen.Choose(0, int.MaxValue)
            from days in Gen.Choose(0, 366)
            select Sample.Result.Steps[1] with
            {
                Detail = text,
                Elapsed = TimeSpan.FromTicks(ticks) + TimeSpan.FromDays(days),
                StartedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(ticks),
                Notes = [text],
                Findings = [new Finding(text, Verdict.Failed, text) { Observed = text, Reason = ErrorId.TimedOut, Required = false }],
            };
        Prop.ForAll(results.ToArbitrary(), step => AssertSame(step, Read(Write(step)))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_ledger_line_is_compact_and_in_the_shape_of_the_evidence()
    {
        var step = Sample.Result.Steps[1];
        Assert.DoesNotContain('\n', Write(step));
        var shown = JsonNode.Parse(EvidenceJson.Text(Sample.Result))!["steps"]![1];
        Assert.True(JsonNode.DeepEquals(shown, JsonNode.Parse(Write(step))));
    }

    [Fact]
    public void A_result_that_lacks_something_is_refused_and_never_read_as_its_default()
    {
        var whole = JsonNode.Parse(Write(Sample.Result.Steps[2]))!.AsObject();
        foreach (var name in whole.Select(p => p.Key).Except(["changes", "log"]))
        {
            var part = whole.DeepClone().AsObject();
            part.Remove(name);
            Assert.Equal(ErrorId.BadDocument, Assert.Throws<ReleaseOpsException>(() => Read(part.ToJsonString())).Id);
        }
    }

    [Theory]
    [InlineData("\"Failed\"", "1")]
    [InlineData("\"Failed\"", "\"Excellent\"")]
    [InlineData("\"Failed\"", "null")]
    [InlineData(",\"required\":false}]", "}]")]
    [InlineData("09:30:06.250Z", "09:30:06.250")]
    [InlineData("09:30:06.250Z", "09:30:06.250+00:00")]
    [InlineData("\"tries\":1", "\"tries\":1,\"tries\":2")]
    [InlineData("\"tries\":1", "\"tries\":1,\"surprise\":2")]
    [InlineData("\"elapsedSeconds\":0.003", "\"elapsedSeconds\":1e28")]
    public void A_result_that_nobody_wrote_is_refused(string written, string forged)
    {
        var json = Write(Sample.Result.Steps[2]);
        Assert.Contains(written, json, StringComparison.Ordinal);
        Assert.Equal(ErrorId.BadDocument,
            Assert.Throws<ReleaseOpsException>(() => Read(json.Replace(written, forged, StringComparison.Ordinal))).Id);
    }

    private static string Write(StepResult step)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            StepJson.Write(writer, step);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static StepResult Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return StepJson.Read(document.RootElement);
    }

    // Lists in a record compare by reference: compare them apart.
    private static void AssertSame(StepResult expected, StepResult actual)
    {
        Assert.Equal(expected.Findings, actual.Findings);
        Assert.Equal(expected.Notes, actual.Notes);
        Assert.Equal(expected with { Findings = [], Notes = [] }, actual with { Findings = [], Notes = [] });
    }
}
