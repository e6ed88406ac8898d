using System.Globalization;
using System.Text;
using ReleaseOps.Expressions;
using ReleaseOps.Runbooks;

namespace ReleaseOps.Tests.Reviews;

/// <summary>Logs with everything that logs have, good and bad, by a seed.</summary>
internal sealed class OddLog(int seed)
{
    internal static readonly DateOnly Day = new(2026, 2, 21);
    private static readonly string[] Stages = ["execute_from_packet", "commander_router", "guard", "", "단계", "\\u0067uard", "q\\\"x", "\\ud800",
        "unknown"];
    private static readonly string[] Events = ["start", "end", "error", "transition", "intervention", "guard_block", "", "err\\u006fr", "Error"];

    private readonly Random _random = new(seed);

    /// <summary>A review that asks for everything that can be asked for.</summary>
    internal static Review Review(string zone = "UTC") => new()
    {
        Zone = zone,
        Latency = [new("execute_from_packet"), new("commander_router", "start", "transition"), new("단계")],
        Counters =
        [
            new("cooldown", new() { Stage = "commander_router", Event = "transition", Where = new Dictionary<string,
                string> { ["payload.transition"] = "cooldown" } }),
            new("interventions", new() { Stage = "commander_router", Event = "intervention" }),
            new("errors_of_run", new() { Event = "ERROR", Where = new Dictionary<string, string> { ["run_id"] = "RUN-3" } }),
            new("deep", new() { Where = new Dictionary<string, string> { ["payload.order.side"] = "매수" } }),
        ],
        Floor =
        [
            new("duplicate_execution", new() { Stage = "execute_from_packet", Event = "start" }) { Duplicate = ["run_id", "payload.order.id"] },
            new("guard_precedence", new() { Event = "end", When = Criterion("has(payload.guard) && payload.guard == 'block'") }),
            new("mode_leak", new() { When = Criterion("payload.mode == 'mock' && ts < timestamp('2026-02-21T12:00:00Z')") }),
            new("same_payload", new() { Event = "intervention" }) { Duplicate = ["payload"] },
            new("any_guard", new() { Stage = "guard" }),
        ],
    };

    internal static Criterion Criterion(string text) => new(CelExpression.TryParse(text, out _)!, default);

    /// <summary>The bytes of a log.</summary>
    internal byte[] Write(int lines)
    {
        var log = new List<byte>();
        if (_random.Next(4) == 0)
            log.AddRange([0xEF, 0xBB, 0xBF]);
        for (var i = 0; i < lines; i++)
        {
            log.AddRange(Line());
            log.AddRange(Encoding.ASCII.GetBytes(Pick("\n", "\n", "\n", "\r\n", "\r", "\n\n")));
        }
        if (_random.Next(2) == 0 && log.Count > 2)
            log.RemoveRange(log.Count - 2, 2);
        if (_random.Next(5) == 0)
            log.AddRange("{\"ts\": 17716320"u8);
        return [.. log];
    }

    /// <summary>One line, good or bad, without its end.</summary>
    internal byte[] Line()
    {
        var line = Good();
        switch (_random.Next(14))
        {
            case 0:
                return Mutated(line);
            case 1:
                return Encoding.UTF8.GetBytes(Pick("", " ", "\t", "\f", "\u00a0", "\u2028 ", "[]", "null", "1", "\"a\"", "NaN", "{", "{}", "{} ",
                    "{}{}", "{} x", "{\"a\":NaN}",
                    "{\"ts\":01}", "{\"a\":1,}", "{\"a\":[1,]}", "{,}", "{\"a\" 1}", "{\"a\":\"\\x\"}", "{\"a\":\"\t\"}", "{\"a\":+1}",
                        "{\"a\":.5}", "{\"a\":1.}", "{'a':1}",
                    "{\"a\":tru}", "{\"a\":truee}", "{\"a\":\"\\u12g4\"}", "// x", "{\"a\":/*x*/1}", "\ufeff{}", "{\"a\":1e}", "{\"a\":-}",
                        "{\"a\":\"\\ud83d\"}", "{\"\\ud83d\":1,\"ts\":1771632001}"));
            case 2:
                var depth = Pick(3, 62, 63, 64, 65, 200, 998, 999, 1000, 1001);
                return Encoding.UTF8.GetBytes(
                    $"{{\"ts\":1771632000,\"event\":\"deep\",\"payload\":{new string('[', depth)}{new string(']', depth)}}}");
            default:
                return line;
        }
    }

