using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ReleaseOps.Reviews;

namespace ReleaseOps.Benchmarks;

/// <summary>
/// The daily counts of an event log, each program in a process of its own on the same file, with the page cache warm: ours, jq, Python's json and,
/// where Python has it, DuckDB. RELEASEOPS_BENCH_GB says how large the log is; 1 unless told otherwise.
/// </summary>
internal static class EventLogReview
{
    private const long Gigabyte = 1_000_000_000;
    private static readonly double From = new DateTimeOffset(EventLog.Reviewed.ToDateTime(default), TimeSpan.Zero).ToUnixTimeSeconds();

    // The lines of the day are gathered first: counting in a reduce copies its state again and again, and takes several times as long.
    private static readonly string Jq = string.Create(CultureInfo.InvariantCulture, $$$"""
        [inputs | select(.ts >= {{{From}}} and .ts < {{{From + 86400}}}) | {ts, run_id, stage, event, transition: .payload.transition, mode: .payload.mode}]
        | map(select(.event == "error")) as $errors | map(select(.stage == "execute_from_packet")) as $executed
        | ($executed | map(select(.event == "start")) | group_by(.run_id)) as $starts
        | [length, ($errors | length), (map(.run_id) | unique | length), ($errors | map(.run_id) | unique | length),
          (map(select(.stage == "commander_router" and .event == "transition" and (.transition | ascii_downcase) == "cooldown")) | length),
          (map(select(.stage == "commander_router" and .event == "intervention")) | length),
          ($starts | map(length - 1) | add), (map(select(.mode != null and .mode != "real")) | length),
          ($executed | map(select(.event == "start" or .event == "end")) | group_by(.run_id)
            | map(select(length == 2) | .[1].ts - .[0].ts) | sort | .[((length * 95 + 99) / 100 | floor) - 1])]
        """);

    private static readonly string Python = string.Create(CultureInfo.InvariantCulture, $$"""
        import json, sys
        lo, hi = {{From}}, {{From + 86400}}
        n = e = c = i = d = m = bad = 0; runs = set(); failed = set(); stages = {}; began = {}; took = []
        for line in open(sys.argv[1], 'rb'):
            try: l = json.loads(line)
            except ValueError: bad += 1; continue
            ts = l['ts']
            if not lo <= ts < hi: continue
            n += 1; run, stage, ev = l['run_id'], l['stage'], l['event']; runs.add(run)
            m += l['payload'].get('mode', 'real') != 'real'
            if ev == 'error': e += 1; failed.add(run); stages[stage] = stages.get(stage, 0) + 1
            if stage == 'commander_router':
                if ev == 'transition' and l['payload']['transition'].lower() == 'cooldown': c += 1
                elif ev == 'intervention': i += 1
            elif stage == 'execute_from_packet':
                if ev == 'start': d += run in began; began[run] = ts
                elif ev == 'end' and run in began: took.append(ts - began[run])
        took.sort(); print(json.dumps([n, e, len(runs), len(failed), c, i, d, m, took[(len(took) * 95 + 99) // 100 - 1]]))
        """);

    private static readonly string Duck = string.Create(CultureInfo.InvariantCulture, $$"""
        import duckdb, json, sys
        q = duckdb.connect(); q.execute("SET threads TO 2")
        q.execute("CREATE TEMP TABLE d AS SELECT * FROM read_json(?, format='newline_delimited', ignore_errors=true, columns={ts: 'DOUBLE', run_id: 'VARCHAR', stage: 'VARCHAR', event: 'VARCHAR', payload: 'JSON'}) WHERE ts >= {{From}} AND ts < {{From + 86400}}", [sys.argv[1]])
        r = q.execute('''SELECT count(*), count(*) FILTER (event = 'error'), count(DISTINCT run_id), count(DISTINCT run_id) FILTER (event = 'error'),
          count(*) FILTER (stage = 'commander_router' AND event = 'transition' AND lower(payload->>'transition') = 'cooldown'),
          count(*) FILTER (stage = 'commander_router' AND event = 'intervention'),
          (SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM d WHERE stage = 'execute_from_packet' AND event = 'start' GROUP BY run_id)),
          count(*) FILTER (payload->>'mode' <> 'real'),
          (SELECT quantile_disc(e.ts - s.ts, 0.95) FROM d s JOIN d e USING (run_id) WHERE s.stage = 'execute_from_packet' AND s.event = 'start' AND e.stage = s.stage AND e.event = 'end') FROM d''').fetchone()
        print(json.dumps(list(r)))
        """);

