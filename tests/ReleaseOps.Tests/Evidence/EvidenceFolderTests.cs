using System.Diagnostics;
using System.Security.Cryptography;
using ReleaseOps.Checklists;
using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Evidence;

public sealed class EvidenceFolderTests : IDisposable
{
    private static readonly string[] Files = ["result.json", "report.md", "junit.xml", "ledger.jsonl", "SHA256SUMS"];

    private readonly string _root = Directory.CreateTempSubdirectory("releaseops-evidence-").FullName;
    private readonly string _run;
    private readonly string _ledger;

    public EvidenceFolderTests()
    {
        _run = Path.Join(_root, "run");
        _ledger = Path.Join(_root, "ledger.jsonl");
        Directory.CreateDirectory(Path.Join(_run, "logs"));
        File.WriteAllText(Path.Join(_run, "logs", "health.log"), "503\n");
        File.WriteAllText(_ledger, "{\"seq\":1}\n{\"seq\":2}\n");
    }

    private ChecklistResult Result => Sample.Result with { Folder = _run };

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Everything_is_written_and_nothing_else_is_left()
    {
        Assert.Equal(Files.Select(f => Path.Join(_run, f)), EvidenceFolder.Write(Result, _ledger));
        Assert.Equal(Files.Append("health.log").Order(StringComparer.Ordinal), Names());
        Assert.DoesNotContain(_root, File.ReadAllText(Path.Join(_run, "result.json")), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(_ledger), File.ReadAllText(Path.Join(_run, "ledger.jsonl")));
    }

    [Fact]
    public void The_checksums_are_those_of_all_files_the_logs_included()
    {
        EvidenceFolder.Write(Result, _ledger);
        var expected = new[] { "junit.xml", "ledger.jsonl", "logs/health.log", "report.md", "result.json" }
            .Select(name => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Join(_run, name))))}  {name}");
        Assert.Equal(expected, File.ReadAllLines(Path.Join(_run, "SHA256SUMS")));
    }

    [Fact]
    public void The_checksums_are_as_sha256sum_reads_them()
    {
        if (!OperatingSystem.IsLinux())
            return;
        File.WriteAllText(Path.Join(_run, "logs", "od\\d\nna me.log"), "x");
        EvidenceFolder.Write(Result, _ledger);
        Assert.Equal(0, Sha256sum());
        File.AppendAllText(Path.Join(_run, "logs", "health.log"), "forged");
        Assert.Equal(1, Sha256sum());
    }

    [Fact]
    public void Writing_again_after_a_resumed_run_replaces_what_was_there()
    {
        EvidenceFolder.Write(Result with { Interrupted = true }, _ledger);
        File.AppendAllText(_ledger, "{\"seq\":3}\n");
        EvidenceFolder.Write(Result, _ledger);
        Assert.Equal(EvidenceJson.Text(Result with { Folder = null }), File.ReadAllText(Path.Join(_run, "result.json")));
        Assert.Equal(3, File.ReadAllLines(Path.Join(_run, "ledger.jsonl")).Length);
        Assert.Equal(Files.Length + 1, Names().Count());
    }

    [Theory]
    [InlineData("{\"seq\":1}\n{\"se", "{\"seq\":1}\n")]
    [InlineData("{\"se", "")]
    [InlineData("", "")]
    public void A_line_that_is_being_appended_is_not_copied(string ledger, string copy)
    {
        File.WriteAllText(_ledger, ledger);
        EvidenceFolder.Write(Result, _ledger);
        Assert.Equal(copy, File.ReadAllText(Path.Join(_run, "ledger.jsonl")));
    }

    [Fact]
    public void A_long_ledger_is_copied_up_to_its_last_whole_line()
    {
        var whole = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"seq\":{i}}}\n"));
        File.WriteAllText(_ledger, whole + new string('x', 200_000));
        EvidenceFolder.Write(Result, _ledger);
        Assert.Equal(whole, File.ReadAllText(Path.Join(_run, "ledger.jsonl")));
    }

    [Fact]
    public void Without_a_ledger_none_is_copied()
    {
        EvidenceFolder.Write(Result, null);
        Assert.DoesNotContain("ledger.jsonl", Names());
    }

    [Fact]
    public void A_dry_run_leaves_no_evidence() => Assert.Throws<ArgumentException>(() => EvidenceFolder.Write(Sample.DryRun, null));

    [Fact]
    public void A_folder_under_a_file_is_unwritable()
    {
        var file = Path.Join(_root, "file");
        File.WriteAllText(file, "");
        var result = Result with { Folder = Path.Join(file, "run") };
        Refused(ErrorId.EvidenceUnwritable, "result.json", () => EvidenceFolder.Write(result, null));
    }

    [Fact]
    public void A_name_that_a_folder_has_is_unwritable()
    {
        Directory.CreateDirectory(Path.Join(_run, "junit.xml"));
        Refused(ErrorId.EvidenceUnwritable, "junit.xml", () => EvidenceFolder.Write(Result, null));
        Assert.False(File.Exists(Path.Join(_run, "SHA256SUMS")));
        Assert.DoesNotContain(Names(), name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_read_only_folder_is_unwritable()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // Root may write into any folder but the kernel's own.
        var folder = Environment.IsPrivilegedProcess ? "/proc/self" : _run;
        if (!Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(_run, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Refused(ErrorId.EvidenceUnwritable, "result.json", () => EvidenceFolder.Write(Result with { Folder = folder }, null));
        }
        finally
        {
            File.SetUnixFileMode(_run, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void A_full_disk_is_said_to_be_full()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // The file that is written first leads to the device that is always full.
        File.CreateSymbolicLink(Path.Join(_run, ".report.md.tmp"), "/dev/full");
        Refused(ErrorId.DiskFull, "report.md", () => EvidenceFolder.Write(Result, null));
    }

    [Fact]
    public void A_flush_that_fails_is_an_error_and_the_file_does_not_come_into_place()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // This device takes every byte and refuses to be flushed.
        File.CreateSymbolicLink(Path.Join(_run, ".report.md.tmp"), "/dev/null");
        Refused(ErrorId.EvidenceUnwritable, "report.md", () => EvidenceFolder.Write(Result, null));
        Assert.DoesNotContain("report.md", Names());
    }

    [Fact]
    public void A_ledger_that_is_not_there_is_an_error() =>
        Refused(ErrorId.EvidenceUnwritable, "ledger.jsonl", () => EvidenceFolder.Write(Result, Path.Join(_root, "no-such-ledger")));

    private static void Refused(ErrorId id, string file, Action write)
    {
        var error = Assert.Throws<ReleaseOpsException>(write);
        Assert.Equal(id, error.Id);
        Assert.EndsWith(file, error.Subject, StringComparison.Ordinal);
        Assert.Contains(error.Subject!, error.Message, StringComparison.Ordinal);
    }

    private IEnumerable<string> Names() =>
        Directory.EnumerateFiles(_run, "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    private int Sha256sum()
    {
        using var process = Process.Start(new ProcessStartInfo("sha256sum", ["--strict", "--quiet", "-c", "SHA256SUMS"])
        {
            WorkingDirectory = _run,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
