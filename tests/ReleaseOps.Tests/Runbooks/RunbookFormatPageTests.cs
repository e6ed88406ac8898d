using System.Text;
using System.Text.RegularExpressions;
using ReleaseOps.Contracts;

namespace ReleaseOps.Tests.Runbooks;

/// <summary>
/// The examples of docs/runbook-format.md are what they are called: <c>yaml</c> is a whole runbook, <c>yaml top</c> some of its top-level
/// keys, <c>yaml steps</c> a list of steps, <c>yaml accepted</c> a list of accepted differences.
/// </summary>
public partial class RunbookFormatPageTests
{
    // What examples speak of without showing it; an example that has a key itself brings its own.
    private static readonly (string Key, string Text)[] Surroundings =
    [
        ("parameters", "parameters: { version: 1.2.3, host: example.com, previous: 1.2.2, environment: prod }"),
        ("roles", "roles: { decision-owner: { may: [vote, confirm] }, incident-lead: { may: [approve-restore] } }"),
        ("sources", "sources: { prometheus: { url: http://localhost:9090 } }"),
        ("metrics", "metrics: { error_rate: { prometheus: q }, latency_p95: { prometheus: q }, availability: { prometheus: q } }"),
        ("gates", "gates: { canary: [error_rate < 1.5], full: [error_rate < 1.0] }"),
        ("triggers", "triggers: { errors: { when: error_rate >= 5.0, then: rollback } }"),
        ("polls", "polls: { release: { asks: { decision-owner: Go? } } }"),
        ("messages", "messages: { started: { text: started } }"),
        ("phases", "phases: [{ phase: only, steps: [{ id: health, http: 'https://example.com/health' }] }]"),
    ];

    public static TheoryData<int, string, string> Examples()
    {
        var page = File.ReadAllText(Path.Combine(Read.Repository(), "docs", "runbook-format.md"));
        var examples = new TheoryData<int, string, string>();
        foreach (Match match in YamlBlock().Matches(page))
            examples.Add(1 + page.AsSpan(0, match.Index).Count('\n'), match.Groups["kind"].Value.Trim(), match.Groups["text"].Value);
        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_example_can_be_read(int line, string kind, string text)
    {
        if (kind == "accepted")
        {
            Assert.NotEmpty(ContractIgnoreReader.Read(Encoding.UTF8.GetBytes(text), "accepted.yaml"));
            return;
        }
        var whole = kind switch
        {
            "" => text,
            "top" => With(text),
            "steps" => With("phases:\n  - phase: example\n    steps:\n" + string.Concat(text.TrimEnd().Split('\n').Select(l =>
                "      " + l + "\n"))),
            _ => throw new InvalidOperationException($"line {line}: what is 'yaml {kind}'?"),
        };
        Assert.True(Read.Text(whole).Problems.Count == 0,
            $"the example at line {line}:\n{string.Join('\n', Read.Text(whole).Problems)}\n{whole}");
    }

    [Fact]
    public void Each_key_of_the_format_is_on_the_page()
    {
        var page = File.ReadAllText(Path.Combine(Read.Repository(), "docs", "runbook-format.md"));
        var schema = File.ReadAllText(Path.Combine(Read.Repository(), "module", "schema", "runbook.schema.json"));
        var keys = new HashSet<string>();
        Collect(System.Text.Json.Nodes.JsonNode.Parse(schema)!, keys);
        Assert.Equal([], keys.Where(key => !page.Contains($"`{key}`", StringComparison.Ordinal)));
    }

    private static void Collect(System.Text.Json.Nodes.JsonNode node, HashSet<string> keys)
    {
        if (node is System.Text.Json.Nodes.JsonObject map)
        {
            if (map["properties"] is System.Text.Json.Nodes.JsonObject properties)
                keys.UnionWith(properties.Select(p => p.Key));
            foreach (var (_, value) in map.Where(p => p.Value is not null))
                Collect(value!, keys);
        }
        else if (node is System.Text.Json.Nodes.JsonArray array)
        {
            foreach (var item in array)
                Collect(item!, keys);
        }
    }

    private static string With(string text) => "runbook: example\n" + text.TrimEnd() + "\n"
        + string.Concat(Surroundings.Where(s => !Regex.IsMatch(text, $"(?m)^{s.Key}:")).Select(s => s.Text + "\n"));

    [GeneratedRegex(@"^```yaml(?<kind>[^\n]*)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
