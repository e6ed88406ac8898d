using ReleaseOps.Evidence;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Tests.Runbooks.Tars;

namespace ReleaseOps.Tests.Evidence;

public class TimelineTextTests
{
    private static readonly ReleaseClock Clock = new(new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Ga_day_on_a_page_is_as_it_was() =>
        Golden.Check("timeline.txt", Page(TarsGaDay.Plan(), Clock with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") }));

    [Fact]
    public void Ga_day_fits_a_page_of_66_lines_and_140_columns()
    {
        var lines = Page(TarsGaDay.Plan(), Clock).TrimEnd().Split('\n');
        Assert.InRange(lines.Length, 40, 66);
        Assert.All(lines, l => Assert.InRange(l.Length, 0, 140));
    }

    [Fact]
    public void Every_threshold_of_every_gate_that_decides_is_on_it_to_the_last_word()
    {
        var words = Words(Page(TarsGaDay.Plan(), Clock));
        foreach (var stage in TarsGaDay.Rollout.Stages.Where(s => s.Gate is not null))
            Assert.Contains(GatePhrase.Of(TarsGaDay.Book.Gates.Single(g => g.Name == stage.Gate), TarsGaDay.Book.Metrics), words, StringComparison.Ordinal);
        Assert.Contains("vote release-manager: All artifacts verified? sre-lead: Monitoring ready?", words, StringComparison.Ordinal);
        Assert.Contains("rollback within 5m;", words, StringComparison.Ordinal);
        Assert.Contains("(engineering-lead approves)", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_moment_it_shows_the_times_against_t0()
    {
        var page = Page(TarsGaDay.Plan(), null);
        Assert.Contains("\nT-60m  30m   Final preparation", page, StringComparison.Ordinal);
        Assert.DoesNotContain("UTC", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_day_appears_where_it_changes_and_a_local_day_that_is_another_is_marked()
    {
        var book = Bench.Book("""
            runbook: test
            phases:
              - { phase: one, at: T-24h, steps: [{ id: a, command: ['true'] }] }
              - { phase: two, at: T-30m, steps: [{ id: b, command: ['true'] }] }
              - { phase: three, at: T+0, steps: [{ id: c, command: ['true'] }] }
            """);
        var clock = new ReleaseClock(new DateTimeOffset(2026, 12, 1, 0, 10, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        var heads = Page(Bench.Plan(book), clock).Split('\n').Where(l => l.Contains("T+", StringComparison.Ordinal) || l.Contains(" T-", StringComparison.Ordinal)).Skip(2);
        Assert.Equal(
            [
                "Mon 30 Nov 00:10 19:10-1 T-24h        one",
                "           23:40 18:40   T-30m  30m   two",
                "Tue 1 Dec  00:10 19:10-1 T+0          three",
            ], heads);
    }

    [Theory]
    [InlineData("error_rate < 0.50", "error rate < 0.5 %")]
    [InlineData("latency_p95_ms >= 100.0", "latency p95 ≥ 100 ms")]
    [InlineData("drift.error_rate < 10.0", "drift of error rate < 10 %")]
    [InlineData("error_rate < 1.0 && latency_p95_ms < 5.0", "error_rate < 1.0 && latency_p95_ms < 5.0")]
    public void A_plain_comparison_is_said_in_words_and_anything_else_as_it_is_written(string criterion, string phrase) =>
        Assert.Equal(phrase, CriterionPhrase.Of(criterion,
            [new Metric("error_rate", new Template("x", default)) { Unit = "%" }, new Metric("latency_p95_ms", new Template("x", default)) { Unit = "ms" }]));

    [Theory]
    [InlineData("[canary_a >= 1.0, canary_b < 2.0, drift.canary_a < 5.0, drift.canary_b < 5.0]", "canary: a ≥ 1, b < 2, drift of each < 5 %")]
    [InlineData("[canary_a >= 1.0, canary_b < 2.0, drift.canary_a < 5.0, drift.canary_b < 6.0]",
        "canary: a ≥ 1, b < 2, drift of a < 5 %, drift of b < 6 %")]
    [InlineData("[canary_a >= 1.0, canary_b < 2.0, drift.canary_a < 5.0]", "canary: a ≥ 1, b < 2, drift of a < 5 %")]
    [InlineData("[canary_a >= 1.0, other < 2.0]", "canary a ≥ 1, other < 2")]
    [InlineData("[canary_a >= 1.0, canary_b < canary_a, { compare: canary_a }]", "canary a ≥ 1, canary_b < canary_a, canary_a is no worse than its control")]
    [InlineData("[canary_a >= 1.0, { expect: canary_b < 1.0, shadow: true }]", "canary a ≥ 1")]
    public void A_gate_says_everything_that_decides_and_nothing_twice(string gate, string phrase)
    {
        var book = Bench.Book($$"""
            runbook: test
            sources: { prometheus: { url: 'http://p' } }
            metrics: { canary_a: { prometheus: x, control: y }, canary_b: { prometheus: x, control: y }, other: { prometheus: x } }
            gates: { g: {{gate}} }
            phases: [{ phase: one, steps: [{ id: a, gate: g }] }]
            """);
        Assert.Equal(phrase, GatePhrase.Of(book.Gates[0], book.Metrics));
    }

    [Fact]
    public void What_a_runbook_writes_cant_break_the_page()
    {
        var book = Bench.Book("""
            runbook: test
            title: "a\nb\e[2Jc"
            phases:
              - { phase: one, title: "x\ny\u202E", at: T+0, steps: [{ id: a, title: "p\nq", command: ['true'] }] }
            """);
        var page = Page(Bench.Plan(book), Clock);
        Assert.Equal(4, page.TrimEnd('\n').Split('\n').Length);
        Assert.DoesNotContain('\e', page);
        Assert.DoesNotContain('\u202E', page);
    }

    private static string Page(Plan plan, ReleaseClock? clock)
    {
        using var page = new StringWriter { NewLine = "\n" };
        TimelineText.Write(page, plan, clock);
        return page.ToString();
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
