using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;

namespace ReleaseOps.Cli.Demo;

/// <summary>
/// Answers as the Prometheus HTTP API does, for the queries that the demo asks and no others: one of three metrics of one version, and how
/// old its samples are. Anything else is refused as Prometheus refuses a query that it can't parse.
/// </summary>
internal sealed partial class TrafficQueries(TrafficLog traffic)
{
    /// <summary>The time that each value is taken over.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    public async Task<(int Status, string Body)> AnswerAsync(HttpListenerRequest request)
    {
        var asked = HttpUtility.ParseQueryString(request.Url!.Query);
        if (request.HttpMethod == "POST")
        {
            using var reader = new StreamReader(request.InputStream, Encoding.UTF8);
            asked = HttpUtility.ParseQueryString(await reader.ReadToEndAsync().ConfigureAwait(false));
        }
        var query = asked["query"] ?? "";
        var isAge = Age().Match(query) is { Success: true };
        if (Selector().Match(query) is not { Success: true } selector)
            return (400, new JsonObject { ["status"] = "error", ["errorType"] = "bad_data", ["error"] = "the demo's service doesn't know this query" }.ToJsonString());
        var metric = selector.Groups["metric"].Value;
        var canary = selector.Groups["version"].Value == "canary";
        var labels = isAge ? new JsonObject() : new JsonObject { ["__name__"] = metric, ["deployment"] = canary ? "canary" : "stable" };
        Func<DateTimeOffset, double?> value = isAge ? at => AgeOf(canary, at) : at => ValueOf(metric, canary, at);
        if (request.Url.AbsolutePath.EndsWith("query_range", StringComparison.Ordinal))
            return (200, Answer("matrix", Range(asked, value, labels)));
        var now = Time(asked["time"]) ?? DateTimeOffset.UtcNow;
        return (200, Answer("vector", value(now) is { } seen ? [new JsonObject { ["metric"] = labels, ["value"] = Sample(now, seen) }] : []));
    }

    private static JsonArray Range(System.Collections.Specialized.NameValueCollection asked, Func<DateTimeOffset, double?> valueAt, JsonObject labels)
    {
        if (Time(asked["start"]) is not { } from || Time(asked["end"]) is not { } to
            || !double.TryParse(asked["step"]?.TrimEnd('s'), CultureInfo.InvariantCulture, out var step) || step <= 0)
            return [];
        var values = new JsonArray();
        for (var at = from; at <= to && values.Count < 11_000; at = at.AddSeconds(step))
            if (valueAt(at) is { } value)
                values.Add((JsonNode)Sample(at, value));
        return values.Count == 0 ? [] : [new JsonObject { ["metric"] = labels, ["values"] = values }];
    }

    /// <summary>How many seconds old the newest request is; null where there was none for as long as values are taken over.</summary>
    private double? AgeOf(bool canary, DateTimeOffset at) =>
        traffic.Newest(canary, at) is { } newest && at - newest <= Window ? (at - newest).TotalSeconds : null;

    /// <summary>Null where the version answered no request in that time: nothing was measured.</summary>
    private double? ValueOf(string metric, bool canary, DateTimeOffset at)
    {
        var requests = traffic.Between(canary, at - Window, at);
        if (requests.Count == 0)
            return null;
        return metric switch
        {
            "demo_error_rate_pct" => 100.0 * requests.Count(r => !r.Ok) / requests.Count,
            "demo_availability_pct" => 100.0 * requests.Count(r => r.Ok) / requests.Count,
            _ => Percentile95([.. requests.Select(r => r.Milliseconds).Order()]),
        };
    }

    private static double Percentile95(double[] sorted) => sorted[(int)Math.Ceiling(0.95 * sorted.Length) - 1];

    private static JsonArray Sample(DateTimeOffset at, double value) =>
        [at.ToUnixTimeMilliseconds() / 1000.0, value.ToString("R", CultureInfo.InvariantCulture)];

    private static string Answer(string type, JsonArray result) =>
        new JsonObject { ["status"] = "success", ["data"] = new JsonObject { ["resultType"] = type, ["result"] = result } }.ToJsonString();

    private static DateTimeOffset? Time(string? text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
        : null;

    [GeneratedRegex("""(?<metric>demo_(error_rate_pct|availability_pct|latency_p95_ms))\{deployment="(?<version>canary|stable)"\}""")]
    private static partial Regex Selector();

    [GeneratedRegex(@"^time\(\) - max\(timestamp\(")]
    private static partial Regex Age();
}
