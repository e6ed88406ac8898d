using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ReleaseOps.Probes;

namespace ReleaseOps.Tests.Processes;

public sealed class CommandProbeTests : IDisposable
{
    private readonly Commands _commands = new();

    public void Dispose() => _commands.Dispose();

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_is_seen_with_its_exit_code_outputs_lines_and_log(bool portable)
    {
        var seen = await _commands.SeeAsync(_commands.Sh("echo one; echo two; echo bad >&2; exit 3"), portable: portable);
        Assert.Null(seen.CouldNotTell);
        Assert.Equal(3L, seen.Values["exit"]);
        Assert.Equal("one\ntwo", seen.Values["output"]);
        Assert.Equal("bad", seen.Values["error_output"]);
        Assert.Equal(["one", "two"], Assert.IsType<IReadOnlyList<object?>>(seen.Values["lines"], exactMatch: false));
        Assert.Equal(false, seen.Values["truncated"]);
        Assert.IsType<TimeSpan>(seen.Values["elapsed"]);
        Assert.False(seen.Values.ContainsKey("json"));
        Assert.False(seen.Values.ContainsKey("signal"));
        Assert.Equal("bad", seen.Detail);
        Assert.Equal("a_step.log", seen.Log);
        var log = File.ReadAllLines(Path.Combine(_commands.Logs, seen.Log!));
        Assert.Equal(["bad", "one", "two"], log.Order());
        Assert.Empty(seen.Notes);
    }

    [LinuxFact]
    public async Task A_silent_command_has_an_empty_output_no_lines_and_no_log()
    {
        var seen = await _commands.SeeAsync(_commands.Look("true"));
        Assert.Equal("", seen.Values["output"]);
        Assert.Empty((IReadOnlyList<object?>)seen.Values["lines"]!);
        Assert.Equal("exit 0, no output", seen.Detail);
        Assert.Null(seen.Log);
    }

    [LinuxFact]
    public async Task Each_try_has_a_log_of_its_own()
    {
        var logs = new List<string?>();
        for (var i = 0; i < 3; i++)
            logs.Add((await _commands.SeeAsync(_commands.Sh("echo hello"))).Log);
        Assert.Equal(["a_step.log", "a_step.2.log", "a_step.3.log"], logs);
    }

    [LinuxFact]
    public async Task Json_is_there_only_where_the_whole_output_is_one_document()
    {
        async Task<object?> JsonOf(string text) => (await _commands.SeeAsync(_commands.Look("printf", "%s", text))).Values.GetValueOrDefault("json");
        Assert.Equal(1, Assert.IsType<JsonElement>(await JsonOf("{\"a\": 1}")).GetProperty("a").GetInt32());
        Assert.Null(await JsonOf("{\"a\": 1} {\"a\": 1}"));
        Assert.Null(await JsonOf("{\"a\": 1, \"a\": 2}"));
        Assert.Null(await JsonOf(new string('[', 100) + new string(']', 100)));
        Assert.Null(await JsonOf("all good"));
    }

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_thousand_odd_arguments_arrive_as_they_are(bool portable)
    {
        string[] odd = ["", " ", "a b", "\"", "'", "\\", "\n", "\r\n", "$HOME", "`id`", "*", "-n", "ä", "日本", "😀", "\t", "$(id)", ";", "&", "#", "%s", "\u001b[0m", "é\u0301"];
        string[] arguments = [.. Enumerable.Range(0, 10_000).Select(i => odd[i % odd.Length] + (i % 7 == 0 ? "" : odd[i * 31 % odd.Length]))];
        var seen = await _commands.SeeAsync(_commands.Look("printf", ["%s\\0", .. arguments]), portable: portable);
        Assert.Equal(0L, seen.Values["exit"]);
        Assert.Equal(string.Concat(arguments.Select(a => a + "\0")), seen.Values["output"]);
    }

