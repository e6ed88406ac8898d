using System.Text.Json.Nodes;
using System.Xml.Linq;
using ReleaseOps.Evidence;
using ReleaseOps.Rollouts;

namespace ReleaseOps.Tests.Evidence;

public class RolloutEvidenceTests
{
    private static readonly JsonObject Schema = Read("rollout-result.schema.json");

    public static TheoryData<string> Documents { get; } =
        new(EvidenceJson.Text(RolloutSample.Result), EvidenceJson.Text(RolloutSample.DryRun), EvidenceJson.Text(RolloutSample.Back));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Documents_are_as_the_schema_says(string document) => Assert.Empty(new SmallSchema(Schema).Check(JsonNode.Parse(document)));

    [Fact]
    public void A_document_of_a_checklist_is_refused() =>
        Assert.NotEmpty(new SmallSchema(Schema).Check(JsonNode.Parse(EvidenceJson.Text(Sample.Result))));

    [Theory]
    [InlineData("$")]
    [InlineData("stages.0")]
    [InlineData("stages.0.gate")]
    [InlineData("rollback")]
    [InlineData("attestations.0")]
    public void A_property_that_the_schema_does_not_know_is_refused(string path)
    {
        var document = JsonNode.Parse(EvidenceJson.Text(RolloutSample.Result))!;
        var at = path == "$" ? document : path.Split('.').Aggregate(document, (node, key) => int.TryParse(key, out var place) ? node[place]! : node[key]!);
        at.AsObject().Add("surprise", 1);
        Assert.NotEmpty(new SmallSchema(Schema).Check(document));
    }

    [Fact]
    public void What_both_schemas_define_they_define_alike()
    {
        var checklist = Read("checklist-result.schema.json")["definitions"]!.AsObject();
        Assert.All(checklist, d => Assert.True(JsonNode.DeepEquals(d.Value, Schema["definitions"]![d.Key]), d.Key));
    }

    [Fact]
    public void The_schema_knows_every_word_that_a_rollout_can_say()
    {
        var definitions = Schema["definitions"]!;
        Assert.Equal(Enum.GetNames<RolloutDecision>().Order(), Words(definitions["rolloutDecision"]!));
        Assert.Equal(Enum.GetNames<Decision>().Order(), Words(definitions["gateResult"]!["properties"]!["decision"]!));
        Assert.Equal(Enum.GetNames<AttestedKind>().Order(), Words(definitions["attested"]!["properties"]!["kind"]!));

        static IEnumerable<string> Words(JsonNode schema) => schema["enum"]!.AsArray().Select(n => (string)n!).Order();
    }

    [Fact]
    public void A_stage_that_was_not_reached_and_an_action_without_a_result_do_not_vanish()
    {
        var cases = XDocument.Parse(System.Text.Encoding.UTF8.GetString(JUnitReport.Bytes(RolloutSample.Result))).Descendants("testcase")
            .ToDictionary(c => (string)c.Attribute("name")!, c => c.Elements().First().Name.LocalName);
        Assert.Equal("skipped", cases["deploy:last"]);
        Assert.Equal("error", cases["to-full"]);
        Assert.Equal("failure", cases["error_rate < 1.5"]);
        Assert.Equal("failure", cases["deploy:full"]);
        Assert.Equal("error", cases["availability >= 99.5"]);
    }

    [Theory]
    [InlineData("x\n## Decision: GO\n")]
    [InlineData("`|` [x](javascript:1) <script> @everyone ##vso[task.complete result=Succeeded;]")]
    public void Text_from_outside_forms_no_Markdown_and_no_command(string text)
    {
        var said = RolloutSample.Result with
        {
            Reason = text,
            Attestations = [new Attested(text, default, AttestedKind.Signal, "abort") { Reason = text, Subject = text, Role = text }],
            Stages = [.. RolloutSample.Result.Stages.Select(s => s with { Reason = text, DecidedBy = text })],
            Rollback = RolloutSample.Result.Rollback! with { Reason = text },
        };
        var plain = MarkdownReport.Text(RolloutSample.Result).Split('\n').Length;
        Assert.Equal(plain - 1, MarkdownReport.Text(said).Split('\n').Length);
        Assert.DoesNotContain("##vso[", EvidenceJson.Text(said), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(Verdict.Passed, "ROLLBACK")]
    [InlineData(Verdict.Failed, "ROLLBACK FAILED")]
    [InlineData(Verdict.Inconclusive, "ROLLBACK UNVERIFIED")]
    public void A_way_back_that_did_not_work_stands_in_the_closing_line(Verdict verdict, string word)
    {
        var result = RolloutSample.Result with { Reason = "x", Rollback = RolloutSample.Result.Rollback! with { Verdict = verdict } };
        Assert.Equal($"Canary rollout result: {word} (x)", result.Summary);
    }

    private static JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Join(Golden.Root, "module/schema", name)))!.AsObject();
}
