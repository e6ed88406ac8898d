using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ReleaseOps.Reviews;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Reviews;

/// <summary>A review written straight from the rules, on whole lists of everything: slow, and with no line of the engine's reading of logs.</summary>
internal sealed partial class SlowReview(Review review, DateOnly day)
{
    private readonly List<Item> _items = [];
    private readonly List<(long Order, string Text)> _faults = [];
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(review.Zone);
    private long _order;
    private long _lines;
    private long _blank;
    private long _malformed;
    private long _undated;
    private long _wrongType;
    private long _unjudged;
    private long _amongDay;
    private bool _truncated;

    private sealed record Item(double Seconds, string Run, string Stage, string Event, JsonElement? Payload, string Place, long Order);

    internal static DayCounts Of(IEnumerable<(string Name, byte[] Bytes)> parts, Review review, DateOnly day)
    {
        var slow = new SlowReview(review, day);
        foreach (var (name, bytes) in parts)
            slow.Read(name, bytes);
        return slow.Result();
    }

    private void Read(string name, byte[] bytes)
    {
        var from = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        var kinds = new List<string>();
        for (var number = 1; from < bytes.Length; number++)
        {
            var end = from;
            while (end < bytes.Length && bytes[end] is not (10 or 13))
                end++;
            var kind = Line(bytes[from..end], $"{name}:{number}");
            kinds.Add(kind);
            _truncated |= end == bytes.Length && kind == "malformed";
            from = end + 1;
            if (end + 1 < bytes.Length && bytes[end] == 13 && bytes[end + 1] == 10)
                from++;
        }
        for (var i = 0; i < kinds.Count; i++)
        {
            var (before, after) = (kinds[..i].FindLast(k => k is "event" or "other"), kinds[i..].Find(k => k is "event" or "other"));
            if (kinds[i] is "malformed" or "undated" && (before == "event" || after == "event" || (before ?? after) is null))
                _amongDay++;
        }
    }

