using System.Text.Json;
using ReleaseOps.Channels;
using ReleaseOps.Ledger;

namespace ReleaseOps.Steps;

/// <summary>
/// The outbox of a release for who sends without holding its ledger. What happens while it sends is put on the disk as letters, and comes into
/// the ledger when it is through, or by whoever holds the ledger; whoever reads the outbox reads both.
/// </summary>
internal sealed class NoticeBook(string folder, RunOptions options, SecretMask mask)
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    public string Folder => folder;

    /// <summary>Reads the outbox as it is now.</summary>
    /// <exception cref="ReleaseOpsException">LedgerTampered, FileUnreadable.</exception>
    public Outbox Read()
    {
        // Letters first: one that comes into the ledger meanwhile is known there by its id.
        var letters = Inbox.All(folder);
        return Outbox.Of(File.Exists(Path.Combine(folder, FileLedger.FileName)) ? FileLedger.Read(folder) : [], letters);
    }

    /// <summary>Puts what is to go out on record, with the updates that it is made of; what is there already is left as it is.</summary>
    /// <exception cref="ReleaseOpsException">BadTransition: another update has the same key. LedgerTampered, LedgerUnwritable, DiskFull.</exception>
    public void Queue(IReadOnlyList<Outgoing> outgoing)
    {
        try
        {
            using var moment = OutboxLock.ForAMoment(folder);
            using var ledger = ReleaseRun.OpenLedger(folder, options, mask);
            _ = new Mailbox(ledger, folder, "", resumed: false);
            Queue(outgoing, Outbox.Of(ledger.ReadAll(), []), (type, data) => ledger.Append(type, "", data));
        }
        catch (ReleaseOpsException held) when (held.Id == ErrorId.LedgerHeld)
        {
            Queue(outgoing, Read(), Send);
        }
    }

    /// <summary>Puts something on the disk while nothing is held.</summary>
    /// <exception cref="ReleaseOpsException">LedgerUnwritable, DiskFull.</exception>
    public void Note(OutboxEvent happened) => Send(happened.Type, happened.Write);

    /// <summary>Brings the letters into the ledger; where a run holds it, that run does.</summary>
    /// <param name="cancellation">Leaves them where they are.</param>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        // Another sender holds it for a moment, as this one does.
        for (var tries = 0; tries < 3 && Inbox.Waiting(folder).Count > 0; tries++)
        {
            try
            {
                using var moment = OutboxLock.ForAMoment(folder);
                using var ledger = ReleaseRun.OpenLedger(folder, options, mask);
                // One that can't be taken away stays the first.
                for (var first = ""; Inbox.Waiting(folder) is [var letter, ..] && letter.Id != first; first = letter.Id)
                    _ = new Mailbox(ledger, folder, "", resumed: false);
                return;
            }
            catch (ReleaseOpsException held) when (held.Id == ErrorId.LedgerHeld)
            {
                await Task.Delay(Again, options.Clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static void Queue(IReadOnlyList<Outgoing> outgoing, Outbox known, Action<string, Action<Utf8JsonWriter>> append)
    {
        foreach (var (notice, _) in outgoing)
            if (known.NoticeOf(notice.Key) is { } earlier && !Same(earlier, notice))
                throw new ReleaseOpsException(ErrorId.BadTransition, $"Somebody else has written '{notice.Key}' meanwhile: {earlier.Title}",
                    "Read what it says, then write yours again.", notice.Key);
        foreach (var one in outgoing)
        {
            var isNew = known.NoticeOf(one.Notice.Key) is null;
            var there = known.Items.Where(i => i.Notice.Key == one.Notice.Key).Select(i => i.Channel);
            if (!isNew && !one.Channels.Except(there, StringComparer.Ordinal).Any())
                continue;
            var queued = new NoticeQueued(one.Notice, one.Channels);
            if (isNew && one.Word is { } word)
                append(IncidentWordJson.Type, data =>
                {
                    IncidentWordJson.Write(data, word);
                    queued.Write(data);
                });
            else
                append(queued.Type, queued.Write);
            known.Take(queued);
        }
    }

    private static bool Same(Notice one, Notice other) => TextOf(one) == TextOf(other);

    private static string TextOf(Notice notice) => string.Concat(notice.Text.Select(run => run.Text));

    private void Send(string type, Action<Utf8JsonWriter> data) => Inbox.Send(folder, options.Clock.GetUtcNow(), type, data, mask);
}
