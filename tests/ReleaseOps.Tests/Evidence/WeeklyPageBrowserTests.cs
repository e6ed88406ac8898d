using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Evidence;

/// <summary>The page of a week in a real browser: it fits a phone and a wide screen, and hostile text does nothing in it.</summary>
public sealed class WeeklyPageBrowserTests : IDisposable
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
          seen[frame.id] = {
            inner: root.clientWidth, scroll: root.scrollWidth, overlaps,
            curves: [...page.querySelectorAll('path.curve.line')].filter(p => p.getBoundingClientRect().width > 3).length,
            plots: page.querySelectorAll('svg[role=img] > title').length, tables: page.querySelectorAll('.scroll > table').length,
          };
        }
        document.getElementById('seen').textContent = JSON.stringify(seen);
        """;

    private readonly Chromium _browser = new();

    public void Dispose() => _browser.Dispose();

    [NeedsProgramTheory("chromium")]
    [InlineData(false)]
    [InlineData(true)]
    public void It_fits_a_phone_and_a_wide_screen_and_no_label_stands_on_another(bool dark)
    {
        var page = WebUtility.HtmlEncode(WeeklyPage.Text(ReviewSample.Week));
        var dom = _browser.Dom($"""
            <!DOCTYPE html><meta charset="utf-8"><body>
            <iframe id="narrow" width="360" height="800" style="border:0" srcdoc="{page}"></iframe><iframe id="wide" width="1280" height="800" style="border:0" srcdoc="{page}"></iframe>
            <pre id="seen"></pre><script>window.onload = () => {"{"}{Measure}{"}"};</script>
            """, dark);
        var seen = JsonDocument.Parse(WebUtility.HtmlDecode(Regex.Match(dom, "<pre id=\"seen\">(.*?)</pre>", RegexOptions.Singleline).Groups[1].Value)).RootElement;
        foreach (var (frame, width) in new[] { ("narrow", 360), ("wide", 1280) })
        {
            var measured = seen.GetProperty(frame);
            Assert.Equal((width, width), (measured.GetProperty("inner").GetInt32(), measured.GetProperty("scroll").GetInt32()));
            Assert.Equal([], measured.GetProperty("overlaps").EnumerateArray().Select(t => t.GetString()));
            // Availability, errors, two stages, five failure classes; of one stage nothing was measured.
            Assert.Equal((9, 8), (measured.GetProperty("plots").GetInt32(), measured.GetProperty("curves").GetInt32()));
            Assert.Equal(10, measured.GetProperty("tables").GetInt32());
        }
    }

    [NeedsProgram("chromium")]
    public void Hostile_text_runs_nothing_and_the_page_asks_nobody_for_anything()
    {
        const string attack = "</style></title></svg><script>document.title='ran'</script><img src=http://e.example/i onerror=\"document.title='ran'\">"
            + "<link rel=stylesheet href=http://e.example/s>\"><svg onload=\"document.title='ran'\"> url(http://e.example/u) javascript:alert(1)";
        var dom = _browser.Dom(WeeklyPage.Text(ReviewSample.WeekWith(attack)));
        Assert.Matches("<title>NO-GO", dom);
        Assert.DoesNotMatch("<script|<img|<link", dom);
        Assert.DoesNotContain(_browser.Asked, line => line.Contains("e.example", StringComparison.Ordinal));
    }
}