    private string Line(byte[] line, string place)
    {
        _lines++;
        _order++;
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(line);
        }
        catch (DecoderFallbackException)
        {
            return Malformed(place);
        }
        if (text.All(char.IsWhiteSpace))
        {
            _blank++;
            return "blank";
        }
        JsonElement json;
        try
        {
            json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 }).RootElement;
        }
        catch (JsonException)
        {
            return Malformed(place);
        }
        if (json.ValueKind != JsonValueKind.Object)
            return Malformed(place);
        if (Seconds(Field(json, "ts")) is not { } seconds)
        {
            _undated++;
            _faults.Add((_order, $"{place}: ts is missing or no time"));
            return "undated";
        }
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(seconds)), _zone);
        if (DateOnly.FromDateTime(local.DateTime) != day)
            return "other";
        var wrong = new List<string>();
        var (run, stage, happened) = (Text(json, "run_id", wrong), Text(json, "stage", wrong), Text(json, "event", wrong));
        if (wrong.Count > 0)
        {
            _wrongType++;
            _faults.Add((_order, $"{place}: {string.Join(" and ", wrong)} {(wrong.Count == 1 ? "is no text" : "are no texts")}"));
        }
        _items.Add(new Item(seconds, run, stage, happened, Field(json, "payload"), place, _order));
        return "event";
    }

    private string Malformed(string place)
    {
        _malformed++;
        _faults.Add((_order, $"{place}: no JSON object"));
        return "malformed";
    }

    private static JsonElement? Field(JsonElement json, string name)
    {
        JsonElement? found = null;
        foreach (var member in json.EnumerateObject())
            if (NameOf(member) == name)
                found = member.Value;
        return found;
    }

    private static string NameOf(JsonProperty member) =>
        Decoded(JsonDocument.Parse($"\"{Encoding.UTF8.GetString(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8PropertyName(member))}\"").RootElement);

    private static string Text(JsonElement json, string name, List<string> wrong)
    {
        var value = Field(json, name);
        if (value is { ValueKind: JsonValueKind.String } text)
            return Decoded(text);
        if (value is { ValueKind: not JsonValueKind.Null })
            wrong.Add(name);
        return "";
    }

    // Also where half a surrogate pair is in it.
    private static string Decoded(JsonElement text) =>
        Escape().Replace(text.GetRawText()[1..^1], m => m.Value[1] switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            'b' => "\b",
            'f' => "\f",
            'u' => ((char)int.Parse(m.Value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
            var c => c.ToString(),
        });

    internal static double? Seconds(JsonElement? ts)
    {
        double? found = ts switch
        {
            { ValueKind: JsonValueKind.Number } number => double.Parse(number.GetRawText(), CultureInfo.InvariantCulture),
            { ValueKind: JsonValueKind.String } text => FromText(Decoded(text).Trim()),
            _ => null,
        };
        return found is >= -62135596800.0 and < 253402300800.0 ? found : null;
    }

    private static double? FromText(string text)
    {
        if (NumberText().IsMatch(text))
            return double.Parse(text, CultureInfo.InvariantCulture);
        var m = IsoText().Match(text);
        if (!m.Success || !DateOnly.TryParseExact(m.Groups["d"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return null;
        var whole = (long)(date.DayNumber - new DateOnly(1970, 1, 1).DayNumber) * 86400;
        if (!m.Groups["h"].Success)
            return whole;
        int Part(string name) => m.Groups[name].Success ? int.Parse(m.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        if (Part("h") > 23 || Part("m") > 59 || Part("s") > 59 || Part("oh") > 23 || Part("om") > 59)
            return null;
        whole += (Part("h") * 3600) + (Part("m") * 60) + Part("s");
        whole -= ((Part("oh") * 3600) + (Part("om") * 60)) * (m.Groups["sign"].Value == "-" ? -1 : 1);
        if (!m.Groups["f"].Success)
            return whole;
        // The nearest double, but never in the next second.
        var digits = m.Groups["f"].Value.PadRight(15, '0')[..15];
        var total = ((System.Numerics.BigInteger)whole * 1_000_000_000_000_000) + long.Parse(digits, CultureInfo.InvariantCulture);
        var sign = total.Sign < 0 ? "-" : "";
        var nearest = double.Parse($"{sign}{System.Numerics.BigInteger.Abs(total)}e-15", CultureInfo.InvariantCulture);
        return nearest >= whole + 1 ? Math.BitDecrement(whole + 1.0) : nearest;
    }

    private DayCounts Result()
    {
        var runs = _items.Where(i => i.Run != "").GroupBy(i => i.Run, StringComparer.Ordinal).ToList();
        var errors = _items.Where(i => i.Event == review.ErrorEvent).ToList();
        var counters = review.Counters.Select(c => Count(c.Name, c.Lines, [])).ToList();
        var floor = review.Floor.Select(f => Count(f.Name, f.Lines, f.Duplicate)).ToList();
        return new DayCounts
        {
            Day = day,
            EventTotal = _items.Count,
            ErrorTotal = errors.Count,
            RunTotal = runs.Count,
            FailedRunTotal = runs.Count(r => r.Any(i => i.Event == review.ErrorEvent)),
            StageErrorTop = [.. errors.GroupBy(e => e.Stage == "" ? "unknown" : e.Stage, StringComparer.Ordinal).Select(g => (g.Key,
                Count: (long)g.Count(), First: g.Min(e => e.Order)))
                .OrderByDescending(g => g.Count).ThenBy(g => g.First).Take(5).Select(g => new StageErrors(Shown(g.Key), g.Count))],
            Counters = counters,
            Floor = floor,
            Latency = [.. review.Latency.Select(s => Latency(s, runs))],
            Faults = new LogFaults
            {
                Lines = _lines,
                Blank = _blank,
                Malformed = _malformed,
                Undated = _undated,
                WrongType = _wrongType,
                Unjudged = _unjudged,
                AmongDay = _amongDay,
                TruncatedEnd = _truncated,
                Places = [.. _faults.OrderBy(f => f.Order).Take(100).Select(f => f.Text)],
            },
        };
    }

    // Half a surrogate pair has three bytes, none of which is text.
    private static string Shown(string stage)
    {
        var shown = new StringBuilder();
        for (var i = 0; i < stage.Length; i++)
        {
            if (char.IsHighSurrogate(stage[i]) && i + 1 < stage.Length && char.IsLowSurrogate(stage[i + 1]))
                shown.Append(stage, i++, 2);
            else
                shown.Append(char.IsSurrogate(stage[i]) ? "\uFFFD\uFFFD\uFFFD" : stage[i]);
        }
        return shown.ToString();
    }

    private static StageLatency Latency(StageSpan span, List<IGrouping<string, Item>> runs)
    {
        var took = new List<double>();
        var unpaired = 0;
        foreach (var run in runs)
        {
            double? open = null;
            foreach (var item in run.Where(i => i.Stage == span.Stage && (i.Event == span.Start || i.Event == span.End))
                .OrderBy(i => i.Seconds).ThenBy(i => i.Event == span.Start ? 0 : 1).ThenBy(i => i.Order))
            {
                if (item.Event == span.Start)
                {
                    unpaired += open is null ? 0 : 1;
                    open = item.Seconds;
                }
                else if (open is { } since)
                {
                    took.Add(item.Seconds - since);
                    open = null;
                }
                else
                {
                    unpaired++;
                }
            }
            unpaired += open is null ? 0 : 1;
        }
        took.Sort();
        double? At(int percent) => took.Count == 0 ? null : took[(int)Math.Ceiling((decimal)percent * took.Count / 100) - 1];
        return new StageLatency(span.Stage) { Count = took.Count, Unpaired = unpaired, P50 = At(50), P95 = At(95), P99 = At(99) };
    }

    private NamedCount Count(string name, EventSelector lines, IReadOnlyList<string> duplicate)
    {
        var places = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var before = _unjudged;
        foreach (var item in _items)
        {
            if (lines.Stage is not null && item.Stage != lines.Stage || lines.Event is not null && item.Event != lines.Event)
                continue;
            if (!lines.Where.All(w => Value(item, w.Key) is string text && text.Equals(w.Value, StringComparison.OrdinalIgnoreCase)))
                continue;
            if (lines.When is { } when)
            {
                var result = when.Expression.Evaluate(Variables(item));
                if (result.Value is not bool holds)
                    Unjudged(item, name, result.Error?.Message ?? "it comes to no bool");
                if (result.Value is not true)
                    continue;
            }
            if (duplicate.Count > 0)
            {
                var missing = duplicate.FirstOrDefault(d => Value(item, d) is null || (d is "run_id" or "stage" or "event" && Value(item, d) is ""));
                if (missing is not null)
                    Unjudged(item, name, $"it has no {missing}");
                if (missing is not null || seen.Add(string.Join('|', duplicate.Select(d => Form(Value(item, d))))))
                    continue;
            }
            places.Add(item.Place);
        }
        return new NamedCount(name, places.Count) { Untold = _unjudged - before, Places = [.. places.Take(10)] };
    }

    private void Unjudged(Item item, string name, string why)
    {
        _unjudged++;
        _faults.Add((item.Order, $"{item.Place}: {name} can't be told: {why}"));
    }

    private static Dictionary<string, object?> Variables(Item item) => new()
    {
        ["ts"] = DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(item.Seconds * 1e6) * 10),
        ["run_id"] = item.Run,
        ["stage"] = item.Stage,
        ["event"] = item.Event,
        ["payload"] = item.Payload is { ValueKind: not JsonValueKind.Null } payload ? payload : JsonDocument.Parse("{}").RootElement,
    };

    private static object? Value(Item item, string path)
    {
        switch (path)
        {
            case "run_id": return item.Run;
            case "stage": return item.Stage;
            case "event": return item.Event;
        }
        var at = item.Payload;
        foreach (var name in path.Split('.')[1..])
            at = at is { ValueKind: JsonValueKind.Object } parent ? Field(parent, name) : null;
        return at switch { null or { ValueKind: JsonValueKind.Null } => null, { ValueKind: JsonValueKind.String } text => Decoded(text), _ => at };
    }

    private static string Form(object? value) => value is string text ? JsonSerializer.Serialize(text) : Form((JsonElement)value!);

    private static string Form(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonSerializer.Serialize(Decoded(value)),
        JsonValueKind.Number => Normal(value.GetRawText()),
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(Form)) + "]",
        JsonValueKind.Object => "{" + string.Join(',', value.EnumerateObject().GroupBy(NameOf, StringComparer.Ordinal).OrderBy(g => g.Key,
            StringComparer.Ordinal)
            .Select(g => JsonSerializer.Serialize(g.Key) + ":" + Form(g.Last().Value))) + "}",
        _ => value.GetRawText(),
    };

    // Exact: the numbers of the generated logs have small exponents.
    private static string Normal(string number)
    {
        var m = Regex.Match(number, @"^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$");
        var fraction = m.Groups[3].Value;
        var scaled = System.Numerics.BigInteger.Parse(m.Groups[2].Value + fraction, CultureInfo.InvariantCulture);
        var exponent = (m.Groups[4].Success ? int.Parse(m.Groups[4].Value, CultureInfo.InvariantCulture) : 0) - fraction.Length;
        return (m.Groups[1].Value == "-" && !scaled.IsZero ? "-" : "") + scaled * System.Numerics.BigInteger.Pow(10, exponent + 400);
    }

    [GeneratedRegex(@"\\(u[0-9a-fA-F]{4}|.)", RegexOptions.Singleline)]
    private static partial Regex Escape();

    [GeneratedRegex(@"\A[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\z")]
    private static partial Regex NumberText();

    [GeneratedRegex(@"\A(?<d>[0-9]{4}-[0-9]{2}-[0-9]{2})([Tt ](?<h>[0-9]{2}):(?<m>[0-9]{2})(:(?<s>[0-9]{2})([.,](?<f>[0-9]+))?)?([Zz]|(?<sign>[+-])(?<oh>[0-9]{2})(:?(?<om>[0-9]{2}))?)?)?\z")]
    private static partial Regex IsoText();
}
