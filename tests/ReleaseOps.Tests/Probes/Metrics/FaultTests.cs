using System.Globalization;
using System.Text;
using ReleaseOps.Gates;
using ReleaseOps.Tests.Probes.Http;

namespace ReleaseOps.Tests.Probes.Metrics;

/// <summary>What a server may do wrong: nothing of it is ever a value.</summary>
public sealed class FaultTests
{
    private const string One = """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}""";

    private static string Answer(string result, string type = "vector", string more = "") =>
        "{\"status\":\"success\"" + more + ",\"data\":{\"resultType\":\"" + type + "\",\"result\":" + result + "}}";

    private static string Series(string value, string labels = "") =>
        "{\"metric\":{" + labels + "},\"value\":[1772366400,\"" + value + "\"]}";

    // A constant query has no selector, so this is the one question that is asked.
    private static Task<Measurement> ReadAsync(LoopbackServer server, string more = "", string source = "", TimeProvider? clock = null) =>
        Metering.ReadAsync($"http://127.0.0.1:{server.Port}", "prometheus: 'vector(1)'" + more, source, clock);

    private static async Task<Measurement> OfAsync(string body, string more = "")
    {
        await using var server = LoopbackServer.Ok(body, "application/json");
        return await ReadAsync(server, more);
    }

    private static async Task<Measurement> OfStatusAsync(int status, string body = "", string headers = "")
    {
        await using var server = LoopbackServer.Answering(
            $"HTTP/1.1 {status} Something\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n",
            Encoding.ASCII.GetBytes(body));
        return await ReadAsync(server);
    }

    [Fact]
    public async Task A_good_answer_is_a_value() => Assert.Equal(1, (await OfAsync(One)).Value);

