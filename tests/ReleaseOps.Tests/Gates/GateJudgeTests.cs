using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Gates;

public sealed class GateJudgeTests
{
    private static readonly Metric[] Metrics =
        [Looks.Metric("error_rate"), Looks.Metric("latency_p95", unit: "ms"), Looks.Metric("availability", Worse.Lower)];

    private static readonly GateInput Seen = Looks.Input(Metrics,
        Looks.Value("error_rate", 0.72), Looks.Value("latency_p95", 90), Looks.Value("availability", 99.9));

    private static Finding Judge(string expression, GateInput? input = null) => GateJudge.Judge(Looks.Criterion(expression), input ?? Seen, "it");

    [Fact]
    public void A_finding_has_its_arithmetic_its_query_and_its_place()
    {
        var finding = Judge("error_rate < 0.5");
        Assert.Equal(Verdict.Failed, finding.Verdict);
        Assert.Equal("error_rate 0.72 % is not < 0.5 %", finding.Text);
        Assert.Equal("0.72 %", finding.Observed);
        Assert.Equal("error_rate_query", finding.Query);
        Assert.Equal("release.yaml:7:5", finding.Source);
        Assert.Equal("it", finding.Subject);
        Assert.Equal("error_rate < 0.5", finding.Condition);
        Assert.True(finding.Required);
    }

    [Theory]
    [InlineData("error_rate < params.limit", Verdict.Passed)]
    [InlineData("error_rate < 0.72", Verdict.Failed)]
    [InlineData("error_rate <= 0.72 && latency_p95 < 110", Verdict.Passed)]
    [InlineData("params.limit == 1.0", Verdict.Passed)]
    [InlineData("nosuch < 1.0", Verdict.Inconclusive)]
    [InlineData("error_rate", Verdict.Inconclusive)]
    public void A_criterion_is_judged_on_the_values_of_the_metrics(string expression, Verdict verdict) =>
        Assert.Equal(verdict, Judge(expression).Verdict);

    [Theory]
    [InlineData("error_rate < 1.0")]
    [InlineData("error_rate >= 0.0")]
    [InlineData("latency_p95 < 110 || error_rate < 1.0")]
    [InlineData("latency_p95 > 110 && error_rate < 1.0")]
    [InlineData("true || error_rate < 1.0")]
    public void What_could_not_be_told_is_inconclusive_whatever_the_criterion_would_have_read(string expression)
    {
        var input = Looks.Input(Metrics, Looks.Unknown("error_rate", ErrorId.Stale, "error_rate: the newest sample is 7m old"), Looks.Value("latency_p95", 90));
        var finding = Judge(expression, input);
        Assert.Equal(Verdict.Inconclusive, finding.Verdict);
        Assert.Equal(ErrorId.Stale, finding.Reason);
        Assert.Equal("error_rate: the newest sample is 7m old", finding.Text);
    }

    [Fact]
    public void A_cause_without_the_metrics_name_gets_it()
    {
        var finding = Judge("error_rate < 1.0", Looks.Input(Metrics, Looks.Unknown("error_rate", ErrorId.Unreachable, "connection refused")));
        Assert.Equal("error_rate can't be told: connection refused", finding.Text);
        Assert.Equal(ErrorId.Unreachable, finding.Reason);
    }

    [Theory]
    [InlineData(double.NaN, "error_rate can't be told: NaN, so nothing was measured")]
    [InlineData(double.PositiveInfinity, "error_rate can't be told: +Inf, a division by 0")]
    [InlineData(double.NegativeInfinity, "error_rate can't be told: -Inf, a division by 0")]
    public void A_value_that_is_no_number_is_inconclusive(double value, string text)
    {
        foreach (var expression in new[] { "error_rate < 1.0", "error_rate > 1.0", "!(error_rate > 1.0)", "latency_p95 > 0.0 || error_rate < 1.0" })
        {
            var finding = Judge(expression, Looks.Input(Metrics, Looks.Value("error_rate", value), Looks.Value("latency_p95", 90)));
            Assert.Equal((Verdict.Inconclusive, ErrorId.NoData, text), (finding.Verdict, finding.Reason, finding.Text));
        }
    }

    [Fact]
    public void A_metric_that_was_not_looked_at_is_inconclusive()
    {
        var finding = Judge("error_rate < 1.0", Looks.Input(Metrics));
        Assert.Equal((Verdict.Inconclusive, ErrorId.NoData, "error_rate wasn't measured"), (finding.Verdict, finding.Reason, finding.Text));
        Assert.Equal(Verdict.Inconclusive, Judge("error_rate < 1.0", Looks.Input(Metrics, new Measurement("error_rate", "q"))).Verdict);
    }

    [Theory]
    // Higher is worse: only an increase counts.
    [InlineData(Worse.Higher, 1.2, 1.0, 20)]
    [InlineData(Worse.Higher, 0.5, 1.0, 0)]
    [InlineData(Worse.Higher, -0.5, -1.0, 50)]
    // Lower is worse: only a decrease.
    [InlineData(Worse.Lower, 80, 100, 20)]
    [InlineData(Worse.Lower, 120, 100, 0)]
    [InlineData(Worse.Either, 80, 100, 20)]
    [InlineData(Worse.Either, 120, 100, 20)]
    [InlineData(Worse.Either, 100, 100, 0)]
    [InlineData(Worse.Higher, 0, 0, 0)]
    // 100 * 0.1 / 0.5, which binary makes 19.999999999999996 of.
    [InlineData(Worse.Higher, 0.6, 0.5, 20)]
    public void Drift_is_the_percentage_by_which_it_is_worse(Worse worse, double value, double control, double drift)
    {
        var metric = Looks.Metric("m", worse);
        Assert.Equal(drift, PercentWorse.Of(metric, value, control));
        var input = Looks.Input([metric], Looks.Value("m", value)).WithControls(Looks.Value("m", control))
            with
        { Baseline = new Dictionary<string, double> { ["m"] = control } };
        var literal = drift.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(Verdict.Passed, Judge($"drift.m == {literal}", input).Verdict);
        Assert.Equal(Verdict.Passed, Judge($"change.m == {literal}", input).Verdict);
    }

