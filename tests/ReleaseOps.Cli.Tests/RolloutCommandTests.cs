using System.Text.Json.Nodes;
using ReleaseOps.Tests;
using ReleaseOps.Tests.Evidence;
using static ReleaseOps.Cli.Tests.RolloutScratch;

namespace ReleaseOps.Cli.Tests;

public sealed class RolloutCommandTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly RolloutScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [NeedsProgram("sh")]
    public void Every_stage_is_let_through_and_the_evidence_is_there()
    {
        _scratch.Book([Stage("canary", 10, "watch: 300ms, checks: [{ id: moved, file: moved, expect: exists }]"), Stage("full", 100)]);
        var ended = _scratch.Run().With(0);
        Assert.Equal("Canary rollout result: PROCEED", ended.Lines[^1]);
        Assert.Contains("stage 2 of 2: full, 100 %", ended.Lines);
        Assert.Equal(["10", "100"], _scratch.Moved);
        var folder = Path.GetDirectoryName(_scratch.Result)!;
        Assert.Equal(
            ["SHA256SUMS", "junit.xml", "ledger.jsonl", "logs", "report.md", "result.json"],
            Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal));
        _scratch.Scratch.Run("evidence", "export", folder, "--to", _scratch.PathOf("out")).With(0);
        Assert.Contains("# Canary rollout: PROCEED", File.ReadAllText(_scratch.PathOf("out/report.md")), StringComparison.Ordinal);
    }

    [NeedsProgram("sh")]
    public void A_trigger_takes_it_back_and_the_report_says_what_decided_and_how_long_it_took()
    {
        _scratch.Book([Stage("canary", 10, "watch: 20s"), Stage("full", 100)]);
        using var run = _scratch.Start();
        _scratch.AwaitLedger("rollout.weight");
        _scratch.Scratch.Write("broken", "");
        var ended = run.End(Soon).With(1);
        Assert.StartsWith("Canary rollout result: ROLLBACK (trigger broken: whole: exists is true", ended.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(["10", "0"], _scratch.Moved);
        var report = File.ReadAllText(Path.Combine(Path.GetDirectoryName(_scratch.Result)!, "report.md"));
        Assert.Matches(@"\| Decided by \| `trigger broken: whole: exists is true .*2 of 2 in a row\)` \|", report);
        Assert.Matches(@"\| The way back took \| (\d+ ms|\d+\.\d s), within 1m \|", report);
        Assert.Contains("| `full` | | not reached |", report, StringComparison.Ordinal);
    }

    [NeedsProgram("sh")]
    public void A_service_that_fails_its_looks_takes_it_back()
    {
        using var host = new RawHost(n => $"HTTP/1.1 {(n < 3 ? "200 OK" : "503 Service Unavailable")}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        _scratch.Book([Stage("canary", 10, "watch: 20s")]);
        var book = File.ReadAllText(_scratch.PathOf("r.yaml"));
        _scratch.Scratch.Write("r.yaml", book.Replace("""{ id: whole, file: broken, expect: "!exists" }""", $"{{ id: whole, http: 'http://{host.Address}/health' }}", StringComparison.Ordinal));
        Assert.Contains("503", _scratch.Run().With(1).Lines[^1], StringComparison.Ordinal);
        Assert.Equal(["10", "0"], _scratch.Moved);
    }

    [NeedsProgram("sh")]
    public void A_check_over_a_document_decides_a_stage()
    {
        _scratch.Scratch.Write("state.json", """{ "ready": false }""");
        _scratch.Book([Stage("canary", 10, "watch: 100ms, checks: [{ id: ready, document: state.json, expect: doc.ready }]")]);
        Assert.Contains("ready failed", _scratch.Run().With(1).Lines[^1], StringComparison.Ordinal);
    }

    [NeedsProgram("sh")]
    public void A_dry_run_shows_all_of_it_and_does_nothing()
    {
        _scratch.Book(
            [Stage("canary", 10, "watch: 10m, gate: canary, approval: ops")], "poll: release",
            """
            sources: { prometheus: { url: 'http://127.0.0.1:9' } }
            metrics: { error_rate: { prometheus: 'sum(errors)', unit: '%' } }
            gates: { canary: [error_rate < 0.5] }
            polls:
              release: { asks: { ops: Is it staffed? } }
            """);
        var lines = _scratch.Run("--dry-run").With(0).Lines;
        Assert.Contains("deploy:canary ... DRY-RUN 10 % of the traffic, watched for 10m", lines);
        Assert.Contains("    expects gate canary; approved first by ops", lines);
        Assert.Contains("    starts once the poll release is GO: ops", lines);
        Assert.Contains("    error_rate < 0.5", lines);
        Assert.Contains("broken: step whole doesn't pass 2 times in a row -> rollback", lines);
        Assert.Contains("rollback (within 1m)", lines);
        Assert.Equal("Canary rollout result: DRY-RUN", lines[^1]);
        Assert.Equal([_scratch.PathOf("r.yaml")], Directory.EnumerateFileSystemEntries(_scratch.Scratch.Folder));
    }

    [NeedsProgram("sh")]
    public void As_json_it_is_what_the_schema_says()
    {
        _scratch.Book([Stage("canary", 10, "watch: 100ms, checks: [{ id: moved, file: moved, expect: '!exists' }]")]);
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Cli.Root, "module/schema/rollout-result.schema.json")))!.AsObject();
        Assert.Empty(new SmallSchema(schema).Check(JsonNode.Parse(_scratch.Run("--dry-run", "--json").With(0).Out)));
        Assert.Empty(new SmallSchema(schema).Check(JsonNode.Parse(_scratch.Run("--json").With(1).Out)));
        Assert.Empty(new SmallSchema(schema).Check(JsonNode.Parse(File.ReadAllText(_scratch.Result))));
    }

    [NeedsProgram("sh")]
    public void A_hold_that_nobody_answers_goes_back_or_stays_as_the_runbook_says()
    {
        const string Unclear = "watch: 100ms, checks: [{ id: unclear, command: ['true'], expect: json.nothing == 1 }]";
        _scratch.Book([Stage("canary", 10, Unclear)], "hold: { limit: 1s, then: rollback }");
        Assert.Contains("nobody decided within 1s", _scratch.Run().With(1).Lines[^1], StringComparison.Ordinal);
        Assert.Equal(["10", "0"], _scratch.Moved);
        using var stays = new RolloutScratch();
        stays.Book([Stage("canary", 10, Unclear)], "hold: { limit: 1s, then: stop }");
        Assert.StartsWith("Canary rollout result: HOLD (nobody decided", stays.Run().With(3).Lines[^1], StringComparison.Ordinal);
        Assert.Equal(["10"], stays.Moved);
    }

    [NeedsProgram("sh")]
    public void Outside_the_deployment_windows_it_does_not_start()
    {
        var today = DateTime.UtcNow;
        _scratch.Book([Stage("canary", 10)], head: FormattableString.Invariant(
            $"windows: {{ frozen: [{{ from: {today.AddDays(-1):yyyy-MM-dd}, to: {today.AddDays(2):yyyy-MM-dd}, why: year's end }}], hotfix: lead }}"));
        _scratch.Run().Refused(3, ErrorId.OutsideWindow, "year's end", "lead");
        Assert.Empty(_scratch.Moved);
        // The approval of the role lets a hotfix through all the same.
        _scratch.Scratch.Run("approve", "./r.yaml", "hotfix", "--role", "lead").With(0);
        Assert.Equal("Canary rollout result: PROCEED", _scratch.Run("--hotfix").With(0).Lines[^1]);
    }

    [Fact]
    public void Wrong_usage_ends_with_2()
    {
        _scratch.Book([Stage("canary", 10)]);
        _scratch.Run("--resume", "--abandon").With(2);
        _scratch.Run("--phase", "nix").Refused(2, ErrorId.UnknownPhase, "deploy");
        _scratch.Scratch.Run("rollback", "./r.yaml").With(2);
        _scratch.Scratch.Run("vote", "./r.yaml", "maybe", "--role", "ops").With(2);
        _scratch.Scratch.Run("vote", "./r.yaml", "go", "--role", "ops").Refused(2, ErrorId.NothingToRun, "poll");
        _scratch.Scratch.Run("approve", "./r.yaml", "nix", "--role", "ops").Refused(2, ErrorId.UnknownStep, "nix");
        _scratch.Scratch.Run("rollout", "promote", "./r.yaml").Refused(3, ErrorId.NoRolloutRunning, "promote");
    }

    [NeedsProgram("sh")]
    public void A_rollback_by_itself_is_rehearsed_planned_and_taken()
    {
        _scratch.Book([Stage("canary", 10)]);
        var back = (string[])["rollback", "./r.yaml"];
        Assert.Equal("Rehearsal of the way back: PASS", _scratch.Scratch.Run([.. back, "--rehearse"]).With(0).Lines[^1]);
        Assert.Equal("Rollback result: DRY-RUN", _scratch.Scratch.Run([.. back, "--dry-run"]).With(0).Lines[^1]);
        Assert.Empty(_scratch.Moved);
        Assert.Equal("Rollback result: ROLLBACK (orders fail)", _scratch.Scratch.Run([.. back, "--reason", "orders fail"]).With(0).Lines[^1]);
        Assert.Equal(["0"], _scratch.Moved);
        // Rehearsed on this release with this runbook: the rollout has nothing to say about it.
        Assert.DoesNotContain("never rehearsed", _scratch.Run().With(0).Out, StringComparison.Ordinal);
    }
}
