using ReleaseOps.Channels;
using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Steps;

/// <summary>Sends notices about a release by channels, beside whatever else goes on with it.</summary>
public static class Notices
{
    /// <summary>How long another process that sends by the same channel is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Exactly what would be sent, channel by channel; each secret shows as <see cref="SecretMask.Stars"/>, whether it is there or not.</summary>
    /// <param name="plan">The plan, as <see cref="Planner.MakeMessages"/> makes it.</param>
    /// <param name="outgoing">What is to go out.</param>
    /// <param name="options">Where the ledger is.</param>
    /// <exception cref="ReleaseOpsException">UnknownChannel, NoticeRefused (a kind of channel that doesn't take it), BindingFailed, LedgerTampered.</exception>
    public static IReadOnlyList<ChannelRequest> Preview(Plan plan, Outgoing outgoing, RunOptions options)
    {
        var scope = BindingScope.ForPlan(plan.Bound!, plan.Release);
        var outbox = Book(plan, options, SecretMask.None).Read();
        return [.. ChannelsOf(plan.Runbook, outgoing.Channels)
            .Select(c => options.MakeChannel(BoundChannel.Of(c, scope, options.Folder), SecretMask.None, options.Clock, null))
            .Select(c => c.Preview(outgoing.Notice, outbox.RemoteOf(outgoing.Notice.Thread, c.Name)))];
    }

