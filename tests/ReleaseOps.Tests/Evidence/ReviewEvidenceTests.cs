using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ReleaseOps.Evidence;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes;
using ReleaseOps.Tests.Reviews;
using ReleaseOps.Tests.Reviews.Weekly;

namespace ReleaseOps.Tests.Evidence;

public sealed class ReviewEvidenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_json_of_a_day_is_as_it_was() => Golden.Check("review-day.json", ReviewJson.Text(ReviewSample.Day));

    [Fact]
    public void The_markdown_of_a_day_is_as_it_was() => Golden.Check("review-day.md", ReviewMarkdown.Text(ReviewSample.Day));

    [Fact]
    public void The_json_of_a_week_is_as_it_was() => Golden.Check("review-week.json", WeeklyJson.Text(ReviewSample.Week));

    [Fact]
    public void The_markdown_of_a_week_is_as_it_was() => Golden.Check("review-week.md", ReviewMarkdown.Text(ReviewSample.Week));

    [Fact]
    public void The_page_of_a_week_is_as_it_was() => Golden.Check("review-week.html", WeeklyPage.Text(ReviewSample.Week));

    [Fact]
    public void The_document_has_the_scripts_names_in_its_order_and_ours_under_one_key()
    {
        var document = JsonNode.Parse(ReviewJson.Text(DailySample.Input.Judged()))!.AsObject();
        Assert.Equal(
            ["ok", "day", "thresholds", "slo", "incident", "policy", "signoff", "checklist", "required_total", "required_pass_total", "required_fail_total",
             "failure_total", "failures", "releaseops"], Keys(document));
        Assert.Equal(["min_availability_rate", "max_error_rate"], Keys(document["thresholds"]!));
        Assert.Equal(["event_total", "error_total", "error_rate", "run_total", "success_run_total", "availability_rate", "stage_error_top"], Keys(document["slo"]!));
        Assert.Equal(["cooldown_transition_total", "intervention_total"], Keys(document["incident"]!));
        Assert.Equal(["escalation_level", "severity", "ownership", "manual_approval_only", "oncall_escalation"], Keys(document["policy"]!));
        Assert.Equal(["approved", "go_live_decision"], Keys(document["signoff"]!));
        Assert.All(document["checklist"]!.AsArray(), item => Assert.Equal(["id", "title", "required", "passed", "evidence"], Keys(item!)));
        Assert.Equal(["stage", "error_total"], Keys(document["slo"]!["stage_error_top"]![0]!));
    }

    [Fact]
    public void Rates_have_all_their_digits()
    {
        var document = JsonNode.Parse(ReviewJson.Text(DailySample.With(c => c with { EventTotal = 3, ErrorTotal = 1, RunTotal = 3, FailedRunTotal = 2 }).Judged()))!;
        Assert.Equal((1.0 / 3, 1.0 / 3), ((double)document["slo"]!["error_rate"]!, (double)document["slo"]!["availability_rate"]!));
    }

    [Fact]
    public void The_bytes_are_the_same_in_every_culture()
    {
        var (before, here) = (CultureInfo.CurrentCulture, All());
        try
        {
            CultureInfo.CurrentCulture = EvidenceJsonTests.Strange();
            Assert.Equal(here, All());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string All()
        {
            var (day, week) = (ReviewSample.DayWith("p", "s"), ReviewSample.WeekWith("x"));
            using var text = new StringWriter { NewLine = "\n" };
            ReviewText.Write(text, day);
            ReviewText.Write(text, week);
            return ReviewJson.Text(day) + ReviewMarkdown.Text(day) + day.Summary + WeeklyJson.Text(week) + ReviewMarkdown.Text(week) + WeeklyPage.Text(week) + week.Summary + text;
        }
    }

    [Fact]
    public void No_text_from_outside_becomes_more_than_text()
    {
        var (day, week, page) = (Rows(ReviewMarkdown.Text(ReviewSample.DayWith("p", "s"))), Rows(ReviewMarkdown.Text(ReviewSample.WeekWith("x"))), Tags(ReviewSample.WeekWith("x")));
        Prop.ForAll(Hostile.Texts.Where(t => OneLine.Of(t).Length > 0 && t.Trim().Length > 0).ToArbitrary(), text =>
        {
            Assert.Equal(day, Rows(ReviewMarkdown.Text(ReviewSample.DayWith(text, text))));
            Assert.Equal(week, Rows(ReviewMarkdown.Text(ReviewSample.WeekWith(text))));
            Assert.Equal(page, Tags(ReviewSample.WeekWith(text)));
            foreach (var json in new[] { ReviewJson.Text(ReviewSample.DayWith(text, text)), WeeklyJson.Text(ReviewSample.WeekWith(text)) })
            {
                using var document = JsonDocument.Parse(json);
                Assert.DoesNotContain(Runners.Lines(json), Runners.ListenTo);
            }
            using var shown = new StringWriter();
            ReviewText.Write(shown, ReviewSample.DayWith(text, text));
            ReviewText.Write(shown, ReviewSample.WeekWith(text));
            Assert.DoesNotContain(Runners.Lines(shown.ToString()), Runners.ListenTo);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_page_asks_nobody_for_anything()
    {
        var page = WeeklyPage.Text(ReviewSample.Week);
        Assert.Contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?i)<script|<link|<img|<iframe|<object|<base|<a[ >]|\b(src|href|xlink:href|srcset|action|style|on[a-z]+)=|url\(|@import|//", page);
    }

    [Theory]
    [InlineData(ReviewMomentKind.PostClose, "m31_slo_incident_2026-02-21")]
    [InlineData(ReviewMomentKind.PreOpen, "m31_slo_incident_2026-02-21_pre-open")]
    [InlineData(ReviewMomentKind.Session, "m31_slo_incident_2026-02-21_session")]
    public void A_day_goes_into_two_files_and_a_look_before_the_close_into_others(ReviewMomentKind moment, string name)
    {
        var result = (DailySample.Input with { Moment = DailySample.Moment(moment) }).Judged();
        var written = ReviewFiles.Write(_folder.Path, "out", DailySample.Review, result);
        Assert.Equal([Path.Join(_folder.Path, "out", name + ".json"), Path.Join(_folder.Path, "out", name + ".md")], written.Files);
        Assert.Equal(ReviewJson.Text(result), File.ReadAllText(written.Files[0]));
        Assert.Equal(2, Directory.GetFiles(Path.Join(_folder.Path, "out")).Length);
        // Made again, it replaces them.
        ReviewFiles.Write(_folder.Path, "out", DailySample.Review, result);
        Assert.Equal(2, Directory.GetFiles(Path.Join(_folder.Path, "out")).Length);
    }

    [Fact]
    public void A_week_goes_into_three_files_where_the_runbook_says()
    {
        var written = ReviewFiles.Write(_folder.Path, null, DailySample.Review, WeekSample.Input.Judged());
        Assert.Equal([".json", ".md", ".html"], written.Files.Select(Path.GetExtension));
        Assert.All(written.Files, f => Assert.StartsWith(Path.Join(_folder.Path, "reports/m31_slo_incident/m31_weekly_review_2026-02-20"), f, StringComparison.Ordinal));
    }

    [Fact]
    public void What_can_not_be_written_is_an_error_that_names_it()
    {
        _folder.Write("out", "a file");
        var error = Assert.Throws<ReleaseOpsException>(() => ReviewFiles.Write(_folder.Path, "out", DailySample.Review, DailySample.Input.Judged()));
        Assert.Equal(ErrorId.EvidenceUnwritable, error.Id);
        Assert.Contains("m31_slo_incident_2026-02-21.json", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(p => p.Key);

    // A report as how many cells each of its lines has: names decide the order of rows, and nothing else.
    private static string Rows(string markdown) => string.Join(' ',
        Regex.Replace(markdown, "(?<!`)(`+)(?!`).*?(?<!`)\\1(?!`)", "``").Split('\n').Select(line => Regex.Count(line, @"(?<!\\)\|")));

    private static string Tags(ReleaseOps.Reviews.Weekly.WeeklyReviewResult week) => string.Concat(
        Regex.Matches(WeeklyPage.Text(week), "<[^>]*>").Select(t => Regex.Replace(Regex.Replace(t.Value, " class=\"[^\"]*\"", ""), "\"[^\"]*\"", "")).Order(StringComparer.Ordinal));
}
