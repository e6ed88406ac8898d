using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Evidence;

/// <summary>The page in a real browser: that it can be read on a phone and on a wide screen, light and dark, and asks nobody for anything.</summary>
public sealed class WatchPageBrowserTests : IDisposable
{
    private const string Measure =
        """
            outside: [...page.querySelectorAll('main *, header *, footer *')].filter(e => !e.closest('.scroll table') && e.getBoundingClientRect().width > 0
              && (e.getBoundingClientRect().right > root.clientWidth + 0.5 || e.getBoundingClientRect().left < 0)).map(e => e.tagName + ' ' + e.textContent.slice(0, 40)),
            back: frame.contentWindow.getComputedStyle(page.body).backgroundColor,
            curves: [...page.querySelectorAll('path.curve')].filter(p => p.getBoundingClientRect().height > 3).length,
            headings: [...page.querySelectorAll('h1,h2')].map(h => h.tagName).join(''), heights: [...page.querySelectorAll('.scroll')].every(s => s.clientHeight > 30),
        """;

    private readonly Chromium _browser = new();

    public void Dispose() => _browser.Dispose();

    [NeedsProgramTheory("chromium")]
    [InlineData(false, "rgb(255, 255, 255)")]
    [InlineData(true, "rgb(15, 20, 26)")]
    public void It_fits_a_phone_and_a_wide_screen_and_no_label_stands_on_another(bool dark, string back)
    {
        var seen = PageFrames.Measured(_browser, WatchPage.Text(WatchSample.Result), Measure, dark);
        foreach (var (frame, width) in new[] { ("narrow", 360), ("wide", 1280) })
        {
            var page = seen.GetProperty(frame);
            Assert.Equal(width, page.GetProperty("inner").GetInt32());
            Assert.Equal(width, page.GetProperty("scroll").GetInt32());
            Assert.Equal([], PageFrames.Texts(page, "overlaps"));
            Assert.Equal([], PageFrames.Texts(page, "outside"));
            Assert.Equal(back, page.GetProperty("back").GetString());
            // Seven metrics and two budgets were seen; one metric never was.
            Assert.Equal(9, page.GetProperty("curves").GetInt32());
            Assert.Equal(11, page.GetProperty("plots").GetInt32());
            Assert.Equal(13, page.GetProperty("tables").GetInt32());
            Assert.True(page.GetProperty("heights").GetBoolean());
            Assert.Matches("^H1(H2)+$", page.GetProperty("headings").GetString());
        }
    }

    [NeedsProgram("chromium")]
    public void It_is_drawn_in_light_and_in_dark()
    {
        var html = WatchPage.Text(WatchSample.Going);
        var (light, dark) = (_browser.Picture(html, 1280, 1600, dark: false), _browser.Picture(html, 1280, 1600, dark: true));
        var blank = _browser.Picture("<!DOCTYPE html><title>blank</title>", 1280, 1600, dark: false);
        Assert.True(light.Length > 10 * blank.Length && dark.Length > 10 * blank.Length, $"{light.Length}, {dark.Length}, {blank.Length}");
        Assert.NotEqual(light, dark);
    }

    [NeedsProgram("chromium")]
    public void Hostile_text_runs_nothing_and_the_page_asks_nobody_for_anything()
    {
        const string attack = "</style></title></svg><script>document.title='ran'</script><img src=http://e.example/i onerror=\"document.title='ran'\">"
            + "<link rel=stylesheet href=http://e.example/s>\"><svg onload=\"document.title='ran'\"> url(http://e.example/u) javascript:alert(1)";
        var dom = _browser.Dom(WatchPage.Text(HostileWatch.With(attack)));
        Assert.Matches("<title>NO-GO", dom);
        Assert.DoesNotMatch("<script|<img|<link", dom);
        Assert.DoesNotContain(_browser.Asked, line => line.Contains("e.example", StringComparison.Ordinal));

        // The same words outside our page do run, and are seen to ask.
        Assert.Contains("<title>ran", _browser.Dom("<title>x</title><svg></svg>" + attack), StringComparison.Ordinal);
        Assert.Contains(_browser.Asked, line => line.Contains("e.example", StringComparison.Ordinal));
    }
}
