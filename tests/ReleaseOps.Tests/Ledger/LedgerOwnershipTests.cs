using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using ReleaseOps.Ledger;

namespace ReleaseOps.Tests.Ledger;

public sealed class LedgerOwnershipTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_second_is_told_who_holds_the_release()
    {
        using (_folder.Open("alice"))
        {
            var e = Assert.Throws<ReleaseOpsException>(() => _folder.Open("bob"));
            Assert.Equal(ErrorId.LedgerHeld, e.Id);
            Assert.Contains($"held by alice, pid {Environment.ProcessId} on host {Environment.MachineName}, since 2026-01-02T03:04:05.123Z",
                e.Message, StringComparison.Ordinal);
        }
        using var bob = _folder.Open("bob");
        Assert.Equal(2, bob.Fence);
    }

    [Fact]
    public void Each_owner_has_a_higher_fence_though_the_owner_file_is_lost_or_spoilt()
    {
        Action[] accidents =
        [
            () => { },
            () => File.Delete(_folder.Owner),
            () => File.WriteAllText(_folder.Owner, "{}"),
            () => File.WriteAllText(_folder.Owner, "\0"),
        ];
        var fence = 0L;
        foreach (var accident in accidents)
        {
            using (var ledger = _folder.Open())
                Assert.Equal(++fence, ledger.Fence);
            accident();
        }
        var recorded = FileLedger.Read(_folder.Folder).Select(e => e.Data.GetProperty("fence").GetInt64());
        Assert.Equal([1, 2, 3, 4], recorded);
    }

    [Fact]
    public void An_owner_that_lost_its_lock_and_was_followed_appends_nothing_more()
    {
        using var first = _folder.Open("alice");
        first.Append("t", "r");
        File.Delete(_folder.Lock);
        using var second = _folder.Open("bob");
        var before = _folder.Bytes();

        var e = AssertLost(first);
        Assert.Contains("deleted or replaced its lock", e.Message, StringComparison.Ordinal);
        first.Dispose();
        Assert.Equal(before, _folder.Bytes());

        second.CheckOwnership();
        second.Append("t", "r");
        second.Dispose();
        using var third = _folder.Open("carol");
        Assert.Equal(3, third.Fence);
        Assert.Equal(["alice", "alice", "bob", "bob", "carol"], third.ReadAll().Select(l => l.Actor));
    }

    [Fact]
    public void An_owner_whose_fence_was_passed_is_told_by_whom()
    {
        using var first = _folder.Open("alice");
        var ours = File.ReadAllText(_folder.Owner);
        File.WriteAllText(_folder.Owner, ours
            .Replace("\"fence\":1", "\"fence\":2", StringComparison.Ordinal)
            .Replace("alice", "bob", StringComparison.Ordinal)
            .Replace("\"key\":\"", "\"key\":\"0", StringComparison.Ordinal));
        Assert.Contains($"it is held by bob, pid {Environment.ProcessId} on host", AssertLost(first).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_frozen_owner_was_about_to_write_goes_where_nobody_reads_it()
    {
        using var first = _folder.Open("alice");
        // The handle that it will write with once it wakes, after all its checks.
        using var late = File.OpenHandle(_folder.File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        var end = RandomAccess.GetLength(late);
        File.Delete(_folder.Lock);
        using var second = _folder.Open("bob");
        RandomAccess.Write(late, "a line of alice's\n"u8, end);
        second.Append("t", "r");
        Assert.Equal(new LedgerCheck(3, _folder.Verify().LastHash, 0), _folder.Verify());
        Assert.Equal(JsonValueKind.False, second.ReadAll().ElementAt(1).Data.GetProperty("previousReleased").ValueKind);
    }

    public static TheoryData<string> Meddling { get; } =
        new("delete lock", "replace lock", "delete owner", "delete ledger", "replace ledger", "add to ledger", "shorten ledger");

    [Theory]
    [MemberData(nameof(Meddling))]
    public void Meddling_with_the_files_of_a_held_ledger_ends_its_owner(string what)
    {
        using var ledger = _folder.Open();
        ledger.Append("t", "r");
        ledger.CheckOwnership();
        var bytes = _folder.Bytes();
        switch (what)
        {
            case "delete lock":
                File.Delete(_folder.Lock);
                break;
            case "replace lock":
                File.WriteAllText(_folder.Lock + "2", "");
                BornLater(_folder.Lock, _folder.Lock + "2");
                File.Move(_folder.Lock + "2", _folder.Lock, overwrite: true);
                break;
            case "delete owner":
                File.Delete(_folder.Owner);
                break;
            case "delete ledger":
                File.Delete(_folder.File);
                break;
            case "replace ledger":
                File.WriteAllBytes(_folder.File + "2", bytes);
                BornLater(_folder.File, _folder.File + "2");
                File.Move(_folder.File + "2", _folder.File, overwrite: true);
                break;
            case "add to ledger":
                using (var other = Writable())
                    RandomAccess.Write(other, "\n"u8, bytes.Length);
                break;
            default:
                using (var other = Writable())
                    RandomAccess.SetLength(other, bytes.Length - 1);
                break;
        }
        AssertLost(ledger);
        if (File.Exists(_folder.File))
            Assert.InRange(new FileInfo(_folder.File).Length, bytes.Length - 1, bytes.Length + 1);
    }

    [Fact]
    public void A_ledger_that_was_let_go_is_not_written_to()
    {
        var ledger = _folder.Open();
        ledger.Dispose();
        ledger.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ledger.Append("t", "r"));
        Assert.Throws<ObjectDisposedException>(ledger.CheckOwnership);
        Assert.Single(ledger.ReadAll());
    }

    [Fact]
    public void A_folder_that_cant_be_one_is_unwritable()
    {
        File.WriteAllText(_folder.Folder, "a file");
        Assert.Equal(ErrorId.LedgerUnwritable, _folder.OpenFails().Id);
    }

    /// <summary>Waits out the few milliseconds in which a file system gives two files the same time of birth.</summary>
    private static void BornLater(string than, string path)
    {
        Assert.True(SpinWait.SpinUntil(() =>
        {
            if (File.GetCreationTimeUtc(path) != File.GetCreationTimeUtc(than))
                return true;
            var bytes = File.ReadAllBytes(path);
            File.Delete(path);
            File.WriteAllBytes(path, bytes);
            return false;
        }, TimeSpan.FromSeconds(10)));
    }

    private SafeFileHandle Writable() =>
        File.OpenHandle(_folder.File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Every way of going on fails, and each with the same words.</summary>
    private static ReleaseOpsException AssertLost(FileLedger ledger)
    {
        var first = Assert.Throws<ReleaseOpsException>(() => ledger.Append("t", "r"));
        Assert.Equal(ErrorId.LedgerLost, first.Id);
        Assert.Equal(first.Message, Assert.Throws<ReleaseOpsException>(() => ledger.Append("t", "r")).Message);
        Assert.Equal(first.Message, Assert.Throws<ReleaseOpsException>(ledger.CheckOwnership).Message);
        return first;
    }
}