    [Theory]
    [InlineData(0.1, 0.7, 0.6, 0)]
    [InlineData(0.1, 0.8, 0.7, 0)]
    [InlineData(0.1, 0.1, 0, 0)]
    [InlineData(0.1, 0.71, 0.6, 18.333333333)]
    public void A_difference_within_the_noise_is_none(double noise, double value, double control, double drift) =>
        Assert.Equal(drift, PercentWorse.Of(Looks.Metric("m", noise: noise), value, control));

    [Theory]
    [InlineData("drift.error_rate < 20", "drift.error_rate 44 % is not < 20 % (error_rate 0.72 % against its control's 0.5 %)")]
    [InlineData("change.error_rate < 20", "change.error_rate 20 % is not < 20 % (error_rate 0.72 % against the baseline's 0.6 %)")]
    [InlineData("error_rate < control.error_rate", "error_rate 0.72 % is not < control.error_rate 0.5 %")]
    [InlineData("error_rate < baseline.error_rate * 1.1", "error_rate 0.72 % is not < baseline.error_rate * 1.1 (0.66)")]
    public void What_it_is_compared_with_stands_in_the_finding(string expression, string text)
    {
        var input = Seen.WithControls(Looks.Value("error_rate", 0.5)) with { Baseline = new Dictionary<string, double> { ["error_rate"] = 0.6 } };
        var finding = Judge(expression, input);
        Assert.Equal((Verdict.Failed, text), (finding.Verdict, finding.Text));
    }

    [Theory]
    [InlineData("drift.error_rate < 20", "drift.error_rate can't be told: error_rate 0.72 % against its control's 0 %: there is no percentage of 0")]
    [InlineData("drift.latency_p95 < 20", "the control of latency_p95 can't be told: no series")]
    [InlineData("control.latency_p95 < 20", "the control of latency_p95 can't be told: no series")]
    [InlineData("drift.availability < 20", "the control of availability wasn't measured")]
    [InlineData("drift.lonely < 20", "lonely has no 'control' to be compared with")]
    [InlineData("change.error_rate < 20", "the baseline of error_rate can't be told: no such file 'kpi.json'")]
    [InlineData("baseline.error_rate < 20", "the baseline of error_rate can't be told: no such file 'kpi.json'")]
    public void Without_what_it_is_compared_with_it_is_inconclusive(string expression, string text)
    {
        var input = Looks.Input([.. Metrics, Looks.Metric("lonely", control: false)], [.. Seen.Look.Metrics.Values, Looks.Value("lonely", 1)])
            .WithControls(Looks.Value("error_rate", 0), Looks.Unknown("latency_p95", ErrorId.NoData, "no series"))
            with
        { BaselineProblem = "no such file 'kpi.json'" };
        var finding = Judge(expression, input);
        Assert.Equal((Verdict.Inconclusive, ErrorId.NoData, text), (finding.Verdict, finding.Reason, finding.Text));
    }

    [Fact]
    public void A_baseline_without_the_metric_or_no_baseline_at_all_is_inconclusive()
    {
        var other = Seen with { Baseline = new Dictionary<string, double> { ["other"] = 1 } };
        Assert.Contains("the baseline file has no such metric", Judge("change.error_rate < 20", other).Text, StringComparison.Ordinal);
        Assert.Contains("the gate has no 'baseline'", Judge("change.error_rate < 20").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drift[params.metric] < 50", Verdict.Passed)]
    [InlineData("drift[params.metric] < 40", Verdict.Failed)]
    [InlineData("has(drift.error_rate) && drift.all(m, drift[m] < 50)", Verdict.Passed)]
    [InlineData("drift.all(m, drift[m] < 40)", Verdict.Failed)]
    public void A_map_without_a_field_speaks_of_every_metric(string expression, Verdict verdict)
    {
        var input = Seen.WithControls(Looks.Value("error_rate", 0.5), Looks.Value("latency_p95", 90), Looks.Value("availability", 99.9));
        Assert.Equal(verdict, Judge(expression, input).Verdict);
        var gap = Seen.WithControls(Looks.Value("error_rate", 0.5), Looks.Value("latency_p95", 90));
        Assert.Equal(Verdict.Inconclusive, Judge(expression, gap).Verdict);
    }

    [Theory]
    [InlineData(new[] { "error_rate < 1.0", "latency_p95 < 110" }, Decision.Go)]
    [InlineData(new[] { "error_rate < 0.5", "latency_p95 < 110" }, Decision.NoGo)]
    [InlineData(new[] { "error_rate < 1.0", "gone < 1.0" }, Decision.Hold)]
    [InlineData(new[] { "error_rate < 0.5", "gone < 1.0" }, Decision.NoGo)]
    [InlineData(new string[0], Decision.Hold)]
    public void A_gate_decides_by_the_worst_of_its_criteria(string[] criteria, Decision decision)
    {
        var result = GateJudge.Judge(new Gate("canary", [.. criteria.Select(c => Looks.Expect(c))]), Seen);
        Assert.Equal(("canary", decision, null), (result.Gate, result.Decision, result.Score));
        Assert.Equal(criteria, result.Findings.Select(f => f.Subject));
        Assert.All(result.Findings, f => Assert.Equal("release.yaml:7:3", f.Source));
    }
}
