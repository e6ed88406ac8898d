using ReleaseOps.Ledger;

namespace ReleaseOps.Cli.Tests;

/// <summary>A watch whose evidence lies on a small disk of its own, which somebody else fills.</summary>
public sealed class WatchDiskTests(WatchServer server) : IClassFixture<WatchServer>, IDisposable
{
    // Fills the disk after the first look, and waits for the watch to say so. The disk ends with the namespace: what is on it is copied out.
    private const string Filled = """
        mkdir small && mount -t tmpfs -o size=4m none small || exit 99
        "$1" watch ./r.yaml --commander lea --evidence small > out 2> errors &
        until grep -qs '"watch.look"' small/*/ledger.jsonl; do sleep 0.05; done
        head -c 5000000 /dev/zero > small/filler 2> /dev/null
        until grep -q 'disk is full' out; do sleep 0.05; done

        """;

    private readonly WatchScratch _scratch = new(server);

    public void Dispose() => _scratch.Dispose();

    [NeedsUserNamespace("prometheus", "promtool")]
    public void Once_there_is_room_again_it_makes_up_for_what_it_missed()
    {
        _scratch.Book("good", "window: 10s\ninterval: 1s");
        var ended = Run("sleep 3; rm small/filler; wait $!; code=$?; cp small/*/ledger.jsonl kept; cat out; exit $code").With(0);
        Assert.Equal("Stability watch result: GO", ended.Lines[^1]);
        Assert.Single(ended.Lines, l => l.Contains("The watch can't write: The disk is full: ", StringComparison.Ordinal));
        Assert.Single(ended.Lines, l => l.Contains("The watch can write again; what it missed is made up for.", StringComparison.Ordinal));
        AssertWhole(10);
    }

    [NeedsUserNamespace("prometheus", "promtool")]
    public void Full_to_the_end_it_fails_with_the_reason_and_decides_once_there_is_room()
    {
        _scratch.Book("good", "window: 6s\ninterval: 1s\ngrace: 2s");
        var ended = Run("""
            wait $!; echo "exit $?"; cat errors
            grep -c run.finished small/*/ledger.jsonl
            rm small/filler
            "$1" watch ./r.yaml --once --evidence small; code=$?
            cp small/*/ledger.jsonl kept; exit $code
            """).With(0);
        Assert.Equal("exit 3", ended.Lines[0]);
        Assert.Contains("The disk is full: ", ended.Lines[1], StringComparison.Ordinal);
        Assert.Contains(ended.Lines, l => l.EndsWith("(DiskFull)", StringComparison.Ordinal));
        Assert.Contains("0", ended.Lines);
        Assert.Equal("Stability watch result: GO", ended.Lines[^1]);
        AssertWhole(6);
    }

    private Ended Run(string rest) =>
        Cli.Run(_scratch.Scratch.Folder, ["unshare", "-Urm", "sh", "-c", Filled + rest, "sh", Cli.Program], _scratch.Scratch.Environment);

    /// <summary>The ledger is intact, and has each slot once.</summary>
    private void AssertWhole(int slots)
    {
        var kept = Path.Combine(_scratch.Scratch.Folder, "kept");
        Assert.True(FileLedger.Verify(kept).IsIntact);
        Assert.Equal(Enumerable.Range(0, slots),
            FileLedger.Read(kept).Where(e => e.Type == "watch.look").Select(e => e.Data.GetProperty("slot").GetInt32()));
    }
}
