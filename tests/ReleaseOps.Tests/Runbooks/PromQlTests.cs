using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

public sealed class PromQlTests
{
    [Theory]
    [InlineData("up", "up")]
    [InlineData("up == 1", "up")]
    [InlineData("{job=\"a\"}", "{job=\"a\"}")]
    [InlineData("sum by (job, code) (rate(http_total{code=~\"5..\",path!=\"}[\"}[5m]))", "http_total{code=~\"5..\",path!=\"}[\"} 300s")]
    [InlineData("sum(rate(a[5m])) without (pod) / on (job) group_left (team) b", "a 300s|b")]
    [InlineData("histogram_quantile(0.95, sum by (le) (rate(x_bucket[1h30m])))", "x_bucket 5400s")]
    [InlineData("max_over_time(rate(x[5m])[1h:1m])", "x 3900s")]
    [InlineData("x offset 1w - x", "x moved|x")]
    [InlineData("x[5m] @ start() / y @ 1609746000", "x 300s moved|y moved")]
    [InlineData("(x + y)[1h:] offset -5m or z", "x 3600s moved|y 3600s moved|z")]
    [InlineData("x > bool (y) # and not z", "x|y")]
    [InlineData("1e3 * 0x1f + .5 + Inf + NaN - time() * vector(1)", "")]
    [InlineData("absent(x{a='b', c=`d`}) and on () ns:rule:sum5m", "x{a='b', c=`d`}|ns:rule:sum5m")]
    [InlineData("quantile_over_time(0.9, x[10m])", "x 600s")]
    [InlineData("x[5i]", "x 3600s")]
    [InlineData("topk(3, x) by (job)", "x")]
    [InlineData("sum(", "")]
    [InlineData("((((", "")]
    [InlineData("x{", "x{")]
    public void Selectors_are_found(string query, string expected) => Assert.Equal(expected, string.Join('|', PromQl.Selectors(query).Select(s =>
        s.Text + (s.Range > TimeSpan.Zero ? $" {s.Range.TotalSeconds}s" : "") + (s.IsMoved ? " moved" : ""))));

    [Fact]
    public void Nesting_hides_no_selector()
    {
        var query = new string('(', 10_000) + "x" + new string(')', 10_000);
        Assert.Equal("x", Assert.Single(PromQl.Selectors(query)).Text);
    }

    [Theory]
    [InlineData("rate(x{status=~\"5..\"}[5m])/rate(x[5m])*100", "divides label set by label set")]
    [InlineData("100 * rate(${{ params.name }}{status=~\"5..\"}[5m]) / rate(${{ params.name }}[5m])", "divides label set by label set")]
    [InlineData("errors / 100 / requests", "divides label set by label set")]
    [InlineData("a - b", "'-' between two vectors")]
    [InlineData("a > b", "'>' between two vectors")]
    [InlineData("rate(x)", "rate() of something without a range")]
    [InlineData("sum(increase(x{a='b'}))", "increase() of something without a range")]
    [InlineData("histogram_quantile(0.95, rate(x_bucket[5m]))", "histogram_quantile() of buckets that aren't aggregated")]
    public void What_is_probably_not_meant_is_warned_of(string query, string warning) =>
        Assert.Contains(warning, Assert.Single(PromQl.Warnings(query, isReduced: false)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("sum(rate(x{status=~\"5..\"}[5m])) / sum(rate(x[5m])) * 100")]
    [InlineData("100 * sum by (job) (rate(x[5m])) / sum by (job) (rate(y[5m]))")]
    [InlineData("(sum(rate(x[5m])) or vector(0)) / sum(rate(y[5m]))")]
    [InlineData("a / on (instance) b")]
    [InlineData("a / ignoring (code) group_left b")]
    [InlineData("a and b")]
    [InlineData("a > 0.5")]
    [InlineData("a * scalar(b)")]
    [InlineData("rate(x[5m])")]
    [InlineData("rate(x${{ params.range }})")]
    [InlineData("rate(x[${{ params.window }}])")]
    [InlineData("a / ${{ params.replicas }}")]
    [InlineData("histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m])))")]
    public void What_is_meant_is_left_in_peace(string query) => Assert.Empty(PromQl.Warnings(query, isReduced: false));

    [Fact]
    public void A_quantile_for_each_series_is_meant_where_several_are_expected() =>
        Assert.Empty(PromQl.Warnings("histogram_quantile(0.95, rate(x_bucket[5m]))", isReduced: true));

    [Fact]
    public void A_check_of_the_runbook_warns_where_the_query_stands()
    {
        var problem = Read.Problem(Read.Top(
            "sources: { prometheus: { url: 'http://p' } }",
            "metrics:",
            "  error_rate: { prometheus: 'rate(x{status=~\"5..\"}[5m]) / rate(x[5m]) * 100' }"));
        Assert.Equal((7, 29, ErrorId.Suspicious, ProblemLevel.Warning), (problem.Line, problem.Column, problem.Id, problem.Level));
        Assert.Contains("sum(...) / sum(...)", problem.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("m != 5", 2, "'!='")]
    [InlineData("5.5 != drift.m", 4, "'!='")]
    [InlineData("m < 1 || !(m >= 5)", 9, "'!'")]
    [InlineData("!(control.m > -1)", 0, "'!'")]
    [InlineData("m < 5 && params.tag != 'x' && params.count != 3", -1, "")]
    [InlineData("!(params.count >= 3) || m < 5", -1, "")]
    public void A_comparison_that_NaN_would_pass_is_warned_of(string criterion, int offset, string what)
    {
        var reading = Read.Top(
            "parameters: { tag: { default: x }, count: { type: integer, default: 3 } }",
            "sources: { prometheus: { url: 'http://p' } }",
            "metrics: { m: { prometheus: x, control: y } }",
            "gates:",
            "  g:",
            $"    - \"{criterion}\"");
        if (offset < 0)
        {
            Assert.Empty(reading.Problems);
            return;
        }
        var problem = Read.Problem(reading);
        Assert.Equal((10, 8 + offset, ProblemLevel.Warning), (problem.Line, problem.Column, problem.Level));
        Assert.Contains(what, problem.Message, StringComparison.Ordinal);
    }
}
