using System.Text.Json;

namespace ReleaseOps.Ledger;

/// <summary>
/// The record of all that happened to one release, in a file that only grows: <c>ledger.jsonl</c>, one JSON object a line, each with the
/// SHA-256 of the line before it. What <see cref="Append(string, string, Action{Utf8JsonWriter})"/> returned is on the
/// disk. One process at a time owns it; anybody may <see cref="Read"/> it meanwhile.
/// </summary>
/// <remarks>
/// The chain tells of any change before the last line. It can't tell that the last line was changed into another one that fits, or that
/// lines are missing from the end: nothing after them holds their hash. What an owner left in <c>ledger.owner</c> tells of most such
/// accidents, but whoever changes one file may change both; against that, keep <see cref="LedgerCheck.LastHash"/> elsewhere, signed.
/// <para>
/// On network file systems without working locks two owners can come to be; the fence then ends the first one at its next append.
/// </para>
/// </remarks>
public sealed class FileLedger : IDisposable
{
    /// <summary>The file's name in its folder.</summary>
    public const string FileName = "ledger.jsonl";

    private readonly LedgerWriter _writer;
    private readonly SecretMask _mask;

    private FileLedger(string path, long fence, LedgerWriter writer, SecretMask mask)
    {
        Path = path;
        Fence = fence;
        _writer = writer;
        _mask = mask;
    }

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>This owner's number; every later owner of this ledger has a higher one. Recorded in <c>ledger.opened</c>.</summary>
    public long Fence { get; }

    /// <summary>
    /// Takes the release, verifies the whole ledger, mends what a crash left at its end, and records <c>ledger.opened</c>. A torn last line
    /// is moved to <c>ledger.torn-1</c> (2, 3 ...) and recorded as <c>ledger.torn</c> with its size and SHA-256.
    /// </summary>
    /// <param name="folder">The release's folder; it is created where there is none.</param>
    /// <param name="actor">Who is about to act: the <see cref="LedgerEvent.Actor"/> of each event.</param>
    /// <param name="clock">The clock of <see cref="LedgerEvent.At"/>.</param>
    /// <param name="mask">Hides secrets in the data of each event.</param>
    /// <exception cref="ReleaseOpsException">
    /// <see cref="ErrorId.LedgerHeld"/>: another process holds the release; the message says who. <see cref="ErrorId.LedgerTampered"/>: the
    /// chain is broken. <see cref="ErrorId.DiskFull"/>, <see cref="ErrorId.LedgerUnwritable"/>: it can't be written.
    /// </exception>
    public static FileLedger Open(string folder, string actor, TimeProvider clock, SecretMask mask)
    {
        folder = System.IO.Path.GetFullPath(folder);
        actor = mask.Apply(actor);
        LedgerOwner? owner = null;
        try
        {
            DurableFile.CreateFolder(folder);
            owner = LedgerOwner.Take(folder, actor, clock.GetUtcNow());
            return Open(folder, owner, actor, clock, mask);
        }
        catch (Exception e)
        {
            owner?.Dispose();
            if (LedgerErrors.IsFileError(e))
                throw LedgerErrors.Unwritable(System.IO.Path.Combine(folder, FileName), e);
            throw;
        }
    }

