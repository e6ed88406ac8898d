using System.Diagnostics;
using System.Globalization;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;
using ReleaseOps.Tests.Watches;
using ReleaseOps.Watches;

namespace ReleaseOps.Benchmarks;

/// <summary>
/// A whole week of a watch over a fleet, on simulated time and against a real Prometheus: each tick asks, judges, and writes its line to
/// the disk. Each fifth hour fifty services are bad, so that incidents open and series are remembered.
/// </summary>
internal static class FleetWeek
{
    private const int Services = 2000;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static void Measure(string work)
    {
        using var server = PrometheusServer.Start(work, "fleet-week", Write);
        if (server is null)
        {
            Console.Out.WriteLine("A fleet's week: not measured, prometheus and promtool are not on the PATH.");
            return;
        }
        var clock = new EagerClock(T0);
        var ticks = new Ticks();
        var options = new RunOptions { Folder = work, EvidenceRoot = Path.Combine(work, "week"), Actor = "bench", Clock = clock, Listener = ticks };
        var result = StabilityWatch.RunAsync(
            StabilityWatch.Plan(Book(work, server.Address), new Dictionary<string, string>()), new WatchOptions(options), CancellationToken.None).GetAwaiter().GetResult();
        if (result.Looks != (int)(Week / Interval) || result.Incidents.Count == 0)
            throw new InvalidOperationException($"{result.Looks} looks, {result.Incidents.Count} incidents: {result.Findings[0].Text}");
        var (first, last) = (ticks.Median(0, 200), ticks.Median(ticks.Count - 200, 200));
        var ledger = new FileInfo(Directory.EnumerateFiles(options.EvidenceRoot, "ledger.jsonl", SearchOption.AllDirectories).Single()).Length;
        Paired.Print($"a tick of a fleet's week: {Services:N0} services x 5 metrics, the slowest", ticks.Slowest, "ms", 1000, string.Create(
            CultureInfo.InvariantCulture,
            $"{ticks.Count} ticks, median {first:0} ms at the beginning, {last:0} ms at the end; ledger {ledger / 1024} KiB; incidents: {result.Incidents.Count}"));
        Paired.Print("  memory of the last fifth of the week over the second", ticks.MemoryRatio, "x", 1.25, ticks.MemoryText);
    }

    private static Runbook Book(string work, string address)
    {
        var file = Path.Combine(work, "week.yaml");
        File.WriteAllText(file, $$"""
            runbook: week
            product: fleet
            sources: { prometheus: { url: '{{address}}' } }
            metrics:
              errors:  { prometheus: 'fleet', reduce: each, max-age: 10m }
              latency: { prometheus: 'fleet * 100', reduce: each, max-age: 10m }
              queue:   { prometheus: 'fleet + 1', reduce: each, max-age: 10m }
              cpu:     { prometheus: 'fleet / 2', reduce: each, max-age: 10m }
              memory:  { prometheus: 'fleet * fleet', reduce: each, max-age: 10m }
              worst:   { prometheus: 'fleet', reduce: max, max-age: 10m }
            severities:
              SEV1: { definition: errors, when: worst >= 5.0, for: 10m, acknowledge: 10m, mitigate: 1h }
              SEV2: { definition: slow, when: worst >= 4.0, for: 40m, acknowledge: 30m, mitigate: 4h }
            watch:
              window: {{Week.TotalDays}}d
              interval: {{Interval.TotalMinutes}}m
              thresholds:
                errors: { when: errors > 4.0, normal: errors > 9.0, for: 20m, action: look }
                latency: { when: latency > 400.0, normal: latency > 900.0, action: look }
                queue:  { when: queue > 4.0, normal: queue > 9.0, action: look }
                cpu:    { when: cpu > 2.0, normal: cpu > 4.0, action: look }
                memory: { when: memory > 16.0, normal: memory > 30.0, action: look }
              no-go: { open: [SEV1] }
              gaps: { longest: 20m }
            """);
        return RunbookReader.Load(file);
    }

    private static void Write(TextWriter text)
    {
        var end = T0 + Week + Interval;
        for (var n = 0; n < Services; n++)
            for (var at = T0 - Interval; at <= end; at += Interval)
                text.Write(string.Create(CultureInfo.InvariantCulture,
                    $"fleet{{pod=\"checkout-{n:x6}\",service=\"service-{n}\"}} {(n < 50 && (at - T0).TotalHours % 5 >= 4 ? 5.5 : 1 + n * 0.001)} {at.ToUnixTimeSeconds()}\n"));
    }

    private sealed class Ticks : IRunListener
    {
        private readonly List<double> _took = [];
        private readonly List<long> _memory = [];
        private long _last = Stopwatch.GetTimestamp();

        public int Count => _took.Count;

        public double Slowest => _took.Skip(1).Max();

        public double MemoryRatio => (double)Fifth(4) / Fifth(1);

        public string MemoryText => string.Create(CultureInfo.InvariantCulture, $"{Fifth(1) / 1048576.0:0.0} MiB, then {Fifth(4) / 1048576.0:0.0} MiB live");

        public void Report(RunEvent happened)
        {
            if (happened is not WatchLooked)
                return;
            _took.Add(Stopwatch.GetElapsedTime(_last).TotalMilliseconds);
            if (_took.Count % 50 == 0)
                _memory.Add(GC.GetTotalMemory(forceFullCollection: true));
            _last = Stopwatch.GetTimestamp();
        }

        public double Median(int from, int count) => _took.Skip(from).Take(count).Order().ElementAt(count / 2);

        private long Fifth(int nth) => (long)_memory.Skip(_memory.Count * nth / 5).Take(_memory.Count / 5).Average();
    }
}