    [Fact]
    public async Task A_server_that_is_down_is_unreachable()
    {
        int port;
        await using (var server = LoopbackServer.Ok(One))
            port = server.Port;
        var m = await Metering.ReadAsync($"http://127.0.0.1:{port}", "prometheus: up");
        Metering.Nothing(ErrorId.Unreachable, m);
        Assert.Contains("refused", m.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[")]
    public async Task The_deadline_is_over_the_body_too(string begun)
    {
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(begun), cancellation);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        var m = await ReadAsync(server, source: ", timeout: 150ms", clock: TimeProvider.System);
        Metering.Nothing(ErrorId.TimedOut, m);
        Assert.Contains(begun.Length == 0 ? "waiting for the headers" : "reading the body", m.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, ErrorId.AccessDenied)]
    [InlineData(403, ErrorId.AccessDenied)]
    [InlineData(302, ErrorId.RedirectRefused)]
    [InlineData(404, ErrorId.QueryRefused)]
    [InlineData(429, ErrorId.ServerFailed)]
    [InlineData(500, ErrorId.ServerFailed)]
    [InlineData(503, ErrorId.ServerFailed)]
    public async Task A_status_that_isnt_good_cant_tell(int status, ErrorId why) =>
        Metering.Nothing(why, await OfStatusAsync(status, headers: status == 302 ? "Location: /elsewhere\r\n" : ""));

    [Theory]
    [InlineData(400, "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no such thing\"}", ErrorId.QueryRefused)]
    [InlineData(503, "{\"status\":\"error\",\"errorType\":\"timeout\",\"error\":\"no such thing\"}", ErrorId.ServerFailed)]
    [InlineData(200, "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no such thing\"}", ErrorId.QueryRefused)]
    public async Task The_server_says_why(int status, string body, ErrorId why)
    {
        var m = await OfStatusAsync(status, body);
        Metering.Nothing(why, m);
        Assert.Contains("no such thing", m.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>login</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"status\":\"success\"}")]
    [InlineData("{\"status\":\"success\",\"data\":{}}")]
    [InlineData("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":null}}")]
    [InlineData("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{}]}}")]
    [InlineData("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,2]}]}}")]
    [InlineData("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"\"]}]}}")]
    [InlineData("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"1e999\"]}]}}")]
    [InlineData("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"a\":1},\"value\":[1,\"1\"]}]}}")]
    [InlineData("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"values\":[[1,\"1\"]]}]}}")]
    [InlineData("{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[]}}")]
    [InlineData("{\"status\":\"error\",\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"1\"]}]}}")]
    [InlineData("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"1\"]}]}}")]
    [InlineData("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"99\"],\"value\":[1,\"1\"]}]}}")]
    [InlineData("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"a\":\"b\"},\"metric\":{},\"value\":[1,\"1\"]}]}}")]
    [InlineData(One + "x")]
    [InlineData(One + One)]
    public async Task An_answer_that_isnt_one_cant_tell(string body) => Metering.Nothing(ErrorId.BadDocument, await OfAsync(body));

    [Fact]
    public async Task An_answer_cut_off_anywhere_cant_tell()
    {
        // Without a length, so that nothing but the JSON knows that more should come.
        for (var length = 0; length < One.Length; length++)
        {
            await using var server = LoopbackServer.Answering("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", Encoding.ASCII.GetBytes(One[..length]));
            Metering.Nothing(ErrorId.BadDocument, await ReadAsync(server));
        }
    }

    [Fact]
    public async Task An_answer_shorter_than_it_said_cant_tell()
    {
        await using var server = LoopbackServer.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {One.Length + 1}\r\n\r\n", Encoding.ASCII.GetBytes(One));
        var m = await ReadAsync(server);
        Metering.Nothing(ErrorId.BadDocument, m);
        Assert.Contains("cut off after", m.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_comes_byte_by_byte_is_whole_all_the_same()
    {
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellation);
            foreach (var one in Encoding.ASCII.GetBytes(Answer("[" + Series("1", "\"a\":\"\\u00e9\\\"\"") + "," + Series("2") + "]", more: ",\"warnings\":[\"w\"]")))
                await stream.WriteAsync(new[] { one }, cancellation);
        });
        var m = await ReadAsync(server, ", reduce: each");
        Assert.Null(m.CouldNotTell);
        Assert.Equal([new SeriesValue("{a=\"é\\\"\"}", 1), new SeriesValue("", 2)], m.Series);
        Assert.Equal(["w"], m.Notes);
    }

    [Theory]
    [InlineData(",\"isPartial\":true", true)]
    [InlineData(",\"isPartial\":false", false)]
    [InlineData(",\"errorType\":\"timeout\",\"error\":\"query timed out\"", true)]
    [InlineData(",\"error\":\"\"", false)]
    [InlineData(",\"warnings\":[\"No StoreAPIs matched for this query\"]", true)]
    [InlineData(",\"warnings\":[\"fetch series for {cluster=\\\"a\\\"}: rpc error\"]", true)]
    [InlineData(",\"warnings\":[\"receive series from Addr: store-1: context deadline exceeded\"]", true)]
    [InlineData(",\"warnings\":[\"PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \\\"partial\\\"\"]", false)]
    [InlineData(",\"infos\":[\"PromQL info: something\"]", false)]
    [InlineData(",\"warnings\":null", false)]
    public async Task A_partial_answer_cant_tell_and_a_remark_is_noted(string more, bool isPartial)
    {
        var m = await OfAsync(Answer("[" + Series("1") + "]", more: more));
        if (isPartial)
            Metering.Nothing(ErrorId.PartialAnswer, m);
        else
            Assert.Equal((1, more.Contains("PromQL", StringComparison.Ordinal) ? 1 : 0), (m.Value, m.Notes.Count));
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("+Inf")]
    [InlineData("-Inf")]
    public async Task What_isnt_a_number_is_no_data(string value)
    {
        Metering.Nothing(ErrorId.NoData, await OfAsync(Answer("[" + Series(value) + "]")));
        Metering.Nothing(ErrorId.NoData, await OfAsync(Answer($"[1,\"{value}\"]", "scalar")));
        Metering.Nothing(ErrorId.NoData, await OfAsync(Answer("[" + Series(value) + "," + Series("1", "\"a\":\"b\"") + "]"), ", reduce: max"));
    }

    [Fact]
    public async Task A_native_histogram_is_refused()
    {
        var m = await OfAsync(Answer("[{\"metric\":{},\"histogram\":[1,{\"count\":\"1\",\"sum\":\"1\",\"buckets\":[[0,\"1\",\"2\",\"1\"]]}]}]"));
        Metering.Nothing(ErrorId.QueryRefused, m);
        Assert.Contains("histogram_quantile", m.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_at_its_cap()
    {
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            await self.ReadRequestAsync(stream, cancellation);
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n\r\n{\"status\":\"success\",\"junk\":["), cancellation);
            var piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1,", 1 << 19)));
            while (true)
                await stream.WriteAsync(piece, cancellation);
        });
        Metering.Nothing(ErrorId.BodyTooLarge, await ReadAsync(server));
    }

