using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

public sealed class ExitCodeTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("exit == 0", 0, "PASS")]
    [InlineData("exit == 7", 1, "FAIL (1 blocker(s))")]
    [InlineData("json.nothing == 1", 3, "HOLD (1 open)")]
    public void A_run_ends_with_the_code_of_its_decision(string expect, int code, string word)
    {
        _scratch.WriteSteps($"- {{ id: tool, command: [dotnet, --version], expect: '{expect}' }}");
        Assert.Equal("Go-live checklist result: " + word, _scratch.Checklist().With(code).Lines[^1]);
    }

    [Fact]
    public void A_bad_runbook_ends_with_2()
    {
        _scratch.WriteSteps("- { id: tool }");
        _scratch.Checklist().Refused(2, ErrorId.RunbookInvalid, "r.yaml:5:9", "command");
    }

    [NeedsProgram("bash", "env", "kill")]
    public void Ctrl_C_ends_with_130_no_child_left_and_a_ledger_to_resume() => EndedBy("INT", 130);

    [NeedsProgram("bash", "env", "kill")]
    public void SIGTERM_ends_with_143_no_child_left_and_a_ledger_to_resume() => EndedBy("TERM", 143);

    [NeedsProgram("bash", "env", "kill")]
    public void SIGHUP_ends_with_129_no_child_left_and_a_ledger_to_resume() => EndedBy("HUP", 129);

    private void EndedBy(string signal, int code)
    {
        _scratch.WriteSteps("""
            - id: wait
              changes: a file
              idempotent: true
              script: |
                [ -e again ] && exit 0
                touch begun
                setsid sleep 60 &
                sleep 60
            - { id: after, command: ['true'] }
            """);
        using (var run = _scratch.Start("checklist", "./r.yaml"))
        {
            Scratch.Await(() => File.Exists(Path.Combine(_scratch.Folder, "begun")), "the step has begun");
            run.Signal(signal);
            var ended = run.End(TimeSpan.FromSeconds(30)).With(code);
            Assert.Equal("Go-live checklist result: INTERRUPTED (2 open)", ended.Lines[^1]);
        }
        _scratch.AwaitNoProcess();
        _scratch.Write("again", "");
        _scratch.Checklist().Refused(3, ErrorId.RunUnfinished, "cut short");
        Assert.Equal("Go-live checklist result: PASS", _scratch.Checklist("--resume").With(0).Lines[^1]);
    }
}
