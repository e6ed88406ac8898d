using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ReleaseOps.Tests.Evidence;

/// <summary>A page of ours in a real browser, as wide as a phone (<c>narrow</c>, 360 px) and as a screen (<c>wide</c>, 1280 px), and what it comes to there.</summary>
internal static class PageFrames
{
    // The page itself has no script: one around it measures what the browser made of it.
    private const string Before =
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
            plots: page.querySelectorAll('svg[role=img] > title').length, tables: page.querySelectorAll('.scroll > table').length,
        """;

    private const string After =
        """
          };
        }
        document.getElementById('seen').textContent = JSON.stringify(seen);
        """;

    /// <summary>Of each frame: inner and scroll (widths), overlaps (labels of plots that stand on another), plots, tables.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="html">The page.</param>
    /// <param name="more">What else is measured, members of a JavaScript object over <c>page</c>, <c>root</c> and <c>frame</c>.</param>
    /// <param name="dark">Whether the reader wants it dark.</param>
    internal static JsonElement Measured(Chromium browser, string html, string more, bool dark)
    {
        var page = WebUtility.HtmlEncode(html);
        var dom = browser.Dom($"""
            <!DOCTYPE html><meta charset="utf-8"><body>
            <iframe id="narrow" width="360" height="800" style="border:0" srcdoc="{page}"></iframe><iframe id="wide" width="1280" height="800" style="border:0" srcdoc="{page}"></iframe>
            <pre id="seen"></pre><script>window.onload = () => {"{"}{Before}{more}{After}{"}"};</script>
            """, dark);
        var seen = Regex.Match(dom, "<pre id=\"seen\">(.*?)</pre>", RegexOptions.Singleline).Groups[1].Value;
        return JsonDocument.Parse(WebUtility.HtmlDecode(seen)).RootElement;
    }

    /// <summary>The texts of a list.</summary>
    internal static string[] Texts(JsonElement page, string name) => [.. page.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];
}
