using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ReleaseOps.Expressions;
using ReleaseOps.Reviews;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Benchmarks;

/// <summary>A review in a process of its own, so that its memory is its own, too.</summary>
internal static class ReviewChild
{
    internal static readonly Review Rules = new()
    {
        Latency = [new("execute_from_packet"), new("commander_router")],
        Counters =
        [
            new("cooldown_transition_total",
                new() { Stage = "commander_router", Event = "transition", Where = new Dictionary<string, string> { ["payload.transition"] =
                    "cooldown" } }),
            new("intervention_total", new() { Stage = "commander_router", Event = "intervention" }),
        ],
        Floor =
        [
            new("duplicate_execution", new() { Stage = "execute_from_packet", Event = "start" }) { Duplicate = ["run_id"] },
            new("mode_leakage", new() { When = new(CelExpression.TryParse("has(payload.mode) && payload.mode != 'real'", out _)!, default) }),
        ],
    };

    /// <summary>Counts the file as often as it is told, and prints the counts, the seconds of each time, and the most memory that it had.</summary>
    public static int Measure(string file, int rounds, bool index)
    {
        DayCounts? counts = null;
        var seconds = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            var began = Stopwatch.GetTimestamp();
            counts = Count(file, index);
            seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        Console.Out.WriteLine(JsonSerializer.Serialize(new { counts, seconds, peak = Peak() }));
        return 0;
    }

    public static DayCounts Count(string file, bool index) =>
        LogReview.CountAsync([LogSource.File(file)], Rules, EventLog.Reviewed, new LogReadOptions { Index = index }, null, CancellationToken.None)
            .GetAwaiter().GetResult();

    /// <summary>The most memory that this process had, in bytes (proc(5), VmHWM); 0 where the system doesn't say.</summary>
    private static long Peak() => !OperatingSystem.IsLinux() ? 0 : File.ReadLines("/proc/self/status").Where(l => l.StartsWith("VmHWM:",
        StringComparison.Ordinal))
        .Select(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024).First();
}
