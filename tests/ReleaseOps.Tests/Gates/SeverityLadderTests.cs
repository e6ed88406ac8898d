using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Gates;

public sealed class SeverityLadderTests
{
    private static readonly Severity[] Severities =
    [
        new("SEV0", "Data is being lost"),
        new("SEV1", "Down") { When = Looks.Criterion("error_rate >= 5.0"), For = TimeSpan.FromMinutes(10) },
        new("SEV2", "Slow") { When = Looks.Criterion("latency_p95 > 500.0") },
        new("SEV3", "Degraded") { When = Looks.Criterion("error_rate >= 1.0") },
    ];

    private static SeverityAnswer Judge(double? errors, double? latency)
    {
        var metrics = new[] { Looks.Metric("error_rate"), Looks.Metric("latency_p95", unit: "ms") };
        return SeverityLadder.Judge(Severities, Looks.Input(metrics,
            errors is { } e ? Looks.Value("error_rate", e) : Looks.Unknown("error_rate", ErrorId.Stale, "error_rate is 7m old"),
            latency is { } l ? Looks.Value("latency_p95", l) : Looks.Unknown("latency_p95", ErrorId.Unreachable, "connection refused")));
    }

    [Theory]
    [InlineData(7, 900, "SEV1")]
    // On the border it is the worse one.
    [InlineData(5, 100, "SEV1")]
    [InlineData(2, 501, "SEV2")]
    [InlineData(2, 500, "SEV3")]
    [InlineData(0.5, 500, null)]
    public void The_first_that_fits_from_the_worst_down_is_taken(double errors, double latency, string? severity)
    {
        var answer = Judge(errors, latency);
        Assert.Equal((severity, null), (answer.Severity?.Name, answer.CouldNotTell));
    }

    [Fact]
    public void Each_rung_passed_over_is_explained()
    {
        var answer = Judge(2, 100);
        Assert.Equal(
        [
            "SEV1 doesn't fit: error_rate 2 % is not >= 5.0 %", "SEV2 doesn't fit: latency_p95 100 ms is not > 500.0 ms", "SEV3 fits: error_rate 2 % is >= 1.0 %",
        ], answer.Rungs.Select(r => r.Text));
        Assert.Equal("SEV3 fits: error_rate 2 % is >= 1.0 %; only people can tell SEV0", answer.Text);
        Assert.Equal("SEV1 fits: error_rate 7 % is >= 5.0 %, if that holds for 10m; only people can tell SEV0", Judge(7, 100).Text);
        Assert.Equal("none of the severities fits; only people can tell SEV0", Judge(0, 100).Text);
    }

    [Fact]
    public void A_worse_rung_that_can_not_be_told_leaves_the_lower_one_uncertain()
    {
        var answer = Judge(2, null);
        Assert.Null(answer.Severity);
        Assert.Equal((ErrorId.Unreachable, "SEV3"), (answer.CouldNotTell, answer.AtLeast?.Name));
        Assert.Equal("the severity can't be told: SEV2 can't be told: latency_p95 can't be told: connection refused; it is at least SEV3", answer.Text);
        answer = Judge(null, 100);
        Assert.Equal((null, ErrorId.Stale, null), (answer.Severity, answer.CouldNotTell, answer.AtLeast));
    }

    [Fact]
    public void A_lower_rung_that_can_not_be_told_does_not_matter() => Assert.Equal("SEV1", Judge(7, null).Severity?.Name);
}
