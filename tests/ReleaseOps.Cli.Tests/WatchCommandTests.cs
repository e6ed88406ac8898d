using ReleaseOps.Tests;

namespace ReleaseOps.Cli.Tests;

/// <summary>A watch on a real Prometheus, from the command line.</summary>
public sealed class WatchCommandTests(WatchServer server) : IClassFixture<WatchServer>, IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly WatchScratch _scratch = new(server);

    public void Dispose() => _scratch.Dispose();

    [NeedsProgram("prometheus", "promtool")]
    public void A_dry_run_shows_what_it_would_look_at_and_writes_nothing()
    {
        _scratch.Book("good", "window: 24h\nexit: { clean: 12h, targets: day-one, accept: [engineering] }");
        var lines = _scratch.Run("--dry-run", "--t0", "2026-12-01T10:00Z").With(0).Lines;
        Assert.Equal("Stability Watch Plan", lines[0]);
        Assert.Contains("watched for 24h from 2026-12-01 10:00:00Z, a look every 1m; it needs a commander, in the role ic", lines);
        Assert.Contains("errors: error_rate > 0.5 for 5m -> SEV2 (on other days: error_rate > 1.0); Look at once", lines);
        Assert.Contains("SEV1: error_rate >= 5.0 for 10m (acknowledge within 10m, mitigate within 1h, Dev On-call, makes NO-GO until its mitigation is verified)", lines);
        Assert.Contains("gate day-one (at the end)", lines);
        Assert.Contains("T+2h: Review of the first two hours", lines);
        Assert.Contains("clean for 12h, gate day-one passed by every look, and accepted by engineering", lines);
        Assert.Equal("Stability watch result: DRY-RUN", lines[^1]);
        Assert.Equal(["r.yaml"], Directory.EnumerateFileSystemEntries(_scratch.Scratch.Folder).Select(Path.GetFileName));
    }

    [NeedsProgram("prometheus", "promtool")]
    public void A_round_of_a_quiet_watch_is_0_and_the_next_goes_on_with_it()
    {
        _scratch.Book("good");
        var first = _scratch.Once(hoursAgo: 3).With(0);
        Assert.StartsWith("Stability watch so far: GO", first.Lines[^1], StringComparison.Ordinal);
        Assert.Contains(first.Lines, l => l.StartsWith("T+3h of 24h, ", StringComparison.Ordinal) && l.EndsWith(", so far GO, IC lea", StringComparison.Ordinal));
        var second = _scratch.Once(hoursAgo: 3, "--json").With(0).Json;
        Assert.False(second.GetProperty("ended").GetBoolean());
        Assert.InRange(second.GetProperty("looks").GetInt32(), 180, 185);
        Assert.Equal(["logs", "report.html", "report.md"], Directory.EnumerateFileSystemEntries(_scratch.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Single(_scratch.Scratch.LedgerLines(), l => l.Contains("\"run.started\"", StringComparison.Ordinal));
    }

    [NeedsProgram("prometheus", "promtool")]
    public void An_incident_is_NO_GO_until_it_is_over_and_what_people_say_of_it_is_kept()
    {
        _scratch.Book("bad");
        var first = _scratch.Once(hoursAgo: 8).With(1);
        Assert.Contains(first.Lines, l => l.StartsWith("FAIL ", StringComparison.Ordinal) && l.Contains("SEV1 INC-2: error_rate 6 % is >= 5.0 % (Dev On-call, acknowledge by ", StringComparison.Ordinal));
        Assert.StartsWith("Stability watch so far: NO-GO (SEV1 INC-2 is open and not mitigated", first.Lines[^1], StringComparison.Ordinal);
        Assert.Matches(@"^Told the watch of Shop 1\.0\.0: \S+ says acknowledge INC-2: on it; recorded\.$", _scratch.Say("acknowledge", "INC-2", "--text", "on it").With(0).Lines[^1]);
        _scratch.Say("review", "T+2h", "--text", "seen").With(0);
        _scratch.Say("commander", "max").With(0);

        var status = _scratch.Say("status").With(1);
        Assert.Contains(status.Lines, l => l.Contains(", IC max", StringComparison.Ordinal));
        Assert.Contains(status.Lines, l => l.StartsWith("  OPEN  INC-2 SEV1 (Dev On-call), open for ", StringComparison.Ordinal) && l.Contains(", acknowledged by ", StringComparison.Ordinal));
        Assert.DoesNotContain("review T+2h", status.Out, StringComparison.Ordinal);
        Assert.Equal("max", _scratch.Say("status", "--json").With(1).Json.GetProperty("commander").GetString());

        _scratch.Say("stop", "--reason", "rolled back").With(0);
        var last = _scratch.Once(hoursAgo: 8).With(1);
        Assert.StartsWith("Stability watch result: NO-GO (SEV1 INC-2", last.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("rolled back", last.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_scratch.Folder, "result.json")));
        // What has ended is said again, and nothing is begun.
        Assert.Equal(last.Lines[^1], _scratch.Once(hoursAgo: 8).With(1).Lines[^1]);
        _scratch.Say("acknowledge", "INC-2").Refused(3, ErrorId.NoWatchRunning, "Shop 1.0.0");
    }

    [NeedsProgram("prometheus", "promtool")]
    public void What_cannot_be_meant_is_refused_by_name()
    {
        _scratch.Book("bad");
        _scratch.Say("status").Refused(2, ErrorId.RunNotFound, "watch");
        _scratch.Say("stop", "--text", "x").Refused(3, ErrorId.NoWatchRunning, "Shop 1.0.0");
        _scratch.Run("--once").Refused(2, ErrorId.BadValue, "--commander");
        _scratch.Once(hoursAgo: 8).With(1);
        _scratch.Say("acknowledge", "INC-9").Refused(2, ErrorId.UnknownReference, "INC-9", "INC-1, INC-2");
        _scratch.Say("resolve", "INC-2").Refused(2, ErrorId.BadValue, "INC-2", "watch mitigate");
        _scratch.Say("open", "--severity", "SEV7", "--text", "x").Refused(2, ErrorId.UnknownReference, "SEV7", "SEV1, SEV2");
        _scratch.Say("review", "T+3h").Refused(2, ErrorId.UnknownReference, "T+3h", "T+2h");
        _scratch.Run("--commander", "lea").Refused(3, ErrorId.WatchRunning, "resume");
        _scratch.Run("--abandon").With(0);
        _scratch.Run("--resume").Refused(2, ErrorId.RunNotFound, "watch");
    }

    [NeedsProgram("prometheus", "promtool")]
    public void A_watch_that_is_stayed_with_decides_at_its_end()
    {
        _scratch.Book("good", "window: 2m\ninterval: 1s");
        var ended = _scratch.Run("--commander", "lea", "--t0", WatchScratch.Ago(116.0 / 3600)).With(0);
        Assert.Equal("Stability watch result: GO", ended.Lines[^1]);
        // A line for each look would be a log that nobody reads.
        Assert.InRange(ended.Lines.Length, 3, 8);
        Assert.Contains("# Stability watch: GO", File.ReadAllText(Path.Combine(_scratch.Folder, "report.md")), StringComparison.Ordinal);
    }

    [NeedsProgram("prometheus", "promtool", "env", "kill")]
    public void Ctrl_C_leaves_a_watch_that_hears_people_meanwhile_and_goes_on_with_resume()
    {
        _scratch.Book("bad", "window: 24h\ninterval: 1s");
        using (var run = _scratch.Start("--commander", "lea", "--t0", WatchScratch.Ago(0.3)))
        {
            Scratch.Await(() => _scratch.LedgerHas("incident.opened"), "an incident in the ledger");
            _scratch.Say("open", "--severity", "SEV2", "--text", "exports are empty").With(0);
            Scratch.Await(() => _scratch.Scratch.LedgerLines().Any(l => l.Contains("exports are empty", StringComparison.Ordinal) && l.Contains("incident.opened", StringComparison.Ordinal)),
                "the incident that somebody opened");
            run.Signal("INT");
            var ended = run.End(Soon).With(130);
            Assert.Contains(ended.Lines, l => l.EndsWith("says open SEV2: exports are empty", StringComparison.Ordinal));
            Assert.Contains(ended.Lines, l => l.StartsWith("Go on with: releaseops watch ", StringComparison.Ordinal) && l.Contains(" --resume ", StringComparison.Ordinal));
        }
        _scratch.Say("stop", "--text", "enough").With(0);
        Assert.StartsWith("Stability watch result: NO-GO", _scratch.Run("--resume").With(1).Lines[^1], StringComparison.Ordinal);
    }

    [NeedsProgram("prometheus", "promtool")]
    public void A_replay_says_what_it_would_have_called_and_when_and_sets_the_thresholds_side_by_side()
    {
        _scratch.Book("bad");
        var lines = _scratch.Run("--replay", "-8h..now").With(1).Lines;
        Assert.Matches(@"^When +\| T +\| Call \| What$", lines[3]);
        Assert.Contains(lines, l => l.Contains(" | T+2h5m  | FAIL | SEV2 INC-1: error_rate 0.8 % is > 0.5 %", StringComparison.Ordinal));
        var row = Assert.Single(lines, l => l.StartsWith("errors ", StringComparison.Ordinal)).Split('|').Select(c => c.Trim()).ToArray();
        Assert.Equal(("2", "1"), (row[2], row[6]));
        Assert.StartsWith("Stability watch replay: NO-GO (", lines[^1], StringComparison.Ordinal);

        var quiet = _scratch.Run("--replay", "-5h..-1h", "--json").With(0).Json;
        Assert.True(quiet.GetProperty("replayed").GetBoolean());
        Assert.Equal(240, quiet.GetProperty("looks").GetInt32());
        Assert.Equal(["r.yaml"], Directory.EnumerateFileSystemEntries(_scratch.Scratch.Folder).Select(Path.GetFileName));
    }
}
