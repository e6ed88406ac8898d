namespace ReleaseOps.Tests.Servers;

/// <summary>A real VictoriaMetrics with a history.</summary>
public sealed class VictoriaMetrics : RealServer
{
    private VictoriaMetrics()
    {
    }

    private protected override string Program => "victoria-metrics";

    private protected override string ReadyPath => "/health";

    /// <summary>Starts one.</summary>
    /// <param name="history">What it remembers.</param>
    internal static async Task<VictoriaMetrics> StartAsync(OpenMetrics history)
    {
        var server = new VictoriaMetrics();
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
        "-search.latencyOffset=0s", "-search.disableCache",
    ];
}
