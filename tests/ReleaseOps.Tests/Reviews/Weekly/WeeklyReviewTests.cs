using ReleaseOps.Evidence;
using ReleaseOps.Reviews.Weekly;
using ReleaseOps.Tests.Probes;

namespace ReleaseOps.Tests.Reviews.Weekly;

/// <summary>A week over files: the days' reviews, and the week before.</summary>
public sealed class WeeklyReviewTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Its_days_are_those_of_the_trading_week_and_a_missing_one_is_named()
    {
        Days(16, 17, 19, 20);
        var result = Review(new WeeklyReviewOptions(_folder.Path) { Day = WeekSample.Friday, Reports = "r" });
        Assert.Equal(["Go", "Go", null, "Go", "Go"], result.Days.Select(d => d.Decision?.ToString()));
        Assert.Contains(result.Findings, f => f.Text == "r/m31_slo_incident_2026-02-18.json: not there");
        Assert.Equal(4, result.Sources.Count);
    }

    [Fact]
    public void Named_reviews_count_for_their_days_and_a_strange_one_is_named()
    {
        Days(16, 13);
        var result = Review(new WeeklyReviewOptions(_folder.Path)
        { Day = WeekSample.Friday, Days = ["r/m31_slo_incident_2026-02-16.json", "r/m31_slo_incident_2026-02-13.json", "r/none.json"] });
        Assert.True(result.Days[0].IsThere);
        Assert.Equal(4, result.MissingDays.Count);
        Assert.Equal(["r/m31_slo_incident_2026-02-13.json: not a day of this week", "r/none.json: not there"], result.Findings.Where(f => f.Subject == "input").Select(f => f.Text));
    }

    [Fact]
    public void The_changes_of_the_newest_week_before_are_carried()
    {
        Days(16, 17, 18, 19, 20);
        var asked = WeekSample.Input with { Days = [.. Enumerable.Range(9, 5).Select(d => WeekSample.Day(d) with { StageErrors = new Dictionary<string, double> { ["s"] = 2 } })] };
        _folder.Write("r/m31_weekly_review_2026-02-13.json", WeeklyJson.Text(asked.Judged()));
        _folder.Write("r/m31_weekly_review_2026-02-20.json", "{ this week's own is not read");
        var result = Review(new WeeklyReviewOptions(_folder.Path) { Day = WeekSample.Friday, Reports = "r" });
        Assert.True(result.Changes.Single(c => c.Id == "recurring:errors:s").Carried);
        Assert.Contains("r/m31_weekly_review_2026-02-13.json", result.Sources);
    }

    private static WeeklyReviewResult Review(WeeklyReviewOptions options) => WeeklyReview.Run(DailySample.Book, options);

    private void Days(params int[] days)
    {
        foreach (var day in days)
        {
            var of = new DateOnly(2026, 2, day);
            _folder.Write(FormattableString.Invariant($"r/m31_slo_incident_{of:yyyy-MM-dd}.json"), ReviewJson.Text(DailySample.With(c => c with { Day = of }).Judged()));
        }
    }
}