    /// <summary>A line with a byte or so changed.</summary>
    internal byte[] Mutated(byte[] line)
    {
        var bytes = line.ToList();
        for (var n = _random.Next(1, 4); n > 0; n--)
        {
            var at = _random.Next(bytes.Count + 1);
            switch (_random.Next(4))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = Odd();
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, Odd());
                    break;
                default:
                    if (at > 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }

    private byte Odd() => _random.Next(3) == 0
        ? (byte)_random.Next(256)
        : Pick((byte)'"', (byte)'\\', (byte)'{', (byte)'}', (byte)'[', (byte)']', (byte)',', (byte)':', (byte)'0', (byte)'e', (byte)'-', (byte)'.',
            (byte)0, (byte)0x1f,
            (byte)0x7f, (byte)0x80, (byte)0xC0, (byte)0xED, (byte)0xF4, (byte)0xFF, (byte)' ', (byte)'u');

    private byte[] Good()
    {
        var members = new List<string> { Member("ts", Time()), Member("run_id", Run()), Member("stage", Stage()), Member("event", Event()),
            Member("payload", Payload()) };
        if (_random.Next(6) == 0)
            members.RemoveAt(_random.Next(members.Count));
        if (_random.Next(8) == 0)
            members.Add(Pick(Member("ts", Time()), Member("run_id", Run()), Member("stage", Stage()), Member("event", Event()), Member("payload",
                Payload())));
        if (_random.Next(4) == 0)
            members.Insert(_random.Next(members.Count + 1), Member("extra" + _random.Next(9), Value(3)));
        if (_random.Next(3) == 0)
            members = [.. members.OrderBy(_ => _random.Next())];
        var (open, comma, close) = Pick(("{", ",", "}"), ("{", ", ", "}"), ("{ ", " , ", " }"), ("\t{\t", "\t,  ", "}\t "), (" {", ",", "} "));
        return Encoding.UTF8.GetBytes(open + string.Join(comma, members) + close);
    }

    private string Member(string name, string value) =>
        $"\"{(_random.Next(20) == 0 ? name.Replace("t", "\\u0074", StringComparison.Ordinal) : name)}\"{Pick(":", ": ", " : ")}{value}";

    /// <summary>A time as it stands in a line, good or bad.</summary>
    internal string Time()
    {
        // The day and both its neighbours, and often their very edges, in UTC and in Seoul.
        var edge = new DateTimeOffset(Day.ToDateTime(default), TimeSpan.Zero).AddHours(Pick(0, 24, -9, 15, 0));
        var at = _random.Next(3) == 0 ? edge.AddSeconds(_random.Next(-2, 3)) : edge.AddSeconds(_random.Next(-40_000, 60_000));
        var fraction = Pick("", "", ".5", ".123", ".123456", ".1234567", ".999999", ".9999999", ".99999999999", ".000000001", ".0");
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var local = at.ToOffset(TimeSpan.FromHours(9));
        string Iso(DateTimeOffset t) => t.ToString(Pick("yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss"), CultureInfo.InvariantCulture);
        return _random.Next(12) switch
        {
            0 or 1 or 2 or 3 => seconds + fraction,
            4 => $"\"{Pick("", " ", "\\t", "+", "0")}{seconds}{fraction}{Pick("", " ", "\\n", "\u00a0")}\"",
            5 or 6 => $"\"{Iso(at)}{fraction}{Pick("Z", "", "+00:00", "z", "-00:00")}\"",
            7 => $"\"{Iso(local)}{fraction}{Pick("+09:00", "+0900", "+09")}\"",
            8 => $"\"{at:yyyy-MM-dd}{Pick("", " 00:00", "T23:59", " ")}\"",
            9 => Pick("null", "true", "\"\"", "\" \"", "\"NaN\"", "\"inf\"", "\"x\"", "[1]", "{}", "1e400", "-1e12", "1e12", "\"2026-02-30\"",
                "\"2026-13-01\"", "\"2026-02-21T24:00:00Z\"",
                "\"2026-02-21T10:00:60Z\"", "\"0000-01-01\"", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00+09:00\"", "\"2026-02-21T10\"",
                    "\"2026-02-21T10:00:00+24:00\"", "\"1_000\"",
                "\"20260221T000000Z\"", "\"0x10\"", "253402300799.9", "253402300800", "-62135596800", "-62135596801", "0", "-0", "\"1e3\"",
                    "\".5\"", "\"5.\"", "\"-5\"", "\"2026-02-21T10:00:00.\"",
                "\"2026-02-21T10:00:00,25Z\"", "\"\\u0032026-02-21\"", "\"２０２６-02-21\"", "\"1e\"", "\"+\"", "\"2026-2-21\""),
            10 => string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds() / 1e9:R}e9"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds() + _random.NextDouble():R}"),
        };
    }

    private string Run() => _random.Next(12) switch
    {
        0 => Pick("\"\"", "null", "1", "true", "[]", "\" \"", "{\"a\":1}"),
        1 => Pick("\"run\\u002d3\"", "\"Run-3\"", "\"\\ud800\"", "\"\\ud801\"", "\"실행-1\"", "\"\\uc2e4행-1\"", "\"\\ud83d\\ude00\"", "\"😀\"",
            "\"a\\/b\"", "\"a/b\"", "\"\\u0000\""),
        _ => $"\"run-{_random.Next(12)}\"",
    };

    private string Stage() => _random.Next(10) == 0 ? Pick("null", "7", "[\"guard\"]", "false") : $"\"{Pick(Stages)}\"";

    private string Event() => _random.Next(12) == 0 ? Pick("null", "0", "{}", "1.5") : $"\"{Pick(Events)}\"";

    private string Payload() => _random.Next(8) switch
    {
        0 => Value(4),
        1 => Pick("null", "{}", "[]", "\"cooldown\"", "3"),
        2 => $"{{\"transition\": \"{Pick("cooldown", "COOLDOWN", "Cool\\u0064own", "warm", "cooldown ")}\"{Pick("", ", \"transition\": 1",
            ", \"\\ud800\": 1")}}}",
        3 => $"{{\"order\":{{\"id\":{OrderId()},\"side\":\"{Pick("매수", "\\ub9e4수", "매도")}\"}}}}",
        4 => $"{{\"guard\":{Pick("\"block\"", "\"pass\"", "1", "null")}}}",
        5 => $"{{\"mode\":{Pick("\"mock\"", "\"real\"", "5")}}}",
        _ => $"{{\"symbol\":\"005930\",\"qty\":{_random.Next(100)},\"note\":\"{Note()}\"}}",
    };

    private string Note() => Pick("ordinary words that go on for a while, longer than a vector is", "짧은 글", "a\\nb", "");

    private string OrderId() => Pick("1", "1.0", "10e-1", "\"1\"", "2", "[1,2]", "[1.0,2]", "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":9,\"a\":1}", "true", "null", "-0", "0");

    private string Value(int depth) => _random.Next(depth <= 0 ? 6 : 8) switch
    {
        0 => Pick("1", "-1", "0", "-0.0", "1.5e-7", "123456789012345678901234567890", "1E+2"),
        1 => Pick("true", "false", "null"),
        2 => Pick("\"\"", "\"a\"", "\"\\\\\"", "\"\\\"\"", "\"é\"", "\"漢字と仮名、そして長い文字列です、三十二バイトより\"", "\"\\u00e9\"", "\"tab\\there\""),
        3 => $"\"{new string('x', _random.Next(100))}\"",
        4 => $"\"{new string('x', _random.Next(70))}\\n{new string('é', _random.Next(40))}\"",
        5 => _random.NextDouble().ToString(CultureInfo.InvariantCulture),
        6 => "[" + string.Join(Pick(",", ", "), Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth - 1))) + "]",
        _ => "{" + string.Join(Pick(",", ", "), Enumerable.Range(0, _random.Next(4)).Select(i => $"\"{Name()}{i}\": {Value(depth - 1)}")) + "}",
    };

    private string Name() => Pick("k", "ts", "event", "a long name that needs more than thirty-two bytes", "é");

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
