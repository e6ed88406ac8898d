using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Runbooks;

namespace ReleaseOps.Tests.Probes.Metrics;

public sealed class MetricSessionTests
{
    private const string Secret = "s3cret-token-0123456789";

    private static readonly Runbook Runbook = Read.Good(Read.Top(
        "parameters: { address: { required: true }, unrelated: { required: true } }",
        "sources:",
        "  prometheus: { url: 'http://127.0.0.1:1' }",
        "  closed: { url: '${{ params.address }}', token: '${{ secrets.METRICS_TOKEN }}' }",
        "metrics:",
        "  plain: { prometheus: vector(1), control: vector(1) }",
        "  guarded: { prometheus: vector(1), source: closed, control: vector(1) }"));

    private static MetricSession Open(string metric, string? address = null, string? secret = null) => MetricSession.Open(
        Runbook, address is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["address"] = address },
        metric.Length == 0 ? [] : [metric], _ => secret, new ManualClock());

    private static ErrorId Refused(Action open) => Assert.Throws<ReleaseOpsException>(open).Id;

    [Fact]
    public void Only_what_the_chosen_metrics_speak_of_is_needed()
    {
        using var plain = Open("plain");
        Assert.Equal("plain", Assert.Single(plain.Metrics).Name);
        using var all = Open("", "http://127.0.0.1:1", Secret);
        Assert.Equal(2, all.Metrics.Count);
        Assert.Equal(ErrorId.MissingParameter, Refused(() => Open("guarded", secret: Secret)));
        Assert.Equal(ErrorId.MissingSecret, Refused(() => Open("guarded", "http://127.0.0.1:1")));
        Assert.Equal(ErrorId.UnknownReference, Refused(() => Open("nosuch")));
    }

    [Fact]
    public async Task What_can_not_be_reached_is_no_data_and_shows_no_secret()
    {
        // The token stands in the address too, which an error may show.
        using var session = Open("guarded", $"http://127.0.0.1:1/{Secret}", Secret);
        var options = new DriftOptions { Baseline = new Dictionary<string, double> { ["guarded"] = 1 } };
        var compared = await DriftCheck.CompareAsync(session, options, new ManualClock(), CancellationToken.None);
        Assert.Equal(["control", "baseline"], compared.Select(c => c.Against));
        Assert.All(compared, c => Assert.Equal(Classification.Nodata, c.Comparison.Classification));
        Assert.All(compared, c => Assert.DoesNotContain(Secret, c.Comparison.Text, StringComparison.Ordinal));
    }
}
