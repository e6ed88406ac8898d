using ReleaseOps.Tests;
using static ReleaseOps.Cli.Tests.RolloutScratch;

namespace ReleaseOps.Cli.Tests;

/// <summary>What people say to a rollout from terminals of their own.</summary>
public sealed class RolloutPeopleTests : IDisposable
{
    private const string Poll = """
        polls:
          release: { asks: { ops: Is it staffed?, lead: Go or no-go? } }
        """;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly RolloutScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [NeedsProgram("sh", "env")]
    public void A_second_terminal_pauses_resumes_and_promotes()
    {
        _scratch.Book([Stage("canary", 10, "watch: 3s"), Stage("full", 100, "watch: 1m")]);
        using var run = _scratch.Start();
        _scratch.AwaitLedger("rollout.weight");
        _scratch.Say("pause", "--reason", "the dashboard is late");
        _scratch.AwaitLedger("rollout.signal");
        Thread.Sleep(TimeSpan.FromSeconds(3.5));
        Assert.False(_scratch.LedgerHas("stage.decided"), "a pause stops the clock of the watch");
        _scratch.Say("resume");
        _scratch.AwaitLedger("stage.decided");
        _scratch.Say("promote");
        var ended = run.End(Soon).With(0);
        Assert.Contains($"{Environment.UserName} says pause: the dashboard is late", ended.Lines);
        Assert.Equal(["10", "100"], _scratch.Moved);
        Assert.Contains("| `pause` | | `the dashboard is late` |", File.ReadAllText(Path.Combine(Path.GetDirectoryName(_scratch.Result)!, "report.md")), StringComparison.Ordinal);
    }

    [NeedsProgram("sh", "env")]
    public void A_second_terminal_aborts_while_the_action_runs()
    {
        _scratch.Book(["{ name: canary, weight: 10, steps: [{ id: slow, command: [sh, -c, 'echo 10 >> moved; sleep 60'], changes: traffic }], watch: 1m }"]);
        using var run = _scratch.Start();
        Scratch.Await(() => _scratch.Moved.Length == 1, "the action has begun");
        _scratch.Say("abort", "--reason", "wrong build");
        Assert.Equal($"Canary rollout result: ROLLBACK ({Environment.UserName} aborted it: wrong build)", run.End(Soon).With(1).Lines[^1]);
        Assert.Equal(["10", "0"], _scratch.Moved);
        _scratch.Scratch.AwaitNoProcess();
    }

    [NeedsProgram("sh", "env")]
    public void A_word_to_go_on_ends_a_hold_and_is_on_record()
    {
        _scratch.Book([Stage("canary", 10, "watch: 100ms, checks: [{ id: unclear, command: ['true'], expect: json.nothing == 1 }]")]);
        using var run = _scratch.Start();
        _scratch.AwaitLedger("rollout.held");
        _scratch.Say("promote", "--reason", "seen by eye");
        run.End(Soon).With(0);
        Assert.Contains("decided to go on (seen by eye), although unclear could not be told", File.ReadAllText(_scratch.Result), StringComparison.Ordinal);
    }

    [NeedsProgram("sh")]
    public void It_starts_once_every_role_has_voted_and_the_votes_are_void_when_a_parameter_changes()
    {
        _scratch.Book([Stage("canary", 10)], "poll: release", Poll);
        _scratch.Run().Refused(3, ErrorId.PollNotGo, "release");
        Vote("ops", "go");
        _scratch.Run().Refused(3, ErrorId.PollNotGo, "lead");
        Vote("lead", "no-go", "--comment", "the pool is exhausted");
        _scratch.Run().Refused(3, ErrorId.PollNotGo, "NO-GO");
        Vote("lead", "go");
        _scratch.Run("--param", "version=1.0.1").Refused(3, ErrorId.PollNotGo);
        Assert.Empty(_scratch.Moved);
        Assert.Equal("Canary rollout result: PROCEED", _scratch.Run().With(0).Lines[^1]);
        _scratch.Scratch.Run("vote", "./r.yaml", "go", "--role", "nobody").Refused(2, ErrorId.RoleMayNot, "ops", "lead");
    }

    [NeedsProgram("sh")]
    public void A_changed_parameter_of_the_same_release_voids_the_votes_too()
    {
        _scratch.Book([Stage("canary", 10)], "poll: release", Poll);
        var book = File.ReadAllText(_scratch.PathOf("r.yaml"));
        _scratch.Scratch.Write("r.yaml", book.Replace("version: { default: 1.0.0 }", "version: { default: 1.0.0 }\n  batch: { default: '10' }", StringComparison.Ordinal));
        Vote("ops", "go");
        Vote("lead", "go");
        _scratch.Run("--param", "batch=50").Refused(3, ErrorId.PollNotGo);
        Assert.Equal("Canary rollout result: PROCEED", _scratch.Run().With(0).Lines[^1]);
    }

    [NeedsProgram("sh", "env")]
    public void A_stage_waits_for_its_approval_and_a_refusal_takes_it_back()
    {
        _scratch.Book([Stage("canary", 10), Stage("full", 100, "approval: lead, watch: 100ms")]);
        using var run = _scratch.Start();
        _scratch.AwaitLedger("stage.decided");
        _scratch.Scratch.Run("approve", "./r.yaml", "deploy:full", "--role", "ops").Refused(2, ErrorId.RoleMayNot, "lead");
        _scratch.Scratch.Run("approve", "./r.yaml", "deploy:full", "--role", "lead", "--refuse").With(0);
        Assert.Contains("said no to stage 'full'", run.End(Soon).With(1).Lines[^1], StringComparison.Ordinal);
        Assert.Equal(["10", "0"], _scratch.Moved);
        using var given = new RolloutScratch();
        given.Book([Stage("full", 100, "approval: lead, watch: 100ms")]);
        given.Scratch.Run("approve", "./r.yaml", "deploy:full", "--role", "lead").With(0);
        given.Run().With(0);
    }

    private void Vote(string role, string choice, params string[] more) =>
        _scratch.Scratch.Run(["vote", "./r.yaml", "release", choice, "--role", role, .. more]).With(0);
}
