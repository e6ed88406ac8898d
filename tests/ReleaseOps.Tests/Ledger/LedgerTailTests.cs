using System.Security.Cryptography;
using ReleaseOps.Ledger;

namespace ReleaseOps.Tests.Ledger;

public sealed class LedgerTailTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_torn_prefix_of_the_last_line_is_cut_off_kept_and_recorded()
    {
        var whole = _folder.WithThreeSteps();
        var last = LedgerFolder.Lines(whole)[^1];
        var good = whole[..^last.Length];
        for (var cut = 1; cut < last.Length; cut++)
        {
            using var folder = new LedgerFolder();
            folder.Put([.. good, .. last[..cut]]);
            Assert.Equal(new LedgerCheck(3, HashOfLast(good), cut), folder.Verify());
            Assert.Equal(3, FileLedger.Read(folder.Folder).Count());

            AssertCut(folder, good, last[..cut]);
        }
    }

    [Theory]
    [InlineData("garbage without an end")]
    [InlineData("garbage with one\n")]
    [InlineData("\n")]
    [InlineData("{\"seq\":4}\n")]
    [InlineData("\0\0\0\0\0\0")]
    public void A_tail_that_is_no_event_is_cut_off_kept_and_recorded(string tail)
    {
        var good = _folder.WithThreeSteps();
        byte[] torn = [.. tail.Select(c => (byte)c)];
        _folder.Put([.. good, .. torn]);
        AssertCut(_folder, good, torn);
    }

    [Fact]
    public void An_event_whose_newline_a_power_cut_left_zero_is_torn()
    {
        var whole = _folder.WithThreeSteps();
        var last = LedgerFolder.Lines(whole)[^1];
        byte[] torn = [.. last[..^1], 0, 0, 0];
        _folder.Put([.. whole[..^last.Length], .. torn]);
        AssertCut(_folder, whole[..^last.Length], torn);
    }

    [Fact]
    public void A_torn_tail_longer_than_any_line_is_kept_whole()
    {
        var good = _folder.WithThreeSteps();
        var torn = new byte[3 << 20];
        _folder.Put([.. good, .. torn]);
        AssertCut(_folder, good, torn);
    }

    [Fact]
    public void A_ledger_that_is_torn_from_its_first_line_on_begins_anew()
    {
        _folder.Put("{\"seq\":1,"u8);
        AssertCut(_folder, [], "{\"seq\":1,"u8.ToArray());
    }

    [Fact]
    public void Each_torn_tail_gets_a_file_of_its_own()
    {
        var good = _folder.WithThreeSteps();
        for (var i = 1; i <= 3; i++)
        {
            _folder.Put([.. _folder.Bytes(), (byte)'{', (byte)('0' + i)]);
            _folder.Open().Dispose();
            Assert.Equal($"{{{i}", File.ReadAllText(Path.Combine(_folder.Folder, $"ledger.torn-{i}")));
        }
        Assert.Equal(good, _folder.Bytes()[..good.Length]);
        Assert.Equal(3, FileLedger.Read(_folder.Folder).Count(e => e.Type == "ledger.torn"));
    }

    [Fact]
    public void Left_overs_of_a_recovery_that_died_are_no_hindrance()
    {
        var good = _folder.WithThreeSteps();
        _folder.Put([.. good, (byte)'{']);
        File.WriteAllText(_folder.File + ".new", "half a copy");
        File.WriteAllText(Path.Combine(_folder.Folder, "ledger.torn.new"), "half a tail");
        File.WriteAllText(_folder.Owner + ".new", "half an owner");
        AssertCut(_folder, good, "{"u8.ToArray());
        Assert.Empty(Directory.EnumerateFiles(_folder.Folder, "*.new"));
    }

    /// <summary>Opens the ledger: the good lines are what they were, the torn bytes are in their file, and the ledger says so.</summary>
    private static void AssertCut(LedgerFolder folder, byte[] good, byte[] torn)
    {
        var number = LedgerFolder.Lines(good).Count;
        using (var ledger = folder.Open("bob"))
        {
            var events = ledger.ReadAll().ToList();
            Assert.Equal(number + 2, events.Count);
            var cut = events[^2];
            Assert.Equal(("ledger.torn", "bob", ""), (cut.Type, cut.Actor, cut.Run));
            Assert.Equal(torn.Length, cut.Data.GetProperty("bytes").GetInt64());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(torn)), cut.Data.GetProperty("sha256").GetString());
            Assert.Equal(torn, File.ReadAllBytes(Path.Combine(folder.Folder, cut.Data.GetProperty("file").GetString()!)));
            Assert.Equal("ledger.opened", events[^1].Type);
        }
        Assert.Equal(good, folder.Bytes()[..good.Length]);
        Assert.Equal((number + 2, 0, null), (folder.Verify().Events, folder.Verify().TornBytes, folder.Verify().Problem));
    }

    private static string HashOfLast(byte[] ledger) => Convert.ToHexStringLower(SHA256.HashData(LedgerFolder.Lines(ledger)[^1][..^1]));
}
