using System.Text;
using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes.Http;
using static ReleaseOps.Tests.Rollouts.RolloutBench;

namespace ReleaseOps.Tests.Rollouts;

/// <summary>Whatever is wrong with the metrics: HOLD with the reason, never PROCEED; and then what the runbook says.</summary>
[Collection(nameof(SimulatedRollouts))]
public sealed class BlindRolloutTests(SimulatedRollouts servers) : IDisposable
{
    private readonly RolloutBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Prometheus_is_down()
    {
        var free = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var port = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await HoldsAsync($"http://127.0.0.1:{port}", ErrorId.Unreachable);
    }

    [Fact]
    public async Task Prometheus_is_slow()
    {
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        await HoldsAsync(server.Url().ToString(), ErrorId.TimedOut);
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"NaN"]}]}}""", ErrorId.NoData)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", ErrorId.NoData)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"0.1""", ErrorId.BadDocument)]
    [InlineData("<html>Bad gateway</html>", ErrorId.BadDocument)]
    public async Task Its_answer_says_nothing(string body, ErrorId reason)
    {
        await using var server = LoopbackServer.Ok(body, "application/json");
        await HoldsAsync(server.Url().ToString(), reason);
    }

    [Fact]
    public async Task Its_answer_is_cut_off_in_the_middle()
    {
        await using var server = LoopbackServer.Answering(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n",
            Encoding.UTF8.GetBytes("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"0.1"]}]}}"""));
        await HoldsAsync(server.Url().ToString(), null);
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    public async Task It_answers_that_it_cannot(string status)
    {
        await using var server = LoopbackServer.Answering($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await HoldsAsync(server.Url().ToString(), ErrorId.ServerFailed);
    }

    [NeedsProgram("prometheus", "promtool")]
    public Task Several_series_come_where_one_was_expected() => HoldsAtNoonAsync("pair", ErrorId.SeveralSeries);

    [NeedsProgram("prometheus", "promtool")]
    public Task Its_newest_sample_is_old() => HoldsAtNoonAsync("ended", ErrorId.Stale);

    [NeedsProgram("prometheus", "promtool")]
    public Task The_metric_is_not_there() => HoldsAtNoonAsync("nobody_wrote_this", ErrorId.NoData);

    [NeedsProgram("prometheus", "promtool")]
    public async Task What_is_there_proceeds()
    {
        var result = await SimulatedRollouts.RunAsync(_bench, BookAtNoon(servers.Prometheus.Address, "well", "stop"), TimeSpan.FromSeconds(1));
        Assert.Equal((RolloutDecision.Proceed, 100.0), (result.Decision, result.Weight));
    }

    [NeedsProgram("prometheus", "promtool")]
    public async Task A_hold_that_nobody_answers_goes_back_where_the_runbook_says_so()
    {
        var result = await SimulatedRollouts.RunAsync(_bench, BookAtNoon(servers.Prometheus.Address, "nobody_wrote_this", "rollback"), TimeSpan.FromSeconds(1));
        Assert.Equal((RolloutDecision.Rollback, 0.0), (result.Decision, result.Weight));
        Assert.StartsWith("nobody decided within 300ms: gate it: ", result.Reason, StringComparison.Ordinal);
    }

    private async Task HoldsAtNoonAsync(string metric, ErrorId reason) =>
        Holds(await SimulatedRollouts.RunAsync(_bench, BookAtNoon(servers.Prometheus.Address, metric, "stop"), TimeSpan.FromSeconds(1)), reason);

    private async Task HoldsAsync(string address, ErrorId? reason) => Holds(await _bench.RunAsync(Book(address, "well", "stop")), reason);

    private void Holds(RolloutResult result, ErrorId? reason)
    {
        Assert.Equal((RolloutDecision.Hold, 10.0), (result.Decision, result.Weight));
        Assert.Equal(["10"], _bench.Done);
        var finding = result.Stages[^1].Gate!.Findings.Single();
        Assert.Equal(Verdict.Inconclusive, finding.Verdict);
        if (reason is not null)
            Assert.Equal(reason, finding.Reason);
        Assert.StartsWith("nobody decided within 300ms: gate it: ", result.Reason, StringComparison.Ordinal);
    }

    // On a clock that is moved by a second at once, a shorter time-out would end a question that is under way.
    private static Runbook BookAtNoon(string address, string metric, string then) => Book(address, metric, then, timeout: "30s");

    private static Runbook Book(string address, string metric, string then, string timeout = "300ms") => Checklists.Bench.Book($$"""
        runbook: test
        product: thing
        sources: { prometheus: { url: '{{address.TrimEnd('/')}}', timeout: {{timeout}} } }
        metrics: { errors: { prometheus: '{{metric}}' } }
        gates: { it: errors < 1.0 }
        phases:
          - phase: deploy
            rollout:
              interval: 1s
              hold: { limit: 300ms, then: {{then}} }
              stages:
                - { name: canary, weight: 10, watch: 100ms, gate: it, steps: [{{Append("to-10", "10")}}] }
                - { name: full, weight: 100, watch: 100ms, gate: it, steps: [{{Append("to-100", "100")}}] }
        rollback:
          steps: [{{Append("back", "0")}}]
        """);
}
