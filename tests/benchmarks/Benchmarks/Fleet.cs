using System.Globalization;
using System.Text;
using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Benchmarks;

/// <summary>One tick of a watch over a fleet, against what the server itself takes to answer the same queries.</summary>
internal static class Fleet
{
    private const int Instances = 10_000;
    private const int Metrics = 5;
    private const int SideBySide = 8;
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static void Measure(string work)
    {
        using var server = PrometheusServer.Start(work, "fleet", Write);
        if (server is null)
        {
            Console.Out.WriteLine("A tick over a fleet: not measured, prometheus and promtool are not on the PATH.");
            return;
        }
        using var http = new HttpClient();
        using var reader = Reader(work, server.Address, out var runbook);
        var queries = Enumerable.Range(0, Metrics).SelectMany(m => (string[])
            [$"fleet_m{m}", $"time() - min(timestamp(fleet_m{m}))"]).ToList();
        var (ours, theirs, ratio) = Paired.Measure(15, () => Tick(reader, runbook), () => Ask(http, server.Address, queries));
        Paired.Print($"a tick: {Metrics} metrics of {Instances:N0} series each, read and judged, over the server's own time", ratio, "x", 1.25,
            Paired.Ms(ours, theirs));
        // Wall time hides what runs while the server still computes; this doesn't.
        var (reading, dropping) = (Cpu(() => Tick(reader, runbook)), Cpu(() => Ask(http, server.Address, queries)));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  our own processor time: {reading:0} ms a tick; a client that drops the same bytes unread: {dropping:0} ms"));
    }

    private static double Cpu(Action action)
    {
        const int Times = 10;
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Times; i++)
            action();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Times;
    }

    private static void Tick(MetricReader reader, Runbook runbook)
    {
        var gate = runbook.Gates[0];
        var needs = MetricNeeds.Of(gate.Criteria.Select(c => c.Expect!), runbook.Metrics);
        var look = reader.ReadAsync(needs, CancellationToken.None).GetAwaiter().GetResult();
        var result = GateJudge.Judge(gate, new GateInput(look) { Metrics = runbook.Metrics });
        if (result.Decision != Decision.Go || result.Findings.Any(f => f.Samples != Instances))
            throw new InvalidOperationException(result.Findings[0].Text);
    }

    private static void Ask(HttpClient http, string address, List<string> queries)
    {
        using var turns = new SemaphoreSlim(SideBySide);
        Task.WhenAll(queries.Select(async query =>
        {
            await turns.WaitAsync();
            try
            {
                var url = $"{address}/api/v1/query?query={Uri.EscapeDataString(query)}&time={Now.ToUnixTimeSeconds()}";
                using var response = await http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead);
                response.EnsureSuccessStatusCode();
                await response.Content.CopyToAsync(Stream.Null);
            }
            finally
            {
                turns.Release();
            }
        })).GetAwaiter().GetResult();
    }

    private static MetricReader Reader(string work, string address, out Runbook runbook)
    {
        var text = new StringBuilder($"runbook: fleet\nsources: {{ prometheus: {{ url: '{address}' }} }}\nmetrics:\n");
        for (var m = 0; m < Metrics; m++)
            text.Append(CultureInfo.InvariantCulture, $"  m{m}: {{ prometheus: fleet_m{m}, reduce: each }}\n");
        text.Append("gates:\n  fleet:\n");
        for (var m = 0; m < Metrics; m++)
            text.Append(CultureInfo.InvariantCulture, $"    - m{m} < 1000000.0\n");
        text.Append("phases: [{ phase: all, steps: [{ id: s, confirm: ready }] }]\n");
        var file = Path.Combine(work, "fleet.yaml");
        File.WriteAllText(file, text.ToString());
        runbook = RunbookReader.Load(file);
        var bound = ParameterBinder.Bind(runbook, new Dictionary<string, string>());
        var scope = BindingScope.ForRun(bound, ParameterBinder.ReleaseOf(runbook, bound), new Dictionary<string, string>());
        return new MetricReader(runbook, scope, SecretMask.None, new Noon());
    }

    private static void Write(TextWriter text)
    {
        for (var m = 0; m < Metrics; m++)
            for (var n = 0; n < Instances; n++)
                for (var at = Now.ToUnixTimeSeconds() - 30; at <= Now.ToUnixTimeSeconds(); at += 15)
                    text.Write(string.Create(CultureInfo.InvariantCulture,
                        $"fleet_m{m}{{cluster=\"eu-1\",instance=\"10.0.{n / 256}.{n % 256}:9090\",job=\"checkout\",pod=\"checkout-{n:x6}\"}} {n * 1.37} {at}\n"));
    }

    /// <summary>The time of the history's end; timers go on.</summary>
    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
