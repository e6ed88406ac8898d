using ReleaseOps.Tests;
using static ReleaseOps.Cli.Tests.RolloutScratch;

namespace ReleaseOps.Cli.Tests;

/// <summary>A rollout that is killed, or stopped, and taken up again.</summary>
public sealed class RolloutCrashTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly RolloutScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [NeedsProgram("sh", "env", "kill")]
    public void Killed_in_mid_stage_it_goes_on_and_repeats_no_action()
    {
        _scratch.Book([Stage("canary", 10), Stage("full", 100, "watch: 2s")]);
        using (var run = _scratch.Start())
        {
            Scratch.Await(() => _scratch.Scratch.LedgerLines().Count(l => l.Contains("\"rollout.weight\"", StringComparison.Ordinal)) == 2, "the second stage has moved");
            run.Signal("KILL");
            run.End(Soon);
        }
        _scratch.Run().Refused(3, ErrorId.RunUnfinished, "cut short");
        var ended = _scratch.Run("--resume").With(0);
        Assert.Contains("  PASS to-full: (before the interruption) exit 0, no output", ended.Lines);
        Assert.Equal("Canary rollout result: PROCEED", ended.Lines[^1]);
        Assert.Equal(["10", "100"], _scratch.Moved);
        _scratch.Scratch.AwaitNoProcess();
    }

    [NeedsProgram("sh", "env", "kill")]
    public void Killed_between_the_deed_and_its_record_its_verify_decides()
    {
        KilledAfterTheDeed("verify: { file: moved, expect: exists }");
        _scratch.Run("--resume").With(0);
        Assert.Equal(["10"], _scratch.Moved);
    }

    [NeedsProgram("sh", "env", "kill")]
    public void Killed_between_the_deed_and_its_record_what_did_not_take_effect_is_done_again()
    {
        KilledAfterTheDeed("verify: { file: effect, expect: exists }");
        _scratch.Scratch.Write("fast", "");
        _scratch.Run("--resume").With(0);
        Assert.Equal(["10", "10"], _scratch.Moved);
    }

    [NeedsProgram("sh", "env", "kill")]
    public void Killed_between_the_deed_and_its_record_and_nothing_to_tell_by_it_holds_and_repeats_nothing()
    {
        KilledAfterTheDeed("timeout: 2m", "hold: { limit: 1s, then: stop }");
        Assert.Contains("to-canary could not be told", _scratch.Run("--resume").With(3).Lines[^1], StringComparison.Ordinal);
        Assert.Equal(["10"], _scratch.Moved);
    }

    [NeedsProgram("sh", "env", "kill")]
    public void Killed_on_the_way_back_it_goes_on_with_the_way_back()
    {
        _scratch.Book([Stage("canary", 10, "watch: 100ms, checks: [{ id: no, file: nix, expect: exists }]")]);
        var book = File.ReadAllText(_scratch.PathOf("r.yaml"));
        _scratch.Scratch.Write("r.yaml", book.Replace("[{ id: back-moved", "[{ id: wait, command: [sh, -c, '[ -e fast ] || sleep 60'] }, { id: back-moved", StringComparison.Ordinal));
        using (var run = _scratch.Start())
        {
            Scratch.Await(() => _scratch.Moved is [_, "0"] && _scratch.Scratch.LedgerLines().Any(l => l.Contains("\"back\"", StringComparison.Ordinal)
                && l.Contains("\"step.finished\"", StringComparison.Ordinal)), "the way back has moved the traffic");
            run.Signal("KILL");
            run.End(Soon);
        }
        _scratch.Scratch.Write("fast", "");
        Assert.StartsWith("Canary rollout result: ROLLBACK (no failed", _scratch.Run("--resume").With(1).Lines[^1], StringComparison.Ordinal);
        Assert.Equal(["10", "0"], _scratch.Moved);
    }

    [NeedsProgram("sh", "env", "kill")]
    public void Ctrl_C_ends_with_130_and_the_traffic_stays_where_it_is()
    {
        _scratch.Book([Stage("canary", 10, "watch: 2s")]);
        using (var run = _scratch.Start())
        {
            _scratch.AwaitLedger("rollout.weight");
            run.Signal("INT");
            var ended = run.End(Soon).With(130);
            Assert.StartsWith("Canary rollout result: INTERRUPTED", ended.Lines[^1], StringComparison.Ordinal);
            Assert.Contains("Traffic now: 10 %", ended.Lines);
        }
        Assert.Equal("Canary rollout result: PROCEED", _scratch.Run("--resume").With(0).Lines[^1]);
        Assert.Equal(["10"], _scratch.Moved);
    }

    [NeedsProgram("sh", "env", "kill")]
    public void A_rollout_that_was_cut_short_can_be_given_up_or_gone_back_from()
    {
        _scratch.Book([Stage("canary", 10, "watch: 1m")]);
        using (var run = _scratch.Start())
        {
            _scratch.AwaitLedger("rollout.weight");
            run.Signal("KILL");
            run.End(Soon);
        }
        _scratch.Scratch.Run("rollback", "./r.yaml", "--reason", "it was cut short").With(0);
        Assert.Equal(["10", "0"], _scratch.Moved);
        _scratch.Run("--abandon").Refused(2, ErrorId.RunNotFound);
    }

    /// <summary>The action has done its deed and is killed, with the run, before it ends.</summary>
    private void KilledAfterTheDeed(string more, string rollout = "hold: { limit: 20s }")
    {
        _scratch.Book(
            [$"{{ name: canary, weight: 10, steps: [{{ id: to-canary, command: [sh, -c, 'echo 10 >> moved; [ -e fast ] || sleep 60'], changes: traffic, {more} }}], watch: 100ms }}"],
            rollout);
        using var run = _scratch.Start();
        Scratch.Await(() => _scratch.Moved.Length == 1, "the deed is done");
        run.Signal("KILL");
        run.End(Soon);
    }
}
