using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Evidence;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Probes;
using ReleaseOps.Watches;

namespace ReleaseOps.Tests.Evidence;

public partial class WatchEvidenceTests
{
    private static readonly JsonObject Schema = Read("watch-result.schema.json");

    public static TheoryData<string> Documents { get; } = new(
        EvidenceJson.Text(WatchSample.Small), EvidenceJson.Text(WatchSample.Going), EvidenceJson.Text(WatchSample.Quiet), EvidenceJson.Text(WatchSample.DryRun),
        EvidenceJson.Text(WatchSample.Small with { Run = null, Replayed = true }));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Documents_are_as_the_schema_says(string document) => Assert.Empty(new SmallSchema(Schema).Check(JsonNode.Parse(document)));

    [Fact]
    public void Every_property_of_a_watch_that_the_schema_has_occurs_in_a_document()
    {
        var schema = new SmallSchema(Schema);
        schema.Check(JsonNode.Parse(EvidenceJson.Text(WatchSample.Small with { Folder = "/x", Stopped = "ana: rolled back" })));
        var shared = Read("checklist-result.schema.json")["definitions"]!.AsObject().Select(d => d.Key).Append("gateResult").ToHashSet();
        var known = Schema["definitions"]!.AsObject().Where(d => !shared.Contains(d.Key)).Select(d => ($"#/definitions/{d.Key}", d.Value!)).Prepend(("#", Schema))
            .Where(d => d.Item2["properties"] is not null)
            .SelectMany(d => d.Item2["properties"]!.AsObject().Select(p => $"{d.Item1}/properties/{p.Key}"));
        Assert.Empty(known.Except(schema.Seen));
    }

    [Theory]
    [InlineData("incidents.0")]
    [InlineData("thresholds.0")]
    [InlineData("slos.0.burns.0.rule")]
    [InlineData("plots.0.points.0")]
    [InlineData("exit")]
    [InlineData("words.0")]
    public void A_property_that_the_schema_does_not_know_is_refused(string path)
    {
        var document = JsonNode.Parse(EvidenceJson.Text(WatchSample.Small))!;
        path.Split('.').Aggregate(document, (node, key) => int.TryParse(key, out var place) ? node[place]! : node[key]!).AsObject().Add("surprise", 1);
        Assert.NotEmpty(new SmallSchema(Schema).Check(document));
    }

    [Fact]
    public void What_the_schemas_define_they_define_alike()
    {
        var rollout = Read("rollout-result.schema.json")["definitions"]!.AsObject();
        var both = Schema["definitions"]!.AsObject().Where(d => rollout.ContainsKey(d.Key)).ToList();
        Assert.InRange(both.Count, 8, 20);
        Assert.All(both, d => Assert.True(JsonNode.DeepEquals(d.Value, rollout[d.Key]), d.Key));
    }

    [Fact]
    public void The_schema_knows_every_word_that_a_watch_can_say()
    {
        var definitions = Schema["definitions"]!;
        Assert.Equal(Enum.GetNames<Decision>().Order(), Words(definitions["decision"]!));
        Assert.Equal(Enum.GetNames<CallKind>().Order(), Words(definitions["call"]!["properties"]!["kind"]!));
        Assert.Equal(Enum.GetNames<WatchWordKind>().Order(), Words(definitions["word"]!["properties"]!["kind"]!));

        static IEnumerable<string> Words(JsonNode schema) => schema["enum"]!.AsArray().Select(n => (string)n!).Order();
    }

    [Fact]
    public void JUnit_has_a_case_for_everything_that_decides()
    {
        var cases = Cases(WatchSample.Result);
        Assert.Equal("failure", cases["INC-3"]);
        Assert.Equal("failure", cases["integrity"]);
        Assert.Equal("failure", cases["day-one"]);
        Assert.Equal("failure", cases["error_rate < 1"]);
        Assert.Equal("error", cases["rollback-path"]);
        Assert.Equal("error", cases["gaps"]);
        Assert.Equal("error", cases["exit"]);
        Assert.Equal("error", cases["T+24h"]);
        Assert.Equal("system-out", cases["looks"]);
    }

    [Fact]
    public void An_incident_that_is_over_is_a_pass_though_a_clock_ran_out() => Assert.Equal("system-out", Cases(WatchSample.Result)["INC-1"]);

    [Fact]
    public void Nothing_that_decides_is_bad_in_the_JUnit_of_a_GO()
    {
        Assert.All(Cases(WatchSample.Quiet), c => Assert.Equal("system-out", c.Value));
        Assert.Equal("system-out", Cases(WatchSample.Quiet)["gaps"]);
    }

    [Fact]
    public void What_is_not_due_yet_is_no_failure_while_the_watch_goes_on()
    {
        var cases = Cases(WatchSample.Going);
        Assert.Equal("skipped", cases["rollback-path"]);
        Assert.Equal("skipped", cases["gaps"]);
        Assert.Equal("skipped", cases["exit"]);
    }

