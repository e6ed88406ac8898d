using System.Text.Json.Nodes;
using ReleaseOps.Evidence;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Tests.Evidence;

public class SchemaTests
{
    private static readonly JsonObject Schema =
        JsonNode.Parse(File.ReadAllText(Path.Join(Golden.Root, "module/schema/checklist-result.schema.json")))!.AsObject();

    public static TheoryData<string> Documents { get; } =
        new(EvidenceJson.Text(Sample.Result), EvidenceJson.Text(Sample.DryRun), EvidenceJson.Text(WithEverything()));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Documents_are_as_the_schema_says(string document) => Assert.Empty(new SmallSchema(Schema).Check(JsonNode.Parse(document)));

    [Fact]
    public void Every_property_of_the_schema_occurs_in_a_document()
    {
        var schema = new SmallSchema(Schema);
        schema.Check(JsonNode.Parse(EvidenceJson.Text(WithEverything())));
        var known = Schema["definitions"]!.AsObject().Select(d => ($"#/definitions/{d.Key}", d.Value!)).Prepend(("#", Schema))
            .Where(d => d.Item2["properties"] is not null)
            .SelectMany(d => d.Item2["properties"]!.AsObject().Select(p => $"{d.Item1}/properties/{p.Key}"));
        Assert.Equal(known.Order(StringComparer.Ordinal), schema.Seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("$")]
    [InlineData("release")]
    [InlineData("steps.0")]
    [InlineData("steps.0.findings.0")]
    [InlineData("findings.0")]
    [InlineData("plan")]
    [InlineData("plan.steps.0")]
    [InlineData("plan.rollback.0")]
    public void A_property_that_the_schema_does_not_know_is_refused(string path)
    {
        var document = JsonNode.Parse(EvidenceJson.Text(Sample.Result))!;
        At(document, path).AsObject().Add("surprise", 1);
        Assert.NotEmpty(new SmallSchema(Schema).Check(document));
    }

    [Fact]
    public void A_property_that_must_be_there_is_missed()
    {
        foreach (var name in Schema["required"]!.AsArray())
        {
            var document = JsonNode.Parse(EvidenceJson.Text(Sample.Result))!;
            document.AsObject().Remove((string)name!);
            Assert.NotEmpty(new SmallSchema(Schema).Check(document));
        }
    }

    [Fact]
    public void The_schema_knows_every_verdict_and_decision()
    {
        Assert.Equal(Enum.GetNames<Verdict>().Order(), Names(Schema["definitions"]!["verdict"]!));
        Assert.Equal(Enum.GetNames<Decision>().Order(), Names(Schema["properties"]!["decision"]!));

        static IEnumerable<string> Names(JsonNode schema) => schema["enum"]!.AsArray().Select(n => (string)n!).Order();
    }

    private static JsonNode At(JsonNode document, string path) => path == "$"
        ? document
        : path.Split('.').Aggregate(document, (node, key) => int.TryParse(key, out var place) ? node[place]! : node[key]!);

    private static ReleaseOps.Checklists.ChecklistResult WithEverything()
    {
        var plan = Sample.Plan;
        var gate = new Finding("canary", Verdict.Passed, "error_rate 0.2 % is < 0.5 %") { Query = "sum(rate(errors[5m]))", Samples = 1 };
        return Sample.Result with
        {
            Folder = "/var/evidence/run",
            Findings = [.. Sample.Result.Findings, gate],
            Plan = plan with
            {
                Steps = [.. plan.Steps, Stage(plan.Steps[0])],
                Parameters = new Dictionary<string, object?>(plan.Parameters) { ["none"] = null },
            },
        };

        static PlannedStep Stage(PlannedStep step) => step with
        {
            Id = "deploy:canary",
            Kind = "stage",
            Approval = "decision-owner",
            Stage = "canary",
            DueAt = new TimeOffset(TimeSpan.FromMinutes(-60)),
        };
    }
}
