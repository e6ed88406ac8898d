using System.Globalization;
using System.Text.Json;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Cli.Tests.Traffic;

/// <summary>
/// All that a canary takes: two versions of a service, HAProxy before them, Prometheus that looks at both each second, customers, and a
/// folder with the runbook <c>haproxy.yaml</c>. Nothing of it is simulated.
/// </summary>
internal sealed class CanaryBench : IAsyncDisposable
{
    public const string Stable = "stable";
    public const string Canary = "canary";

    private readonly VersionedService _stable = new(Stable);
    private Prometheus? _prometheus;

    private CanaryBench()
    {
    }

    public Scratch Scratch { get; } = new();

    public VersionedService NewVersion { get; } = new(Canary);

    public HAProxy HAProxy { get; private set; } = null!;

    public Customers Customers { get; private set; } = null!;

    /// <summary>The ledger's lines, whole ones only.</summary>
    public IReadOnlyList<JsonElement> Ledger => [.. Scratch.LedgerLines().Select(line => JsonElement.Parse(line))];

    /// <summary>How often the program that sets weights has acted, and to what.</summary>
    public string[] Acted => File.ReadAllLines(Path.Combine(Scratch.Folder, "acted"));

    /// <summary>Starts it all.</summary>
    /// <param name="longWatch">A stage whose watch shall be so long that something else ends it.</param>
    public static async Task<CanaryBench> StartAsync(string? longWatch = null)
    {
        var bench = new CanaryBench();
        try
        {
            var runbooks = Path.Combine(Cli.Root, "tests", "ReleaseOps.Cli.Tests", "runbooks");
            File.Copy(Path.Combine(runbooks, "weight.sh"), Path.Combine(bench.Scratch.Folder, "weight.sh"));
            bench.Scratch.Write("haproxy.yaml", LongWatch(File.ReadAllText(Path.Combine(runbooks, "haproxy.yaml")), longWatch));
            bench.HAProxy = await HAProxy.StartAsync(bench._stable.Address, bench.NewVersion.Address);
            bench._prometheus = await Prometheus.StartAsync(configuration: $$"""
                global: { scrape_interval: 1s, scrape_timeout: 1s }
                scrape_configs:
                  - job_name: shop
                    static_configs:
                      - { targets: ['{{bench._stable.Address}}'], labels: { deployment: stable } }
                      - { targets: ['{{bench.NewVersion.Address}}'], labels: { deployment: canary } }
                """);
            bench.Customers = new Customers(bench.HAProxy.Address);
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts <c>releaseops rollout haproxy.yaml</c>.</summary>
    public Running Rollout(params string[] more) => Scratch.Start(["rollout", .. Given, .. more]);

    /// <summary>Runs another command, such as <c>rollout abort</c>, on the same runbook.</summary>
    public Ended Run(string command, params string[] more) => Scratch.Run([.. command.Split(' '), .. Given, .. more]);

    /// <summary>Waits until the action that was told to linger has set its weight; it hasn't ended then.</summary>
    public void AwaitLingering() => Scratch.Await(() => File.Exists(Path.Combine(Scratch.Folder, "lingering")), "the action has set its weight");

    /// <summary>Waits until the ledger says that the traffic has this weight.</summary>
    public void AwaitWeight(int weight) => Scratch.Await(() => Weights().Any(w => w.Weight == weight), $"{weight} % in the ledger");

    /// <summary>Each weight that the ledger says the traffic got, and when.</summary>
    public IReadOnlyList<(int Weight, DateTimeOffset At)> Weights() =>
        [.. Events("rollout.weight").Select(e => ((int)e.GetProperty("data").GetProperty("weight").GetDouble(), At(e)))];

    public IEnumerable<JsonElement> Events(string type) => Ledger.Where(e => e.GetProperty("type").GetString() == type);

    /// <summary>The new version's share of the requests in a time, in percent.</summary>
    public double ShareBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var requests = Customers.Served.Where(s => s.At >= from && s.At < to).ToList();
        Assert.True(requests.Count >= 50, $"{requests.Count} requests are too few to tell a share");
        return 100.0 * requests.Count(s => s.Version == Canary) / requests.Count;
    }

    /// <summary>What HAProxy really does is what the ledger says, and both are this.</summary>
    public void HasWeight(int weight)
    {
        Assert.Equal(weight, HAProxy.Share());
        Assert.Equal(weight, Weights()[^1].Weight);
    }

    public static DateTimeOffset At(JsonElement e) => DateTimeOffset.Parse(e.GetProperty("at").GetString()!, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        Customers?.Dispose();
        if (_prometheus is not null)
            await _prometheus.DisposeAsync();
        if (HAProxy is not null)
            await HAProxy.DisposeAsync();
        NewVersion.Dispose();
        _stable.Dispose();
        Scratch.Dispose();
    }

    private string[] Given => ["./haproxy.yaml", "--param", $"haproxy={HAProxy.Admin}", "--param", $"prometheus={_prometheus!.Address}"];

    private static string LongWatch(string runbook, string? stage)
    {
        if (stage is null)
            return runbook;
        var from = runbook.IndexOf("watch: ", runbook.IndexOf($"- name: {stage}\n", StringComparison.Ordinal), StringComparison.Ordinal);
        return runbook[..from] + "watch: 60s" + runbook[runbook.IndexOf('\n', from)..];
    }
}
