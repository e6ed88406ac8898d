namespace ReleaseOps.Tests.Servers;

/// <summary>A real VictoriaMetrics with a history.</summary>
public sealed class VictoriaMetrics : RealServer
{
    private readonly bool _isCached;

    private VictoriaMetrics(bool isCached) => _isCached = isCached;

    private protected override string Program => "victoria-metrics";

    private protected override string ReadyPath => "/health";

    /// <summary>Starts one.</summary>
    /// <param name="history">What it remembers.</param>
    /// <param name="isCached">True with its cache, as it is used; it then moves the times of a range query that has more than 50.</param>
    internal static async Task<VictoriaMetrics> StartAsync(OpenMetrics history, bool isCached = false)
    {
        var server = new VictoriaMetrics(isCached);
        try
        {
            await server.LaunchAsync();
            using var text = new StringContent(history.Exposition());
            using var imported = await server.Http.PostAsync(server.Url("/api/v1/import/prometheus"), text);
            imported.EnsureSuccessStatusCode();
            using var flushed = await server.Http.GetAsync(server.Url("/internal/force_flush"));
            flushed.EnsureSuccessStatusCode();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private protected override IEnumerable<string> Arguments() =>
    [
        $"-storageDataPath={Path.Combine(Folder, "data")}", $"-httpListenAddr=127.0.0.1:{Port}", "-retentionPeriod=100y", "-loggerLevel=ERROR",
        // What is imported must be found by the next query, not within half a minute.
        "-search.latencyOffset=0s", .. _isCached ? Array.Empty<string>() : ["-search.disableCache"],
    ];
}
