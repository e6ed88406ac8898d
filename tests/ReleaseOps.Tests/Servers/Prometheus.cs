namespace ReleaseOps.Tests.Servers;

/// <summary>A real Prometheus with a history; it scrapes nothing unless its configuration says so.</summary>
public sealed class Prometheus : RealServer
{
    private readonly string _configuration;

    private Prometheus(string configuration) => _configuration = configuration;

    private protected override string Program => "prometheus";

    private protected override string ReadyPath => "/-/ready";

    /// <summary>Starts one.</summary>
    /// <param name="history">What it remembers; null for nothing. It may lie anywhere in the past.</param>
    /// <param name="configuration">Its configuration; one without targets unless told otherwise.</param>
    /// <param name="files">Further files beside the configuration.</param>
    internal static async Task<Prometheus> StartAsync(OpenMetrics? history = null, string configuration = "global: {}\n",
        IEnumerable<(string Name, string Text)>? files = null)
    {
        var server = new Prometheus(configuration);
        try
        {
            server.Write("p.yml", server._configuration);
            foreach (var (name, text) in files ?? [])
                server.Write(name, text);
            Directory.CreateDirectory(Path.Combine(server.Folder, "data"));
            if (history is not null)
                await RunAsync("promtool", "tsdb", "create-blocks-from", "openmetrics", server.Write("om.txt", history.Text()), Path.Combine(server.Folder, "data"));
            await server.LaunchAsync();
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
        $"--config.file={Path.Combine(Folder, "p.yml")}", $"--storage.tsdb.path={Path.Combine(Folder, "data")}",
        $"--web.listen-address=127.0.0.1:{Port}", "--storage.tsdb.retention.time=100y", "--web.enable-lifecycle", "--log.level=error",
    ];
}
