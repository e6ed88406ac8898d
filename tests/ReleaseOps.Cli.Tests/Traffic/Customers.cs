namespace ReleaseOps.Cli.Tests.Traffic;

/// <summary>One request of a customer, and who answered it.</summary>
/// <param name="At">When it was begun, UTC.</param>
/// <param name="Version">The version that answered; null where none did.</param>
/// <param name="Status">The answer's status; 0 where there was none.</param>
internal sealed record Served(DateTimeOffset At, string? Version, int Status);

/// <summary>Customers who ask again and again until they are disposed of: on threads of their own, for the same reason as the service.</summary>
internal sealed class Customers : IDisposable
{
    private const int Count = 4;

    private readonly Lock _lock = new();
    private readonly List<Served> _served = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Thread[] _threads;

    public Customers(string address)
    {
        _threads = [.. Enumerable.Range(0, Count).Select(_ => new Thread(() => Ask(new Uri(address + "/buy"))) { IsBackground = true })];
        Array.ForEach(_threads, t => t.Start());
    }

    /// <summary>All requests until now, in the order in which they were answered.</summary>
    public IReadOnlyList<Served> Served
    {
        get { lock (_lock) return [.. _served]; }
    }

    /// <summary>Waits until that many further requests have been answered.</summary>
    public void AwaitFurther(int requests)
    {
        var enough = Served.Count + requests;
        Scratch.Await(() => Served.Count >= enough, $"{requests} further requests");
    }

    public void Dispose()
    {
        _end.Cancel();
        Array.ForEach(_threads, t => t.Join());
        _end.Dispose();
    }

    private void Ask(Uri address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (!_end.IsCancellationRequested)
        {
            var served = Ask(http, address);
            lock (_lock)
                _served.Add(served);
            Thread.Sleep(10);
        }
    }

    private static Served Ask(HttpClient http, Uri address)
    {
        var at = DateTimeOffset.UtcNow;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var answer = http.Send(request);
            return new Served(at, answer.Headers.TryGetValues("X-Version", out var version) ? version.Single() : null, (int)answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            return new Served(at, null, 0);
        }
    }
}
