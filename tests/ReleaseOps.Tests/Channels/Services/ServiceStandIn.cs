using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ReleaseOps.Channels;
using ReleaseOps.Runbooks;
using ReleaseOps.Tests.Probes.Http;

namespace ReleaseOps.Tests.Channels.Services;

/// <summary>
/// A service on loopback, behind real HTTP: it checks what it gets by the service's published rules, answers as the service does, and fails to
/// order. It counts by key what it accepted, and what people would see.
/// </summary>
internal sealed class ServiceStandIn : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly ServiceRules _rules;
    private readonly LoopbackServer _server;
    private readonly Queue<Fault> _faults = new();
    private Random? _random;
    private double _share;

    internal ServiceStandIn(ServiceRules rules)
    {
        _rules = rules;
        _server = new LoopbackServer(ServeAsync);
    }

    /// <summary>A stand-in for a kind of service.</summary>
    internal static ServiceStandIn Of(ChannelKind kind) => new(kind switch
    {
        ChannelKind.Slack => new SlackRules(),
        ChannelKind.Teams => new TeamsRules(),
        ChannelKind.Statuspage => new StatuspageRules(),
        ChannelKind.PagerDuty => new PagerDutyRules(),
        ChannelKind.Opsgenie => new OpsgenieRules(),
        ChannelKind.Webhook => new WebhookRules(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no HTTP service"),
    });

    /// <summary>The kinds that there are stand-ins for.</summary>
    internal static IReadOnlyList<ChannelKind> Kinds { get; } =
        [ChannelKind.Slack, ChannelKind.Teams, ChannelKind.Statuspage, ChannelKind.PagerDuty, ChannelKind.Opsgenie, ChannelKind.Webhook];

    /// <summary>Its address, without a path.</summary>
    internal string Server => $"http://127.0.0.1:{_server.Port}";

    /// <summary>The address, the API and the secret of a channel that leads here.</summary>
    internal (string Address, string? Api, string? Secret) Place => (_rules.Address(Server), _rules.Api(Server), _rules.Secret);

    /// <summary>A channel that leads here.</summary>
    internal BoundChannel Bound => new(_rules.Kind.ToString().ToLowerInvariant(), _rules.Kind, Place.Address)
    {
        Api = Place.Api,
        Secret = Place.Secret,
        Folder = Path.GetTempPath(),
    };

    /// <summary>Every request that was read, in order.</summary>
    internal ConcurrentQueue<StandInRequest> Requests { get; } = new();

    /// <summary>Those that the service took, in order, whether the sender got to know or not.</summary>
    internal ConcurrentQueue<StandInRequest> Taken { get; } = new();

    /// <summary>The rules that requests broke.</summary>
    internal ConcurrentQueue<string> Broken { get; } = new();

    internal T Rules<T>() where T : ServiceRules => (T)_rules;

    /// <summary>How often each notice was accepted, by its key (or by what the service has instead).</summary>
    internal IReadOnlyDictionary<string, int> Accepted => Copy(_rules.Accepted);

    /// <summary>How often people see each of them.</summary>
    internal IReadOnlyDictionary<string, int> Shown => Copy(_rules.Shown);

    /// <summary>What goes wrong with the next requests, one each.</summary>
    internal void Order(params Fault[] faults)
    {
        lock (_lock)
            faults.ToList().ForEach(_faults.Enqueue);
    }

    /// <summary>From now on that share of the requests goes wrong, in ways of every sort that doesn't take the client's deadline.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="seed">The same seed, the same faults in the same order.</param>
    internal void FailAtRandom(double share, int seed)
    {
        lock (_lock)
            (_share, _random) = (share, new Random(seed));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Dictionary<string, int> Copy(IReadOnlyDictionary<string, int> counts)
    {
        lock (_lock)
            return counts.ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
    }

    private Fault? NextFault()
    {
        lock (_lock)
        {
            if (_faults.TryDequeue(out var ordered))
                return ordered;
            if (_random is null || _random.NextDouble() >= _share)
                return null;
            return _random.Next(6) switch
            {
                0 => Fault.Busy("0"),
                1 => Fault.Of(500),
                2 => new Fault(FaultKind.ClosedUnread),
                3 => new Fault(FaultKind.ClosedAfterReading),
                4 => new Fault(FaultKind.TakenWithCutAnswer),
                _ => new Fault(FaultKind.TakenWithoutAnswer),
            };
        }
    }

    private async Task ServeAsync(Stream stream, LoopbackServer server, CancellationToken cancellation)
    {
        var fault = NextFault();
        if (fault?.Kind == FaultKind.ClosedUnread)
            return;
        var request = Parse(await server.ReadRequestAsync(stream, cancellation));
        Requests.Enqueue(request);
        switch (fault?.Kind)
        {
            case FaultKind.ClosedAfterReading:
                return;
            case FaultKind.Silence:
                await Task.Delay(Timeout.Infinite, cancellation);
                return;
            case FaultKind.Refused:
                await WriteAsync(stream, new StandInAnswer(fault.Status, fault.Body, "text/plain"), cancellation, fault.RetryAfter);
                return;
            case FaultKind.LoginPage:
                await WriteAsync(stream, new StandInAnswer(200, "<html><title>Sign in to the network</title></html>", "text/html"), cancellation);
                return;
            case FaultKind.Garbage:
                await stream.WriteAsync("220 smtp.example ESMTP\r\n"u8.ToArray(), cancellation);
                return;
        }
        var answer = Take(request);
        if (fault is null)
            await WriteAsync(stream, answer, cancellation);
        else if (fault.Kind == FaultKind.TakenWithCutAnswer)
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer.Status} OK\r\nContent-Length: 100000\r\n\r\n{{\"id"), cancellation);
    }

    private StandInAnswer Take(StandInRequest request)
    {
        lock (_lock)
        {
            try
            {
                var answer = _rules.Take(request);
                Taken.Enqueue(request);
                if (_rules is SlackRules { Broken: { } broken })
                    Broken.Enqueue(broken);
                return answer;
            }
            catch (Exception e) when (e is RuleBrokenException or InvalidOperationException)
            {
                Broken.Enqueue(e.Message);
                return new StandInAnswer(400, $$"""{"status":"invalid event","message":"{{e.Message.Replace("\"", "'")}}"}""");
            }
        }
    }

    private static async Task WriteAsync(Stream stream, StandInAnswer answer, CancellationToken cancellation, string? retryAfter = null)
    {
        var body = Encoding.UTF8.GetBytes(answer.Body);
        var head = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} {(System.Net.HttpStatusCode)answer.Status}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Type: {answer.ContentType}\r\n")
            .Append(retryAfter is null ? "" : $"Retry-After: {retryAfter}\r\n")
            .Append(answer.Status == 204 ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n"))
            .Append("Connection: close\r\n\r\n");
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head.ToString()), .. body], cancellation);
    }

    // The server reads bytes as Latin-1, one character each.
    private static StandInRequest Parse(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = request[..end].Split("\r\n");
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(h => h[0], h => h[1], StringComparer.OrdinalIgnoreCase);
        return new StandInRequest(first[0], first[1], headers, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(request[(end + 4)..])));
    }
}
