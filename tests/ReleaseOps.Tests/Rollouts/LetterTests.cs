using System.Text.Json;
using ReleaseOps.Ledger;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;
using static ReleaseOps.Tests.Rollouts.RolloutBench;

namespace ReleaseOps.Tests.Rollouts;

/// <summary>What comes by letter: late, twice, malformed, or not meant for this run.</summary>
public sealed class LetterTests : IDisposable
{
    private readonly RolloutBench _bench = new();

    public LetterTests() => _bench.Healthy(true);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(SignalKind.Abort)]
    [InlineData(SignalKind.Pause)]
    [InlineData(SignalKind.Promote)]
    public async Task What_an_earlier_run_was_told_too_late_is_not_for_the_next(SignalKind kind)
    {
        var book = Book([Stage(10)]);
        Post(kind);
        var result = await _bench.RunAsync(book);
        Assert.Equal(RolloutDecision.Proceed, result.Decision);
        Assert.Empty(result.Attestations);
        Assert.Contains("rollout.signal", _bench.LedgerTypes);
    }

    [Fact]
    public async Task An_abort_that_was_recorded_before_the_run_was_cut_short_still_holds()
    {
        var book = Book([Stage(10, "watch: 30s"), Stage(100)]);
        using var operatorEnds = new CancellationTokenSource();
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "to-10" }) operatorEnds.Cancel(); };
        var cut = await _bench.RunAsync(book, cancellation: operatorEnds.Token);
        Assert.True(cut.Interrupted);
        Record(cut.Run!, "rollout.signal", d => { d.WriteString("signal", "Abort"); d.WriteString("by", "bob"); d.WriteString("at", "2026-01-01T00:00:00Z"); });
        _bench.Bench.Heard.Then = null;
        var resumed = await _bench.ResumeAsync(book);
        Assert.Equal((RolloutDecision.Rollback, 0.0), (resumed.Decision, resumed.Weight));
        Assert.Equal(["10", "0"], _bench.Done);
    }

    [Theory]
    [InlineData("stage.decided", """{"decision":"Rollback","reason":"a gate","stage":"s10","weight":10}""", "a gate")]
    [InlineData("trigger.fired", """{"then":"Rollback","trigger":"unhealthy","text":"it was bad","stage":"s10"}""", "trigger unhealthy: it was bad")]
    public async Task A_way_back_that_was_decided_before_the_run_was_cut_short_is_taken(string type, string data, string reason)
    {
        var book = Book([Stage(10, "watch: 30s"), Stage(100)], "abort: [unhealthy]");
        using var operatorEnds = new CancellationTokenSource();
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "to-10" }) operatorEnds.Cancel(); };
        var cut = await _bench.RunAsync(book, cancellation: operatorEnds.Token);
        using (var document = JsonDocument.Parse(data))
            Record(cut.Run!, type, d => { foreach (var p in document.RootElement.EnumerateObject()) p.WriteTo(d); });
        _bench.Bench.Heard.Then = null;
        var resumed = await _bench.ResumeAsync(book);
        Assert.Equal((RolloutDecision.Rollback, reason, 0.0), (resumed.Decision, resumed.Reason, resumed.Weight));
        Assert.Equal(["10", "0"], _bench.Done);
    }

    [Theory]
    [InlineData("""{"type":"stage.decided","data":{"stage":"s10","decision":"Proceed","reason":"forged"}}""")]
    [InlineData("""{"type":"rollout.weight","data":{}}""")]
    [InlineData("""{"type":"run.finished","data":{"decision":"Go"}}""")]
    [InlineData("""{"type":"vote.cast","data":{"poll":"p","role":"r","choice":"7","by":"eve"}}""")]
    [InlineData("""{"type":"rollout.signal","data":{"signal":"Abort","at":"2026-01-01T00:00:00Z"}}""")]
    [InlineData("""{"type":"rollout.signal","data":{"signal":"Abort","by":"\ud800"}}""")]
    [InlineData("""{"type":"\ud800","data":{}}""")]
    [InlineData("""{"type":1,"data":[]}""")]
    [InlineData("not json at all")]
    public async Task A_letter_that_says_nothing_is_set_aside_and_stops_nothing(string letter)
    {
        var book = Book([Stage(10, "watch: 1300ms")]);
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "to-10" }) Drop(letter); };
        var result = await _bench.RunAsync(book);
        Assert.Equal(RolloutDecision.Proceed, result.Decision);
        Assert.Equal(["drop.json.bad"], Directory.EnumerateFiles(InboxFolder).Select(Path.GetFileName));
        Assert.Equal(1, _bench.LedgerTypes.Count(t => t == "stage.decided"));
    }

    [Theory]
    [InlineData("""{"type":"vote.cast","data":{"poll":"p","role":"r","choice":"Go","by":"eve","comment":{"a":1}}}""")]
    [InlineData("""{"type":"rollout.signal","data":{"signal":"Resume","by":"eve\u001b[2J","reason":"\u001b]0;x\u0007"}}""")]
    public async Task An_odd_letter_is_taken_for_what_it_says_and_the_next_run_can_read_it(string letter)
    {
        var book = Book([Stage(10, "watch: 1300ms")]);
        _bench.Bench.Heard.Then = e => { if (e is StepFinished { Step.Id: "to-10" }) Drop(letter); };
        Assert.Equal(RolloutDecision.Proceed, (await _bench.RunAsync(book)).Decision);
        _bench.Bench.Heard.Then = null;
        var again = await _bench.RunAsync(book);
        Assert.Equal(RolloutDecision.Proceed, again.Decision);
        Assert.DoesNotContain("\\u001B", File.ReadAllText(Path.Combine(ReleaseFolder, FileLedger.FileName)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_checklist_is_not_told_to_abort()
    {
        var book = Book([Stage(10)]);
        using (ReleaseRun.Begin(Planner.Make(book, new Dictionary<string, string>(), Selection.All), RunJob.Checklist, _bench.Bench.Options()))
        {
            var error = Assert.Throws<ReleaseOpsException>(() => _bench.Send(SignalKind.Abort));
            Assert.Equal(ErrorId.NoRolloutRunning, error.Id);
        }
    }

    private string ReleaseFolder => ReleaseRun.FolderOf(new Release("thing", "unversioned"), _bench.Bench.Options());

    private string InboxFolder => Path.Combine(ReleaseFolder, "inbox");

    private void Post(SignalKind kind) => Inbox.Send(
        ReleaseFolder, DateTimeOffset.UtcNow, Mailbox.Signalled, d => Mailbox.Write(d, new Signal(kind, "bob", DateTimeOffset.UtcNow)));

    private void Drop(string letter)
    {
        Directory.CreateDirectory(InboxFolder);
        File.WriteAllText(Path.Combine(InboxFolder, "drop.json"), letter);
    }

    private void Record(string run, string type, Action<Utf8JsonWriter> data)
    {
        var options = _bench.Bench.Options();
        using var ledger = FileLedger.Open(ReleaseFolder, options.Actor, options.Clock, SecretMask.None);
        ledger.Append(type, run, data);
    }
}
