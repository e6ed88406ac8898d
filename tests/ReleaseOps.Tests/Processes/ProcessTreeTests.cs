using System.Diagnostics;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Processes;

/// <summary>Nothing that a step starts outlives it, wherever it went.</summary>
public sealed class ProcessTreeTests : IDisposable
{
    // Each leaves its process in another way; the id is written to a file named "ids".
    private const string InBackground = "sleep 600 & echo $! >>ids";
    private const string WithClosedOutputs = "sleep 600 >/dev/null 2>&1 & echo $! >>ids";
    private const string InItsOwnSession = "setsid sh -c 'echo $$ >>ids; exec sleep 600' >/dev/null 2>&1 &";
    private const string ForkedTwice = "(setsid sh -c '(echo $(exec sh -c \"echo \\$PPID\") >>ids; sleep 600) >/dev/null 2>&1 &' &)";
    private const string WithoutItsEnvironment = "env -i /bin/sh -c 'echo $$ >>ids; exec /bin/sleep 600' >/dev/null 2>&1 &";
    private const string Stubborn = "sh -c 'trap \"\" TERM INT HUP; echo $$ >>ids; while :; do sleep 600; done' >/dev/null 2>&1 &";

    private readonly Commands _commands = new();

    public void Dispose() => _commands.Dispose();

    public static TheoryData<string, bool> Ways()
    {
        var ways = new TheoryData<string, bool>();
        foreach (var portable in (bool[])[false, true])
        {
            foreach (var way in (string[])[InBackground, WithClosedOutputs, InItsOwnSession, ForkedTwice])
                ways.Add(way, portable);
        }
        ways.Add(WithoutItsEnvironment, false); // known by its session, which only LinuxChild gives it
        return ways;
    }

    [LinuxTheory]
    [MemberData(nameof(Ways))]
    public async Task What_a_step_leaves_behind_is_ended_when_the_step_ends(string way, bool portable)
    {
        var watch = Stopwatch.StartNew();
        var seen = await _commands.SeeAsync(_commands.Sh(way + "\nwhile ! [ -s ids ]; do sleep 0.01; done; echo done"), portable: portable);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Null(seen.CouldNotTell);
        Assert.Equal("done", seen.Values["output"]);
        Assert.Equal(0L, seen.Values["exit"]);
        await AssertAllEndedAsync(seen);
        Assert.Equal(way == InBackground, seen.Notes.Contains("The output was held by a background process after the program had ended."));
    }

    [LinuxFact]
    public async Task A_background_process_that_is_just_being_started_is_found_too()
    {
        for (var i = 0; i < 100; i++)
        {
            // The shell is gone before its child has called execve.
            var seen = await _commands.SeeAsync(_commands.Sh("setsid sleep 600 >/dev/null 2>&1 & echo $!"));
            Assert.False(Commands.IsAlive((string)seen.Values["output"]!));
        }
    }

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_step_without_survivors_says_nothing_of_them(bool portable)
    {
        var seen = await _commands.SeeAsync(_commands.Sh("for i in 1 2 3; do sh -c 'echo x | cat'; done; sleep 0.1 & wait"), portable: portable);
        Assert.Empty(seen.Notes);
    }

    [LinuxTheory]
    [MemberData(nameof(Ways))]
    public async Task A_time_out_ends_them_all_and_keeps_the_output_so_far(string way, bool portable)
    {
        var look = _commands.Sh(way + "\nwhile ! [ -s ids ]; do sleep 0.01; done; echo begun; echo yes >ready; sleep 600");
        var seen = await TimedOutAsync(look, TimeSpan.FromSeconds(90), portable);
        Assert.Equal(ErrorId.TimedOut, seen.CouldNotTell);
        Assert.Equal("begun", seen.Values["output"]);
        Assert.False(seen.Values.ContainsKey("exit"));
        Assert.Equal("still running after 1m30s, so it was ended; last line: begun", seen.Detail);
        foreach (var id in await _commands.LinesOfAsync("ids"))
            Assert.False(Commands.IsAlive(id), id);
    }

