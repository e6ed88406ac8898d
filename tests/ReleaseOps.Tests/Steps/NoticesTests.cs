using ReleaseOps.Channels;
using ReleaseOps.Ledger;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Channels;
using ReleaseOps.Tests.Checklists;

namespace ReleaseOps.Tests.Steps;

/// <summary>What the doors send: recorded, sent without holding the release, and left in the outbox where it can't be sent.</summary>
public sealed class NoticesTests : IDisposable
{
    private const string Webhook = "https://hooks.example/T0/B0/hunter22-secret";

    private static readonly Runbook Book = Bench.Steps("- { id: look, file: x }", head: """
        channels:
          ops: { slack: '${{ secrets.OPS_WEBHOOK }}' }
          other: { webhook: 'https://other.example/${{ secrets.OTHER_TOKEN }}' }
        """);

    private readonly Bench _bench = new();
    private readonly ScriptedChannel _ops = new("ops");
    private readonly ScriptedChannel _other = new("other");
    private readonly Dictionary<string, string?> _environment = new() { ["OPS_WEBHOOK"] = Webhook, ["OTHER_TOKEN"] = "token-of-other" };

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_notice_is_recorded_sent_and_known_to_be_sent_and_nothing_is_held_meanwhile()
    {
        _ops.Answer = (_, _) =>
        {
            Assert.False(FileLedger.IsHeld(Folder));
            return Task.FromResult(ScriptedChannel.Sent);
        };
        var delivered = Assert.Single(await SendAsync(Out("INC-1/1", "ops") with { Word = Word(1) }));
        Assert.Equal(("INC-1/1", "ops", NoticeState.Sent, 1, "200 OK", null), (delivered.Key, delivered.Channel, delivered.State, delivered.Tries, delivered.Detail, delivered.Reason));
        Assert.Equal(["incident.updated", "notice.sending", "notice.sent"], Types);
        Assert.Empty(Inbox.Waiting(Folder));
        Assert.Empty(Notices.Waiting(Plan, Options()));
    }

    [Fact]
    public async Task The_same_notice_again_is_neither_recorded_nor_sent_again()
    {
        var one = Out("INC-1/1", "ops") with { Word = Word(1) };
        await SendAsync(one);
        await SendAsync(one);
        Assert.Single(_ops.Tries);
        Assert.Equal(1, Types.Count(t => t == "incident.updated"));
        Assert.DoesNotContain("notice.queued", Types);
    }

    [Fact]
    public async Task An_update_and_the_notice_of_it_are_one_line_so_that_no_crash_parts_them()
    {
        await SendAsync(Out("INC-1/1", "ops") with { Word = Word(1) });
        var line = _bench.Ledger().Single(e => e.Type == IncidentWordJson.Type);
        Assert.Equal(Word(1), IncidentWordJson.Of(line.Type, line.Data));
        Assert.Equal(["ops"], Assert.IsType<NoticeQueued>(OutboxEvent.Of(line.Type, line.Data)).Channels);
    }

    [Fact]
    public async Task Another_notice_by_the_same_key_is_refused_before_anything_is_recorded()
    {
        await SendAsync(Out("INC-1/1", "ops"));
        var other = Out("INC-1/1", "ops") with { Notice = Sample.Notice("INC-1/1") with { Text = [new TextRun("mine", TextKind.Value)] } };
        Assert.Equal(ErrorId.BadTransition, (await Assert.ThrowsAsync<ReleaseOpsException>(() => SendAsync(other))).Id);
        Assert.Equal(3, Types.Count);
    }

