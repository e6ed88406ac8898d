using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Reviews;

/// <summary>What the lines of one day come to.</summary>
internal sealed partial class DayTally
{
    private readonly Review _rules;
    private readonly DateOnly _day;
    private readonly double _from;
    private readonly double _to;
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Count, int Seen)> _stages = new(StringComparer.Ordinal);
    private readonly List<(long Total, List<string> Places)> _counters;
    private readonly List<(long Total, List<string> Places)> _floor;
    private readonly List<HashSet<string>> _seen;
    private readonly Dictionary<(int Span, string Run), List<(double At, bool End, long Order)>> _marks = [];
    private readonly List<string> _places = [];
    private long _lines, _events, _errors, _blank, _malformed, _undated, _wrong, _long, _order;
    private bool _truncated;

    public DayTally(Review rules, DateOnly day)
    {
        (_rules, _day) = (rules, day);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(rules.Zone);
        (_from, _to) = (Begin(day, zone), day == DateOnly.MaxValue ? double.MaxValue : Begin(day.AddDays(1), zone));
        _counters = [.. rules.Counters.Select(_ => (0L, new List<string>()))];
        _floor = [.. rules.Floor.Select(_ => (0L, new List<string>()))];
        _seen = [.. rules.Floor.Select(_ => new HashSet<string>(StringComparer.Ordinal))];
    }

    public void Blank() => (_lines, _blank) = (_lines + 1, _blank + 1);

    public void TooLong(string file, long line)
    {
        _long++;
        Malformed(file, line, "it is longer than what is read of a line", truncated: false);
    }

    public void Malformed(string file, long line, string what, bool truncated)
    {
        (_lines, _malformed, _truncated) = (_lines + 1, _malformed + 1, _truncated || truncated);
        Note(file, line, what);
    }

    public void Take(JsonElement root, string file, long line)
    {
        _lines++;
        _order++;
        if (Time(Last(root, "ts")) is not { } at)
        {
            _undated++;
            Note(file, line, "its ts is no time");
            return;
        }
        if (at < _from || at >= _to)
            return;
        _events++;
        var (isWrong, run) = Text(root, "run_id");
        var (stageIsWrong, stage) = Text(root, "stage");
        var (eventIsWrong, name) = Text(root, "event");
        if (isWrong || stageIsWrong || eventIsWrong)
        {
            _wrong++;
            Note(file, line, "its run_id, stage or event is no text");
        }
        if (run.Length > 0)
            _runs.Add(run);
        if (name == _rules.ErrorEvent)
        {
            _errors++;
            if (run.Length > 0)
                _failed.Add(run);
            var of = stage.Length > 0 ? stage : "unknown";
            _stages[of] = _stages.TryGetValue(of, out var known) ? (known.Count + 1, known.Seen) : (1, _stages.Count);
        }
        for (var i = 0; i < _rules.Latency.Count; i++)
        {
            var span = _rules.Latency[i];
            if (span.Stage == stage && run.Length > 0 && (name == span.Start || name == span.End))
            {
                if (!_marks.TryGetValue((i, run), out var marks))
                    _marks[(i, run)] = marks = [];
                marks.Add((at, name == span.End, _order));
            }
        }
        for (var i = 0; i < _rules.Counters.Count; i++)
        {
            if (Fits(_rules.Counters[i].Lines, root, stage, name, run, at))
                _counters[i] = Counted(_counters[i], file, line);
        }
        for (var i = 0; i < _rules.Floor.Count; i++)
        {
            var rule = _rules.Floor[i];
            if (Fits(rule.Lines, root, stage, name, run, at)
                && (rule.Duplicate.Count == 0 || !_seen[i].Add(string.Join('\u001f', rule.Duplicate.Select(p => Find(root, p)?.ToString() ?? "\u001e")))))
                _floor[i] = Counted(_floor[i], file, line);
        }
    }

    public DayCounts Counts() => new()
    {
        Day = _day,
        EventTotal = _events,
        ErrorTotal = _errors,
        RunTotal = _runs.Count,
        FailedRunTotal = _failed.Count,
        StageErrorTop = [.. _stages.OrderByDescending(s => s.Value.Count).ThenBy(s => s.Value.Seen).Take(5).Select(s => new StageErrors(s.Key, s.Value.Count))],
        Counters = [.. _rules.Counters.Zip(_counters, (rule, c) => new NamedCount(rule.Name, c.Total) { Places = c.Places })],
        Floor = [.. _rules.Floor.Zip(_floor, (rule, c) => new NamedCount(rule.Name, c.Total) { Places = c.Places })],
        Latency = [.. _rules.Latency.Select((span, i) => Latency(span, _marks.Where(m => m.Key.Span == i).Select(m => m.Value)))],
        Faults = new LogFaults
        {
            Lines = _lines,
            Blank = _blank,
            Malformed = _malformed,
            Undated = _undated,
            WrongType = _wrong,
            TooLong = _long,
            TruncatedEnd = _truncated,
            Places = _places,
        },
    };

    private static StageLatency Latency(StageSpan span, IEnumerable<List<(double At, bool End, long Order)>> runs)
    {
        var (values, unpaired) = (new List<double>(), 0L);
        foreach (var marks in runs)
        {
            double? open = null;
            foreach (var (at, end, _) in marks.OrderBy(m => m.At).ThenBy(m => m.End).ThenBy(m => m.Order))
            {
                if (end && open is { } start)
                    (open, _) = (null, Add(values, at - start));
                else if (end)
                    unpaired++;
                else
                    (open, unpaired) = (at, unpaired + (open is null ? 0 : 1));
            }
            unpaired += open is null ? 0 : 1;
        }
        values.Sort();
        return new StageLatency(span.Stage)
        {
            Count = values.Count,
            Unpaired = unpaired,
            P50 = Rank(values, 0.50),
            P95 = Rank(values, 0.95),
            P99 = Rank(values, 0.99),
        };
    }

    private static bool Add(List<double> values, double value)
    {
        values.Add(value);
        return true;
    }

    private static double? Rank(List<double> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[(int)Math.Ceiling(share * sorted.Count) - 1];

    private static bool Fits(EventSelector lines, JsonElement root, string stage, string name, string run, double at)
    {
        if ((lines.Stage is not null && lines.Stage != stage) || (lines.Event is not null && lines.Event != name)
            || lines.Where.Any(w => Find(root, w.Key) is not { ValueKind: JsonValueKind.String } value
                || !string.Equals(value.GetString(), w.Value, StringComparison.OrdinalIgnoreCase)))
            return false;
        return lines.When is not { } when || when.Expression.Evaluate(new Dictionary<string, object?>
        {
            ["ts"] = at,
            ["run_id"] = run,
            ["stage"] = stage,
            ["event"] = name,
            ["payload"] = Last(root, "payload"),
        }).Value is true;
    }

    private static (long, List<string>) Counted((long Total, List<string> Places) count, string file, long line)
    {
        if (count.Places.Count < 10)
            count.Places.Add(FormattableString.Invariant($"{file}:{line}"));
        return (count.Total + 1, count.Places);
    }

    private void Note(string file, long line, string what)
    {
        if (_places.Count < 100)
            _places.Add(FormattableString.Invariant($"{file}:{line}: {what}"));
    }

    private static JsonElement? Find(JsonElement root, string path)
    {
        JsonElement? found = root;
        foreach (var part in path.Split('.'))
            found = found is { ValueKind: JsonValueKind.Object } map ? Last(map, part) : null;
        return found;
    }

    private static JsonElement? Last(JsonElement map, string name) => map.TryGetProperty(name, out var value) ? value : null;

    private static (bool IsWrong, string Text) Text(JsonElement root, string name) => Last(root, name) switch
    {
        { ValueKind: JsonValueKind.String } text => (false, text.GetString()!),
        null => (false, ""),
        _ => (true, ""),
    };

    private static double Begin(DateOnly day, TimeZoneInfo zone)
    {
        var at = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(at))
            at = at.AddMinutes(1);
        return (at - zone.GetUtcOffset(at) - DateTime.UnixEpoch).TotalSeconds;
    }

    private static double? Time(JsonElement? ts)
    {
        double? seconds = ts switch
        {
            { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
            { ValueKind: JsonValueKind.String } text => TimeOf(text.GetString()!.Trim()),
            _ => null,
        };
        return seconds is >= -62135596800 and < 253402300800 ? seconds : null;
    }

    private static double? TimeOf(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number;
        return Iso().IsMatch(text) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? (at.UtcTicks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond : null;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?)?$")]
    private static partial Regex Iso();
}
