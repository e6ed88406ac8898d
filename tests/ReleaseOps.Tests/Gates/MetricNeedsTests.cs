using ReleaseOps.Gates;

namespace ReleaseOps.Tests.Gates;

public sealed class MetricNeedsTests
{
    [Theory]
    [InlineData("a < 1.0", "a", "")]
    [InlineData("a < 1.0 && b < params.limit", "a b", "")]
    [InlineData("control.a < 1.0", "", "a")]
    [InlineData("a < control.a", "a", "a")]
    [InlineData("drift . a < 1.0", "a", "a")]
    [InlineData("change.a < 1.0", "a", "")]
    [InlineData("baseline.a < 1.0", "", "")]
    [InlineData("drift.lonely < 1.0", "lonely", "")]
    [InlineData("drift[params.m] < 1.0", "a b", "a b")]
    [InlineData("change[params.m] < 1.0", "a b lonely", "")]
    [InlineData("[1].all(a, a > 0)", "", "")]
    [InlineData("params.a == 'drift.b'", "", "")]
    [InlineData("nosuch < 1.0", "", "")]
    public void Criteria_tell_what_must_be_measured(string expression, string metrics, string controls)
    {
        var needs = MetricNeeds.Of([Looks.Criterion(expression)], [Looks.Metric("a"), Looks.Metric("b"), Looks.Metric("lonely", control: false)]);
        Assert.Equal(metrics, string.Join(' ', needs.Metrics.Order()));
        Assert.Equal(controls, string.Join(' ', needs.Controls.Order()));
    }
}
