using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Markdig;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Channels.Services;
using ReleaseOps.Tests.Probes;

namespace ReleaseOps.Tests.Channels;

/// <summary>Text from outside stays text, whatever it is, at every channel.</summary>
public sealed class ForgeryTests
{
    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseEmphasisExtras().UseTaskLists().Build();

    public static TheoryData<ChannelKind> Kinds => [.. ServiceStandIn.Kinds];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_service_takes_any_value_and_sees_the_same_structure(ChannelKind kind)
    {
        await using var service = ServiceStandIn.Of(kind);
        var bound = kind == ChannelKind.Webhook
            ? service.Bound with { Body = """{"key":"{{key}}","title":"{{title}}","text":"{{text}}","facts":["{{facts.Impact}}"]}""" }
            : service.Bound;
        var plain = Structure(JsonElement.Parse((await Send.TakenAsync(service, SampleNotices.Update(), bound)).Body));
        var number = 1;
        foreach (var value in NastyValues.All)
        {
            var sent = await Send.TakenAsync(service, SampleNotices.Update(impact: value, title: value, number: ++number), bound);
            Assert.Equal(plain, Structure(JsonElement.Parse(sent.Body)));
            Assert.DoesNotMatch("[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u202e]", string.Concat(Texts(JsonElement.Parse(sent.Body))));
        }
    }

    [Fact]
    public void Any_value_is_taken_by_every_service() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string?>(), ArbMap.Default.ArbFor<string?>(), (value, title) =>
        {
            foreach (var kind in ServiceStandIn.Kinds)
            {
                // The preview is what goes out; rules are checked on it without a network.
                var bound = new BoundChannel("x", kind, "http://127.0.0.1/") { Folder = "/", Secret = "secret" };
                var body = Send.To(bound).Preview(SampleNotices.Update(impact: value ?? "", title: title ?? ""), null).Body;
                Assert.All(Texts(JsonElement.Parse(body)), text => Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n'));
                if (kind == ChannelKind.Slack)
                    Assert.DoesNotMatch("[<>]|&(?!(amp|lt|gt);)", string.Concat(Texts(JsonElement.Parse(body))));
            }
        }));

    [Fact]
    public void A_value_in_Markdown_is_nothing_but_a_code_span()
    {
        foreach (var value in NastyValues.All.Where(v => !string.IsNullOrWhiteSpace(v)))
        {
            var runs = new TextRun[] { new("Impact: ", TextKind.Literal), new(value, TextKind.Value), new("\nEnd.", TextKind.Literal) };
            var html = Markdown.ToHtml(MarkdownNotice.Text(SampleNotices.Update() with { Text = runs }), GitHub);
            Assert.Matches("^<p>Impact: <code>[^<]+</code>\nEnd.</p>\n$", html);
        }
    }

    [Theory]
    [InlineData("`", "`")]
    [InlineData("Use `kubectl get ", "` now, or ``x``.")]
    [InlineData("```\nlog: ", "\n```\n")]
    [InlineData("C:\\", " and `y`")]
    [InlineData("``", "`")]
    [InlineData("a `b` ", "")]
    [InlineData("`", "")]
    [InlineData("", "`")]
    [InlineData("**Impact:** `", "` (` and \\`)")]
    [InlineData("\\`", "`")]
    [InlineData("> `x", "\n> y`")]
    [InlineData("- `a\n\n", "\n\n- b` ")]
    public void The_authors_own_backticks_let_no_value_out(string before, string after)
    {
        foreach (var value in NastyValues.All)
        {
            var notice = SampleNotices.Update() with { Text = [new(before, TextKind.Literal), new(value, TextKind.Value), new(after, TextKind.Literal), new(value, TextKind.Value)] };
            AssertHarmless(Markdown.ToHtml(MarkdownNotice.Text(notice), GitHub));
        }
    }

    [Fact]
    public void A_value_stays_in_its_cell_of_a_table()
    {
        foreach (var value in NastyValues.All.Where(v => !string.IsNullOrWhiteSpace(v)))
        {
            var notice = SampleNotices.Update() with
            {
                Text = [new("| What | Who |\n|---|---|\n| ", TextKind.Literal), new(value, TextKind.Value), new(" | ", TextKind.Literal), new(value, TextKind.Value), new(" |\n", TextKind.Literal)],
            };
            var text = MarkdownNotice.Text(notice);
            // GitHub ends cells before it looks for spans; the renderer here does it the other way round.
            Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(text.Split('\n')[2], @"(?<!\\)\|"));
            var html = Markdown.ToHtml(text, GitHub);
            AssertHarmless(html);
            Assert.Matches("<tbody>\\s*<tr>\\s*<td><code>[^<]+</code></td>\\s*<td><code>[^<]+</code></td>\\s*</tr>\\s*</tbody>", html);
        }
    }

    [Fact]
    public void Words_with_any_backticks_and_any_value_let_nothing_out() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Words().ToArbitrary(), Words().ToArbitrary(), (words, value) =>
            AssertHarmless(Markdown.ToHtml(MarkdownNotice.Text(SampleNotices.Update() with
            {
                Text = [new(words, TextKind.Literal), new("<b>" + value + "<b>", TextKind.Value), new(words, TextKind.Literal), new("<i>", TextKind.Value), new(value, TextKind.Value)],
            }), GitHub))));

    [Fact]
    public async Task The_screen_shows_any_value_and_obeys_none()
    {
        foreach (var value in NastyValues.All)
        {
            var shown = "";
            await Send.To(Console(), show: text => shown += text).SendAsync(SampleNotices.Update(impact: value, title: value), null, false, CancellationToken.None);
            Assert.DoesNotContain(shown, c => char.IsControl(c) && c != '\n');
            Assert.DoesNotMatch(@"(?m)^\s*::|##vso|##\[", shown);
            Assert.Equal(7, shown.Split('\n').Length);
        }
    }

    [Fact]
    public async Task A_value_in_a_file_is_no_mark_of_another_notice()
    {
        using var folder = new TemporaryFolder();
        var bound = new BoundChannel("file", ChannelKind.File, "incidents.md") { Folder = folder.Path };
        var forged = NastyValues.All.Single(v => v.StartsWith("-->", StringComparison.Ordinal));
        await Send.NoticeAsync(bound, SampleNotices.Update(number: 9, impact: forged, title: forged));
        Assert.False((await Send.NoticeAsync(bound, SampleNotices.Update(number: 1), mayBeThere: true)).WasThere);
    }

    private static BoundChannel Console() => new("console", ChannelKind.Console, "screen") { Folder = "/" };

    // Letters of every kind that Markdown gives a meaning to.
    private static Gen<string> Words() =>
        Gen.Elements("`", "``", "```", "\\", "\n", "\n\n", " ", "a", "|", "*", "_", "[", "](http://x)", "<", ">", "- ", "> ", "    ", "# ", "~~~", "&#96;").ListOf().Select(w => string.Concat(w));

    // What no test's own words make; what is in a code element is text.
    private static void AssertHarmless(string html)
    {
        var outside = System.Text.RegularExpressions.Regex.Replace(html, "<code[^>]*>[^<]*</code>", "");
        Assert.DoesNotMatch("evil|<script|<img|<b>|<i>|alert|team|Heading", outside);
    }

    private static string Structure(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", json.EnumerateObject().Select(p => p.Name + ":" + Structure(p.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(",", json.EnumerateArray().Select(Structure)) + "]",
        var kind => kind.ToString(),
    };

    private static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Texts(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };
}
