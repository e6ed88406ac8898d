using System.Globalization;
using System.Text;
using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Benchmarks;

/// <summary>A day of looks at twenty metrics, judged by a gate and by twenty triggers: what a watch costs beside the reading.</summary>
internal static class WatchDay
{
    private const int Metrics = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static void Measure()
    {
        var runbook = Book();
        Day(runbook);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Day(runbook);
        var took = watch.Elapsed;
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Paired.Print($"a simulated day: {Metrics} metrics every 30 s, a gate and {Metrics} triggers", took.TotalSeconds, "s", 2,
            string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds * 1000 / (TimeSpan.FromDays(1) / Interval):0} us a look; memory kept: {grown / 1024} KiB"));
    }

    private static void Day(Runbook runbook)
    {
        var states = runbook.Triggers.ToDictionary(t => t.Name, _ => TriggerState.Fresh, StringComparer.Ordinal);
        for (var at = Noon; at < Noon.AddDays(1); at += Interval)
        {
            // One look in ten sees nothing, one in seven is bad: what costs most must occur.
            var look = (int)((at - Noon) / Interval);
            var input = new GateInput(new Snapshot(at) { Metrics = Seen(look) }) { Metrics = runbook.Metrics };
            GateJudge.Judge(runbook.Gates[0], input);
            foreach (var trigger in runbook.Triggers)
                states[trigger.Name] = TriggerJudge.Judge(trigger, states[trigger.Name], input, Interval * 2.5).State;
        }
    }

    private static Dictionary<string, Measurement> Seen(int look)
    {
        var seen = new Dictionary<string, Measurement>(Metrics, StringComparer.Ordinal);
        for (var m = 0; m < Metrics; m++)
        {
            var name = "m" + m.ToString(CultureInfo.InvariantCulture);
            seen[name] = (look + m) % 10 == 0
                ? new Measurement(name, "query") { CouldNotTell = ErrorId.NoData, Detail = "no series" }
                : new Measurement(name, "query") { Value = (look + m) % 7 == 0 ? 9 : 0.2 + look * 1e-6 };
        }
        return seen;
    }

    private static Runbook Book()
    {
        var text = new StringBuilder("runbook: day\nsources: { prometheus: { url: 'http://127.0.0.1' } }\nmetrics:\n");
        for (var m = 0; m < Metrics; m++)
            text.Append(CultureInfo.InvariantCulture, $"  m{m}: {{ prometheus: q{m}, unit: '%' }}\n");
        text.Append("gates:\n  all:\n");
        for (var m = 0; m < Metrics; m++)
            text.Append(CultureInfo.InvariantCulture, $"    - m{m} < 5.0\n");
        text.Append("triggers:\n");
        for (var m = 0; m < Metrics; m++)
            text.Append(CultureInfo.InvariantCulture, $"  t{m}: {{ when: m{m} >= 5.0, for: 10m, then: rollback }}\n");
        text.Append("phases: [{ phase: all, steps: [{ id: s, confirm: ready }] }]\n");
        return RunbookReader.Parse(Encoding.UTF8.GetBytes(text.ToString()), "/day.yaml").Runbook!;
    }
}
