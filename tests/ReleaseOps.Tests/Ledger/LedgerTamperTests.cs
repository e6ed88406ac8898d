using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Ledger;

namespace ReleaseOps.Tests.Ledger;

public sealed class LedgerTamperTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_flipped_bit_before_the_last_line_is_found()
    {
        var ledger = _folder.WithThreeSteps();
        var earlier = ledger.Length - LedgerFolder.Lines(ledger)[^1].Length;
        using var file = File.OpenHandle(_folder.File, FileMode.Open, FileAccess.ReadWrite);
        for (var at = 0; at < earlier; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                RandomAccess.Write(file, [(byte)(ledger[at] ^ (1 << bit))], at);
                var chain = new LedgerChain(file);
                while (chain.MoveNext())
                {
                }
                Assert.True(chain.Problem is not null, $"bit {bit} of byte {at}");
            }
            RandomAccess.Write(file, [ledger[at]], at);
        }
        Assert.True(_folder.Verify().IsIntact);
    }

    [Theory]
    [InlineData(4, " ")]
    [InlineData(4, ",\n")]
    [InlineData(4, "\0\0,")]
    [InlineData(3, " ")]
    [InlineData(3, "\0")]
    public void Something_else_than_a_newline_after_an_event_is_no_torn_write(int line, string instead)
    {
        var lines = LedgerFolder.Lines(_folder.WithThreeSteps());
        lines[line - 1] = [.. lines[line - 1][..^1], .. instead.Select(c => (byte)c)];
        _folder.Put(LedgerFolder.Joined(lines));
        var e = _folder.OpenFails();
        Assert.Equal(ErrorId.LedgerTampered, e.Id);
        Assert.Contains($"line {line} (seq {line}): it goes on after its event", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_changed_byte_before_the_last_line_is_refused_and_nothing_is_touched()
    {
        var ledger = _folder.WithThreeSteps();
        var earlier = ledger.Length - LedgerFolder.Lines(ledger)[^1].Length;
        var places = Gen.Choose(0, earlier - 1).Zip(Gen.Choose(1, 255)).ToArbitrary();
        Prop.ForAll(places, place =>
        {
            var changed = ledger.ToArray();
            changed[place.Item1] ^= (byte)place.Item2;
            _folder.Put(changed);
            var e = _folder.OpenFails();
            Assert.Equal(ErrorId.LedgerTampered, e.Id);
            Assert.StartsWith($"The ledger {_folder.File} was changed: line ", e.Message, StringComparison.Ordinal);
            Assert.Equal(changed, _folder.Bytes());
            Assert.Equal(ErrorId.LedgerTampered, Assert.Throws<ReleaseOpsException>(() => FileLedger.Read(_folder.File).Count()).Id);
        }).QuickCheckThrowOnFailure();
    }

    public static TheoryData<string, int, string> Lines { get; } = new()
    {
        { "1 2 4", 3, "its seq is 4, expected was 3" },
        { "2 3 4", 1, "its seq is 2, expected was 1" },
        { "1 3 2 4", 2, "its seq is 3, expected was 2" },
        { "1 2 2 3 4", 3, "its seq is 2, expected was 3" },
        { "1 2 3 4 4", 5, "its seq is 4, expected was 5" },
        { "1 x 2 3 4", 2, "it isn't an event" },
        { "1 2 3 x 4", 4, "it isn't an event" },
        { "1 e 2 3 4", 2, "it isn't an event" },
        { "b 2 3 4", 1, "it isn't an event" },
        { "1 r 3 4", 2, "it goes on after its event" },
        { "1 2 3 l", 4, "is longer than 1048576 bytes" },
        { "1 2 3 w", 4, "its prev is 1111" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Missing_swapped_doubled_inserted_and_reformatted_lines_are_refused_and_named(string order, int line, string problem)
    {
        var lines = LedgerFolder.Lines(_folder.WithThreeSteps());
        _folder.Put(LedgerFolder.Joined(order.Split(' ').Select(what => what switch
        {
            "x" => "{\"seq\":2}\n"u8.ToArray(),
            "e" => "\n"u8.ToArray(),
            "b" => [0xef, 0xbb, 0xbf, .. lines[0]],
            "r" => [.. lines[1][..^1], (byte)'\r', (byte)'\n'],
            "l" => Encoding.ASCII.GetBytes(new string(' ', 2 << 20) + "\n"),
            "w" => Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(lines[3])[..^67] + new string('1', 64) + "\"}\n"),
            _ => lines[int.Parse(what, System.Globalization.CultureInfo.InvariantCulture) - 1],
        })));

        var check = _folder.Verify();
        Assert.Equal(line, check.Line);
        Assert.Contains(problem, check.Problem, StringComparison.Ordinal);
        var e = _folder.OpenFails();
        Assert.Equal(ErrorId.LedgerTampered, e.Id);
        Assert.Contains($"line {line} (seq {line}): {check.Problem}", e.Message, StringComparison.Ordinal);
        Assert.Equal(line - 1, FirstGood(FileLedger.Read(_folder.Folder)));
    }

    [Fact]
    public void Lines_missing_from_the_end_are_noticed_by_what_the_last_owner_left()
    {
        var whole = _folder.WithThreeSteps();
        File.WriteAllBytes(_folder.File, whole[..^LedgerFolder.Lines(whole)[^1].Length]);
        Assert.True(_folder.Verify().IsIntact);
        for (var i = 0; i < 2; i++)
        {
            var e = _folder.OpenFails();
            Assert.Equal(ErrorId.LedgerTampered, e.Id);
            Assert.Contains("line 4 (seq 4): it isn't there, expected were 4 lines", e.Message, StringComparison.Ordinal);
        }

        File.Delete(_folder.File);
        Assert.Equal(ErrorId.LedgerTampered, _folder.OpenFails().Id);

        File.WriteAllBytes(_folder.File, whole);
        using var ledger = _folder.Open();
        Assert.Equal(5, ledger.ReadAll().Count());
    }

    [Fact]
    public void A_changed_last_line_is_noticed_by_what_the_last_owner_left()
    {
        var text = Encoding.ASCII.GetString(_folder.WithThreeSteps());
        File.WriteAllText(_folder.File, text.Replace("\"step\":3", "\"step\":4", StringComparison.Ordinal));
        Assert.True(_folder.Verify().IsIntact);
        var e = _folder.OpenFails();
        Assert.Equal(ErrorId.LedgerTampered, e.Id);
        Assert.Contains("line 4 (seq 4): its SHA-256 is ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_that_grew_after_what_its_owner_last_said_is_fine()
    {
        _folder.WithThreeSteps();
        var old = File.ReadAllBytes(_folder.Owner);
        _folder.Open().Dispose();
        File.WriteAllBytes(_folder.Owner, old);
        using var ledger = _folder.Open();
        Assert.Equal(3, ledger.Fence);
        Assert.Equal(6, ledger.ReadAll().Count());
    }

    [Fact]
    public void A_ledger_that_isnt_there_cant_be_read()
    {
        Assert.Equal(ErrorId.FileUnreadable, Assert.Throws<ReleaseOpsException>(() => FileLedger.Read(_folder.Folder).Count()).Id);
        Assert.Equal(ErrorId.FileUnreadable, Assert.Throws<ReleaseOpsException>(() => FileLedger.Verify(_folder.Root)).Id);
    }

    private static int FirstGood(IEnumerable<LedgerEvent> events)
    {
        var good = 0;
        Assert.Equal(ErrorId.LedgerTampered, Assert.Throws<ReleaseOpsException>(() =>
        {
            foreach (var _ in events)
                good++;
        }).Id);
        return good;
    }
}
