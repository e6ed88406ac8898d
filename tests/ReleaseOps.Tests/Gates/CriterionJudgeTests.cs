using ReleaseOps.Gates;
using ReleaseOps.Tests.Expressions;

namespace ReleaseOps.Tests.Gates;

public class CriterionJudgeTests
{
    private static readonly Dictionary<string, object?> Seen = new()
    {
        ["status"] = 503,
        ["exit"] = 1,
        ["output"] = "tests: 3 failed",
        ["error_rate"] = 0.72,
        ["baseline"] = 0.5,
        ["latency_p95"] = 90.0,
        ["nan"] = double.NaN,
        ["region"] = "eu",
        ["ready"] = false,
        ["nothing"] = null,
        ["body"] = Cel.Json("""{"meta":{},"rows":[{"total":3,"rfid":1,"pending":2},{"total":5,"rfid":1,"pending":5}],"none":[]}"""),
    };

    private static Finding Judge(string source, IReadOnlyDictionary<string, string>? units = null) =>
        CriterionJudge.Judge(Cel.Parse(source), Seen, "step", units);

    [Theory]
    [InlineData("status == 200", "status 503 is not == 200", "503")]
    [InlineData("exit == 0", "exit 1 is not == 0", "1")]
    [InlineData("200 == status", "200 is not == status 503", "503")]
    [InlineData("error_rate < baseline", "error_rate 0.72 is not < baseline 0.5", "0.72, 0.5")]
    [InlineData("error_rate < baseline * 1.1", "error_rate 0.72 is not < baseline * 1.1 (0.55)", "0.72, 0.55")]
    [InlineData("error_rate - baseline <= 0.1", "error_rate - baseline (0.22) is not <= 0.1", "0.21999999999999997")]
    [InlineData("(size(region) - (1)) * (2 + 3) < (4)", "(size(region) - (1)) * (2 + 3) (5) is not < 4", "5")]
    [InlineData("output == 'ok'", "output \"tests: 3 failed\" is not == 'ok'", "\"tests: 3 failed\"")]
    [InlineData("size(body.rows) > 2", "size(body.rows) 2 is not > 2", "2")]
    [InlineData("region in ['us', 'ap']", "region \"eu\" is not in [\"us\", \"ap\"]", "\"eu\", [\"us\", \"ap\"]")]
    [InlineData("latency_p95 < 110.0 && error_rate < 0.5", "error_rate 0.72 is not < 0.5", "0.72")]
    [InlineData("status == 200 && error_rate < 0.5", "status 503 is not == 200; error_rate 0.72 is not < 0.5", "503, 0.72")]
    [InlineData("status == 200 || exit == 0", "status 503 is not == 200; exit 1 is not == 0", "503, 1")]
    [InlineData("!(error_rate >= 0.5)", "!(error_rate >= 0.5) is false: error_rate 0.72 is >= 0.5", "0.72")]
    [InlineData("ready", "ready is false", "false")]
    [InlineData("output.contains('passed')", "output.contains('passed') is false", "\"tests: 3 failed\"")]
    [InlineData("output.matches('^ok')", "output.matches('^ok') is false", "\"tests: 3 failed\"")]
    [InlineData("has(body.totals)", "has(body.totals) is false", "false")]
    [InlineData(
        "body.rows.all(r, r.total == r.rfid + r.pending)",
        "body.rows.all(...) is false: at [1], r.total 5 is not == r.rfid + r.pending (6)",
        "5, 6")]
    [InlineData("body.rows.exists(r, r.total > 9)", "body.rows.exists(...) is false (2 items)", "2 items")]
    [InlineData("!body.rows.exists(r, r.total > 4)", "body.rows.exists(...) is true: at [1], r.total 5 is > 4", "5")]
    [InlineData("body.all(k, k != 'none')", "body.all(...) is false: at [\"none\"], k \"none\" is not != 'none'", "\"none\"")]
    [InlineData("status == '503'", "status 503 is not == '503' (values of the types int and string are never equal)", "503")]
    [InlineData("nothing == 5", "nothing null is not == 5", "null")]
    [InlineData("ready ? status == 1 : status == 2", "status 503 is not == 2", "503")]
    [InlineData("1 == 2", "1 is not == 2", "false")]
    public void False_is_failed_and_says_with_which_values(string source, string text, string observed)
    {
        var finding = Judge(source);
        Assert.Equal(Verdict.Failed, finding.Verdict);
        Assert.Equal(text, finding.Text);
        Assert.Equal(observed, finding.Observed);
        Assert.Equal(source, finding.Condition);
        Assert.Equal("step", finding.Subject);
        Assert.Null(finding.Reason);
    }

