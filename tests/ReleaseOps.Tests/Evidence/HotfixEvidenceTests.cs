using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Contracts;
using ReleaseOps.Evidence;
using ReleaseOps.Hotfixes;

namespace ReleaseOps.Tests.Evidence;

public class HotfixEvidenceTests
{
    private static readonly JsonObject Schema = Read("hotfix-result.schema.json");
    private static readonly JsonObject Drift = Read("contract-result.schema.json");

    private static readonly DateTimeOffset At = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Documents_are_as_the_schema_says()
    {
        foreach (var result in new[] { HotfixSample.Result, HotfixSample.DryRun, HotfixSample.Result with { Folder = "/x", Contract = null, Approvals = null, Way = null, Interrupted = true } })
            Assert.Empty(new SmallSchema(Schema).Check(JsonNode.Parse(EvidenceJson.Text(result))));
        foreach (var result in new[] { HotfixSample.Contract, new ContractResult { Decision = Decision.Hold, Base = "a", Revision = "b" } })
            Assert.Empty(new SmallSchema(Drift).Check(JsonNode.Parse(ContractJson.Text(result))));
    }

    [Fact]
    public void Every_property_that_the_schemas_have_occurs_in_a_document()
    {
        var shared = Read("checklist-result.schema.json")["definitions"]!.AsObject().Select(d => d.Key).Append("gateResult").ToHashSet();
        foreach (var (schema, document) in new[]
        {
            (Schema, EvidenceJson.Text(HotfixSample.Result with { Folder = "/x" })), (Drift, ContractJson.Text(HotfixSample.Contract)),
        })
        {
            var read = new SmallSchema(schema);
            read.Check(JsonNode.Parse(document));
            var known = schema["definitions"]!.AsObject().Where(d => !shared.Contains(d.Key)).Select(d => ($"#/definitions/{d.Key}", d.Value!)).Prepend(("#", schema))
                .SelectMany(d => d.Item2["properties"]!.AsObject().Select(p => $"{d.Item1}/properties/{p.Key}"));
            Assert.Empty(known.Except(read.Seen));
        }
    }

    [Theory]
    [InlineData("$")]
    [InlineData("change")]
    [InlineData("contract")]
    [InlineData("contract.changes.0")]
    [InlineData("contract.changes.0.base")]
    [InlineData("contract.ignored.0")]
    [InlineData("approvals")]
    [InlineData("naming.0")]
    public void A_property_that_the_schema_does_not_know_is_refused(string path)
    {
        var document = JsonNode.Parse(EvidenceJson.Text(HotfixSample.Result))!;
        var at = path == "$" ? document : path.Split('.').Aggregate(document, (node, key) => int.TryParse(key, out var place) ? node[place]! : node[key]!);
        at.AsObject().Add("surprise", 1);
        Assert.NotEmpty(new SmallSchema(Schema).Check(document));
    }

    [Fact]
    public void What_the_schemas_define_they_define_alike()
    {
        var watch = Read("watch-result.schema.json")["definitions"]!.AsObject();
        var (mine, drift) = (Schema["definitions"]!.AsObject(), Drift["definitions"]!.AsObject());
        Assert.All(mine.Where(d => watch.ContainsKey(d.Key)), d => Assert.True(JsonNode.DeepEquals(d.Value, watch[d.Key]), d.Key));
        Assert.All(drift, d => Assert.True(JsonNode.DeepEquals(d.Value, mine[d.Key]), d.Key));
        Assert.True(JsonNode.DeepEquals(mine["contract"]!["properties"], Drift["properties"]));
    }

    [Fact]
    public void The_schemas_know_every_word_that_a_result_can_say()
    {
        Assert.Equal(Enum.GetNames<Decision>().Order(), Words(Schema["properties"]!["decision"]!));
        Assert.Equal(Enum.GetNames<HotfixWay>().Order(), Words(Schema["properties"]!["way"]!));
        Assert.Equal(Enum.GetNames<ChangeLevel>().Select(n => n.ToLowerInvariant()).Order(), Words(Drift["definitions"]!["contractChange"]!["properties"]!["level"]!));
        Assert.Equal(Enum.GetNames<ChangeLevel>().Select(n => n.ToLowerInvariant()).Order(), Words(Drift["properties"]!["failOn"]!));

        static IEnumerable<string> Words(JsonNode schema) => schema["enum"]!.AsArray().Select(n => (string)n!).Order();
    }

    [Fact]
    public void JUnit_has_a_case_for_everything_that_decides()
    {
        var document = XDocument.Parse(Encoding.UTF8.GetString(JUnitReport.Bytes(HotfixSample.Result)));
        string Outcome(string name) => document.Descendants("testcase").First(c => (string)c.Attribute("name")! == name).Elements().First().Name.LocalName;
        Assert.Equal(
            ["system-out", "failure", "error", "system-out", "failure", "error", "failure"],
            new[] { "class", "actions-only", "schema-way-back", "branch", "contract", "release-owner", "too-late" }.Select(Outcome));
    }

