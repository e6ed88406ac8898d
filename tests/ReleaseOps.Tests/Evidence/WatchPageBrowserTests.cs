using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Evidence;

/// <summary>The page in a real browser: that it can be read on a phone and on a wide screen, light and dark, and asks nobody for anything.</summary>
public sealed class WatchPageBrowserTests : IDisposable
{
    // The page itself has no script: one around it measures what the browser made of it.
    private const string Measure =
        """
        const box = (e) => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
        const meet = (a, b) => a[0] < b[2] - 1 && b[0] < a[2] - 1 && a[1] < b[3] - 2 && b[1] < a[3] - 2;
        const seen = {};
        for (const frame of document.querySelectorAll('iframe')) {
          const page = frame.contentDocument, root = page.documentElement, overlaps = [];
          for (const plot of page.querySelectorAll('svg.plot')) {
            const texts = [...plot.querySelectorAll('text')].filter(t => t.getClientRects().length && t.getBoundingClientRect().width > 0 && !t.matches('.blind'));
            for (let i = 0; i < texts.length; i++)
              for (let j = i + 1; j < texts.length; j++)
                if (meet(box(texts[i]), box(texts[j]))) overlaps.push(texts[i].firstChild.data + ' / ' + texts[j].firstChild.data);
          }
          const outside = [...page.querySelectorAll('main *, header *, footer *')].filter(e => !e.closest('.scroll table') && e.getBoundingClientRect().width > 0
            && (e.getBoundingClientRect().right > root.clientWidth + 0.5 || e.getBoundingClientRect().left < 0)).map(e => e.tagName + ' ' + e.textContent.slice(0, 40));
          seen[frame.id] = {
            inner: root.clientWidth, scroll: root.scrollWidth, overlaps, outside,
            back: frame.contentWindow.getComputedStyle(page.body).backgroundColor,
            curves: [...page.querySelectorAll('path.curve')].filter(p => p.getBoundingClientRect().height > 3).length,
            plots: page.querySelectorAll('svg[role=img] > title').length, tables: page.querySelectorAll('.scroll > table').length,
            headings: [...page.querySelectorAll('h1,h2')].map(h => h.tagName).join(''), heights: [...page.querySelectorAll('.scroll')].every(s => s.clientHeight > 30),
          };
        }
        document.getElementById('seen').textContent = JSON.stringify(seen);
        """;

    private readonly Chromium _browser = new();

    public void Dispose() => _browser.Dispose();

    [NeedsProgramTheory("chromium")]
    [InlineData(false, "rgb(255, 255, 255)")]
    [InlineData(true, "rgb(15, 20, 26)")]
    public void It_fits_a_phone_and_a_wide_screen_and_no_label_stands_on_another(bool dark, string back)
    {
        var seen = Measured(WatchPage.Text(WatchSample.Result), dark);
        foreach (var (frame, width) in new[] { ("narrow", 360), ("wide", 1280) })
        {
            var page = seen.GetProperty(frame);
            Assert.Equal(width, page.GetProperty("inner").GetInt32());
            Assert.Equal(width, page.GetProperty("scroll").GetInt32());
            Assert.Equal([], Texts(page, "overlaps"));
            Assert.Equal([], Texts(page, "outside"));
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

    private JsonElement Measured(string html, bool dark)
    {
        var page = WebUtility.HtmlEncode(html);
        var dom = _browser.Dom($"""
            <!DOCTYPE html><meta charset="utf-8"><body>
            <iframe id="narrow" width="360" height="800" style="border:0" srcdoc="{page}"></iframe><iframe id="wide" width="1280" height="800" style="border:0" srcdoc="{page}"></iframe>
            <pre id="seen"></pre><script>window.onload = () => {"{"}{Measure}{"}"};</script>
            """, dark);
        var seen = Regex.Match(dom, "<pre id=\"seen\">(.*?)</pre>", RegexOptions.Singleline).Groups[1].Value;
        return JsonDocument.Parse(WebUtility.HtmlDecode(seen)).RootElement;
    }

    private static string[] Texts(JsonElement page, string name) => [.. page.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];
}
