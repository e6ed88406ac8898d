using System.Text.Json;
using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

/// <summary>A watch whose process is killed with SIGKILL, again and again, and one that a second process wants too.</summary>
public sealed class WatchCrashTests(WatchServer server) : IClassFixture<WatchServer>, IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    private readonly WatchScratch _scratch = new(server);

    public void Dispose() => _scratch.Dispose();

    [NeedsProgram("prometheus", "promtool", "env", "kill", "sleep")]
    public void Killed_ten_times_it_comes_to_the_same_as_one_that_was_left_alone()
    {
        // Half an hour is made up for at first; then it looks each second. An incident opens after 5 min, another after 10.
        const string watch = "window: 1825s\ninterval: 1s\nchecks: { every: 3s, steps: [{ id: slow, command: [sleep, '0.4'] }] }";
        var begun = new[] { "--commander", "lea", "--t0", WatchScratch.Ago(0.5) };
        using var whole = new WatchScratch(server);
        whole.Book("bad", watch);
        _scratch.Book("bad", watch);
        using var alone = whole.Start(begun);
        var random = new Random(20261121);
        var killed = 0;
        for (var kill = 0; kill < 10; kill++)
        {
            // Six times while it makes up for what it missed, then while it looks each second.
            if (kill == 6)
                _scratch.Run(["--once", .. begun]).With(1);
            // In turns a process that stays, and a round as cron makes it.
            string[] how = kill % 2 == 1 ? ["--once", .. begun] : _scratch.LedgerHas("watch.started") ? ["--resume"] : begun;
            var until = _scratch.LedgerBytes + random.Next(0, kill < 6 ? 250_000 : kill % 2 == 1 ? 700 : 3000);
            using var run = _scratch.Start(how);
            Scratch.Await(() => _scratch.LedgerBytes >= until || run.HasEnded, $"{until} bytes in the ledger");
            run.Signal("KILL");
            killed += run.End(Soon).Code == 137 ? 1 : 0;
            _scratch.Scratch.AwaitNoProcess();
        }
        _scratch.Run(_scratch.LedgerHas("run.finished") ? ["--once"] : ["--resume"]).With(1);
        alone.End(Soon).With(1);
        Assert.InRange(killed, 6, 10);

        var (expected, result) = (whole.Run("--once", "--json").With(1).Json, _scratch.Run("--once", "--json").With(1).Json);
        Assert.StartsWith("Stability watch result: NO-GO (SEV1 INC-2 is open and not mitigated", _scratch.Run("--once").With(1).Lines[^1], StringComparison.Ordinal);
        Assert.Equal(2, Incidents(result).Count);
        Assert.Equal(Incidents(expected), Incidents(result));
        Assert.Equal(Enumerable.Range(0, 1825), _scratch.Slots());
        Assert.Equal(_scratch.Slots(), whole.Slots());
        Assert.Equal(2, _scratch.LedgerEvents().Count(e => e.GetProperty("type").ValueEquals("incident.opened")));
        Assert.Single(_scratch.LedgerEvents(), e => e.GetProperty("type").ValueEquals("run.finished"));
        _scratch.Scratch.AwaitNoProcess();
    }

    [NeedsProgram("prometheus", "promtool", "env")]
    public void A_second_process_is_refused_however_it_comes_and_the_first_does_not_notice()
    {
        _scratch.Book("good", "window: 10s\ninterval: 1s");
        using var first = _scratch.Start("--commander", "lea");
        Scratch.Await(() => _scratch.LedgerHas("watch.look"), "a look in the ledger");
        _scratch.Run("--commander", "max").Refused(3, ErrorId.WatchRunning, "watch.lock");
        _scratch.Run("--resume").Refused(3, ErrorId.WatchRunning, "watch.lock");
        _scratch.Run("--once", "--commander", "max").Refused(3, ErrorId.WatchRunning, "watch.lock");
        _scratch.Say("status").With(0);
        Assert.False(first.HasEnded);
        var ended = first.End(Soon).With(0);
        Assert.Equal("Stability watch result: GO", ended.Lines[^1]);
        Assert.DoesNotContain("can't write", ended.Out, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 10), _scratch.Slots());
        Assert.All(_scratch.LedgerEvents().Where(e => e.GetProperty("type").ValueEquals("ledger.opened")),
            e => Assert.Equal(first.Id, e.GetProperty("data").GetProperty("pid").GetInt32()));
    }

    private static List<string> Incidents(JsonElement result) =>
    [
        .. result.GetProperty("incidents").EnumerateArray().Select(i =>
            string.Join(' ', new[] { "id", "source", "severity", "openedAt" }.Select(name => i.GetProperty(name).GetString()))),
    ];
}
