using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [NeedsProgram("sha256sum")]
    public void A_healthy_demo_is_a_go_and_leaves_evidence_whose_checksums_hold()
    {
        var ended = _scratch.Run("demo").With(0);
        Assert.Equal("Go-live checklist result: PASS", ended.Lines[^1]);
        var run = ended.Lines.Single(l => l.StartsWith("Evidence: ", StringComparison.Ordinal))["Evidence: ".Length..];
        Assert.All(["result.json", "report.md", "junit.xml", "ledger.jsonl", "SHA256SUMS", "logs/contract_stock.log"],
            name => Assert.True(new FileInfo(Path.Combine(run, name)).Length > 0, name));
        var checkedSums = Cli.Run(run, ["sha256sum", "-c", "SHA256SUMS"], []).With(0);
        Assert.Contains("result.json: OK", checkedSums.Lines);
        Assert.Contains("ledger.jsonl: OK", checkedSums.Lines);
    }

    [Theory]
    [InlineData("stock", "FAIL contract:stock: ", "r.total 18 is not == r.rfid + r.pending (17)")]
    [InlineData("ready", "FAIL health:ready-endpoints: ", "status 503 is not < 300")]
    [InlineData("slow", "FAIL contract:reports: ", "is not < duration('2s')")]
    [InlineData("exports", "FAIL contract:exports: ", "text.endsWith('}') is false")]
    [InlineData("deploy", "FAIL health:new-version: ", "body.version \"1.0.0\" is not == params.version \"1.1.0\"")]
    public void A_fault_is_a_no_go_with_the_finding_that_decided_it(string fault, string subject, string arithmetic)
    {
        var ended = _scratch.Run("demo", "--fault", fault).With(1);
        Assert.Contains(ended.Lines, l => l.StartsWith(subject, StringComparison.Ordinal) && l.Contains(arithmetic, StringComparison.Ordinal));
        Assert.Matches(@"^Go-live checklist result: FAIL \(\d blocker\(s\)\)$", ended.Lines[^1]);
    }

    [Fact]
    public void A_watch_of_a_version_that_breaks_opens_an_incident_and_is_a_no_go()
    {
        var ended = _scratch.Run("demo", "--watch", "--fault", "errors").With(1);
        Assert.Contains(ended.Lines, l => l.StartsWith("FAIL ", StringComparison.Ordinal) && l.Contains(" SEV1 INC-1: error_rate ", StringComparison.Ordinal));
        Assert.StartsWith("Stability watch result: NO-GO (SEV1 INC-1 is open and not mitigated: error_rate ", ended.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rollout", "--watch")]
    [InlineData("--watch", "--fault", "stock")]
    [InlineData("--fault", "latency")]
    public void A_demo_that_is_not_there_is_refused(params string[] options) => _scratch.Run(["demo", .. options]).With(2);

    [Fact]
    public void A_body_that_is_cut_off_is_named_with_its_place() =>
        Assert.Contains("body is not valid JSON at 1:", _scratch.Run("demo", "--fault", "exports").Out, StringComparison.Ordinal);

    [Fact]
    public void The_demo_as_json_is_one_document()
    {
        var result = _scratch.Run("demo", "--json").With(0).Json;
        Assert.Equal("Go", result.GetProperty("decision").GetString());
        Assert.Equal(7, result.GetProperty("steps").GetArrayLength());
    }
}