    private static FileLedger Open(string folder, LedgerOwner owner, string actor, TimeProvider clock, SecretMask mask)
    {
        var path = System.IO.Path.Combine(folder, FileName);
        var isNew = !File.Exists(path);
        LedgerChain chain;
        long highestFence;
        using (var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
        {
            if (isNew)
                DurableFile.FlushFolder(folder);
            chain = new LedgerChain(file);
            highestFence = LedgerFile.Walk(path, chain, owner.Previous?.Head);
        }
        var head = new LedgerHead(chain.Events, chain.LastHash);
        var length = chain.Length;
        var inOrder = isNew || owner.Previous is { Released: true };
        if (chain.TornBytes > 0 || !inOrder)
        {
            (length, head) = LedgerRecovery.Renew(folder, path, chain, data => LedgerWriter.Line(
                head, clock.GetUtcNow(), "ledger.torn", "", actor, LedgerData.From(data, SecretMask.None.Apply).Span).ToArray());
        }
        // After the copy was flushed: what is said to be there must be on the disk.
        owner.Verified(head, highestFence);

        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var writer = new LedgerWriter(handle, path, owner, actor, clock, head, length);
        try
        {
            var ledger = new FileLedger(path, owner.Fence, writer, mask);
            ledger.Append("ledger.opened", "", data =>
            {
                data.WriteNumber("fence", owner.Fence);
                data.WriteNumber("pid", owner.Record.Pid);
                data.WriteString("host", owner.Record.Host);
                if (!inOrder)
                    data.WriteBoolean("previousReleased", false);
            });
            return ledger;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Records what happened. When it returns, the event is on the disk. Threads may call it side by side.</summary>
    /// <param name="type">What happened: <c>step.started</c>.</param>
    /// <param name="run">The run that it belongs to.</param>
    /// <param name="data">Writes the content of the event's data, an object; null for none.</param>
    /// <exception cref="ReleaseOpsException">
    /// <see cref="ErrorId.DiskFull"/>, <see cref="ErrorId.LedgerUnwritable"/>, <see cref="ErrorId.LedgerLost"/> (another process took
    /// over): nothing may be done any more, and each later append fails alike; whether the event was recorded is found out by opening the
    /// ledger again. <see cref="ErrorId.LedgerUnwritable"/> also for an event of more than 1 MiB or 60 levels, which leaves the ledger usable.
    /// </exception>
    public LedgerEvent Append(string type, string run, Action<Utf8JsonWriter>? data = null) =>
        _writer.Append(type, run, LedgerData.From(data, _mask.Apply));

    /// <summary>Records what happened, with an object that is JSON already.</summary>
    /// <param name="type">What happened.</param>
    /// <param name="run">The run that it belongs to.</param>
    /// <param name="data">The event's data, a JSON object.</param>
    /// <exception cref="ReleaseOpsException">As for the other overload.</exception>
    public LedgerEvent Append(string type, string run, JsonElement data) =>
        _writer.Append(type, run, LedgerData.From(data, _mask.Apply));

    /// <summary>For use right before an action: whether this process still owns the release.</summary>
    /// <exception cref="ReleaseOpsException"><see cref="ErrorId.LedgerLost"/>, or the error that ended an earlier append.</exception>
    public void CheckOwnership() => _writer.CheckOwnership();

    /// <summary>Number of the last event.</summary>
    public long Seq => _writer.Seq;

    /// <summary>Streams every event that is on the disk by now, verified, from the first on.</summary>
    /// <exception cref="ReleaseOpsException">As for <see cref="Read"/>.</exception>
    public IEnumerable<LedgerEvent> ReadAll() => LedgerFile.Read(Path, _writer.Length);

    /// <summary>
    /// Streams the events of a ledger without taking it; its owner may be writing. Each is verified before it is handed out. A line that
    /// isn't complete yet is left out.
    /// </summary>
    /// <param name="path">The ledger, or its folder.</param>
    /// <exception cref="ReleaseOpsException">
    /// <see cref="ErrorId.LedgerTampered"/>, after the good events; <see cref="ErrorId.FileUnreadable"/>.
    /// </exception>
    public static IEnumerable<LedgerEvent> Read(string path) => LedgerFile.Read(LedgerFile.Locate(path), long.MaxValue);

    /// <summary>Verifies a ledger without taking it.</summary>
    /// <param name="path">The ledger, or its folder.</param>
    /// <exception cref="ReleaseOpsException"><see cref="ErrorId.FileUnreadable"/>.</exception>
    public static LedgerCheck Verify(string path) => LedgerFile.Verify(LedgerFile.Locate(path));

    /// <summary>Whether a process holds the release at this moment.</summary>
    /// <param name="folder">The release's folder.</param>
    public static bool IsHeld(string folder) => LedgerOwner.IsLocked(folder);

    /// <summary>Lets go of the release. Never throws.</summary>
    public void Dispose() => _writer.Dispose();
}
