using System.Globalization;
using System.Text;
using ReleaseOps.Gates;
using ReleaseOps.Probes;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Benchmarks;

/// <summary>A day of looks made up for from history, against what the server itself takes to answer the same range queries.</summary>
internal static class HistoryDay
{
    private const int Metrics = 20;
    private const int Pods = 10;
    private const int Minutes = 1440;
    private const int SideBySide = 8;
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset From = Noon.AddMinutes(1 - Minutes);

    public static void Measure(string work)
    {
        using var server = PrometheusServer.Start(work, "history", Write);
        if (server is null)
        {
            Console.Out.WriteLine("A day from history: not measured, prometheus and promtool are not on the PATH.");
            return;
        }
        using var http = new HttpClient();
        using var reader = Reader(work, server.Address);
        var needs = new MetricNeeds(Enumerable.Range(0, Metrics).Select(m => $"m{m}").ToHashSet(), new HashSet<string>());
        var queries = Enumerable.Range(0, Metrics).SelectMany(m => (string[])[Query(m), $"time() - max(timestamp(m{m}_total))"])
            .SelectMany(q => (string[])[Url(q, 0, 59), Url(q, 60, Minutes - 1)]).Select(u => new Uri(server.Address + u)).ToList();
        var (ours, theirs, ratio) = Paired.Measure(5, () => Day(reader, needs).GetAwaiter().GetResult(), () => Ask(http, queries).GetAwaiter().GetResult());
        Paired.Print($"a day of {Metrics} metrics a minute read from history, over the server's own time", ratio, "x", 1.5,
            Paired.Ms(ours, theirs) + $", {queries.Count} queries");
    }

    private static string Query(int m) => $"sum(rate(m{m}_total[5m]))";

    private static string Url(string query, int first, int last) => string.Create(CultureInfo.InvariantCulture,
        $"/api/v1/query_range?query={Uri.EscapeDataString(query)}&start={From.AddMinutes(first).ToUnixTimeSeconds()}&end={From.AddMinutes(last).ToUnixTimeSeconds()}&step=60");

    private static async Task Day(MetricReader reader, MetricNeeds needs)
    {
        var looks = 0;
        await foreach (var look in reader.ReadHistoryAsync(needs, From, TimeSpan.FromMinutes(1), Minutes, CancellationToken.None))
        {
            looks++;
            if (look.Metrics.Values.FirstOrDefault(m => m.Value is null) is { } untold)
                throw new InvalidOperationException(untold.Detail);
        }
        if (looks != Minutes)
            throw new InvalidOperationException($"{looks} looks");
    }

    private static async Task Ask(HttpClient http, List<Uri> queries)
    {
        using var turns = new SemaphoreSlim(SideBySide);
        await Task.WhenAll(queries.Select(async query =>
        {
            await turns.WaitAsync();
            try
            {
                using var response = await http.GetAsync(query, HttpCompletionOption.ResponseHeadersRead);
                response.EnsureSuccessStatusCode();
                await response.Content.CopyToAsync(Stream.Null);
            }
            finally
            {
                turns.Release();
            }
        }));
    }

    private static MetricReader Reader(string work, string address)
    {
        var text = new StringBuilder($"runbook: history\nsources: {{ prometheus: {{ url: '{address}' }} }}\nmetrics:\n");
        for (var m = 0; m < Metrics; m++)
            text.Append(CultureInfo.InvariantCulture, $"  m{m}: {{ prometheus: '{Query(m)}' }}\n");
        text.Append("phases: [{ phase: all, steps: [{ id: s, confirm: ready }] }]\n");
        var file = Path.Combine(work, "history.yaml");
        File.WriteAllText(file, text.ToString());
        var runbook = RunbookReader.Load(file);
        var bound = ParameterBinder.Bind(runbook, new Dictionary<string, string>());
        var scope = BindingScope.ForRun(bound, ParameterBinder.ReleaseOf(runbook, bound), new Dictionary<string, string>());
        return new MetricReader(runbook, scope, SecretMask.None, TimeProvider.System);
    }

    private static void Write(TextWriter text)
    {
        for (var m = 0; m < Metrics; m++)
            for (var pod = 0; pod < Pods; pod++)
                for (var n = 0; n <= (Minutes + 10) * 2; n++)
                    text.Write(string.Create(CultureInfo.InvariantCulture,
                        $"m{m}_total{{pod=\"checkout-{pod}\"}} {n * (pod + 1)} {From.ToUnixTimeSeconds() - 600 + (n * 30)}\n"));
    }
}
