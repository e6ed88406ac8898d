using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ReleaseOps.Cli.Demo;

/// <summary>
/// A service that runs in two versions behind one address, under load: <c>POST /weight</c> gives the new one its share of the requests.
/// What the requests came to can be asked the way Prometheus is asked, by name and label.
/// </summary>
internal sealed class CanaryService : IDisposable
{
    /// <summary>The share of the traffic, in percent, from which a fault shows: as faults do, under load.</summary>
    private const double FaultFrom = 25;

    private readonly Fault _fault;
    private readonly LoopbackHost _host;
    private readonly TrafficLog _traffic = new();
    private readonly TrafficQueries _queries;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _load;
    private readonly int _soundRequests;
    private double _weight;
    private long _canaryRequests;
    private double _owed;

    /// <param name="fault">What is wrong with the new version.</param>
    /// <param name="weight">Its share of the traffic at the beginning, in percent.</param>
    /// <param name="soundRequests">How many requests it answers as it should before the fault shows.</param>
    public CanaryService(Fault fault, double weight = 0, int soundRequests = 0)
    {
        (_fault, _weight, _soundRequests) = (fault, weight, soundRequests);
        _queries = new TrafficQueries(_traffic);
        _host = new LoopbackHost(AnswerAsync);
        _load = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LoadAsync()));
    }

    /// <summary>host:port that it listens on.</summary>
    public string Host => _host.Host;

    public void Dispose()
    {
        _end.Cancel();
        _load.Wait(TimeSpan.FromSeconds(2));
        _host.Dispose();
        _end.Dispose();
    }

    /// <summary>The customers: requests on four kept connections, about 500 a second.</summary>
    private async Task LoadAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{Host}/") };
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var answer = await http.GetAsync("work", _end.Token).ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromMilliseconds(8), _end.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or HttpRequestException)
            {
                // A customer who got no answer asks again.
            }
        }
    }

    private async Task<(int Status, string Body)> AnswerAsync(HttpListenerRequest request)
    {
        switch (request.HttpMethod, request.Url!.AbsolutePath)
        {
            case ("GET", "/work"):
                return await WorkAsync().ConfigureAwait(false);
            case ("GET", "/health"):
                return (200, """{"status":"healthy"}""");
            case ("GET", "/weight"):
                return (200, string.Create(CultureInfo.InvariantCulture, $$"""{"canary":{{_weight}}}"""));
            case ("POST", "/weight"):
                using (var document = await JsonDocument.ParseAsync(request.InputStream).ConfigureAwait(false))
                    _weight = Math.Clamp(document.RootElement.GetProperty("canary").GetDouble(), 0, 100);
                return (202, """{"accepted":true}""");
            case (_, "/api/v1/query") or (_, "/api/v1/query_range"):
                return await _queries.AnswerAsync(request).ConfigureAwait(false);
            default:
                return (404, """{"error":"no such page"}""");
        }
    }

    private async Task<(int Status, string Body)> WorkAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        var canary = IsCanary();
        var status = canary && _weight >= FaultFrom && Interlocked.Increment(ref _canaryRequests) is var nth ? Faulty(nth) : (Status: 200, Slow: false);
        await Task.Delay(status.Slow ? TimeSpan.FromMilliseconds(150) : TimeSpan.FromMilliseconds(3)).ConfigureAwait(false);
        _traffic.Add(canary, status.Status < 500, TimeProvider.System.GetElapsedTime(began));
        return (status.Status, canary ? """{"version":"2.0.0"}""" : """{"version":"1.0.0"}""");
    }

    private (int Status, bool Slow) Faulty(long nth) => nth <= _soundRequests ? (200, false) : _fault switch
    {
        Fault.Errors when nth % 12 == 0 => (500, false),
        Fault.Latency when nth % 10 == 0 => (200, true),
        _ => (200, false),
    };

    /// <summary>Gives the new version exactly its share: what it is owed adds up, and each whole request is paid.</summary>
    private bool IsCanary()
    {
        lock (_traffic)
        {
            _owed += _weight / 100;
            if (_owed < 1)
                return false;
            _owed--;
            return true;
        }
    }
}
