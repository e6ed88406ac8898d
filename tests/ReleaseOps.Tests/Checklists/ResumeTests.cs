using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Checklists;

public sealed class ResumeTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    /// <summary>A check, an action, a check; the action leaves a mark each time that it is done.</summary>
    private static Runbook Three(string action = "") => Bench.Steps($$"""
        - { id: before, command: ['true'] }
        - { id: act, command: [sh, -c, 'echo done >> acted'], changes: a file{{action}} }
        - { id: after, command: [test, -e, acted] }
        """);

    private int TimesActed => File.Exists(_bench.PathOf("acted")) ? File.ReadAllLines(_bench.PathOf("acted")).Length : 0;

    /// <summary>Cuts the ledger after the n-th event of a type, as a crash at that moment would have left it.</summary>
    private void CutAfter(string type, int n = 1)
    {
        var file = Path.Combine(_bench.EvidenceRoot, "thing-unversioned", "ledger.jsonl");
        var lines = File.ReadAllLines(file);
        var events = _bench.Ledger();
        var at = Enumerable.Range(0, events.Count).Where(i => events[i].Type == type).ElementAt(n - 1);
        File.WriteAllText(file, string.Join('\n', lines.Take(at + 1)) + "\n");
        // It remembers the head of the chain, and would call the shortened ledger tampered with.
        File.Delete(Path.Combine(_bench.EvidenceRoot, "thing-unversioned", "ledger.owner"));
    }

    [Fact]
    public async Task What_finished_is_not_repeated()
    {
        var runbook = Three();
        await _bench.RunAsync(runbook);
        CutAfter("step.finished", 2);
        var resumed = await _bench.ResumeAsync(runbook);
        Assert.Equal(Decision.Go, resumed.Decision);
        Assert.Equal(1, TimesActed);
    }

    [Fact]
    public async Task An_action_without_an_end_is_repeated_where_it_is_idempotent()
    {
        var runbook = Three(", idempotent: true");
        await _bench.RunAsync(runbook);
        CutAfter("step.started");
        Assert.Equal(Decision.Go, (await _bench.ResumeAsync(runbook)).Decision);
        Assert.Equal(2, TimesActed);
    }

    [Theory]
    [InlineData("acted", 1)]
    [InlineData("something-else", 2)]
    public async Task An_action_without_an_end_is_decided_by_its_verification(string file, int times)
    {
        var runbook = Three($", verify: {{ file: {file} }}");
        await _bench.RunAsync(runbook);
        CutAfter("step.started");
        Assert.Equal(Decision.Go, (await _bench.ResumeAsync(runbook)).Decision);
        Assert.Equal(times, TimesActed);
    }

    [Theory]
    [InlineData(true, Decision.Go, 1)]
    [InlineData(false, Decision.Go, 2)]
    [InlineData(null, Decision.Hold, 1)]
    public async Task An_action_without_an_end_is_otherwise_asked_about(bool? answer, Decision decision, int times)
    {
        var runbook = Three();
        await _bench.RunAsync(runbook);
        CutAfter("step.started");
        var person = new Bench.Answering(answer);
        var resumed = await _bench.ResumeAsync(runbook, o => o with { Attendant = person });
        Assert.Equal(decision, resumed.Decision);
        Assert.Equal(times, TimesActed);
        Assert.Contains("Did it take effect?", Assert.Single(person.Questions).Statement, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_run_is_refused_while_one_that_changed_something_is_unfinished()
    {
        var runbook = Three();
        await _bench.RunAsync(runbook);
        CutAfter("step.started");
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => _bench.RunAsync(runbook));
        Assert.Equal(ErrorId.RunUnfinished, error.Id);
        ReleaseOps.Checklists.Checklist.Abandon(new Release("thing", "unversioned"), null, _bench.Options());
        Assert.Equal(Decision.Go, (await _bench.RunAsync(runbook)).Decision);
    }

    [Fact]
    public async Task A_run_that_changed_nothing_yet_makes_way_for_a_new_one()
    {
        var runbook = Three();
        await _bench.RunAsync(runbook);
        CutAfter("step.finished");
        File.Delete(_bench.PathOf("acted"));
        Assert.Equal(Decision.Go, (await _bench.RunAsync(runbook)).Decision);
        Assert.Contains(_bench.Ledger(), e => e.Type == "run.abandoned");
    }

    [Fact]
    public async Task A_changed_plan_is_not_resumed()
    {
        await _bench.RunAsync(Three());
        CutAfter("step.started");
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => _bench.ResumeAsync(Three(", idempotent: true")));
        Assert.Equal(ErrorId.PlanChanged, error.Id);
    }

    [Fact]
    public async Task A_run_that_was_killed_before_its_evidence_was_written_is_resumed_for_that_alone()
    {
        var first = await _bench.RunAsync(Three());
        var resumed = await _bench.ResumeAsync(Three());
        Assert.Equal((first.Run, Decision.Go, 1), (resumed.Run, resumed.Decision, TimesActed));
        Assert.Equal(first.Steps.Select(s => s.Detail), resumed.Steps.Select(s => s.Detail));
    }

    [Fact]
    public async Task There_is_nothing_to_resume_after_a_run_that_ended()
    {
        Assert.Equal(ErrorId.RunNotFound, (await Assert.ThrowsAsync<ReleaseOpsException>(() => _bench.ResumeAsync(Three()))).Id);
        var result = await _bench.RunAsync(Three());
        ReleaseOps.Evidence.EvidenceFolder.Write(result, ledger: null);
        Assert.Equal(ErrorId.RunNotFound, (await Assert.ThrowsAsync<ReleaseOpsException>(() => _bench.ResumeAsync(Three()))).Id);
    }

    [Fact]
    public async Task A_second_run_on_the_same_release_is_told_who_holds_it()
    {
        using var held = FileLedger.Open(Path.Combine(_bench.EvidenceRoot, "thing-unversioned"), "bob", TimeProvider.System, SecretMask.None);
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => _bench.RunAsync(Three()));
        Assert.Equal(ErrorId.LedgerHeld, error.Id);
        Assert.Contains("bob", error.Message, StringComparison.Ordinal);
    }
}
