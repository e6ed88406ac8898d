using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Evidence;
using ReleaseOps.Watches;

namespace ReleaseOps.Tests.Evidence;

public class WatchPageTests
{
    [Fact]
    public void No_text_from_outside_becomes_more_than_text()
    {
        var benign = Skeleton(WatchPage.Text(HostileWatch.With("x")));
        Prop.ForAll(Hostile.BrokenTexts.Where(t => OneLine.Of(t).Length > 0).ToArbitrary(), text =>
        {
            var page = WatchPage.Text(HostileWatch.With(text));
            Assert.Equal(benign, Skeleton(page));
            Assert.DoesNotContain(page.EnumerateRunes(), r => r.Value != '\n'
                && Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("\" onload=\"x", "&quot; onload=&quot;x")]
    [InlineData("' onload='x", "&#39; onload=&#39;x")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("NO\u202EOG", "NO\\u{202e}OG")]
    public void Texts_are_written_like_this(string text, string html) => Assert.Equal(html, HtmlText.Of(text));

    [Fact]
    public void The_page_asks_nobody_for_anything()
    {
        var page = WatchPage.Text(WatchSample.Result);
        Assert.Contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?i)<script|<link|<img|<iframe|<object|<base|<a[ >]|\b(src|href|xlink:href|srcset|action|style|on[a-z]+)=|url\(|@import|//", page);
        // A text may name an address; it is a text then, and nothing that leads there.
        Assert.DoesNotMatch(@"(?i)<[^>]*\b(src|href|on[a-z]+)=", Unquoted(WatchPage.Text(HostileWatch.With("javascript:alert(1) http://e.example/ src=x"))));
    }

    [Fact]
    public void It_loads_itself_again_only_while_the_watch_goes_on()
    {
        const string refresh = "<meta http-equiv=\"refresh\" content=\"60\">";
        Assert.Contains(refresh, WatchPage.Text(WatchSample.Going), StringComparison.Ordinal);
        Assert.DoesNotContain(refresh, WatchPage.Text(WatchSample.Result), StringComparison.Ordinal);
        Assert.DoesNotContain(refresh, WatchPage.Text(WatchSample.Going with { Replayed = true, Run = null }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Decision.Go, true, false, "GO")]
    [InlineData(Decision.Go, false, false, "GO so far")]
    [InlineData(Decision.Go, true, true, "GO in a replay")]
    [InlineData(Decision.NoGo, true, false, "NO-GO")]
    [InlineData(Decision.Hold, false, false, "HOLD so far")]
    [InlineData(null, true, false, "HOLD")]
    public void The_decision_stands_at_its_top_and_says_whether_it_is_final(Decision? decision, bool ended, bool replayed, string word)
    {
        var page = WatchPage.Text(WatchSample.Result with { Decision = decision, Ended = ended, Replayed = replayed });
        Assert.Contains($"<p class=\"word\">{word}</p>", page, StringComparison.Ordinal);
        Assert.Contains($"<title>{word}: ARIS3 0.1.0-rc.3", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_20_metrics_is_below_500_KB()
    {
        var random = new Random(1);
        var points = Enumerable.Range(0, 720).Select(i => new PlotPoint(WatchSample.T0.AddMinutes(2 * i), random.NextDouble(), 1 + random.NextDouble())).ToList();
        var plots = Enumerable.Range(0, 20).Select(i => new MetricPlot($"metric_{i}", "ms", points) { Limits = [new PlotLimit("threshold:slow", 1.5)] });
        Assert.InRange(WatchPage.Text(WatchSample.Result with { Plots = [.. plots] }).Length, 100_000, 500_000);
    }

    [Fact]
    public void What_can_not_be_told_now_is_said_beside_the_plot()
    {
        var plot = WatchSample.Result.Plots[0];
        var blind = plot with { Points = [.. plot.Points.Select((p, i) => i > 700 ? p with { Low = null, High = null } : p)] };
        Assert.Contains("can&#39;t be told since 2 Mar 08:22;", WatchPage.Text(WatchSample.Result with { Plots = [blind] }), StringComparison.Ordinal);
        Assert.DoesNotContain("told since", WatchPage.Text(WatchSample.Result with { Plots = [plot] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_watch_that_has_looked_has_a_page()
    {
        Assert.True(WatchPage.IsFor(WatchSample.Going));
        Assert.True(WatchPage.IsFor(WatchSample.Result with { Run = null, Replayed = true }));
        Assert.False(WatchPage.IsFor(WatchSample.DryRun));
        Assert.False(WatchPage.IsFor(Sample.Result));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_read_stands_out_from_what_is_behind_it(bool dark)
    {
        var colours = Colours(dark);
        foreach (var (front, back, least) in new[]
        {
            ("text", "page", 7.0), ("text", "card", 7), ("soft", "page", 4.5), ("soft", "card", 4.5), ("go", "go-back", 4.5), ("hold", "hold-back", 4.5),
            ("nogo", "nogo-back", 4.5), ("text", "nogo-back", 7), ("text", "hold-back", 7), ("text", "go-back", 7), ("limit", "page", 4.5), ("curve", "page", 3),
            ("nogo", "page", 4.5), ("hold", "page", 4.5), ("care", "page", 3),
        })
        {
            Assert.True(Contrast(colours[front], colours[back]) >= least, $"{front} on {back}: {Contrast(colours[front], colours[back]):0.00}");
        }
    }

    private static Dictionary<string, string> Colours(bool dark)
    {
        var style = PageStyle.Text;
        var begin = dark ? style.IndexOf("prefers-color-scheme:dark", StringComparison.Ordinal) : 0;
        return Regex.Matches(style[begin..style.IndexOf('}', begin)], "--([a-z-]+):#([0-9a-f]+)")
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
    }

    // WCAG 2.2, "contrast ratio" and "relative luminance".
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var full = colour.Length == 3 ? string.Concat(colour.Select(c => $"{c}{c}")) : colour;
        var parts = Convert.FromHexString(full).Select(b => b / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToList();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    /// <summary>The tags and the names of their attributes; classes and places depend on how long a text is.</summary>
    private static string Skeleton(string page) => string.Concat(Regex.Matches(Unquoted(page), "<[^>]*>").Select(m => m.Value));

    private static string Unquoted(string page) => Regex.Replace(
        Regex.Replace(page, "<[^>]*>", tag => Regex.Replace(tag.Value, " class=\"[^\"]*\"", "")), "<[^>]*>", tag => Regex.Replace(tag.Value, "\"[^\"]*\"", ""));
}
