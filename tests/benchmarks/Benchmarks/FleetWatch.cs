using System.Diagnostics;
using System.Globalization;
using ReleaseOps.Expressions;
using ReleaseOps.Gates;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Benchmarks;

/// <summary>What judging a watched fleet costs, without the reading: day-one thresholds series by series, and an objective over a month.</summary>
internal static class FleetWatch
{
    private const int Services = 2000;
    private const int Conditions = 5;
    private const int Ticks = 1000;

    public static void Measure()
    {
        Fleet();
        Month();
    }

    private static void Fleet()
    {
        var labels = Enumerable.Range(0, Services)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{{instance=\"10.0.{i / 256}.{i % 256}:9090\", service=\"service-{i}\"}}")).ToArray();
        var conditions = Enumerable.Range(0, Conditions).Select(m => new Criterion(CelExpression.TryParse($"m{m} > 0.5", out _)!, default)).ToArray();
        // What a fold keeps of a fleet: since when each series has held.
        var held = Enumerable.Range(0, Conditions).Select(_ => new Dictionary<ulong, TriggerState>()).ToArray();
        for (var tick = 0; tick < 50; tick++)
            Tick(tick, labels, conditions, held);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var took = TimeSpan.Zero;
        for (var tick = 50; tick < 50 + Ticks; tick++)
            took += Tick(tick, labels, conditions, held);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Paired.Print(string.Create(CultureInfo.InvariantCulture, $"a tick of a watch: {Services:N0} services x {Conditions} conditions"),
            took.TotalMilliseconds / Ticks, "ms", 20, string.Create(CultureInfo.InvariantCulture, $"memory kept after {Ticks:N0} ticks: {kept / 1024} KiB"));
        GC.KeepAlive(held);
    }

    private static TimeSpan Tick(int tick, string[] labels, Criterion[] conditions, Dictionary<ulong, TriggerState>[] held)
    {
        var at = DateTimeOffset.UnixEpoch.AddMinutes(tick);
        // One series in twenty is bad, not always the same ones, and one in a hundred can't be told.
        var input = new GateInput(new Snapshot(at)
        {
            Metrics = Enumerable.Range(0, Conditions).Select(m => new Measurement("m" + m.ToString(CultureInfo.InvariantCulture), "q")
            {
                Reduce = Reduce.Each,
                Series = [.. labels.Select((l, i) => new SeriesValue(l, i % 100 == 7 ? double.NaN : (i + tick / 10 + m) % 20 == 0 ? 0.9 : 0.1))],
            }).ToDictionary(m => m.Metric, StringComparer.Ordinal),
        });
        var began = Stopwatch.GetTimestamp();
        for (var c = 0; c < conditions.Length; c++)
        {
            var look = ConditionJudge.Judge(conditions[c], input, "c");
            var next = new Dictionary<ulong, TriggerState>();
            foreach (var series in look.Holding!)
                next[series] = held[c].GetValueOrDefault(series, TriggerState.Fresh).Look(true, at, TimeSpan.FromMinutes(3));
            foreach (var series in look.Untold)
                next[series] = held[c].GetValueOrDefault(series, TriggerState.Fresh).Look(null, at, TimeSpan.FromMinutes(3));
            held[c] = next;
        }
        return Stopwatch.GetElapsedTime(began);
    }

    private static void Month()
    {
        var slo = new Slo("availability", 99.9, new Template("requests_total", default));
        var tracker = new SloTracker(slo, [], null);
        var at = DateTimeOffset.UnixEpoch;
        double Go(int days)
        {
            var (steps, began) = (days * 288, Stopwatch.GetTimestamp());
            for (var i = 0; i < steps; i++)
            {
                tracker.Take(new SloCount(at += slo.Step, i % 50 == 0 ? 3 : 0, 1000));
                if (tracker.Standing.Burns.Count != 4)
                    throw new InvalidOperationException(tracker.Standing.Text);
            }
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds * 1000 / steps;
        }
        Go(30);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var took = Go(30);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Paired.Print("an objective: a step taken, and where it stands then", took, "us", 50,
            string.Create(CultureInfo.InvariantCulture, $"memory grown in the second month: {kept / 1024} KiB"));
    }
}
