using System.Text.Json;
using ReleaseOps.Channels;
using ReleaseOps.Ledger;

namespace ReleaseOps.Tests.Channels;

public sealed class OutboxTests
{
    private static readonly string[] Keys = ["r/1", "r/2", "r/3"];
    private static readonly string[] Channels = ["ops", "status"];

    [Fact]
    public void What_was_sent_stays_sent_though_a_clock_that_was_set_back_puts_its_queueing_behind_it()
    {
        var outbox = new Outbox();
        outbox.Take(new NoticeSending("r/1", "ops"));
        outbox.Take(new NoticeSent("r/1", "ops", Sample.At, 1, "200 OK") { Remote = "inc_1" });
        outbox.Take(new NoticeQueued(Sample.Notice("r/1", "r"), ["ops", "status"]));
        Assert.Equal([OutboxState.Sent, OutboxState.Waiting], outbox.Items.Select(i => i.State));
        Assert.Equal("inc_1", outbox.RemoteOf("r", "ops"));
    }

    [Fact]
    public void Each_channel_of_a_notice_goes_its_own_way()
    {
        var outbox = new Outbox();
        outbox.Take(new NoticeQueued(Sample.Notice("r/1", "r"), Channels));
        outbox.Take(new NoticeSending("r/1", "ops"));
        outbox.Take(new NoticeSent("r/1", "ops", Sample.At, 2, "202 Accepted") { Remote = "abc" });
        outbox.Take(new NoticeSending("r/1", "status"));
        outbox.Take(new NoticeFailed("r/1", "status", Sample.At, 4, "503", Again: true));
        Assert.Equal([(OutboxState.Sent, 2, "202 Accepted"), (OutboxState.Waiting, 4, "503")], outbox.Items.Select(i => (i.State, i.Tries, i.Detail)));
        Assert.Equal(("abc", null), (outbox.RemoteOf("r", "ops"), outbox.RemoteOf("r", "status")));
        Assert.False(outbox.Items[1].MayBeThere);
    }

    [Fact]
    public void A_turn_without_an_end_leaves_it_in_doubt_and_every_later_try_knows()
    {
        var outbox = Sample.Queued("ops", Sample.Notice("r/1"));
        outbox.Take(new NoticeSending("r/1", "ops"));
        Assert.Equal((OutboxState.InDoubt, false), (outbox.Items[0].State, outbox.Items[0].MayBeThere));
        outbox.Take(new NoticeSending("r/1", "ops"));
        outbox.Take(new NoticeFailed("r/1", "ops", Sample.At, 4, "503", Again: true));
        Assert.Equal((OutboxState.Waiting, true), (outbox.Items[0].State, outbox.Items[0].MayBeThere));
    }

    [Fact]
    public void A_notice_that_is_queued_twice_is_one_and_may_get_further_channels()
    {
        var outbox = Sample.Queued("ops", Sample.Notice("r/1"));
        outbox.Take(new NoticeSent("r/1", "ops", Sample.At, 1, "200"));
        outbox.Take(new NoticeQueued(Sample.Notice("r/1") with { Title = "another" }, ["ops", "status"]));
        Assert.Equal([("ops", OutboxState.Sent), ("status", OutboxState.Waiting)], outbox.Items.Select(i => (i.Channel, i.State)));
        Assert.All(outbox.Items, i => Assert.Equal("title of r/1", i.Notice.Title));
    }

