using System.Text.Json;
using ReleaseOps.Ledger;

namespace ReleaseOps.Incidents;

/// <summary>
/// Since when each condition of a watch has held, look by look: when a signal could first be seen, before it had held for long enough.
/// </summary>
internal sealed class SignalTimes
{
    private readonly Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);

    public void Take(LedgerEvent e)
    {
        if (e.Type == "watch.started")
            _since.Clear();
        if (e.Type != "watch.look" || LedgerText.TimeOf(e.Data, "at") is not { } at)
            return;
        var seen = e.Data.TryGetProperty("seen", out var conditions) && conditions.ValueKind == JsonValueKind.Object ? conditions : default;
        // What isn't in a look was seen not to hold; what is there and doesn't say that it holds can't be told, and ends nothing.
        foreach (var gone in _since.Keys.Where(id => seen.ValueKind != JsonValueKind.Object || !seen.TryGetProperty(id, out _)).ToList())
            _since.Remove(gone);
        if (seen.ValueKind != JsonValueKind.Object)
            return;
        foreach (var condition in seen.EnumerateObject().Where(c => Holds(c.Value)))
            _since.TryAdd(condition.Name, at);
    }

    /// <summary>Since when the signal of an incident that is opened now has held; null where no look shows it.</summary>
    /// <param name="source">The incident's source; <c>severity</c> stands for all rungs of the ladder.</param>
    /// <param name="opened">When it is opened.</param>
    public DateTimeOffset? Since(string source, DateTimeOffset opened)
    {
        var times = _since.Where(s => s.Value <= opened && IsOf(s.Key, source)).Select(s => s.Value).ToList();
        return times.Count == 0 ? null : times.Min();
    }

    private static bool Holds(JsonElement seen) => seen.ValueKind == JsonValueKind.Object && seen.TryGetProperty("holds", out _);

    private static bool IsOf(string condition, string source) =>
        condition == source || (source == "severity" && condition.StartsWith("severity:", StringComparison.Ordinal));
}