    [LinuxTheory]
    [MemberData(nameof(Ways))]
    public async Task A_cancellation_ends_them_all_and_throws(string way, bool portable)
    {
        using var cancellation = new CancellationTokenSource();
        var looking = _commands.SeeAsync(_commands.Sh(way + "\nsleep 600"), portable: portable, cancellation: cancellation.Token);
        var ids = await _commands.LinesOfAsync("ids");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking);
        Assert.All(ids, id => Assert.False(Commands.IsAlive(id), id));
    }

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_ignores_every_signal_it_can_is_killed_soon_after_a_cancellation(bool portable)
    {
        using var cancellation = new CancellationTokenSource();
        var look = _commands.Sh(Stubborn + "\ntrap '' TERM INT HUP; while :; do sleep 0.05; done");
        var looking = _commands.SeeAsync(look, portable: portable, cancellation: cancellation.Token);
        var ids = await _commands.LinesOfAsync("ids");
        var watch = Stopwatch.StartNew();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5));
        Assert.All(ids, id => Assert.False(Commands.IsAlive(id), id));
    }

    [LinuxFact]
    public async Task One_that_is_asked_to_end_may_say_its_last_words()
    {
        var look = _commands.Sh("trap 'echo undoing; sleep 0.2; echo undone; exit 4' TERM; echo begun; echo yes >ready; while :; do sleep 0.02; done");
        var seen = await TimedOutAsync(look, TimeSpan.FromSeconds(90));
        Assert.Equal("begun\nundoing\nundone", seen.Values["output"]);
    }

    [LinuxFact]
    public async Task A_stopped_process_is_ended_too()
    {
        var seen = await TimedOutAsync(_commands.Sh("echo $$ >>ids; echo yes >ready; kill -STOP $$; sleep 600"), TimeSpan.FromSeconds(90));
        Assert.Equal(ErrorId.TimedOut, seen.CouldNotTell);
        Assert.False(Commands.IsAlive(Assert.Single(await _commands.LinesOfAsync("ids"))));
    }

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Output_that_never_ends_is_cut_off_by_the_time_out(bool portable)
    {
        var seen = await TimedOutAsync(_commands.Sh("(yes 'no end' | head -c 2000000; echo yes >ready; exec yes 'no end')"), TimeSpan.FromSeconds(90), portable);
        Assert.Equal(ErrorId.TimedOut, seen.CouldNotTell);
        Assert.Equal(true, seen.Values["truncated"]);
        Assert.StartsWith("no end\nno end\n", (string)seen.Values["output"]!, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_background_process_that_prints_without_end_does_not_hold_the_step()
    {
        var watch = Stopwatch.StartNew();
        var seen = await _commands.SeeAsync(_commands.Sh("yes & exit 0"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(0L, seen.Values["exit"]);
        Assert.Contains("1 background process ended.", seen.Notes);
    }

    [LinuxFact]
    public async Task Looks_beside_each_other_end_only_their_own()
    {
        var other = _commands.SeeAsync(_commands.Sh("setsid sh -c 'echo $$ >>ids; sleep 1; echo alive >>alive' >/dev/null 2>&1 & wait"));
        await _commands.LinesOfAsync("ids");
        for (var i = 0; i < 10; i++)
            await _commands.SeeAsync(_commands.Sh("setsid sleep 600 >/dev/null 2>&1 &"));
        Assert.Empty((await other).Notes);
        Assert.Equal(["alive"], await _commands.LinesOfAsync("alive"));
    }

    [LinuxTheory]
    [InlineData("")]
    [InlineData(InItsOwnSession)]
    [InlineData(Stubborn)]
    public async Task When_we_are_killed_our_processes_end(string way)
    {
        var script = way + "\necho $$ >>ids; echo end >>ids; sleep 600";
        using var ours = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ReleaseOps.ProcessChild"), ["killed-run", "sh", "-c", script])
        {
            WorkingDirectory = _commands.Folder,
            RedirectStandardOutput = true,
        })!;
        while (!(await _commands.LinesOfAsync("ids")).Contains("end") || (await _commands.LinesOfAsync("ids")).Length < (way.Length == 0 ? 2 : 3))
            await Task.Delay(5);
        var ids = (await _commands.LinesOfAsync("ids")).Where(line => line != "end");
        ours.Kill();
        await ours.WaitForExitAsync();
        foreach (var id in ids)
            Assert.True(await Commands.EndsAsync(id), id);
    }

    [LinuxFact]
    public async Task Our_guardian_goes_when_we_go_and_holds_nobody_up()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ReleaseOps.ProcessChild");
        var start = new ProcessStartInfo(program, ["good-run", "sh", "-c", "while ! [ -s go ]; do sleep 0.01; done; echo gone"])
        {
            WorkingDirectory = _commands.Folder,
            RedirectStandardOutput = true,
        };
        using var ours = Process.Start(start)!;
        string? guardian;
        while ((guardian = GuardianOf(ours.Id)) is null)
            await Task.Delay(5);
        File.WriteAllText(Path.Combine(_commands.Folder, "go"), "go");
        // To its end: the guardian doesn't hold our output.
        Assert.Equal("gone\n", await ours.StandardOutput.ReadToEndAsync());
        await ours.WaitForExitAsync();
        Assert.Equal(0, ours.ExitCode);
        Assert.True(await Commands.EndsAsync(guardian));
    }

    [LinuxFact]
    public async Task What_an_earlier_process_left_is_found_by_its_run_and_ended()
    {
        var run = "left-" + Path.GetFileName(_commands.Folder);
        foreach (var itsRun in (string[])[run, run + "-other"])
        {
            var start = new ProcessStartInfo("setsid", ["sh", "-c", $"trap '' TERM; echo $$ >>{itsRun}; while :; do sleep 0.1; done"]) { WorkingDirectory = _commands.Folder };
            start.Environment[ProcessMarks.Run] = itsRun;
            using var left = Process.Start(start);
        }
        var id = Assert.Single(await _commands.LinesOfAsync(run));
        var other = Assert.Single(await _commands.LinesOfAsync(run + "-other"));
        var ended = LeftoverProcesses.End(run);
        var (itEnded, otherLives, again) = (!Commands.IsAlive(id), Commands.IsAlive(other), LeftoverProcesses.End(run));
        var otherEnded = LeftoverProcesses.End(run + "-other");
        Assert.InRange(ended.Found, 1, 2); // the shell and its sleep
        Assert.Equal(0, ended.Left);
        Assert.True(itEnded);
        Assert.True(otherLives);
        Assert.Equal((0, 0), again);
        Assert.Equal(0, otherEnded.Left);
        Assert.False(Commands.IsAlive(other));
    }

    // The time-out passes when the script has written "ready".
    private async Task<Observation> TimedOutAsync(CommandLook look, TimeSpan timeout, bool portable = false)
    {
        var clock = new HeldClock();
        var looking = _commands.SeeAsync(look, timeout, portable: portable, clock: clock);
        await _commands.LinesOfAsync("ready");
        clock.GoOff();
        return await looking;
    }

    private static string? GuardianOf(int parent)
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(path[^1])))
        {
            try
            {
                var stat = File.ReadAllText(folder + "/stat");
                if (stat[(stat.LastIndexOf(')') + 4)..].StartsWith($"{parent} ", StringComparison.Ordinal)
                    && File.ReadAllText(folder + "/cmdline").StartsWith("releaseops-guardian\0", StringComparison.Ordinal))
                {
                    return Path.GetFileName(folder);
                }
            }
            catch (IOException)
            {
                // Gone meanwhile.
            }
        }
        return null;
    }

    private async Task AssertAllEndedAsync(Observation seen)
    {
        var ids = await _commands.LinesOfAsync("ids");
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.False(Commands.IsAlive(id), id));
        Assert.Contains(seen.Notes, note => note.EndsWith(" ended.", StringComparison.Ordinal));
    }
}