    [Fact]
    public void Whatever_happens_what_was_sent_stays_sent_and_a_letter_counts_once()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var happened = Enumerable.Range(0, random.Next(40)).Select(_ => Any(random)).ToList();
            var (once, twice) = (new Outbox(), new Outbox());
            var sent = new HashSet<(string, string)>();
            var queued = new HashSet<(string, string)>();
            foreach (var (e, i) in happened.Select((e, i) => (e, i)))
            {
                once.Take(e);
                for (var times = 0; times < 2; times++)
                    twice.Take(e.Type, Json(e.Write), "letter-" + i);
                if (e is NoticeQueued { Channels: var channels })
                    queued.UnionWith(channels.Select(c => (e.Key, c)));
                if (e is NoticeSent s)
                    sent.Add((s.Key, s.Channel));
                Assert.Equal(sent.Intersect(queued).Order(), once.Items.Where(x => x.State == OutboxState.Sent).Select(x => (x.Notice.Key, x.Channel)).Order());
            }
            Assert.Equal(queued.Order(), once.Items.Select(x => (x.Notice.Key, x.Channel)).Order());
            Assert.Equal(once.Items.Select(Shown), twice.Items.Select(Shown));
        }
    }

    [Fact]
    public void A_notice_comes_back_from_its_json_as_it_was()
    {
        var notice = Sample.Notice("ARIS3-1.0.0/INC-1/2", "ARIS3-1.0.0/INC-1") with
        {
            Text = [new TextRun("a\n\"b\" \u2014 ", TextKind.Literal), new TextRun("<@here> 💥", TextKind.Value)],
            Status = IncidentStatus.Monitoring,
            Severity = "SEV1",
            SeverityRank = 0,
            Facts = [new NoticeFact("Impact", "all\ntenants")],
            MayBeRepeat = true,
        };
        var read = NoticeJson.Of(Json(data => NoticeJson.Write(data, notice)))!;
        Assert.Equal(notice with { Text = [], Facts = [] }, read with { Text = [], Facts = [] });
        Assert.Equal(notice.Text, read.Text);
        Assert.Equal(notice.Facts, read.Facts);
    }

    [Theory]
    [InlineData("notice.queued", """{"notice":{"key":"k"},"channels":["a",7,"\ud800",""]}""", 1)]
    [InlineData("notice.queued", """{"notice":{"key":"k","text":[{"text":"x"},7],"facts":{},"at":"?","severityRank":-1},"channels":["a"]}""", 1)]
    [InlineData("notice.queued", """{"notice":{"key":"k","text":[{"text":"impact","kind":"Missing"}]},"channels":["a"]}""", 0)]
    [InlineData("notice.queued", """{"notice":{"thread":"t"},"channels":["a"]}""", 0)]
    [InlineData("notice.queued", """{"channels":["a"]}""", 0)]
    [InlineData("notice.sent", """{"key":"k","channel":"a"}""", 0)]
    [InlineData("stage.decided", """{"notice":{"key":"k"},"channels":["a"]}""", 0)]
    public void What_is_not_all_there_is_read_as_far_as_it_goes(string type, string json, int items)
    {
        using var data = JsonDocument.Parse(json);
        var outbox = new Outbox();
        outbox.Take(type, data.RootElement, "");
        Assert.Equal(items, outbox.Items.Count);
    }

    [Fact]
    public void A_notice_that_no_letter_could_hold_is_refused_before_anything_else()
    {
        var notice = Sample.Notice("k") with { Text = [new TextRun(new string('é', 48 << 10), TextKind.Value)] };
        Assert.Equal(ErrorId.NoticeRefused, Assert.Throws<ReleaseOpsException>(() => NoticeJson.Check(notice)).Id);
        NoticeJson.Check(notice with { Text = [new TextRun(new string('é', 47 << 10), TextKind.Value)] });
    }

    private static OutboxEvent Any(Random random)
    {
        var (key, channel) = (Keys[random.Next(Keys.Length)], Channels[random.Next(Channels.Length)]);
        return random.Next(5) switch
        {
            0 => new NoticeQueued(Sample.Notice(key), [channel]),
            1 => new NoticeSending(key, channel),
            2 => new NoticeSent(key, channel, Sample.At, random.Next(4), "200"),
            3 => new NoticeFailed(key, channel, Sample.At, random.Next(4), "503", Again: true) { Unclear = random.Next(2) == 0 },
            _ => new NoticeFailed(key, channel, Sample.At, random.Next(4), "400", Again: false),
        };
    }

    private static object Shown(OutboxItem item) => (item.Notice.Key, item.Channel, item.State, item.Tries, item.Detail, item.MayBeThere, item.At);

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        using var document = JsonDocument.Parse(LedgerData.From(write, SecretMask.None.Apply));
        return document.RootElement.Clone();
    }
}
