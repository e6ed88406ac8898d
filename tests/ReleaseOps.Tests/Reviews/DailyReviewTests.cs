using System.Text;
using ReleaseOps.Reviews;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes;

namespace ReleaseOps.Tests.Reviews;

/// <summary>The whole of a daily review, over files.</summary>
public sealed class DailyReviewTests : IDisposable
{
    private const string Line = """{"ts":1771632000,"run_id":"r1","stage":"commander_router","event":"transition","payload":{"transition":"CoolDown"}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_day_comes_from_its_files()
    {
        Artifacts();
        _folder.Write("data/logs/events.jsonl", Line + "\n");
        var result = await Review(new DailyReviewOptions(_folder.Path) { Day = DailySample.Day });
        Assert.Equal((true, 1L, 1L, Decision.Go), (result.Ok, result.Slo.EventTotal, result.Incident[0].Total, result.Decision));
        Assert.Equal("reports/m30_post_golive/m30_post_golive_policy_2026-02-21.json", result.Checklist[0].Evidence);
    }

    [Fact]
    public async Task Several_logs_and_standard_input_are_one()
    {
        Artifacts();
        var log = _folder.Write("a.jsonl", Line);
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(Line.Replace("r1", "r2", StringComparison.Ordinal)));
        var result = await Review(new DailyReviewOptions(_folder.Path) { Day = DailySample.Day, EventLogs = [log, "-"], StandardInput = input });
        Assert.Equal((2L, 2L), (result.Slo.EventTotal, result.Slo.RunTotal));
        Assert.Equal([log, "-"], result.Sources);
    }

    [Fact]
    public async Task A_log_that_is_not_there_is_a_finding_and_never_a_pass()
    {
        Artifacts();
        var result = await Review(new DailyReviewOptions(_folder.Path) { Day = DailySample.Day });
        Assert.Equal((false, Decision.NoGo), (result.Ok, result.Decision));
        Assert.Contains(result.Findings, f => f is { Subject: "log", Verdict: Verdict.Inconclusive } && f.Text.Contains("events.jsonl", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("UTC", "2026-03-20")]
    [InlineData("Asia/Seoul", "2026-03-21")]
    public async Task Today_is_today_in_the_reviews_time_zone(string zone, string day)
    {
        // 15:00 UTC is midnight in Seoul.
        var clock = new ManualClock();
        clock.Advance(new DateTimeOffset(2026, 3, 20, 15, 0, 0, TimeSpan.Zero) - clock.GetUtcNow());
        var book = DailySample.Book with { Review = DailySample.Review with { Zone = zone } };
        var result = await DailyReview.RunAsync(book, new DailyReviewOptions(_folder.Path) { Moment = ReviewMomentKind.PreOpen, Clock = clock }, CancellationToken.None);
        Assert.Equal(DateOnly.ParseExact(day, "yyyy-MM-dd"), result.Day);
    }

    [Fact]
    public async Task Before_it_opens_no_log_is_needed()
    {
        Artifacts();
        var result = await Review(new DailyReviewOptions(_folder.Path) { Day = DailySample.Day.AddDays(2), Moment = ReviewMomentKind.PreOpen });
        Assert.Equal((true, Decision.Go), (result.Ok, result.Decision));
        Assert.Empty(result.Sources);
    }

    [Theory]
    [InlineData(1.5, null)]
    [InlineData(null, -0.1)]
    [InlineData(double.NaN, null)]
    public async Task A_rate_that_is_none_is_refused(double? availability, double? errors)
    {
        var refused = await Assert.ThrowsAsync<ReleaseOpsException>(() => Review(
            new DailyReviewOptions(_folder.Path) { MinAvailabilityRate = availability, MaxErrorRate = errors }));
        Assert.Equal(ErrorId.Usage, refused.Id);
    }

    [Fact]
    public async Task Standard_input_that_nobody_gives_is_refused() => Assert.Equal(ErrorId.Usage,
        (await Assert.ThrowsAsync<ReleaseOpsException>(() => Review(new DailyReviewOptions(_folder.Path) { EventLogs = ["-"] }))).Id);

    [Fact]
    public async Task A_runbook_without_a_review_has_none() => Assert.Equal(ErrorId.NothingToRun, (await Assert.ThrowsAsync<ReleaseOpsException>(
        () => DailyReview.RunAsync(DailySample.Book with { Review = null }, new DailyReviewOptions(_folder.Path), CancellationToken.None))).Id);

    private static Task<DailyReviewResult> Review(DailyReviewOptions options) => DailyReview.RunAsync(DailySample.Book, options, CancellationToken.None);

    private void Artifacts()
    {
        _folder.Write("reports/m30_post_golive/m30_post_golive_policy_2026-02-21.json", DailySample.Policy);
        _folder.Write("reports/m30_golive/m30_final_golive_signoff_2026-02-21.json", DailySample.Signoff);
    }
}