    [Fact]
    public void A_replay_is_reported_by_what_it_decided_and_a_dry_run_is_not()
    {
        Assert.StartsWith("# Stability watch replay: NO-GO\n", MarkdownReport.Text(WatchSample.Small with { Run = null, Replayed = true }), StringComparison.Ordinal);
        Assert.StartsWith("# Stability watch: DRY-RUN\n", MarkdownReport.Text(WatchSample.DryRun), StringComparison.Ordinal);
        Assert.StartsWith("# Stability watch so far: HOLD\n", MarkdownReport.Text(WatchSample.Going), StringComparison.Ordinal);
        Assert.StartsWith("# Stability watch: NO-GO\n", MarkdownReport.Text(WatchSample.Small), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_ran_out_is_said_so()
    {
        var report = MarkdownReport.Text(WatchSample.Small);
        Assert.Contains("`bob` / due 2026-03-01T12:05:00.000Z **LATE by 2m**", report, StringComparison.Ordinal);
        Assert.Contains("not yet / due 2026-03-02T07:48:00.000Z **LATE by 1h12m**", report, StringComparison.Ordinal);
    }

    [Fact]
    public void An_objective_that_is_just_missed_never_reads_as_met()
    {
        var slo = WatchSample.Result.Slos[0] with { Attained = 99.89999 };
        Assert.Contains("| 99.9 % | 30d | 99.8999 % |", MarkdownReport.Text(WatchSample.Small with { Slos = [slo] }), StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_leaves_its_cell_or_becomes_more_than_code() =>
        Prop.ForAll(Hostile.BrokenTexts.Where(t => OneLine.Of(t).Length > 0).ToArbitrary(), AssertStaysInItsCell).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("www.e.example")]
    [InlineData("logs/a.log")]
    public void A_log_whose_name_is_plain_is_a_link_into_the_folder_and_nothing_else_is_one(string text) => AssertStaysInItsCell(text);

    private static void AssertStaysInItsCell(string text)
    {
        var lines = Runners.Lines(MarkdownReport.Text(HostileWatch.With(text)));
        Assert.Equal(Runners.Lines(MarkdownReport.Text(HostileWatch.With("x"))).Length, lines.Length);
        Assert.DoesNotContain(lines, Runners.ListenTo);
        foreach (var line in lines)
            Assert.Matches("^[A-Za-z0-9 |*(),.:;/%T+#'-]*$", LogLink().Replace(MarkdownReportTests.WithoutSpans(line), ""));
        Assert.DoesNotContain(Runners.Lines(EvidenceJson.Text(HostileWatch.With(text))), Runners.ListenTo);
    }

    // What is left of a link to a log without its label, which is code; a scheme's colon isn't in it.
    [GeneratedRegex(@"\[\]\([A-Za-z0-9][A-Za-z0-9._/-]*\)")]
    private static partial Regex LogLink();

    [Fact]
    public void An_export_of_a_watch_has_a_page_and_that_of_a_rollout_is_refused_one()
    {
        using var folder = new TemporaryFolder();
        var files = EvidenceExport.Write(WatchSample.Small, Path.Join(folder.Path, "out"), EvidenceExport.FormatsOf(WatchSample.Small));
        Assert.Equal(["result.json", "report.md", "junit.xml", "report.html"], files.Select(Path.GetFileName));
        Assert.Equal([EvidenceFormat.Json, EvidenceFormat.Markdown, EvidenceFormat.JUnit], EvidenceExport.FormatsOf(RolloutSample.Result));
        var error = Assert.Throws<ReleaseOpsException>(() => EvidenceExport.Write(RolloutSample.Result, Path.Join(folder.Path, "x.html"), [EvidenceFormat.Html]));
        Assert.Equal((ErrorId.Usage, "report.html"), (error.Id, error.Subject));
        Assert.False(File.Exists(Path.Join(folder.Path, "x.html")));
    }

    [Fact]
    public void The_evidence_of_a_watch_has_a_page_under_its_checksums_and_can_be_copied()
    {
        using var folder = new TemporaryFolder();
        EvidenceFolder.Write(WatchSample.Small with { Folder = folder.Path }, null);
        Assert.Contains("  report.html", File.ReadAllText(Path.Join(folder.Path, "SHA256SUMS")), StringComparison.Ordinal);
        Assert.Equal(4, EvidenceCopy.Write(folder.Path, Path.Join(folder.Path, "copy"), []).Count);
        File.AppendAllText(Path.Join(folder.Path, "report.html"), "forged");
        var error = Assert.Throws<ReleaseOpsException>(() => EvidenceCopy.Write(folder.Path, Path.Join(folder.Path, "again"), []));
        Assert.Equal(ErrorId.EvidenceTampered, error.Id);
        // Nor does it help to take it away.
        File.Delete(Path.Join(folder.Path, "report.html"));
        Assert.Equal(ErrorId.EvidenceTampered, Assert.Throws<ReleaseOpsException>(() => EvidenceCopy.Write(folder.Path, Path.Join(folder.Path, "again"), [])).Id);
    }

    [Fact]
    public void A_run_without_a_page_is_copied_without_one_and_asking_for_it_is_refused()
    {
        using var folder = new TemporaryFolder();
        EvidenceFolder.Write(Sample.Result with { Folder = folder.Path }, null);
        Assert.Equal(3, EvidenceCopy.Write(folder.Path, Path.Join(folder.Path, "copy"), []).Count);
        var error = Assert.Throws<ReleaseOpsException>(() => EvidenceCopy.Write(folder.Path, Path.Join(folder.Path, "page"), [EvidenceFormat.Html]));
        Assert.Equal(ErrorId.Usage, error.Id);
    }

    [Fact]
    public void A_watch_that_goes_on_has_no_result_yet()
    {
        using var folder = new TemporaryFolder();
        EvidenceFolder.Write(WatchSample.Going with { Folder = folder.Path }, null);
        Assert.Equal(["report.html", "report.md"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    private static Dictionary<string, string> Cases(WatchResult result) => XDocument.Parse(Encoding.UTF8.GetString(JUnitReport.Bytes(result))).Descendants("testcase")
        .ToDictionary(c => (string)c.Attribute("name")!, c => c.Elements().First().Name.LocalName);

    private static JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Join(Golden.Root, "module/schema", name)))!.AsObject();
}
