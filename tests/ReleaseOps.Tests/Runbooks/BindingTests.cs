using System.Globalization;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Runbooks;

public class BindingTests
{
    private static readonly Runbook Runbook = Read.Good(Read.Top(
        "product: ARIS3",
        "parameters:",
        "  version: 1.10",
        "  host: { required: true }",
        "  note: { required: false }",
        "  batch: { type: integer, default: 10 }",
        "  ratio: { type: number, default: 1234.5 }",
        "  dry: { type: boolean, default: true }",
        "  wait: { type: duration, default: 90m }"));

    [Theory]
    [InlineData("v${{ params.version }}", "v1.10")]
    [InlineData("${{ params.batch }} ${{ params.batch * 2 }}", "10 20")]
    [InlineData("${{ params.ratio }}", "1234.5")]
    [InlineData("${{ params.dry }}", "true")]
    [InlineData("${{ params.wait }} ${{ params.wait + params.wait }}", "1h30m 3h")]
    [InlineData("${{ release.product }}-${{ release.version }}", "ARIS3-1.10")]
    [InlineData("${{ has(params.note) ? params.note : 'none' }}", "none")]
    [InlineData("${{ timestamp('2026-01-02T03:04:05Z') }}", "2026-01-02T03:04:05Z")]
    [InlineData("a, b: ${{ params.host }}", "a, b: x, y: [z]")]
    [InlineData("Bearer ${{ secrets.TOKEN }}", "Bearer s3cr3t-value")]
    public void A_run_puts_values_in_as_text(string template, string expected) =>
        Assert.Equal(expected, Run().Bind(new Template(template, default)));

    [Theory]
    [InlineData("${{ params.version }}", "1.10")]
    [InlineData("https://${{ params.host }}/health", "https://<host>/health")]
    [InlineData("${{ params.host + ':8080' }}", "<params.host + ':8080'>")]
    [InlineData("${{ params.host == 'prod' ? 'a' : 'b' }}", "<params.host == 'prod' ? 'a' : 'b'>")]
    [InlineData("${{ params.note }}", "<note>")]
    [InlineData("Bearer ${{ secrets.TOKEN }}", "Bearer ***")]
    [InlineData("${{ secrets.A + params.version + secrets.B }}", "***1.10***")]
    public void A_plan_shows_what_it_does_not_know(string template, string expected) =>
        Assert.Equal(expected, Plan().Bind(new Template(template, default)));

    [Fact]
    public void A_plan_lists_what_was_missing()
    {
        var plan = Plan();
        plan.Bind(new Template("${{ params.version }} ${{ params.host }}", default));
        Assert.Equal(["host"], plan.Missing);
    }

    [Theory]
    [InlineData("${{ params.note }}", ErrorId.MissingParameter)]
    [InlineData("${{ secrets.OTHER }}", ErrorId.MissingSecret)]
    [InlineData("${{ 1 / 0 }}", ErrorId.BindingFailed)]
    [InlineData("${{ [1] }}", ErrorId.BindingFailed)]
    [InlineData("${{ null }}", ErrorId.BindingFailed)]
    [InlineData("${{ params.version + 1 }}", ErrorId.BindingFailed)]
    [InlineData("${{ '\\000' }}", ErrorId.BindingFailed)]
    public void A_run_refuses_what_has_no_value(string template, ErrorId id)
    {
        var error = Assert.Throws<ReleaseOpsException>(() => Run().Bind(new Template(template, new Position(7, 9))));
        Assert.Equal(id, error.Id);
        Assert.StartsWith("7:9: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_in_no_error_and_not_among_the_variables_of_criteria()
    {
        var error = Assert.Throws<ReleaseOpsException>(() => Run().Bind(new Template("${{ {'k': 1}[secrets.TOKEN] }}", default)));
        Assert.DoesNotContain("s3cr3t", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["params", "release"], Run().Variables.Keys.Order());
    }

    [Fact]
    public void Text_is_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NumberDecimalSeparator = ",";
        other.NumberFormat.NegativeSign = "~";
        CultureInfo.CurrentCulture = other;
        try
        {
            Assert.Equal("1234.5 -10", Run().Bind(new Template("${{ params.ratio }} ${{ -params.batch }}", default)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static BindingScope Run()
    {
        var bound = ParameterBinder.Bind(Runbook, new Dictionary<string, string> { ["host"] = "x, y: [z]" });
        var secrets = new Dictionary<string, string> { ["TOKEN"] = "s3cr3t-value" };
        return BindingScope.ForRun(bound, ParameterBinder.ReleaseOf(Runbook, bound), secrets);
    }

    private static BindingScope Plan()
    {
        var bound = ParameterBinder.Bind(Runbook, new Dictionary<string, string>());
        return BindingScope.ForPlan(bound, ParameterBinder.ReleaseOf(Runbook, bound));
    }
}