    [Fact]
    public void GitHub_shows_each_at_its_line()
    {
        var lines = Output(HotfixSample.Result, GitHub).Split(Environment.NewLine);
        Assert.Contains(lines, l => l.StartsWith("::error file=app/pos/sales.py,line=10,title=actions-only%3A FAIL::", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("::error file=docs/openapi.json,line=12,col=27,title=contract%3A FAIL::GET /aris3/stock: ", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("::warning file=alembic/versions/2.py,title=schema-way-back%3A HOLD::", StringComparison.Ordinal));
    }

    [Fact]
    public void No_text_leaves_its_cell_or_becomes_more_than_code()
    {
        var plain = Runners.Lines(MarkdownReport.Text(HostileHotfix.With("x"))).Length;
        var drift = Runners.Lines(ContractMarkdown.Text(HostileHotfix.Contract("x"))).Length;
        Prop.ForAll(Hostile.BrokenTexts.Where(t => OneLine.Of(t).Length > 0).ToArbitrary(), text =>
        {
            Check(Runners.Lines(MarkdownReport.Text(HostileHotfix.With(text))), plain);
            Check(Runners.Lines(ContractMarkdown.Text(HostileHotfix.Contract(text))), drift);
        }).QuickCheckThrowOnFailure();

        static void Check(string[] lines, int plain)
        {
            Assert.Equal(plain, lines.Length);
            Assert.DoesNotContain(lines, Runners.ListenTo);
            Assert.All(lines.Where(l => l.StartsWith('|')), l => Assert.Matches(@"^[A-Za-z0-9 |*.,:;()+\[\]/_-]*$", MarkdownReportTests.WithoutSpans(l)));
            Assert.All(lines.Where(l => !l.StartsWith('|')), l => Assert.DoesNotMatch("[<>`]|!\\[|@|http", l));
        }
    }

    [Fact]
    public void No_text_leaves_its_element_in_JUnit()
    {
        var (plain, drift) = (Names(JUnitReport.Bytes(HostileHotfix.With("x"))), Names(JUnitReport.Bytes(HostileHotfix.Contract("x"), At)));
        Prop.ForAll(Hostile.BrokenTexts.Where(t => OneLine.Of(t).Length > 0).ToArbitrary(), text =>
        {
            Assert.Equal(plain, Names(JUnitReport.Bytes(HostileHotfix.With(text))));
            Assert.Equal(drift, Names(JUnitReport.Bytes(HostileHotfix.Contract(text), At)));
        }).QuickCheckThrowOnFailure();

        static List<string> Names(byte[] bytes)
        {
            var text = Encoding.UTF8.GetString(bytes);
            Assert.DoesNotContain(Runners.Lines(text), Runners.ListenTo);
            return [.. XDocument.Parse(text).Descendants().Select(e => $"{e.Name} {string.Join(' ', e.Attributes().Select(a => a.Name))}")];
        }
    }

    [Fact]
    public void Any_text_comes_through_in_JSON_and_none_is_a_command_to_a_pipeline()
    {
        Prop.ForAll(Hostile.Texts.ToArbitrary(), text =>
        {
            var (json, drift) = (EvidenceJson.Text(HostileHotfix.With(text)), ContractJson.Text(HostileHotfix.Contract(text)));
            Assert.DoesNotContain(Runners.Lines(json), Runners.ListenTo);
            Assert.DoesNotContain(Runners.Lines(drift), Runners.ListenTo);
            Assert.Equal(text, (string?)JsonNode.Parse(json)!["change"]!["branch"]);
            Assert.Equal(text, (string?)JsonNode.Parse(drift)!["changes"]![0]!["text"]);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_text_forges_a_command_to_a_pipeline()
    {
        var (plain, drift) = (Runners.Lines(Output(HostileHotfix.With("x"), GitHub)).Length, Runners.Lines(Drifted(HostileHotfix.Contract("x"), GitHub)).Length);
        Prop.ForAll(Hostile.BrokenTexts.ToArbitrary(), text =>
        {
            foreach (var (output, count) in new[] { (Output(HostileHotfix.With(text), GitHub), plain), (Drifted(HostileHotfix.Contract(text), GitHub), drift) })
            {
                var lines = Runners.Lines(output);
                Assert.Equal(count, lines.Length);
                foreach (var command in lines.Where(l => l.StartsWith("::", StringComparison.Ordinal)).Select(Runners.GitHub))
                {
                    Assert.Contains(command.Name, new[] { "error", "warning" });
                    Assert.All(command.Properties.Keys, name => Assert.Contains(name, new[] { "file", "line", "col", "title" }));
                }
            }
            foreach (var output in new[] { Output(HostileHotfix.With(text), Azure), Drifted(HostileHotfix.Contract(text), Azure) })
                Assert.All(Runners.Lines(output).Where(Runners.ListenTo).Select(Runners.Azure), command => Assert.Equal("task.logissue", command.Name));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_text_writes_on_the_screen_or_takes_a_line_of_its_own()
    {
        var plain = Screen("x").Length;
        Prop.ForAll(Hostile.BrokenTexts.ToArbitrary(), text =>
        {
            var lines = Screen(text);
            Assert.Equal(plain, lines.Length);
            Assert.DoesNotContain(lines, Runners.ListenTo);
            Assert.All(lines, l => Assert.DoesNotMatch(new Regex(@"\p{Cc}"), l));
        }).QuickCheckThrowOnFailure();

        static string[] Screen(string text)
        {
            using var output = new StringWriter { NewLine = "\n" };
            ReleaseOps.Evidence.ContractText.Write(output, HostileHotfix.Contract(text));
            return Runners.Lines(output.ToString());
        }
    }

    private static string Output(HotfixResult result, Func<string, string?> environment)
    {
        using var output = new StringWriter();
        CiReport.Write(result, environment, output);
        return output.ToString();
    }

    private static string Drifted(ContractResult result, Func<string, string?> environment)
    {
        using var output = new StringWriter();
        CiReport.Write(result, "/srv/src", environment, output);
        return output.ToString();
    }

    private static string? GitHub(string name) => name == "GITHUB_ACTIONS" ? "true" : null;

    private static string? Azure(string name) => name == "TF_BUILD" ? "True" : null;

    private static JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Join(Golden.Root, "module/schema", name)))!.AsObject();
}