    /// <summary>
    /// Records notices, and the updates that they are made of, then sends them; and with them, oldest first, what waited for the same channels.
    /// Nothing is held meanwhile. What can't be sent waits in the outbox.
    /// </summary>
    /// <param name="plan">The plan, as <see cref="Planner.MakeMessages"/> makes it.</param>
    /// <param name="outgoing">What is to go out, in order.</param>
    /// <param name="options">Where the ledger is, and who sends.</param>
    /// <param name="show">Shows what goes to the channel <c>console</c>; null for nowhere.</param>
    /// <param name="told">Told of each notice and channel as soon as its turn has ended, on any thread; null for nobody.</param>
    /// <param name="cancellation">Ends it; what is recorded by then stays in the outbox.</param>
    /// <returns>What became of each notice on each channel: of those given, and of those that had waited.</returns>
    /// <exception cref="ReleaseOpsException">
    /// MissingParameter, UnknownChannel, MissingSecret, SecretTooShort, BindingFailed, MissingField, NoticeRefused (too large) and BadTransition
    /// (the key is another notice's, or the incident's name is taken) before anything is recorded; LedgerTampered, LedgerUnwritable, DiskFull.
    /// </exception>
    public static async Task<IReadOnlyList<NoticeDelivery>> SendAsync(
        Plan plan, IReadOnlyList<Outgoing> outgoing, RunOptions options, Action<string>? show, Action<NoticeDelivery>? told, CancellationToken cancellation)
    {
        var channels = Bound(plan, [.. outgoing.SelectMany(o => o.Channels)], options, show, out var mask);
        IReadOnlyList<Outgoing> masked = [.. outgoing.Select(o => o with { Notice = o.Notice.Masked(mask), Channels = [.. ChannelsOf(plan.Runbook, o.Channels).Select(c => c.Name)] })];
        foreach (var one in masked)
            NoticeJson.Check(one.Notice);
        var book = Book(plan, options, mask);
        await book.QueueAsync(masked, cancellation).ConfigureAwait(false);
        return await DeliverAsync(book, channels, masked.Select(o => o.Notice.Key).ToHashSet(StringComparer.Ordinal), options, mask, told, cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends what waits in the outbox, oldest first.</summary>
    /// <param name="plan">The plan, as <see cref="Planner.MakeMessages"/> makes it.</param>
    /// <param name="channels">Names of the channels; null for all that something waits for: one of them that can't be used says why, and stops no other.
    /// By those that are named, what was refused is tried again too: somebody has corrected them.</param>
    /// <param name="options">Where the ledger is, and who sends.</param>
    /// <param name="show">As for sending.</param>
    /// <param name="told">As for sending.</param>
    /// <param name="cancellation">As for sending.</param>
    /// <returns>What became of each notice that had waited.</returns>
    /// <exception cref="ReleaseOpsException">As for sending; UnknownChannel, MissingSecret and SecretTooShort only of channels that are named.</exception>
    public static Task<IReadOnlyList<NoticeDelivery>> RetryAsync(
        Plan plan, IReadOnlyList<string>? channels, RunOptions options, Action<string>? show, Action<NoticeDelivery>? told, CancellationToken cancellation)
    {
        if (channels is not null)
        {
            var named = Bound(plan, channels, options, show, out var hides);
            return DeliverAsync(Book(plan, options, hides), named, [], options, hides, told, cancellation, again: true);
        }
        IReadOnlyList<string> waiting =
            [.. Book(plan, options, SecretMask.None).Read().Items.Where(i => i.IsOpen).Select(i => i.Channel).Distinct(StringComparer.Ordinal)];
        var carriers = new Carriers(plan, Scope(plan, waiting, options, out var mask), mask, options, show);
        var all = waiting.Select(name => (Name: name, Carrier: carriers.Of(name))).ToList();
        return DeliverAsync(Book(plan, options, mask), [.. all.Select(c => c.Carrier.Channel).OfType<IChannel>()], [], options, mask, told, cancellation,
            all.Where(c => c.Carrier.Channel is null).ToDictionary(c => c.Name, c => c.Carrier.Why ?? "no channel of this name", StringComparer.Ordinal));
    }

    /// <summary>What waits in the outbox, and what was refused, in the order in which it was queued.</summary>
    /// <param name="plan">The plan, as <see cref="Planner.MakeMessages"/> makes it.</param>
    /// <param name="options">Where the ledger is.</param>
    /// <exception cref="ReleaseOpsException">LedgerTampered, FileUnreadable.</exception>
    public static IReadOnlyList<NoticeDelivery> Waiting(Plan plan, RunOptions options)
    {
        var outbox = Book(plan, options, SecretMask.None).Read();
        return [.. outbox.Items.Where(i => i.State != OutboxState.Sent).Select(i => NoticeDelivery.Of(outbox, i))];
    }

    private static async Task<IReadOnlyList<NoticeDelivery>> DeliverAsync(
        NoticeBook book, IReadOnlyList<IChannel> channels, HashSet<string> keys, RunOptions options, SecretMask mask, Action<NoticeDelivery>? told,
        CancellationToken cancellation, IReadOnlyDictionary<string, string>? uncarried = null, bool again = false)
    {
        var turns = channels.Select(c => Task.Run(() => DeliverAsync(book, c, options, mask, told, again, cancellation), CancellationToken.None)).ToList();
        try
        {
            // One that can't go on doesn't end the others: each is waited for.
            await Task.WhenAll(turns).ConfigureAwait(false);
        }
        finally
        {
            await book.SettleAsync(CancellationToken.None).ConfigureAwait(false);
        }
        var (tried, outbox) = (turns.SelectMany(t => t.Result).ToHashSet(), book.Read());
        return
        [
            .. from item in outbox.Items
               let why = item.IsOpen ? uncarried?.GetValueOrDefault(item.Channel) : null
               where why is not null || tried.Contains((item.Notice.Key, item.Channel)) || keys.Contains(item.Notice.Key)
               select NoticeDelivery.Of(outbox, why is null ? item : item with { Detail = why }),
        ];
    }

    /// <summary>Takes a channel for as long as it has something to send, and gives what was waiting for it then.</summary>
    private static async Task<IReadOnlyList<(string Key, string Channel)>> DeliverAsync(
        NoticeBook book, IChannel channel, RunOptions options, SecretMask mask, Action<NoticeDelivery>? told, bool again,
        CancellationToken cancellation)
    {
        using var mine = await OutboxLock.TakeAsync(book.Folder, channel.Name, Patience, options.Clock, cancellation).ConfigureAwait(false);
        var outbox = book.Read();
        if (again)
            outbox.Reopen(channel.Name);
        var waiting = outbox.Items.Where(i => i.IsOpen && i.Channel == channel.Name).Select(i => (i.Notice.Key, i.Channel)).ToList();
        if (mine is null || waiting.Count == 0)
            return waiting;
        await new ChannelDelivery(channel, options.Clock, mask)
            .DeliverAsync(outbox, _ => true, book.Note, item => told?.Invoke(NoticeDelivery.Of(outbox, item)), cancellation).ConfigureAwait(false);
        return waiting;
    }

    /// <summary>Makes the channels, with their secrets.</summary>
    private static List<IChannel> Bound(Plan plan, IReadOnlyList<string> names, RunOptions options, Action<string>? show, out SecretMask mask)
    {
        var channels = ChannelsOf(plan.Runbook, names);
        EnvironmentSecrets.Resolve(Carriers.SecretsOf(plan.Runbook, names), options.Secrets);
        var scope = Scope(plan, names, options, out mask);
        var hides = mask;
        return [.. channels.Select(c => options.MakeChannel(BoundChannel.Of(c, scope, options.Folder), hides, options.Clock, show))];
    }

    /// <summary>What the channels are filled in with, as far as it is there, and what hides it.</summary>
    private static BindingScope Scope(Plan plan, IReadOnlyList<string> names, RunOptions options, out SecretMask mask)
    {
        // What another channel is let in by, or the runbook asks for elsewhere, doesn't go out either.
        var secrets = EnvironmentSecrets.Present([.. plan.Runbook.Secrets, .. Carriers.SecretsOf(plan.Runbook, names)], options.Secrets);
        mask = secrets.Count == 0 ? SecretMask.None : new SecretMask([.. secrets.Values]);
        if (plan.Missing.Count > 0)
            throw new ReleaseOpsException(ErrorId.MissingParameter, $"Which release of '{plan.Runbook.Product}' is meant can't be told without: {string.Join(", ", plan.Missing)}.",
                $"Give it: --param {plan.Missing[0]}=VALUE, or -Parameter @{{ {plan.Missing[0]} = 'VALUE' }}.", plan.Missing[0]);
        return BindingScope.ForRun(plan.Bound!, plan.Release, secrets);
    }

    /// <summary>The channels of these names, each once: a usual one is the same however it is written.</summary>
    private static List<Channel> ChannelsOf(Runbook runbook, IEnumerable<string> names) =>
        [.. names.Select(name => ChannelDefaults.Find(runbook, name) ?? throw Unknown(runbook, name)).DistinctBy(c => c.Name)];

    private static ReleaseOpsException Unknown(Runbook runbook, string name) => new(
        ErrorId.UnknownChannel, $"No channel '{name}': neither the runbook '{runbook.Name}' has it, nor is it a usual one.",
        $"There are: {string.Join(", ", runbook.Channels.Select(c => c.Name).Concat(ChannelDefaults.Names).Distinct(StringComparer.Ordinal))}.", name);

    private static NoticeBook Book(Plan plan, RunOptions options, SecretMask mask) => new(ReleaseRun.FolderOf(plan.Release, options), options, mask);
}
