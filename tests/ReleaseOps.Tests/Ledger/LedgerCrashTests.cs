using System.Globalization;
using ReleaseOps.Ledger;

namespace ReleaseOps.Tests.Ledger;

/// <summary>What happens when the process or the disk fails, tried with real processes and real file systems.</summary>
public sealed class LedgerCrashTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NeedsProgram("dotnet")]
    public void What_was_appended_before_a_kill_is_there_after_it()
    {
        var promised = new List<long>();
        for (var round = 1; round <= 3; round++)
        {
            using var child = Child.Start([.. Child.Command, "ledger-append", _folder.Folder, "4", "1000000"]);
            var lines = Enumerable.Range(0, 200 * round).Select(_ => child.Read()).ToList();
            child.Kill(out var rest);
            promised.AddRange(lines.Concat(rest).Select(l => long.Parse(l!, CultureInfo.InvariantCulture)));
        }
        AssertKept(promised);
        Assert.Equal(4, FileLedger.Read(_folder.Folder).Count(e => e.Type == "ledger.opened"));
    }

    [NeedsProgram("dotnet", "sh")]
    public void A_frozen_owner_that_somebody_followed_appends_nothing_when_it_wakes()
    {
        using var first = Child.Start([.. Child.Command, "ledger-hold", _folder.Folder, "alice"]);
        Assert.Equal("open 1", first.Read());
        Assert.Equal("2", first.Ask("append"));
        first.Signal("STOP");

        var held = _folder.OpenFails();
        Assert.Equal(ErrorId.LedgerHeld, held.Id);
        Assert.Contains($"held by alice, pid {first.Id} on host", held.Message, StringComparison.Ordinal);

        File.Delete(_folder.Lock);
        using var second = _folder.Open("bob");
        first.Signal("CONT");
        Assert.StartsWith("error LedgerLost This process no longer holds the release", first.Ask("check"), StringComparison.Ordinal);
        Assert.StartsWith("error LedgerLost This process no longer holds the release", first.Ask("append"), StringComparison.Ordinal);
        first.Kill(out _);

        second.Append("t", "r");
        Assert.Equal(["alice", "alice", "bob", "bob"], second.ReadAll().Select(e => e.Actor));
    }

    [NeedsProgram("dotnet", "sh", "strace")]
    public void An_owner_frozen_between_its_last_check_and_its_write_harms_nobody_and_is_told()
    {
        using var first = Child.Start([.. Child.Command, "ledger-hold", _folder.Folder, "alice"]);
        Assert.Equal("open 1", first.Read());
        // From here on, the first look at the ledger's name is the one right before the write; it freezes the process.
        var trace = Path.Combine(_folder.Root, "trace");
        using var strace = Child.Start(["sh", "-c", "exec strace \"$@\" 2>&1", "sh", "-f", "-o", trace, "-P", _folder.File,
            "-e", "trace=%file,pwrite64", "-e", "inject=%file:signal=STOP:when=1", "-p", first.Id.ToString(CultureInfo.InvariantCulture)]);
        Assert.Contains("attached", strace.Read(), StringComparison.Ordinal);
        var answer = Task.Run(() => first.Ask("append"));
        Assert.True(SpinWait.SpinUntil(() => File.Exists(trace)
            && File.ReadAllText(trace).Contains("stopped by SIGSTOP", StringComparison.Ordinal), TimeSpan.FromSeconds(60)));

        File.Delete(_folder.Lock);
        using var second = _folder.Open("bob");
        second.Append("t", "r");
        first.Signal("CONT");
        Assert.StartsWith("error LedgerLost", answer.Result, StringComparison.Ordinal);

        Assert.Contains("pwrite64", File.ReadAllText(trace), StringComparison.Ordinal);
        second.Append("t", "r");
        Assert.Equal(["alice", "bob", "bob", "bob"], second.ReadAll().Select(e => e.Actor));
        Assert.Equal((4, 0L, null), (_folder.Verify().Events, _folder.Verify().TornBytes, _folder.Verify().Problem));
    }

    [NeedsProgram("dotnet", "strace")]
    public void A_failed_fsync_ends_the_ledger_and_is_not_tried_again()
    {
        foreach (var error in new[] { "EIO", "EROFS" })
        {
            var trace = Path.Combine(_folder.Root, "trace");
            var (exit, lines) = Child.Run(["strace", "-f", "-o", trace, "-e", "trace=fsync", "-e", $"inject=fsync:error={error}:when=20+",
                .. Child.Command, "ledger-append", _folder.Folder, "1", "100"]);

            Assert.Equal(3, exit);
            var expected = $"error LedgerUnwritable The ledger {_folder.File} couldn't be written, and nothing more is done: fsync failed:";
            Assert.StartsWith(expected, lines[^2], StringComparison.Ordinal);
            Assert.Equal(lines[^2], lines[^1]);
            Assert.Equal(1, File.ReadLines(trace).Count(l => l.Contains("INJECTED", StringComparison.Ordinal)));
            AssertKept(lines[..^2].Select(l => long.Parse(l, CultureInfo.InvariantCulture)));
        }
    }

    [NeedsProgram("dotnet", "strace")]
    public void A_ledger_whose_first_bytes_cant_be_made_durable_isnt_opened()
    {
        for (var n = 1; n <= 4; n++)
        {
            using var folder = new LedgerFolder();
            var (exit, lines) = Child.Run([
                "strace", "-f", "-o", "/dev/null", "-e", "trace=fsync", "-e", $"inject=fsync:error=EIO:when={n}+",
                .. Child.Command, "ledger-append", folder.Folder, "1", "1"]);
            // fsync of the parent folder, of the folder with the file in it, of ledger.opened, of the event.
            Assert.Equal((3, n == 4 ? 2 : 1), (exit, lines.Count));
            Assert.StartsWith("error LedgerUnwritable", lines[0], StringComparison.Ordinal);
            folder.Open().Dispose();
        }
    }

    [NeedsProgram("dotnet", "unshare", "mount", "sh")]
    public void A_full_disk_is_called_a_full_disk_and_loses_nothing()
    {
        // The disk ends with the namespace, so the ledger is copied out of it. The second child finds the disk still full.
        var (exit, lines) = InNamespace("""
            mount -t tmpfs -o size=1m tmpfs "$1" || exit 99
            "$3" "$4" ledger-append "$1/release" 4 100000
            echo "exit $?"
            "$3" "$4" ledger-append "$1/release" 1 1
            echo "exit $?"
            cp -r "$1/release" "$2"
            """);
        Assert.Equal(0, exit);
        Assert.Equal(["exit 3", "exit 3"], lines.Where(l => l.StartsWith("exit", StringComparison.Ordinal)));
        var errors = lines.Where(l => l.StartsWith("error", StringComparison.Ordinal)).ToList();
        Assert.InRange(errors.Count, 3, 6);
        Assert.All(errors, e => Assert.StartsWith("error DiskFull The disk is full: ", e, StringComparison.Ordinal));
        var promised = lines.Where(l => char.IsAsciiDigit(l[0])).Select(l => long.Parse(l, CultureInfo.InvariantCulture)).ToList();
        Assert.True(promised.Count > 500);
        AssertKept(promised);
    }

    [NeedsProgram("dotnet", "unshare", "mount", "sh")]
    public void A_disk_that_was_made_read_only_is_unwritable()
    {
        var (exit, lines) = InNamespace("""
            mount -t tmpfs -o size=1m tmpfs "$1" || exit 99
            "$3" "$4" ledger-append "$1/release" 1 2
            mount -o remount,ro "$1" || exit 98
            "$3" "$4" ledger-append "$1/release" 1 1
            "$3" "$4" ledger-append "$1/other" 1 1
            cp -r "$1/release" "$2"
            """);
        Assert.Equal(0, exit);
        Assert.Equal(["2", "3"], lines[..2]);
        Assert.All(lines[2..], l => Assert.StartsWith("error LedgerUnwritable The ledger ", l, StringComparison.Ordinal));
        Assert.Equal(4, lines.Count);
        AssertKept([2, 3]);
    }

    /// <summary>
    /// Runs a script that may mount; its arguments: an empty folder to mount on, where to put the ledger, and the test child's command.
    /// </summary>
    private (int Exit, List<string> Lines) InNamespace(string script)
    {
        var disk = Directory.CreateDirectory(Path.Combine(_folder.Root, "disk")).FullName;
        return Child.Run(["unshare", "-Urm", "sh", "-c", script, "sh", disk, _folder.Folder, .. Child.Command]);
    }

    /// <summary>The ledger opens, and every event whose append returned is in it.</summary>
    private void AssertKept(IEnumerable<long> promised)
    {
        using var ledger = _folder.Open();
        var kept = ledger.ReadAll().Where(e => e.Type == "test.line").Select(e => e.Seq).ToHashSet();
        Assert.DoesNotContain(promised, seq => !kept.Contains(seq));
        Assert.True(_folder.Verify().IsIntact);
    }
}
