using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

public sealed class LedgerTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_ledger_that_somebody_changed_is_refused()
    {
        _scratch.WriteSteps("- { id: a, command: [dotnet, --version] }");
        _scratch.Checklist().With(0);
        var text = File.ReadAllText(_scratch.Ledger);
        File.WriteAllText(_scratch.Ledger, text.Replace("\"verdict\":\"Passed\"", "\"verdict\":\"Failed\"", StringComparison.Ordinal));
        var changed = File.ReadAllBytes(_scratch.Ledger);
        _scratch.Checklist().Refused(3, ErrorId.LedgerTampered, _scratch.Ledger, "line ");
        Assert.Equal(changed, File.ReadAllBytes(_scratch.Ledger));
    }

    [NeedsProgram("bash", "kill")]
    public void A_line_that_a_crash_left_half_written_is_set_aside_and_recorded()
    {
        _scratch.WriteSteps("""
            - id: a
              idempotent: true
              changes: a file
              script: |
                [ -e begun ] && exit 0
                touch begun
                sleep 60
            """);
        using (var run = _scratch.Start("checklist", "./r.yaml"))
        {
            Scratch.Await(() => File.Exists(Path.Combine(_scratch.Folder, "begun")), "the step has begun");
            run.Signal("KILL");
            run.End(TimeSpan.FromSeconds(10));
        }
        File.AppendAllText(_scratch.Ledger, "{\"seq\":4,\"at\":\"2026-");
        Assert.Equal("Go-live checklist result: PASS", _scratch.Checklist("--resume").With(0).Lines[^1]);
        Assert.Contains(_scratch.LedgerLines(), l => l.Contains("\"type\":\"ledger.torn\"", StringComparison.Ordinal));
        Assert.Equal("{\"seq\":4,\"at\":\"2026-", File.ReadAllText(Path.Combine(Path.GetDirectoryName(_scratch.Ledger)!, "ledger.torn-1")));
        _scratch.AwaitNoProcess();
    }

    [NeedsProgram("sleep", "env")]
    public void The_second_of_two_at_once_is_told_who_holds_the_release()
    {
        _scratch.WriteSteps("- { id: a, command: [sleep, '60'] }");
        using var first = _scratch.Start("checklist", "./r.yaml");
        Scratch.Await(() => _scratch.LedgerLines().Length >= 2, "the first holds the ledger");
        _scratch.Checklist().Refused(3, ErrorId.LedgerHeld, first.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        first.Signal("TERM");
        first.End(TimeSpan.FromSeconds(20)).With(143);
        _scratch.AwaitNoProcess();
    }
}
