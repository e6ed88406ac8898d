using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Channels.Services;

namespace ReleaseOps.Tests.Channels;

/// <summary>Texts that are too long for a service: cut where it does no harm, and said so.</summary>
public sealed class LengthTests
{
    public static TheoryData<ChannelKind> Kinds => [.. ServiceStandIn.Kinds];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Texts_of_any_length_are_taken(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        var number = 0;
        foreach (var piece in (string[])["x", "😀", "&", "<", "ä\n", "\"\\"])
        {
            // Odd and even offsets: the cut falls into the middle of a pair, or of an escape, at one of them.
            foreach (var offset in (int[])[0, 1, 2, 3])
            {
                var text = new string('.', offset) + string.Concat(Enumerable.Repeat(piece, 100_000));
                var notice = SampleNotices.Update(title: text, impact: text, number: ++number) with
                {
                    Text = [new(text, TextKind.Literal), new(text, TextKind.Value)],
                    Facts = [.. Enumerable.Range(0, 50).Select(i => new NoticeFact("Fact" + i, text))],
                };
                var sent = await Send.TakenAsync(service, notice);
                Assert.Contains("…", sent.Body);
                Assert.DoesNotContain('\ufffd', sent.Body);
            }
        }
    }

    [Theory]
    [InlineData(ChannelKind.Slack)]
    [InlineData(ChannelKind.Teams)]
    [InlineData(ChannelKind.Statuspage)]
    [InlineData(ChannelKind.PagerDuty)]
    [InlineData(ChannelKind.Opsgenie)]
    [InlineData(ChannelKind.Webhook)]
    public async Task A_cut_text_says_where_the_whole_one_is(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        var sent = await Send.TakenAsync(service, SampleNotices.Update() with { Text = [new(new string('x', 200_000), TextKind.Literal)] });
        Assert.Contains("… (cut; the whole text is in the ledger)", sent.Body);
    }

    [Fact]
    public void A_note_at_Opsgenie_has_room_for_the_mark_that_it_is_found_by()
    {
        var notice = SampleNotices.Update(number: 2, thread: new string('t', 600)) with { Text = [new(new string('x', 200_000), TextKind.Literal)] };
        var body = Send.To(new BoundChannel("o", ChannelKind.Opsgenie, "key") { Folder = "/" }).Preview(notice, "remote").Body;
        Assert.InRange(System.Text.Json.JsonElement.Parse(body).At("note").GetString()!.Length, 24_000, 25_000);
    }

    [Fact]
    public void Pieces_are_never_cut_in_two_and_a_text_that_fits_is_whole() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString[]>(), Gen.Choose(1, 60).ToArbitrary(), (words, longest) =>
        {
            var pieces = words.Select(w => w.Get).ToArray();
            var whole = string.Concat(pieces);
            var bounded = NoticeText.Bounded(pieces, longest, "…");
            Assert.InRange(bounded.Length, 0, longest);
            if (whole.Length <= longest)
                Assert.Equal(whole, bounded);
            else
                Assert.Contains(bounded, Enumerable.Range(0, pieces.Length).Select(n => string.Concat(pieces.Take(n)) + "…"));
        }));
}