    [Theory]
    [InlineData("status == 503", "status 503 is == 503", "503")]
    [InlineData("latency_p95 < 110.0 && error_rate < 1.5", "latency_p95 90 is < 110.0; error_rate 0.72 is < 1.5", "90, 0.72")]
    [InlineData("status == 200 || exit == 1", "exit 1 is == 1", "1")]
    [InlineData("missing == 1 || exit == 1", "exit 1 is == 1", "1")]
    [InlineData("body.none.all(r, r > 1)", "body.none.all(...) is true (0 items)", "0 items")]
    [InlineData("body.rows.all(r, r.total > 1)", "body.rows.all(...) is true (2 items)", "2 items")]
    [InlineData("status != '503'", "status 503 is != '503' (values of the types int and string are never equal)", "503")]
    [InlineData("!ready", "ready is false", "false")]
    public void True_is_passed_and_says_with_which_values(string source, string text, string observed)
    {
        var finding = Judge(source);
        Assert.Equal(Verdict.Passed, finding.Verdict);
        Assert.Equal(text, finding.Text);
        Assert.Equal(observed, finding.Observed);
    }

    [Theory]
    [InlineData("missing == 200", "no value named 'missing'")]
    [InlineData("body.totals.n == 1", "no field 'totals'")]
    [InlineData("status < 'a'", "can't order")]
    [InlineData("status / 0 == 1", "division by zero")]
    [InlineData("nothing < 0.5", "null_type")]
    [InlineData("body.rows[7].total == 1", "no item 7")]
    public void An_error_is_inconclusive(string source, string part)
    {
        var finding = Judge(source);
        Assert.Equal(Verdict.Inconclusive, finding.Verdict);
        Assert.Equal(ErrorId.ExpressionFailed, finding.Reason);
        Assert.Contains(part, finding.Text, StringComparison.Ordinal);
        Assert.Equal(source, finding.Condition);
    }

