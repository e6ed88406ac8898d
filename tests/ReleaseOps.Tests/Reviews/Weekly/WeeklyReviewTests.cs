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
        Week(13, Errors(2));
        Week(27, Errors(2));
        var result = Review(new WeeklyReviewOptions(_folder.Path) { Day = WeekSample.Friday, Reports = "r" });
        Assert.True(result.Changes.Single(c => c.Id == "recurring:errors:s").Carried);
        Assert.Contains("r/m31_weekly_review_2026-02-13.json", result.Sources);
    }

    [Theory]
    // A holiday, which has the five days reach back to the day of the review before.
    [InlineData(27, 25)]
    // A week that ends earlier than usual.
    [InlineData(26, 1)]
    public void A_week_that_shares_days_with_the_review_before_carries_its_changes(int day, int closed)
    {
        Week(20, Errors(0) with { Given = [new RunbookChange("CHG-1", "Mend the router") { Owner = "ana", Due = new DateOnly(2026, 3, 31) }] });
        var book = DailySample.Book with { Review = DailySample.Review with { Weekly = DailySample.Review.Weekly with { Closed = [new DateOnly(2026, 2, closed)] } } };
        var result = WeeklyReview.Run(book, new WeeklyReviewOptions(_folder.Path) { Day = new DateOnly(2026, 2, day), Reports = "r" });
        Assert.Equal(WeekSample.Friday, result.Days[0].Day);
        Assert.Equal(("ana", true, true), result.Changes.Where(c => c.Id == "CHG-1").Select(c => (c.Owner, c.IsOpen, c.Carried)).Single());
    }

    [Fact]
    public void The_counts_of_a_review_that_shares_days_with_this_one_are_not_those_of_another_week()
    {
        Days(16, 17, 18, 19, 20);
        Week(13, Errors(2));
        var options = new WeeklyReviewOptions(_folder.Path) { Day = WeekSample.Friday, Reports = "r" };
        Assert.Equal(0, Review(options).FailureClasses.Single(c => c.Id == "errors:execute_from_packet").LastWeek);
        Week(19, Errors(2));
        Assert.Null(Review(options).FailureClasses.Single(c => c.Id == "errors:execute_from_packet").LastWeek);
        _folder.Write("changes.json", "[]");
        Assert.Null(Review(options with { Previous = "changes.json" }).FailureClasses.Single(c => c.Id == "errors:execute_from_packet").LastWeek);
    }

    [Fact]
    public void A_rerun_of_a_week_keeps_what_its_earlier_run_had()
    {
        Days(16, 17, 18, 19, 20);
        Week(13, Errors(2));
        _folder.Write("changes.json", """[{"id":"CHG-1","title":"Mend the router","owner":"ana","due":"2026-03-31"},{"id":"recurring:errors:s","closed":"2026-02-18"}]""");
        var options = new WeeklyReviewOptions(_folder.Path) { Day = WeekSample.Friday, Reports = "r" };
        var first = Write(options with { Changes = "changes.json" });
        var second = Write(options);
        Assert.Equal(["CHG-1", "recurring:errors:s"], first.Changes.Where(c => !c.Id.StartsWith("threshold:", StringComparison.Ordinal) && c.Id != "recurring:errors:execute_from_packet").Select(c => c.Id));
        Assert.Equal(first.Changes, second.Changes);
        Assert.Contains("r/m31_weekly_review_2026-02-20.json", second.Sources);
        // What is said anew wins.
        _folder.Write("changes.json", """[{"id":"CHG-1","owner":"bo"}]""");
        Assert.Equal("bo", Write(options with { Changes = "changes.json" }).Changes.Single(c => c.Id == "CHG-1").Owner);
    }

    [Fact]
    public void An_earlier_run_that_can_not_be_read_is_named()
    {
        Days(16, 17, 18, 19, 20);
        _folder.Write("r/m31_weekly_review_2026-02-20.json", "{ torn");
        var result = Review(new WeeklyReviewOptions(_folder.Path) { Day = WeekSample.Friday, Reports = "r" });
        Assert.Contains(result.Findings, f => f is { Subject: "input", Text: "r/m31_weekly_review_2026-02-20.json: no JSON" });
    }

    [Fact]
    public void Two_reviews_of_one_day_are_refused_and_both_are_named()
    {
        Days(16, 17);
        File.Copy(Path.Join(_folder.Path, "r/m31_slo_incident_2026-02-17.json"), Path.Join(_folder.Path, "r/other.json"));
        string[] days = ["r/m31_slo_incident_2026-02-16.json", "r/m31_slo_incident_2026-02-17.json", "r/other.json"];
        var refused = Assert.Throws<ReleaseOpsException>(() => Review(new WeeklyReviewOptions(_folder.Path) { Day = WeekSample.Friday, Days = days }));
        Assert.Equal((ErrorId.Usage, "2026-02-17 has more than one review: r/m31_slo_incident_2026-02-17.json, r/other.json."), (refused.Id, refused.Message));
        // One file that is named twice is one.
        Assert.Equal(4, Review(new WeeklyReviewOptions(_folder.Path) { Day = WeekSample.Friday, Days = [days[0], "./" + days[0]] }).MissingDays.Count);
    }

    private WeeklyReviewResult Write(WeeklyReviewOptions options) =>
        ReviewFiles.Write(_folder.Path, options.Reports, DailySample.Review, Review(options));

    /// <summary>A week with so many errors on each of its days.</summary>
    private static WeeklyInput Errors(int errors) => WeekSample.Input with
    {
        Days = [.. WeekSample.Input.Days.Select(d => d with { StageErrors = new Dictionary<string, double> { ["s"] = errors } })],
    };

    /// <summary>Writes the review of a week to a day of February.</summary>
    private void Week(int last, WeeklyInput week) => _folder.Write(FormattableString.Invariant($"r/m31_weekly_review_2026-02-{last:00}.json"),
        WeeklyJson.Text((week with { Days = [.. week.Days.Select(d => d with { Day = d.Day.AddDays(last - 20) })] }).Judged()));

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
