using ReleaseOps.Evidence;

namespace ReleaseOps.Tests.Evidence;

/// <summary>The page of a week in a real browser: it fits a phone and a wide screen, and hostile text does nothing in it.</summary>
public sealed class WeeklyPageBrowserTests : IDisposable
{
    private const string Measure = "curves: [...page.querySelectorAll('path.curve.line')].filter(p => p.getBoundingClientRect().width > 3).length,";

    private readonly Chromium _browser = new();

    public void Dispose() => _browser.Dispose();

    [NeedsProgramTheory("chromium")]
    [InlineData(false)]
    [InlineData(true)]
    public void It_fits_a_phone_and_a_wide_screen_and_no_label_stands_on_another(bool dark)
    {
        var seen = PageFrames.Measured(_browser, WeeklyPage.Text(ReviewSample.Week), Measure, dark);
        foreach (var (frame, width) in new[] { ("narrow", 360), ("wide", 1280) })
        {
            var measured = seen.GetProperty(frame);
            Assert.Equal((width, width), (measured.GetProperty("inner").GetInt32(), measured.GetProperty("scroll").GetInt32()));
            Assert.Equal([], PageFrames.Texts(measured, "overlaps"));
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
