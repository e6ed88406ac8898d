using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Checklists;
using ReleaseOps.Tests.Servers;
using ReleaseOps.Watches;

namespace ReleaseOps.Tests.Watches;

/// <summary>A real Prometheus with the day after a release in it: 8 % errors from +3 h on for 12 minutes, and other days.</summary>
public sealed class SimulatedDay : IAsyncLifetime
{
    /// <summary>T-0: the evening before summer time ends in Europe.</summary>
    internal static readonly DateTimeOffset T0 = new(2025, 10, 25, 20, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    internal Prometheus Prometheus { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (NeedsProgram.Find("prometheus") is null)
            return;
        Prometheus = await StartAsync();
    }

    /// <summary>A Prometheus with that day; for a test that stops it, one of its own.</summary>
    internal static Task<Prometheus> StartAsync()
    {
        var end = T0.AddHours(25);
        return Prometheus.StartAsync(new OpenMetrics()
            .Add("errors", T0.AddMinutes(-10), end, Step, At(minute => minute is >= 180 and < 192 ? 8 : 0.2))
            .Add("well", T0.AddMinutes(-10), end, Step, _ => 0.2)
            // Nobody scraped it for an hour.
            .Add("gap", T0.AddMinutes(-10), T0.AddHours(5), Step, _ => 0.2)
            .Add("gap", T0.AddHours(6), end, Step, _ => 0.2));
    }

    public async Task DisposeAsync()
    {
        if (Prometheus is not null)
            await Prometheus.DisposeAsync();
    }

    /// <summary>A watch of 24 h over one of the series, each minute.</summary>
    internal Runbook Book(string series, string watch = "", string? address = null) => Bench.Book($$"""
        runbook: day
        product: thing
        sources: { prometheus: { url: '{{address ?? Prometheus.Address.ToString()}}', timeout: 2s } }
        metrics: { rate: { prometheus: '{{series}}', unit: '%', max-age: 1m } }
        severities:
          SEV0: { definition: outage }
          SEV1: { definition: errors, when: rate >= 5.0, for: 10m, acknowledge: 10m, mitigate: 1h, owner: on call, escalation: manager }
          SEV2: { definition: some errors, when: rate >= 2.0, for: 10m, acknowledge: 30m, mitigate: 4h }
        gates: { fine: [rate < 1.0] }
        schedule:
          - { at: T+2h, what: first look, owner: SRE }
          - { at: T+4h, what: feedback, owner: Support }
          - { at: T+8h, what: performance, owner: Engineering }
          - { at: T+12h, what: half-time, owner: RM }
          - { at: T+24h, what: report, owner: RM }
        watch:
          window: 24h
          thresholds: { errors: { when: rate > 0.5, normal: rate > 1.0, action: investigate } }
          gates: { fine: required }
          no-go: { open: [SEV0, SEV1] }
          {{watch}}
        """);

    internal static Plan Plan(Runbook book) => StabilityWatch.Plan(book, new Dictionary<string, string>());

    internal static WatchOptions Options(Bench bench, TimeProvider clock) => new(bench.Options(o => o with { Clock = clock }));

    internal static WatchWord Word(WatchWordKind kind, DateTimeOffset at, string? subject = null, string? text = null) =>
        new(kind, "ana", at) { Subject = subject, Text = text };

    /// <summary>The slots of the looks on record, in order.</summary>
    internal static IEnumerable<int> Slots(Bench bench) =>
        bench.Ledger().Where(e => e.Type == "watch.look").Select(e => e.Data.GetProperty("slot").GetInt32());

    private static Func<int, double> At(Func<double, double> ofMinute) => n => ofMinute(n * Step.TotalMinutes - 10);
}

[CollectionDefinition(nameof(SimulatedDay))]
public sealed class SimulatedDayGroup : ICollectionFixture<SimulatedDay>;