    [LinuxFact]
    public async Task Arguments_longer_than_the_system_takes_are_said_so()
    {
        var seen = await _commands.SeeAsync(_commands.Look("true", new string('x', 4 << 20)));
        Assert.Equal(ErrorId.ProgramNotFound, seen.CouldNotTell);
        Assert.Contains("longer than this system takes", seen.Detail, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_nul_in_an_argument_is_refused_and_not_cut_off()
    {
        var seen = await _commands.SeeAsync(_commands.Look("echo", "rm", "a\0b"));
        Assert.Equal(ErrorId.BadValue, seen.CouldNotTell);
        Assert.Contains("argument 2", seen.Detail, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_program_that_cannot_be_started_is_inconclusive_with_a_sentence_that_says_why()
    {
        async Task<string> DetailOf(CommandLook look)
        {
            var seen = await _commands.SeeAsync(look);
            Assert.Equal(ErrorId.ProgramNotFound, seen.CouldNotTell);
            Assert.False(seen.Values.ContainsKey("exit"));
            return seen.Detail;
        }
        File.WriteAllText(Path.Combine(_commands.Folder, "plain.txt"), "echo hello");
        Write("broken.sh", "#!/no/such/interpreter\n");
        Write("nothing", "not a program");
        Assert.Contains("no program of that name in PATH", await DetailOf(_commands.Look("no-such-program")), StringComparison.Ordinal);
        Assert.Contains("there is no file " + _commands.Folder, await DetailOf(_commands.Look("./no-such.sh")), StringComparison.Ordinal);
        Assert.Contains("chmod +x", await DetailOf(_commands.Look("./plain.txt")), StringComparison.Ordinal);
        Assert.Contains("is a folder", await DetailOf(_commands.Look("/usr")), StringComparison.Ordinal);
        Assert.Contains("interpreter", await DetailOf(_commands.Look("./broken.sh")), StringComparison.Ordinal);
        Assert.Contains("isn't a program", await DetailOf(_commands.Look("./nothing")), StringComparison.Ordinal);
        Assert.Contains("names no program", await DetailOf(_commands.Look("")), StringComparison.Ordinal);
        Assert.Contains("the folder /no/such/folder", await DetailOf(_commands.Look("true") with { Folder = "/no/such/folder" }), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_program_in_the_folder_is_found_by_its_path_and_not_by_its_name()
    {
        Write("deploy", "#!/bin/sh\npwd\n");
        Assert.Equal(_commands.Folder, (await _commands.SeeAsync(_commands.Look("./deploy"))).Values["output"]);
        Assert.Equal(ErrorId.ProgramNotFound, (await _commands.SeeAsync(_commands.Look("deploy"))).CouldNotTell);
        var path = new Dictionary<string, string> { ["PATH"] = _commands.Folder + ":/usr/bin:/bin" };
        Assert.Equal(0L, (await _commands.SeeAsync(_commands.Look("deploy") with { Environment = path })).Values["exit"]);
    }

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Standard_input_is_what_the_look_says_and_otherwise_empty(bool portable)
    {
        var look = _commands.Look("cat");
        Assert.Equal("", (await _commands.SeeAsync(look, portable: portable)).Values["output"]);
        var text = string.Concat(Enumerable.Repeat("ä line of input\n", 100_000));
        var seen = await _commands.SeeAsync(_commands.Look("sh", "-c", "cat | wc -c") with { Input = text }, portable: portable);
        Assert.Equal(Encoding.UTF8.GetByteCount(text).ToString(CultureInfo.InvariantCulture), ((string)seen.Values["output"]!).Trim());
    }

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_child_that_does_not_read_its_input_disturbs_nobody(bool portable)
    {
        var seen = await _commands.SeeAsync(_commands.Sh("exec <&-; echo done") with { Input = new string('x', 8 << 20) }, portable: portable);
        Assert.Equal("done", seen.Values["output"]);
        Assert.Equal(0L, seen.Values["exit"]);
    }

    [LinuxFact]
    public async Task A_script_on_standard_input_runs()
    {
        var seen = await _commands.SeeAsync(_commands.Look("bash", "-euo", "pipefail", "-s") with { Input = "x=$(echo one | cat)\necho \"$x two\"\nfalse | true\necho not here" });
        Assert.Equal("one two", seen.Values["output"]);
        Assert.Equal(1L, seen.Values["exit"]);
    }

    [LinuxFact]
    public async Task There_is_no_terminal_and_signals_are_as_a_shell_would_have_them()
    {
        var seen = await _commands.SeeAsync(_commands.Sh("(exec </dev/tty) 2>/dev/null && echo terminal; grep -E 'Sig(Blk|Ign)' /proc/self/status"));
        // Signals 32 and 33 are glibc's own; it ignores them in what it spawns until a thread needs them.
        var output = ((string)seen.Values["output"]!).Replace("0000000180000000", "0000000000000000", StringComparison.Ordinal);
        Assert.Equal("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000", output);
    }

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_environment_is_ours_and_what_is_added_and_the_marks(bool portable)
    {
        var look = _commands.Sh("echo $HOME; echo $ADDED; echo $RELEASEOPS_RUN; echo ${#RELEASEOPS_STEP}") with
        {
            Environment = new Dictionary<string, string> { ["ADDED"] = "a b", ["RELEASEOPS_RUN"] = "forged" },
        };
        var lines = (IReadOnlyList<object?>)(await _commands.SeeAsync(look, portable: portable)).Values["lines"]!;
        Assert.Equal([Environment.GetEnvironmentVariable("HOME"), "a b", "test-run"], lines.Take(3));
        Assert.NotEqual("0", lines[3]);
    }

    [LinuxFact]
    public async Task A_program_that_a_signal_ended_could_not_tell_but_a_shell_that_says_137_did()
    {
        var killed = await _commands.SeeAsync(_commands.Sh("echo last words; kill -KILL $$"));
        Assert.Equal(ErrorId.Signaled, killed.CouldNotTell);
        Assert.Equal(9L, killed.Values["signal"]);
        Assert.Equal(137L, killed.Values["exit"]);
        Assert.Equal("ended by signal 9 (KILL); last line: last words", killed.Detail);
        var told = await _commands.SeeAsync(_commands.Sh("sh -c 'kill -KILL $$'; exit $?"));
        Assert.Null(told.CouldNotTell);
        Assert.Equal(137L, told.Values["exit"]);
        Assert.Contains(told.Notes, note => note.Contains("signal 9 (KILL)", StringComparison.Ordinal));
    }

    [LinuxTheory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(2, ErrorId.ExitCodeInconclusive)]
    [InlineData(5, ErrorId.ExitCodeInconclusive)]
    [InlineData(6, null)]
    public async Task Pytest_says_with_two_to_five_that_it_could_not_tell(int exit, ErrorId? expected)
    {
        var seen = await _commands.SeeAsync(_commands.Sh($"exit {exit}") with { PytestExitCodes = true });
        Assert.Equal(expected, seen.CouldNotTell);
        Assert.Equal((long)exit, seen.Values["exit"]);
        if (exit == 5)
            Assert.Equal("pytest collected no tests (exit 5)", seen.Detail);
    }

    [LinuxFact]
    public async Task The_detail_is_the_last_line_without_escapes_and_bounded()
    {
        async Task<string> DetailOf(string text) => (await _commands.SeeAsync(_commands.Look("printf", "%b", text))).Detail;
        Assert.Equal("PASS 3 tests", await DetailOf("one\\n\\033[32mPASS\\033[0m 3\\ttests\\n\\n  \\n"));
        Assert.Equal("100 %", await DetailOf("10 %\\r50 %\\r100 %\\r\\n"));
        Assert.Equal("title gone", await DetailOf("\\033]0;evil\\atitle \\033]8;;http://x\\033\\\\gone\\033]8;;\\033\\\\"));
        Assert.Equal("ab", await DetailOf("a\\xe2\\x80\\xaeb\\x07"));
        Assert.Equal(200, (await DetailOf(new string('x', 1000))).Length);
    }

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Much_output_is_kept_by_its_head_and_tail_and_in_a_bounded_log(bool portable)
    {
        var seen = await _commands.SeeAsync(_commands.Sh("head -c 100M /dev/zero | tr '\\0' x; echo; echo the end"), portable: portable);
        Assert.Equal(0L, seen.Values["exit"]);
        Assert.Equal(true, seen.Values["truncated"]);
        Assert.Equal("the end", seen.Detail);
        var output = (string)seen.Values["output"]!;
        Assert.InRange(output.Length, CapturedOutput.HeadSize, CapturedOutput.HeadSize + CapturedOutput.TailSize + 100);
        Assert.EndsWith("x\nthe end", output, StringComparison.Ordinal);
        var size = (100L << 20) + "\nthe end\n".Length;
        Assert.Contains($"\n... {size - CapturedOutput.HeadSize - CapturedOutput.TailSize} bytes left out ...\n", output, StringComparison.Ordinal);
        Assert.Contains(seen.Notes, note => note.StartsWith($"Of {size} bytes on standard output", StringComparison.Ordinal));
        var log = new FileInfo(Path.Combine(_commands.Logs, seen.Log!));
        Assert.InRange(log.Length, 16 << 20, (16 << 20) + 100);
        Assert.EndsWith($"... {size - (16 << 20)} bytes left out ...\n", Encoding.UTF8.GetString(File.ReadAllBytes(log.FullName)[^60..]), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task One_gigabyte_of_output_needs_little_memory()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ReleaseOps.ProcessChild"), ["big-run", "sh", "-c", "head -c 1G /dev/zero; echo; echo end"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var ours = Process.Start(start)!;
        Assert.Equal("end\n", await ours.StandardOutput.ReadToEndAsync());
        var peak = long.Parse(await ours.StandardError.ReadToEndAsync(), CultureInfo.InvariantCulture);
        Assert.InRange(peak, 1 << 20, 200 << 20);
    }

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Secrets_reach_neither_the_disk_nor_the_observation_even_in_pieces(bool portable)
    {
        const string Secret = "correct/horse battery+staple";
        var look = _commands.Sh("""
            printf 'one %s two\n' "$SECRET"; printf '%s' "$SECRET" | base64
            printf '%s' "${SECRET%horse*}"; sleep 0.1; printf 'horse%s\n' "${SECRET#*horse}"
            printf '%s\n' "$SECRET" >&2; exit 1
            """) with
        { Environment = new Dictionary<string, string> { ["SECRET"] = Secret } };
        var seen = await _commands.SeeAsync(look, mask: new SecretMask([Secret]), portable: portable);
        string[] places =
        [
            .. Directory.GetFiles(_commands.Logs).Select(File.ReadAllText), (string)seen.Values["output"]!, (string)seen.Values["error_output"]!,
            seen.Detail, .. ((IReadOnlyList<object?>)seen.Values["lines"]!).Cast<string>(), .. seen.Notes,
        ];
        Assert.All(places, place =>
        {
            Assert.DoesNotContain("horse", place, StringComparison.Ordinal);
            Assert.DoesNotContain("Y29ycmVj", place, StringComparison.Ordinal);
        });
        Assert.Equal("one *** two\n***\n***", seen.Values["output"]);
        Assert.Equal("***", seen.Detail);
    }

    [LinuxFact]
    public async Task A_log_that_cannot_be_written_is_never_a_pass()
    {
        File.WriteAllText(_commands.Logs, "a file where the folder should be");
        var seen = await _commands.SeeAsync(_commands.Sh("echo hello"));
        Assert.Equal(ErrorId.EvidenceUnwritable, seen.CouldNotTell);
        Assert.Equal("hello", seen.Values["output"]);
        Assert.Contains(seen.Notes, note => note.StartsWith("The log could not be written", StringComparison.Ordinal));
        File.Delete(_commands.Logs);
    }

    [LinuxFact]
    public void A_full_disk_is_told_as_such()
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var error = Assert.Throws<IOException>(() => full.Write("hello"u8));
        Assert.Equal(ErrorId.DiskFull, StepLog.Why(error));
        Assert.Equal(ErrorId.EvidenceUnwritable, StepLog.Why(new UnauthorizedAccessException()));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_commands.Folder, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