    [Fact]
    public async Task An_update_that_opens_what_a_watch_has_opened_meanwhile_is_refused_before_anything_is_recorded()
    {
        using (var ledger = ReleaseRun.OpenLedger(Folder, Options(), SecretMask.None))
            ledger.Append("incident.opened", "", data => data.WriteString("subject", "INC-1"));
        var opening = Out("INC-1/1", "ops") with { Word = Word(1) };
        Assert.Equal((ErrorId.BadTransition, "INC-1"), await RefusalAsync(opening));
        using (ReleaseRun.Begin(Bench.Plan(Book), RunJob.Checklist, Options()))
            Assert.Equal((ErrorId.BadTransition, "INC-1"), await RefusalAsync(opening));
        await SendAsync(opening with { Word = Word(1) with { Opens = false } });
        Assert.Single(_ops.Tries);
    }

    [Fact]
    public async Task Of_two_who_write_the_same_update_by_letter_at_once_one_is_told_so()
    {
        using var run = ReleaseRun.Begin(Bench.Plan(Book), RunJob.Checklist, Options());
        for (var round = 0; round < 5; round++)
        {
            var key = $"INC-1/{round}";
            using var together = new Barrier(8);
            var ends = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Factory.StartNew(() =>
            {
                var one = Out(key, "ops") with { Notice = Sample.Notice(key) with { Text = [new TextRun($"by {n}", TextKind.Value)] } };
                together.SignalAndWait();
                return Record.Exception(() => SendAsync(one).GetAwaiter().GetResult());
            }, TaskCreationOptions.LongRunning)));
            Assert.Single(ends, e => e is null);
            Assert.All(ends.OfType<Exception>(), e => Assert.Equal(ErrorId.BadTransition, Assert.IsType<ReleaseOpsException>(e).Id));
        }
    }

    [Fact]
    public async Task What_waits_for_a_channel_that_is_gone_or_has_no_secret_says_so_and_stops_no_other()
    {
        _ops.Answering([.. Enumerable.Repeat(ScriptedChannel.Later with { After = TimeSpan.Zero }, ChannelDelivery.MostTries)]);
        _other.Answering([.. Enumerable.Repeat(ScriptedChannel.Later with { After = TimeSpan.Zero }, ChannelDelivery.MostTries)]);
        await SendAsync(Out("INC-1/1", "ops", "other"));
        var without = Planner.MakeMessages(Bench.Steps("- { id: look, file: x }", head: "channels: { other: { webhook: 'https://other.example/${{ secrets.OTHER_TOKEN }}' } }"),
            new Dictionary<string, string>());
        _environment["OTHER_TOKEN"] = null;
        Assert.Equal(
            [("ops", NoticeState.Waiting, "no channel of this name"), ("other", NoticeState.Waiting, "OTHER_TOKEN isn't set")],
            (await Notices.RetryAsync(without, null, Options(), null, null, default)).Select(d => (d.Channel, d.State, d.Detail)));
        _environment["OTHER_TOKEN"] = "token-of-other";
        Assert.Equal([("ops", NoticeState.Waiting), ("other", NoticeState.Sent)],
            (await Notices.RetryAsync(without, null, Options(), null, null, default)).Select(d => (d.Channel, d.State)));
        Assert.Equal(ErrorId.UnknownChannel,
            (await Assert.ThrowsAsync<ReleaseOpsException>(() => Notices.RetryAsync(without, ["ops"], Options(), null, null, default))).Id);
    }

    [Fact]
    public async Task What_was_refused_is_tried_again_where_somebody_names_the_channel_unless_a_later_update_is_out()
    {
        _ops.Answering(ScriptedChannel.Refused, ScriptedChannel.Refused, ScriptedChannel.Sent, ScriptedChannel.Refused);
        await SendAsync(Out("a/1", "ops"));
        await SendAsync(Out("b/1", "ops") with { Notice = Sample.Notice("b/1", "b") });
        await SendAsync(Out("b/2", "ops") with { Notice = Sample.Notice("b/2", "b") });
        Assert.Empty(await Notices.RetryAsync(Plan, null, Options(), null, null, default));
        Assert.Equal(("a/1", NoticeState.Refused), Only(await Notices.RetryAsync(Plan, ["ops"], Options(), null, null, default)));
        Assert.Equal(("a/1", NoticeState.Sent), Only(await Notices.RetryAsync(Plan, ["ops"], Options(), null, null, default)));
        Assert.Equal(["b/1"], Notices.Waiting(Plan, Options()).Select(d => d.Key));

        static (string, NoticeState) Only(IReadOnlyList<NoticeDelivery> tried) => (Assert.Single(tried).Key, tried[0].State);
    }

    [Fact]
    public async Task A_letter_that_can_not_be_read_just_now_is_neither_lost_nor_passed_over()
    {
        using var run = ReleaseRun.Begin(Bench.Plan(Book), RunJob.Checklist, Options());
        await SendAsync(Out("INC-1/1", "ops"));
        var sent = Directory.EnumerateFiles(Path.Combine(Folder, "inbox")).Order(StringComparer.Ordinal).Last();
        using (new FileStream(sent, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(ErrorId.FileUnreadable, Assert.Throws<ReleaseOpsException>(() => Notices.Waiting(Plan, Options())).Id);
            Assert.Equal(2, Inbox.Waiting(Folder).Count);
        }
        Assert.Empty(Notices.Waiting(Plan, Options()));
    }

    [Fact]
    public async Task A_letter_that_can_not_be_taken_away_keeps_nobody()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "inbox", "drop.json.bad", "in the way"));
        File.WriteAllText(Path.Combine(Folder, "inbox", "drop.json"), """{"type":"incident.closed","data":{}}""");
        await Task.Run(() => SendAsync(Out("INC-1/1", "ops"))).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["notice.queued", "notice.sending", "notice.sent"], Types);
    }

    [Fact]
    public async Task What_waited_goes_out_first_with_the_next_sending()
    {
        _ops.Answering([.. Enumerable.Repeat(ScriptedChannel.Later with { After = TimeSpan.Zero }, ChannelDelivery.MostTries)]);
        Assert.Equal(NoticeState.Waiting, Assert.Single(await SendAsync(Out("INC-1/1", "ops"))).State);
        var waiting = Assert.Single(Notices.Waiting(Plan, Options()));
        Assert.Equal((NoticeState.Waiting, ErrorId.NoticeWaiting, 4, "503 Service Unavailable"), (waiting.State, waiting.Reason, waiting.Tries, waiting.Detail));
        var delivered = await SendAsync(Out("INC-1/2", "ops"));
        Assert.Equal([("INC-1/1", NoticeState.Sent), ("INC-1/2", NoticeState.Sent)], delivered.Select(d => (d.Key, d.State)));
        Assert.Equal(["INC-1/1", "INC-1/2"], _ops.Keys.Distinct());
    }

    [Fact]
    public async Task A_retry_sends_what_waits_and_a_channel_that_failed_stopped_no_other()
    {
        _ops.Answering([.. Enumerable.Repeat(ScriptedChannel.Unclear with { After = TimeSpan.Zero }, ChannelDelivery.MostTries)]);
        var told = new List<NoticeDelivery>();
        var first = await Notices.SendAsync(Plan, [Out("INC-1/1", "ops", "other")], Options(), null, d => { lock (told) told.Add(d); }, default);
        Assert.Equal([("ops", NoticeState.Waiting), ("other", NoticeState.Sent)], first.Select(d => (d.Channel, d.State)));
        Assert.Equal(first.Select(d => (d.Channel, d.State)), told.OrderBy(d => d.Channel, StringComparer.Ordinal).Select(d => (d.Channel, d.State)));
        var retried = Assert.Single(await Notices.RetryAsync(Plan, null, Options(), null, null, default));
        Assert.Equal(("ops", NoticeState.Sent), (retried.Channel, retried.State));
        Assert.True(_ops.Tries[^1].Notice.MayBeRepeat);
        Assert.Single(_other.Tries);
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_named_before_anything_is_recorded()
    {
        _environment["OPS_WEBHOOK"] = null;
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => SendAsync(Out("INC-1/1", "ops", "other")));
        Assert.Equal((ErrorId.MissingSecret, "OPS_WEBHOOK"), (error.Id, error.Subject));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task A_channel_that_is_nowhere_is_an_error_that_lists_those_that_are()
    {
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() => SendAsync(Out("INC-1/1", "#nobody")));
        Assert.Equal(ErrorId.UnknownChannel, error.Id);
        Assert.Contains("ops, other, console", error.Remedy!, StringComparison.Ordinal);
        Assert.Equal(ErrorId.UnknownChannel, Assert.Throws<ReleaseOpsException>(() => Notices.Preview(Plan, Out("1", "#nobody"), Options())).Id);
    }

    [Fact]
    public async Task A_usual_channel_is_the_same_one_however_its_name_is_written()
    {
        var screen = new List<string>();
        var options = Options() with { MakeChannel = (bound, mask, clock, show) => ChannelFactory.Make(bound, mask, clock, show) };
        var sent = await Notices.SendAsync(Plan, [Out("INC-1/1", "Console", "console")], options, screen.Add, null, default);
        Assert.Equal(("console", NoticeState.Sent), (Assert.Single(sent).Channel, sent[0].State));
        Assert.Single(screen);
    }

    [Fact]
    public async Task No_secret_is_on_the_disk_although_the_text_has_it()
    {
        var notice = Sample.Notice("INC-1/1") with { Text = [new TextRun($"see {Webhook}", TextKind.Value)], Title = Webhook, Facts = [new NoticeFact("Scope", Webhook)] };
        _ops.Answer = (_, _) => Task.FromResult(ScriptedChannel.Sent with { Detail = "posted to " + Webhook });
        await SendAsync(new Outgoing(notice, ["ops"]));
        Assert.Equal("see ***", _ops.Tries[0].Notice.Text[0].Text);
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("hunter22", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_needs_no_secret_and_knows_the_services_own_name_of_the_thread()
    {
        _ops.Answering(ScriptedChannel.Sent with { Remote = "inc_42" });
        await SendAsync(Out("INC-1/1", "ops"));
        _environment.Clear();
        var next = Out("INC-1/2", "ops") with { Notice = Sample.Notice("INC-1/2", "INC-1/1") };
        Assert.Equal("scripted:inc_42", Assert.Single(Notices.Preview(Plan, next, Options())).Target);
        Assert.Single(_ops.Tries);
    }

    [Fact]
    public async Task A_preview_binds_secrets_as_stars()
    {
        BoundChannel? bound = null;
        Notices.Preview(Plan, Out("1", "other"), Options() with { MakeChannel = (channel, _, _, _) => { bound = channel; return _other; } });
        Assert.Equal("https://other.example/***", bound!.Address);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task While_a_run_holds_the_release_all_of_it_goes_by_letter_and_the_run_records_it()
    {
        using (var run = ReleaseRun.Begin(Bench.Plan(Book), RunJob.Checklist, Options()))
        {
            var delivered = Assert.Single(await SendAsync(Out("INC-1/1", "ops") with { Word = Word(1) }));
            Assert.Equal(NoticeState.Sent, delivered.State);
            Assert.Equal(["incident.updated", "notice.sending", "notice.sent"], Inbox.Waiting(Folder).Select(l => l.Type));
            // What waits as a letter is known already.
            await SendAsync(Out("INC-1/1", "ops") with { Word = Word(1) });
            Assert.Single(_ops.Tries);
            run.Context.Mail.Collect();
            Assert.Empty(Inbox.Waiting(Folder));
        }
        Assert.Equal(["incident.updated", "notice.sending", "notice.sent"], Types);
        Assert.Empty(Notices.Waiting(Plan, Options()));
        Assert.DoesNotContain("hunter22", File.ReadAllText(Path.Combine(Folder, FileLedger.FileName)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_was_recorded_and_not_yet_taken_away_counts_once()
    {
        using (ReleaseRun.Begin(Bench.Plan(Book), RunJob.Checklist, Options()))
        {
            _ops.Answering([.. Enumerable.Repeat(ScriptedChannel.Later with { After = TimeSpan.Zero }, ChannelDelivery.MostTries)]);
            await SendAsync(Out("INC-1/1", "ops"));
        }
        var inbox = Path.Combine(Folder, "inbox");
        var kept = Directory.EnumerateFiles(inbox).ToDictionary(f => f, File.ReadAllBytes);
        Assert.Equal(3, kept.Count);
        using (ReleaseRun.Resume(Bench.Plan(Book), RunJob.Checklist, null, Options()))
        {
        }
        Assert.Empty(Directory.EnumerateFiles(inbox));
        foreach (var (path, bytes) in kept)
            File.WriteAllBytes(path, bytes);
        Assert.Equal(4, Assert.Single(Notices.Waiting(Plan, Options())).Tries);
    }

    [Fact]
    public async Task An_update_with_every_text_at_its_longest_fits_into_a_letter()
    {
        var longest = new string('ü', 4000);
        var word = Word(1) with
        {
            Impact = longest,
            Scope = longest,
            CurrentAction = longest,
            Findings = longest,
            DecisionTrack = longest,
            Risk = longest,
            Resolution = longest,
            Evidence = longest,
            FollowUps = longest,
            Commander = longest,
            Owner = longest,
            Escalation = longest,
        };
        using (var run = ReleaseRun.Begin(Bench.Plan(Book), RunJob.Checklist, Options()))
        {
            await SendAsync(Out("INC-1/1", "ops") with { Word = word });
            run.Context.Mail.Collect();
        }
        var recorded = _bench.Ledger().Single(e => e.Type == "incident.updated");
        Assert.Equal(word, IncidentWordJson.Of(recorded.Type, recorded.Data));
    }

    [Fact]
    public async Task Two_senders_at_once_send_each_notice_once_and_in_order()
    {
        _ops.Answer = async (_, c) => { await Task.Delay(20, c); return ScriptedChannel.Sent; };
        var both = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(n => Task.Run(() => SendAsync([.. Enumerable.Range(0, 5).Select(i => Out($"{n}/{i}", "ops") with { Notice = Sample.Notice($"{n}/{i}", "t" + n) })]))));
        Assert.All(both, delivered => Assert.All(delivered, d => Assert.Equal(NoticeState.Sent, d.State)));
        Assert.Equal(20, _ops.Keys.Count);
        Assert.Equal(20, _ops.Keys.Distinct().Count());
        for (var n = 0; n < 4; n++)
            Assert.Equal([.. Enumerable.Range(0, 5).Select(i => $"{n}/{i}")], _ops.Keys.Where(k => k.StartsWith(n + "/", StringComparison.Ordinal)));
        Assert.Empty(Notices.Waiting(Plan, Options()));
    }

    [Fact]
    public async Task A_run_that_begins_while_a_sender_writes_waits_for_it()
    {
        Task<ReleaseRun> beginning;
        using (OutboxLock.ForAMoment(Folder))
        using (ReleaseRun.OpenLedger(Folder, Options(), SecretMask.None))
        {
            beginning = Task.Run(() => ReleaseRun.Begin(Bench.Plan(Book), RunJob.Rollback, Options()));
            await Task.Delay(150);
            Assert.False(beginning.IsCompleted);
        }
        (await beginning.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
    }

    [Fact]
    public async Task Waiting_for_another_sender_can_be_cancelled_and_the_notice_stays()
    {
        using var end = new CancellationTokenSource();
        using (await OutboxLock.TakeAsync(Folder, "ops", TimeSpan.Zero, TimeProvider.System, default))
        {
            var sending = Notices.SendAsync(Plan, [Out("INC-1/1", "ops")], Options(), null, null, end.Token);
            while (!File.Exists(Path.Combine(Folder, FileLedger.FileName)))
                await Task.Delay(5);
            end.CancelAfter(50);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        }
        Assert.Empty(_ops.Tries);
        Assert.Equal(NoticeState.Waiting, Assert.Single(Notices.Waiting(Plan, Options())).State);
    }

    [Fact]
    public async Task What_was_being_sent_when_it_was_cancelled_is_in_doubt()
    {
        using var end = new CancellationTokenSource();
        _ops.Answer = async (_, c) => { await end.CancelAsync(); await Task.Delay(Timeout.Infinite, c); return ScriptedChannel.Sent; };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Notices.SendAsync(Plan, [Out("INC-1/1", "ops")], Options(), null, null, end.Token));
        Assert.True(Assert.Single(Notices.Waiting(Plan, Options())).MayBeThere);
        _ops.Answer = (_, _) => Task.FromResult(ScriptedChannel.Sent);
        await Notices.RetryAsync(Plan, ["ops"], Options(), null, null, default);
        Assert.Equal([false, true], _ops.Tries.Select(t => t.MayBeThere));
    }

    [Theory]
    [InlineData("""{"type":"notice.sent","data":{"key":"k"}}""")]
    [InlineData("""{"type":"notice.queued","data":{"notice":{},"channels":["ops"]}}""")]
    [InlineData("""{"type":"incident.updated","data":{"incident":"INC-1","number":1,"status":"Gone","by":"eve","at":"2026-01-01T00:00:00Z"}}""")]
    [InlineData("""{"type":"incident.closed","data":{}}""")]
    public void A_letter_that_says_nothing_of_an_outbox_is_set_aside(string letter)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "inbox"));
        File.WriteAllText(Path.Combine(Folder, "inbox", "drop.json"), letter);
        using (ReleaseRun.Begin(Bench.Plan(Book), RunJob.Checklist, Options()))
            Assert.Equal(["drop.json.bad"], Directory.EnumerateFiles(Path.Combine(Folder, "inbox")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Without_its_version_nobody_can_tell_which_release_is_meant()
    {
        var book = Bench.Steps("- { id: look, file: x }", head: "parameters: { version: { required: true } }");
        var error = await Assert.ThrowsAsync<ReleaseOpsException>(() =>
            Notices.SendAsync(Planner.MakeMessages(book, new Dictionary<string, string>()), [Out("1", "console")], Options(), null, null, default));
        Assert.Equal((ErrorId.MissingParameter, "version"), (error.Id, error.Subject));
    }

    private static Plan Plan => Planner.MakeMessages(Book, new Dictionary<string, string>());

    private string Folder => ReleaseRun.FolderOf(Plan.Release, Options());

    /// <summary>What the ledger has of messages.</summary>
    private List<string> Types => [.. _bench.Ledger().Select(e => e.Type).Where(t => t.StartsWith("notice.", StringComparison.Ordinal) || t.StartsWith("incident.", StringComparison.Ordinal))];

    private RunOptions Options() => _bench.Options(o => o with { MakeChannel = ScriptedChannel.Factory(_ops, _other), Secrets = _environment.GetValueOrDefault });

    private Task<IReadOnlyList<NoticeDelivery>> SendAsync(params Outgoing[] outgoing) => Notices.SendAsync(Plan, outgoing, Options(), null, null, default);

    private async Task<(ErrorId, string?)> RefusalAsync(Outgoing outgoing) =>
        await Assert.ThrowsAsync<ReleaseOpsException>(() => SendAsync(outgoing)) is var error ? (error.Id, error.Subject) : default;

    private static Outgoing Out(string key, params string[] channels) => new(Sample.Notice(key), channels);

    private static IncidentWord Word(int number) => new("INC-1", number, IncidentStatus.Investigating, "SEV1", "alice", Sample.At) { Opens = true };
}
