using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Watches;

/// <summary>The ledger of a watch, as its process knows it: read again where it has grown, and held only for as long as it takes to write.</summary>
/// <param name="runbook">The runbook.</param>
/// <param name="folder">The release's folder.</param>
/// <param name="options">Who writes.</param>
/// <param name="mask">Hides secrets.</param>
/// <param name="history">What was read of it.</param>
internal sealed class WatchBook(Runbook runbook, string folder, RunOptions options, SecretMask mask, WatchHistory history)
{
    private long _seen = -1;

    /// <summary>What it remembers of the watch.</summary>
    public WatchHistory History { get; private set; } = history;

    /// <summary>True where somebody has written since, or a letter waits.</summary>
    public bool HasNews => Length != _seen || HasLetters;

    /// <summary>True where a letter waits.</summary>
    public bool HasLetters => Inbox.Waiting(folder).Count > 0;

    private long Length => new FileInfo(Path.Combine(folder, FileLedger.FileName)) is { Exists: true } file ? file.Length : 0;

    /// <summary>Reads what others have written since: words from other terminals, and looks of another process.</summary>
    public void CatchUp()
    {
        var length = Length;
        if (length == _seen)
            return;
        foreach (var e in FileLedger.Read(folder))
            History.Take(e);
        _seen = length;
    }

    /// <summary>Reads all of it again: whether the last line that was written is on the disk isn't known.</summary>
    public void ReadAgain() => History = WatchBeginning.Read(runbook, FileLedger.Read(folder));

    /// <summary>Takes the ledger, hears what letters say, writes, and lets go.</summary>
    public void Write(Action<WatchJournal> write)
    {
        using var ledger = ReleaseRun.OpenLedger(folder, options, mask);
        if (HasLetters)
            _ = new Mailbox(ledger, folder, History.Run!, resumed: true);
        // The line that opening it has written is of no matter; what else is new was written by somebody else.
        if (ledger.Seq > History.Seq + 1)
            foreach (var e in ledger.ReadAll())
                History.Take(e);
        write(new WatchJournal(ledger, History));
        // While nobody else can write: a word that came right after would be taken for our own lines, and wait for the next look.
        _seen = Length;
    }
}