    [Fact]
    public async Task A_freshness_that_cant_be_told_is_no_measurement()
    {
        await using var server = new LoopbackServer(async (stream, self, cancellation) =>
        {
            var request = await self.ReadRequestAsync(stream, cancellation);
            var isAge = request.Contains("timestamp", StringComparison.Ordinal);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(isAge ? "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                : $"HTTP/1.1 200 OK\r\nContent-Length: {One.Length}\r\nConnection: close\r\n\r\n{One}"), cancellation);
        });
        var m = await Metering.ReadAsync($"http://127.0.0.1:{server.Port}", "prometheus: up");
        Metering.Nothing(ErrorId.ServerFailed, m);
        Assert.Contains("how old the samples of up are", m.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_query_of_a_look_is_asked_once_at_one_time_below_the_sources_path()
    {
        await using var server = LoopbackServer.Ok(One, "application/json");
        using var reader = Metering.Reader($"http://127.0.0.1:{server.Port}/select/0/prometheus/?tenant=a",
            ["a: { prometheus: 'vector(1)' }", "b: { prometheus: 'vector(1)' }", "c: { prometheus: 'vector(2)' }"]);
        await reader.ReadAsync(Metering.Needs("a", "b", "c"), CancellationToken.None);
        var at = MetricServers.Noon.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, r =>
            Assert.StartsWith($"GET /select/0/prometheus/api/v1/query?tenant=a&query=vector%28{(r.Contains("%281%29", StringComparison.Ordinal) ? 1 : 2)}%29&time={at} ", r, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(", token: '${{ secrets.PROM }}'", "Authorization: Bearer s3cret-value")]
    [InlineData(", user: ops, password: '${{ secrets.PROM }}'", "Authorization: Basic b3BzOnMzY3JldC12YWx1ZQ==")]
    public async Task Who_asks_is_said_to_the_server_and_to_nobody_else(string source, string header)
    {
        var secrets = new Dictionary<string, string> { ["PROM"] = "s3cret-value" };
        await using var server = LoopbackServer.Answering(
            "HTTP/1.1 400 Bad\r\nConnection: close\r\n\r\n{\"status\":\"error\",\"error\":\"you sent s3cret-value, go away\"}");
        using var reader = Metering.Reader($"http://127.0.0.1:{server.Port}", ["m: { prometheus: 'vector(1)' }"], source, mask: new SecretMask(secrets.Values),
            secrets: secrets);
        var m = (await reader.ReadAsync(Metering.Needs("m"), CancellationToken.None)).Metrics["m"];
        Assert.Contains(header, Assert.Single(server.Requests), StringComparison.Ordinal);
        Metering.Nothing(ErrorId.QueryRefused, m);
        Assert.Contains("you sent ***, go away", m.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_secret_is_no_exception() => Metering.Nothing(ErrorId.MissingSecret,
        await Metering.ReadAsync("http://127.0.0.1:9", "prometheus: up", ", token: '${{ secrets.PROM }}'"));

    [Fact]
    public async Task The_caller_may_end_a_look()
    {
        await using var server = new LoopbackServer(async (_, _, cancellation) => await Task.Delay(Timeout.Infinite, cancellation));
        using var reader = Metering.Reader($"http://127.0.0.1:{server.Port}", ["m: { prometheus: up }"]);
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.ReadAsync(Metering.Needs("m"), end.Token));
    }
}
