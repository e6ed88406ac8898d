using System.Text;
using ReleaseOps.Evidence;
using ReleaseOps.Ledger;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;
using static ReleaseOps.Tests.Rollouts.RolloutBench;

namespace ReleaseOps.Tests.Rollouts;

/// <summary>A rollout that was cut short, at the moments that matter.</summary>
public sealed class ResumedRolloutTests : IDisposable
{
    private readonly RolloutBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task What_was_decided_to_go_back_goes_back_even_when_the_crash_came_first()
    {
        var book = Book([Stage(10, "watch: 100ms, checks: [{ id: proof, file: proof }]"), Stage(100)]);
        Assert.Equal(RolloutDecision.Rollback, (await _bench.RunAsync(book)).Decision);
        // As a crash right after the decision would have left it; and by now the proof is there.
        CutAfter("stage.decided");
        File.WriteAllText(_bench.Bench.PathOf("proof"), "");
        File.Delete(_bench.Bench.PathOf("done"));
        var resumed = await _bench.ResumeAsync(book);
        Assert.Equal((RolloutDecision.Rollback, 0.0), (resumed.Decision, resumed.Weight));
        Assert.Contains("proof failed", resumed.Reason, StringComparison.Ordinal);
        Assert.Equal(["0"], _bench.Done);
    }

    [Fact]
    public async Task A_stage_that_proceeded_keeps_its_findings_over_an_interruption()
    {
        using var ends = new CancellationTokenSource();
        var book = Book([Stage(10, "watch: 100ms, gate: it"), Stage(100, "watch: 60s")], "", "gates: { it: ['params.x == 1', 'params.y'] }\nparameters: { x: { type: integer, default: 1 }, y: { type: boolean, default: true } }");
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "to-100" }) ends.Cancel(); };
        var cut = await _bench.RunAsync(book, cancellation: ends.Token);
        Assert.Equal([RolloutDecision.Proceed, RolloutDecision.Hold], cut.Stages.Select(s => s.Decision));
        _bench.Bench.Heard.Then = e => { if (e is StageStarted { Stage: "s100" }) _bench.Send(SignalKind.Promote); };
        var resumed = await _bench.ResumeAsync(book);
        Assert.Equal(RolloutDecision.Proceed, resumed.Decision);
        Assert.Equal(cut.Stages[0].Gate!.Findings, resumed.Stages[0].Gate!.Findings);
        Assert.Equal(["10", "100"], _bench.Done);
    }

    [Fact]
    public async Task An_interrupted_run_that_was_finished_and_then_killed_can_be_resumed_for_its_evidence()
    {
        using var ends = new CancellationTokenSource();
        var book = Book([Stage(10, "watch: 60s")]);
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "to-10" }) ends.Cancel(); };
        EvidenceFolder.Write(await _bench.RunAsync(book, cancellation: ends.Token));
        _bench.Bench.Heard.Then = e => { if (e is StageStarted) _bench.Send(SignalKind.Promote); };
        // Nobody writes the evidence of the second part: it was killed before.
        Assert.Equal(RolloutDecision.Proceed, (await _bench.ResumeAsync(book)).Decision);
        var again = await _bench.ResumeAsync(book);
        Assert.Equal(RolloutDecision.Proceed, again.Decision);
        Assert.Equal(["10"], _bench.Done);
    }

    [Fact]
    public async Task A_stage_that_something_else_moves_goes_back_all_the_same()
    {
        var result = await _bench.RunAsync(Book(["{ name: outside, weight: 10, watch: 100ms, checks: [{ id: proof, file: proof }] }"]));
        Assert.Equal((RolloutDecision.Rollback, Verdict.Passed), (result.Decision, result.Rollback!.Verdict));
        Assert.Equal(["0"], _bench.Done);
    }

    [Fact]
    public async Task An_approval_refused_at_the_first_stage_leaves_nothing_to_go_back_from()
    {
        var book = Book([Stage(10, "watch: 100ms, approval: manager")], "", "roles: { manager: {} }");
        var result = await _bench.RunAsync(book, o => o with { Attendant = new Bench.Answering(false) });
        Assert.Equal(RolloutDecision.Rollback, result.Decision);
        Assert.Null(result.Rollback);
        Assert.Empty(_bench.Done);
    }

    [Fact]
    public async Task A_trigger_remembers_over_an_interruption_what_it_has_seen()
    {
        using var ends = new CancellationTokenSource();
        var book = Book([Stage(10, "watch: 60s")], "abort: [unhealthy]");
        var bad = 0;
        _bench.Bench.Heard.Then = e =>
        {
            if (e is StageLooked looked && looked.Triggers.Any(t => t.State.InARow == 2) && Interlocked.Increment(ref bad) == 1)
                ends.Cancel();
        };
        Assert.True((await _bench.RunAsync(book, cancellation: ends.Token)).Interrupted);
        _bench.Bench.Heard.Then = null;
        var looks = _bench.Bench.Ledger().Count(e => e.Type == "rollout.look");
        var resumed = await _bench.ResumeAsync(book);
        Assert.Equal(RolloutDecision.Rollback, resumed.Decision);
        Assert.True(_bench.Bench.Ledger().Count(e => e.Type == "rollout.look") - looks < 3, "it began to count anew");
    }

    /// <summary>Leaves the ledger as it was when its last event of a type had been written.</summary>
    private void CutAfter(string type)
    {
        var folder = Path.Combine(_bench.Bench.EvidenceRoot, "thing-unversioned");
        var path = Path.Combine(folder, FileLedger.FileName);
        var lines = File.ReadAllLines(path);
        var last = Array.FindLastIndex(lines, l => l.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal));
        File.WriteAllText(path, string.Concat(lines.Take(last + 1).Select(l => l + "\n")), new UTF8Encoding(false));
        // Who cuts a ledger must cut what its owner said about its end as well.
        File.Delete(Path.Combine(folder, "ledger.owner"));
    }
}
