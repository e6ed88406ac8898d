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
    /// <param name="outgoing">What is to go out.</param>
    /// <param name="cancellation">Ends the waiting for another process that does so too.</param>
    /// <exception cref="ReleaseOpsException">
    /// BadTransition: another update has the same key, or opens an incident whose name is taken meanwhile. LedgerTampered, LedgerUnwritable, DiskFull.
    /// </exception>
    public async Task QueueAsync(IReadOnlyList<Outgoing> outgoing, CancellationToken cancellation)
    {
        // Letters can't see each other: one after the other looks what is there, then writes.
        using var turn = await OutboxLock.ToQueueAsync(folder, options.Clock, cancellation).ConfigureAwait(false);
        try
        {
            using var moment = OutboxLock.ForAMoment(folder);
            using var ledger = ReleaseRun.OpenLedger(folder, options, mask);
            _ = new Mailbox(ledger, folder, "", resumed: false);
            Queue(outgoing, (type, data) => ledger.Append(type, "", data));
        }
        catch (ReleaseOpsException held) when (held.Id == ErrorId.LedgerHeld)
        {
            Queue(outgoing, Send);
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

    private void Queue(IReadOnlyList<Outgoing> outgoing, Action<string, Action<Utf8JsonWriter>> append)
    {
        var known = Read();
        foreach (var (notice, _) in outgoing)
            if (known.NoticeOf(notice.Key) is { } earlier && !Same(earlier, notice))
                throw new ReleaseOpsException(ErrorId.BadTransition, $"Somebody else has written '{notice.Key}' meanwhile: {earlier.Title}",
                    "Read what it says, then write yours again.", notice.Key);
        var opening = outgoing.Where(o => o.Word is { Opens: true } && known.NoticeOf(o.Notice.Key) is null).Select(o => o.Word!.Incident).ToList();
        if (opening.Count > 0 && Incidents().FirstOrDefault(opening.Contains) is { } taken)
            throw new ReleaseOpsException(ErrorId.BadTransition, $"{taken} was opened meanwhile, by a watch or somebody else.",
                "Read what it is; if yours is another one, write it again: it gets the next name.", taken);
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

    /// <summary>Names of the incidents that are there.</summary>
    private IEnumerable<string> Incidents()
    {
        var letters = Inbox.All(folder).Select(l => (l.Type, l.Data)).ToList();
        var events = File.Exists(Path.Combine(folder, FileLedger.FileName)) ? FileLedger.Read(folder) : [];
        return events.Select(e => (e.Type, e.Data)).Concat(letters)
            .Select(e => e.Type == "incident.opened" ? LedgerText.Of(e.Data, "subject") : IncidentWordJson.Of(e.Type, e.Data)?.Incident).OfType<string>();
    }

    private static bool Same(Notice one, Notice other) => TextOf(one) == TextOf(other);

    private static string TextOf(Notice notice) => string.Concat(notice.Text.Select(run => run.Text));

    private void Send(string type, Action<Utf8JsonWriter> data) => Inbox.Send(folder, options.Clock.GetUtcNow(), type, data, mask);
}