    public static void Measure(string work)
    {
        var gigabytes = int.Parse(Environment.GetEnvironmentVariable("RELEASEOPS_BENCH_GB") ?? "1", CultureInfo.InvariantCulture);
        var (log, tiny) = (Path.Combine(work, "log.jsonl"), Path.Combine(work, "tiny.jsonl"));
        foreach (var days in new[] { 1, EventLog.Days })
        {
            var about = days == 1 ? "a log of the day" : $"{days} days";
            EventLog.Write(log, gigabytes * Gigabyte, EventLog.Reviewed.AddDays(-days / 2), days, malformedEach: 0);
            File.WriteAllLines(tiny, File.ReadLines(log).Take(1));
            Ours(log);
            var counts = Ours(log);
            Memory(tiny, log, $"{gigabytes} GB, {about}");
            Against(about, "jq 1.6", 100, log, counts, "jq", "-n", "-c", Jq, log);
            Against(about, "Python's json", 15, log, counts, "python3", "-c", Python, log);
            if (Run("python3", "-c", "import duckdb").Exit == 0)
                Against(about, "DuckDB", 1, log, counts, "python3", "-c", Duck, log);
            else
                Console.Out.WriteLine("DuckDB: not measured, Python has no duckdb.");
        }
        Index(log);
        var dirty = Path.Combine(work, "dirty.jsonl");
        EventLog.Write(dirty, gigabytes * Gigabyte, EventLog.Reviewed.AddDays(-EventLog.Days / 2), EventLog.Days, malformedEach: 100);
        Ours(dirty);
        var (slow, fast, ratio) = Paired.Measure(7, () => Ours(dirty), () => Ours(log));
        Paired.Print("1 % of the lines malformed, over none", ratio, "x", 1.2, Paired.Ms(slow, fast));
    }

    // The first and the last of three are ours, so that a machine that slows down slows both.
    private static void Against(string about, string name, double aim, string file, string counts, string program, params string[] arguments)
    {
        var before = Timed(() => Ours(file));
        Answer answer = default;
        var theirs = Timed(() => answer = Run(program, arguments));
        var ours = (before + Timed(() => Ours(file))) / 2;
        if (answer.Exit != 0)
        {
            Console.Out.WriteLine($"{name}: not measured, {program} ended with {answer.Exit}: {answer.Text}");
            return;
        }
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{$"{about}: {name} over ours, each a process",-64} {theirs / ours,7:0.0} x   (aim: at least {aim})  {(theirs / ours >= aim ? "met   " : "MISSED")}  {theirs:0.00} s against {ours:0.000} s"));
        Console.Out.WriteLine($"  theirs {answer.Text}  ours {counts}");
    }

    private static void Memory(string tiny, string file, string about)
    {
        var (host, all) = (Child(tiny).GetProperty("peak").GetInt64(), Child(file).GetProperty("peak").GetInt64());
        Paired.Print($"memory over the host process, {about}", (all - host) / 1048576.0, "MiB", 64,
            string.Create(CultureInfo.InvariantCulture, $"{all / 1048576.0:0} MiB over {host / 1048576.0:0} MiB at one line"));
    }

    private static void Index(string file)
    {
        var began = Stopwatch.GetTimestamp();
        ReviewChild.Count(file, index: true);
        var making = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var (full, day, ratio) = Paired.Measure(25, () => ReviewChild.Count(file, index: false), () => ReviewChild.Count(file, index: true));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{"one day of 30, the full pass over the index",-64} {ratio,7:0.0} x   (aim: at least 20)  {(ratio >= 20 ? "met   " : "MISSED")}  {full:0.0} ms against {day:0.0} ms; making it {making:0} ms, {new FileInfo(file + ".day-index").Length / 1024} KiB"));
    }

    private static string Ours(string file)
    {
        var counts = Child(file).GetProperty("counts").Deserialize<DayCounts>()!;
        return JsonSerializer.Serialize(new object?[]
        {
            counts.EventTotal, counts.ErrorTotal, counts.RunTotal, counts.FailedRunTotal, counts.Counters[0].Total, counts.Counters[1].Total,
            counts.Floor[0].Total, counts.Floor[1].Total, counts.Latency[0].P95,
        });
    }

    private static JsonElement Child(string file)
    {
        var answer = Run(Environment.ProcessPath!, "review-child", file, "1", "no");
        if (answer.Exit != 0)
            throw new InvalidOperationException(answer.Text);
        return JsonDocument.Parse(answer.Text).RootElement;
    }

    private static double Timed(Action action)
    {
        var began = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static Answer Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError =
                true
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return new Answer(process.ExitCode, text + errors.GetAwaiter().GetResult().Trim());
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new Answer(127, e.Message);
        }
    }

    private readonly record struct Answer(int Exit, string Text);
}
