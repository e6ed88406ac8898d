using System.Globalization;
using System.Text.Json;
using ReleaseOps.Tests;
using ReleaseOps.Tests.Servers;

namespace ReleaseOps.Cli.Tests;

/// <summary>
/// A Prometheus that remembers a day and knows the next hour: the error rate of <c>good</c> is 0.1 % throughout; that of <c>bad</c> was 0.8 %
/// from six to five and a half hours ago, and is 6 % since half an hour.
/// </summary>
public sealed class WatchServer : IAsyncLifetime
{
    internal Prometheus? Prometheus { get; private set; }

    public async Task InitializeAsync()
    {
        if (NeedsProgram.Find("prometheus") is null || NeedsProgram.Find("promtool") is null)
            return;
        var now = DateTimeOffset.UtcNow;
        var (from, to, step) = (now.AddHours(-24), now.AddHours(1), TimeSpan.FromSeconds(15));
        Prometheus = await Prometheus.StartAsync(new OpenMetrics()
            .Add("errors{shop=\"good\"}", from, to, step, _ => 0.1)
            .Add("errors{shop=\"bad\"}", from, to, step, n => (from + n * step - now).TotalHours switch
            {
                >= -6 and < -5.5 => 0.8,
                >= -0.5 => 6,
                _ => 0.1,
            }));
    }

    public async Task DisposeAsync()
    {
        if (Prometheus is not null)
            await Prometheus.DisposeAsync();
    }
}

/// <summary>A folder with a runbook <c>r.yaml</c> that watches a shop of <see cref="WatchServer"/>.</summary>
internal sealed class WatchScratch(WatchServer server) : IDisposable
{
    private readonly Scratch _scratch = new();
    // With another T-0 it would be another watch.
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    public Scratch Scratch => _scratch;

    public string Folder => Directory.EnumerateDirectories(Directory.EnumerateDirectories(_scratch.Evidence).Single()).Single();

    public void Dispose() => _scratch.Dispose();

    /// <summary>Writes the runbook.</summary>
    /// <param name="shop">Whose error rate it looks at.</param>
    /// <param name="watch">More keys of the watch, a line each.</param>
    public void Book(string shop, string watch = "window: 24h") => _scratch.Write("r.yaml", $$"""
        runbook: r
        title: The day after
        product: Shop
        parameters: { version: { default: 1.0.0 } }
        roles: { ic: { may: [confirm] }, engineering: { may: [confirm] } }
        sources: { prometheus: { url: '{{server.Prometheus!.Address}}' } }
        metrics: { error_rate: { prometheus: 'errors{shop="{{shop}}"}', unit: '%', worse: higher } }
        gates: { day-one: [error_rate < 1.0] }
        severities:
          SEV1: { definition: Major, when: error_rate >= 5.0, for: 10m, acknowledge: 10m, mitigate: 60m, owner: Dev On-call }
          SEV2: { definition: Partial, acknowledge: 30m }
        schedule:
          - { at: T+2h, what: Review of the first two hours }
        watch:
          commander: ic
          thresholds:
            errors: { when: error_rate > 0.5, normal: error_rate > 1.0, for: 5m, severity: SEV2, action: Look at once }
          gates: { day-one: required }
          no-go: { open: [SEV1] }
        {{string.Concat(watch.Split('\n').Select(l => $"  {l.Trim()}\n"))}}
        """);

    public Ended Run(params string[] more) => _scratch.Run(["watch", "./r.yaml", .. more]);

    /// <summary>One round of a watch that began as many hours ago, under lea.</summary>
    public Ended Once(double hoursAgo, params string[] more) => Run(["--once", "--commander", "lea", "--t0", Ago(hoursAgo, _now), .. more]);

    public Ended Say(string word, params string[] more) => _scratch.Run(["watch", word, "./r.yaml", .. more]);

    public Running Start(params string[] more) => _scratch.Start(["watch", "./r.yaml", .. more]);

    public bool LedgerHas(string type) => LedgerEvents().Any(e => e.GetProperty("type").ValueEquals(type));

    public IEnumerable<JsonElement> LedgerEvents() => _scratch.LedgerLines().Select(l => JsonElement.Parse(l));

    /// <summary>The size of the ledger; 0 where there is none.</summary>
    public long LedgerBytes => Directory.Exists(_scratch.Evidence)
        ? Directory.EnumerateFiles(_scratch.Evidence, "ledger.jsonl", SearchOption.AllDirectories).Sum(f => new FileInfo(f) is { Exists: true } file ? file.Length : 0) : 0;

    /// <summary>The slots of the looks on record, in order.</summary>
    public IReadOnlyList<int> Slots() =>
        [.. LedgerEvents().Where(e => e.GetProperty("type").ValueEquals("watch.look")).Select(e => e.GetProperty("data").GetProperty("slot").GetInt32())];

    public static string Ago(double hours) => Ago(hours, DateTimeOffset.UtcNow);

    private static string Ago(double hours, DateTimeOffset now) =>
        now.AddHours(-hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