    [Theory]
    [InlineData("status", "503", "int")]
    [InlineData("output", "\"tests: 3 failed\"", "string")]
    [InlineData("nothing", "null", "null_type")]
    [InlineData("nan", "NaN", "double")]
    public void A_value_that_is_no_bool_is_inconclusive(string source, string observed, string type)
    {
        var finding = Judge(source);
        Assert.Equal(Verdict.Inconclusive, finding.Verdict);
        Assert.Equal(ErrorId.CriterionNotBool, finding.Reason);
        Assert.Equal(observed, finding.Observed);
        Assert.Contains($"of type {type}", finding.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nan < 0.5")]
    [InlineData("nan >= 0.5")]
    [InlineData("0.5 > nan")]
    [InlineData("!(nan >= 0.5)")]
    [InlineData("!(nan < 0.5)")]
    [InlineData("nan == 0.5")]
    [InlineData("nan != 0.5")]
    [InlineData("!(nan == 0.5)")]
    [InlineData("nan == nan")]
    [InlineData("nan != nan")]
    [InlineData("nan < 5")]
    [InlineData("nan < 5u")]
    [InlineData("nan * 0.0 + 1.0 < 5.0")]
    [InlineData("-nan < 5.0")]
    [InlineData("0.0 / 0.0 < 5.0")]
    [InlineData("nan < 5.0 || status == 503")]
    [InlineData("nan < 5.0 && status == 200")]
    [InlineData("status == 503 && nan < 5.0")]
    [InlineData("nan < 5.0 ? true : true")]
    [InlineData("nan in [1.0]")]
    [InlineData("!(nan in [1.0])")]
    [InlineData("1.0 in [nan, 1.0]")]
    [InlineData("nan in {1: 1}")]
    [InlineData("[nan] == [1.0]")]
    [InlineData("[[nan]] != [[1.0]]")]
    [InlineData("{'a': nan} == {'a': 1.0}")]
    [InlineData("nan == 'text'")]
    [InlineData("nan != null")]
    [InlineData("[nan].all(x, x < 1.0)")]
    [InlineData("[nan, 2.0].exists(x, x > 1.0)")]
    [InlineData("[1.0, nan].filter(x, x >= 1.0).size() == 1")]
    [InlineData("missing == 1 || nan > 1.0 || true")]
    public void A_comparison_with_NaN_is_inconclusive_however_it_is_written(string source)
    {
        var finding = Judge(source);
        Assert.Equal(Verdict.Inconclusive, finding.Verdict);
        Assert.Equal(ErrorId.NoData, finding.Reason);
        Assert.Contains("NaN", finding.Text, StringComparison.Ordinal);
        Assert.Equal("NaN", finding.Observed);
    }

    [Fact]
    public void A_comparison_with_NaN_names_what_was_not_measured()
    {
        Assert.Equal("exit == 1 && nan < 5.0 can't be told: nan is NaN, so nothing was measured", Judge("exit == 1 && nan < 5.0").Text);
        Assert.Equal("0.5 > nan * 2.0 can't be told: nan * 2.0 is NaN, so nothing was measured", Judge("0.5 > nan * 2.0").Text);
    }

    [Fact]
    public void A_NaN_that_no_comparison_met_does_not_matter()
    {
        Assert.Equal(Verdict.Failed, Judge("status == 200 && nan < 5.0").Verdict);
        Assert.Equal(Verdict.Passed, Judge("string(nan) == 'NaN'").Verdict);
    }

    [Fact]
    public void An_expression_that_costs_too_much_is_inconclusive()
    {
        var thousand = "[" + string.Join(",", Enumerable.Range(0, 1000)) + "]";
        var finding = Judge($"{thousand}.all(a, {thousand}.all(b, {thousand}.all(c, true)))");
        Assert.Equal(Verdict.Inconclusive, finding.Verdict);
        Assert.Equal(ErrorId.ExpressionTooCostly, finding.Reason);
        Assert.True(finding.Text.Length <= 500);
    }

    [Fact]
    public void Units_stand_beside_the_numbers()
    {
        var units = new Dictionary<string, string> { ["error_rate"] = "%", ["latency_p95"] = "ms" };
        Assert.Equal("error_rate 0.72 % is not < 0.5 %", Judge("error_rate < 0.5", units).Text);
        Assert.Equal("error_rate 0.72 % is not < baseline 0.5 %", Judge("error_rate < baseline", units).Text);
        Assert.Equal("latency_p95 90 ms is < 110.0 ms", Judge("latency_p95 < 110.0", units).Text);
        Assert.Equal("status 503 is not == 200", Judge("status == 200", units).Text);
    }

    [Fact]
    public void Long_values_and_sources_are_shortened()
    {
        var values = new Dictionary<string, object?> { ["output"] = new string('x', 100_000) };
        var finding = CriterionJudge.Judge(Cel.Parse($"output == '{new string('y', 1000)}'"), values);
        Assert.Equal(200, finding.Observed!.Length);
        Assert.InRange(finding.Text.Length, 100, 500);
        Assert.EndsWith("...", finding.Observed, StringComparison.Ordinal);
        Assert.Equal("a && b", CriterionJudge.Judge(Cel.Parse("a && b"), values).Subject);
    }

    [Fact]
    public void A_criterion_over_several_lines_is_told_on_one()
    {
        var finding = Judge("error_rate\n  - baseline\n  < 0.1");
        Assert.Equal("error_rate - baseline (0.22) is not < 0.1", finding.Text);
    }

    [Fact]
    public void Values_that_throw_are_inconclusive()
    {
        var values = new Dictionary<string, object?> { ["x"] = new Uri("https://example.test") };
        Assert.Equal(Verdict.Inconclusive, CriterionJudge.Judge(Cel.Parse("x[0] == 1"), values).Verdict);
    }
}
