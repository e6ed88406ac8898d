using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Gates;

public sealed class SampleJudgeTests
{
    private static readonly double[] Low = [.. Enumerable.Range(0, 60).Select(i => 100 + (i * 0.1))];
    private static readonly double[] High = [.. Enumerable.Range(0, 60).Select(i => 112.4 + (i * 0.1))];

    private static GateResult Judge(SampleSet? samples, bool shadow = false)
    {
        var criterion = new GateCriterion("canary-latency") { Compare = new SampleComparison("latency_p95"), At = new Position(9, 7), Shadow = shadow };
        var input = Looks.Input([Looks.Metric("latency_p95", unit: "ms")]);
        return GateJudge.Judge(new Gate("canary", [criterion]),
            samples is null ? input : input with { Samples = new Dictionary<string, SampleSet> { ["latency_p95"] = samples } });
    }

    [Fact]
    public void A_comparison_that_is_bad_fails_the_gate()
    {
        var result = Judge(new SampleSet(High, Low) { Query = "histogram_quantile(...)" });
        Assert.Equal(Decision.NoGo, result.Decision);
        var finding = result.Findings[0];
        Assert.Equal((Verdict.Failed, "canary-latency", "latency_p95 is no worse than its control"), (finding.Verdict, finding.Subject, finding.Condition));
        Assert.StartsWith("latency_p95 is High: +12.4 ms (98 % sure between ", finding.Text, StringComparison.Ordinal);
        Assert.EndsWith("tolerance 3.1), 60 and 60 points", finding.Text, StringComparison.Ordinal);
        Assert.Equal(("12.4 ms", 120, "histogram_quantile(...)", "release.yaml:9:7"), (finding.Observed, finding.Samples, finding.Query, finding.Source));
    }

    [Fact]
    public void One_that_is_no_worse_passes()
    {
        Assert.Equal(Decision.Go, Judge(new SampleSet(Low, High)).Decision);
        Assert.Equal(Decision.Go, Judge(new SampleSet(Low, Low)).Decision);
    }

    [Fact]
    public void Without_samples_it_holds_and_says_why()
    {
        var none = Judge(null).Findings[0];
        Assert.Equal((Verdict.Inconclusive, ErrorId.NoData, "the samples of latency_p95 weren't read"), (none.Verdict, none.Reason, none.Text));
        var refused = Judge(new SampleSet([], []) { CouldNotTell = ErrorId.QueryRefused, Detail = "parse error" });
        Assert.Equal((Decision.Hold, ErrorId.QueryRefused, "latency_p95 can't be compared: parse error"),
            (refused.Decision, refused.Findings[0].Reason, refused.Findings[0].Text));
        Assert.Equal((Decision.Hold, ErrorId.NoData), (Judge(new SampleSet(Low, [])) is { } r ? (r.Decision, r.Findings[0].Reason) : default));
        Assert.Equal(Decision.Hold, Judge(new SampleSet(High[..4], Low[..4])).Decision);
    }

    [Fact]
    public void As_a_shadow_it_is_shown_only()
    {
        var finding = Judge(new SampleSet(High, Low), shadow: true).Findings[0];
        Assert.Equal((Verdict.Failed, false), (finding.Verdict, finding.Required));
        Assert.StartsWith("shadow: latency_p95 is High", finding.Text, StringComparison.Ordinal);
    }
}
