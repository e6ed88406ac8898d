namespace ReleaseOps.Cli.Demo;

/// <summary>What the requests of the last seconds came to, by version.</summary>
internal sealed class TrafficLog
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly LinkedList<(DateTimeOffset At, bool Canary, bool Ok, double Milliseconds)> _requests = new();

    public void Add(bool canary, bool ok, TimeSpan took)
    {
        var now = DateTimeOffset.UtcNow;
        lock (_lock)
        {
            _requests.AddLast((now, canary, ok, took.TotalMilliseconds));
            while (_requests.First is { } first && first.Value.At < now - Kept)
                _requests.RemoveFirst();
        }
    }

    /// <summary>The requests that one version answered in a time; the newest first, half-open.</summary>
    public IReadOnlyList<(bool Ok, double Milliseconds)> Between(bool canary, DateTimeOffset from, DateTimeOffset to)
    {
        var found = new List<(bool, double)>();
        lock (_lock)
        {
            for (var node = _requests.Last; node is not null && node.Value.At >= from; node = node.Previous)
                if (node.Value.Canary == canary && node.Value.At < to)
                    found.Add((node.Value.Ok, node.Value.Milliseconds));
        }
        return found;
    }

    /// <summary>When a version answered its last request before a moment; null for none.</summary>
    public DateTimeOffset? Newest(bool canary, DateTimeOffset before)
    {
        lock (_lock)
        {
            for (var node = _requests.Last; node is not null; node = node.Previous)
                if (node.Value.Canary == canary && node.Value.At < before)
                    return node.Value.At;
        }
        return null;
    }
}
