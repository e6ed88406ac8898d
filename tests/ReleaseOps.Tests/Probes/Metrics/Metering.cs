using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes.Http;
using ReleaseOps.Tests.Runbooks;

namespace ReleaseOps.Tests.Probes.Metrics;

/// <summary>Reads metrics that a test writes in place, at noon of the manual clock.</summary>
internal static class Metering
{
    internal static MetricReader Reader(string address, string[] metrics, string source = "", TimeProvider? clock = null, SecretMask? mask = null,
        IReadOnlyDictionary<string, string>? secrets = null)
    {
        var runbook = Read.Good(Read.Top([
            $"sources: {{ prometheus: {{ url: '{address}'{source} }} }}", "metrics:", .. metrics.Select(m => "  " + m),
        ]));
        var bound = ParameterBinder.Bind(runbook, new Dictionary<string, string>());
        var scope = BindingScope.ForRun(bound, ParameterBinder.ReleaseOf(runbook, bound), secrets ?? new Dictionary<string, string>());
        return new MetricReader(runbook, scope, mask ?? SecretMask.None, clock ?? new ManualClock(), LoopbackDialer.Direct());
    }

    internal static MetricNeeds Needs(params string[] metrics) => new(metrics.ToHashSet(), new HashSet<string>());

    /// <summary>Reads one metric: <c>prometheus: 'up', reduce: max</c>.</summary>
    internal static async Task<Measurement> ReadAsync(string address, string metric, string source = "", TimeProvider? clock = null)
    {
        using var reader = Reader(address, [$"m: {{ {metric} }}"], source, clock);
        return (await reader.ReadAsync(Needs("m"), CancellationToken.None)).Metrics["m"];
    }

    /// <summary>Nothing was measured, for this reason; never a value beside it.</summary>
    internal static void Nothing(ErrorId why, Measurement measured)
    {
        Assert.Null(measured.Value);
        Assert.True(measured.CouldNotTell == why, $"expected {why}, was {measured.CouldNotTell}: {measured.Value} {measured.Detail}");
        Assert.NotEqual("", measured.Detail);
    }
}
