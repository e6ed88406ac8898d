namespace ReleaseOps.Contracts;

/// <summary>The keys of a map, in the order of the document; each is there once.</summary>
/// <param name="inOrder">The keys.</param>
internal sealed class ApiKeys(string[] inOrder)
{
    // From about here on a table finds a key sooner than going through them.
    private const int Many = 24;

    private Dictionary<string, int>? _table;

    public static ApiKeys None { get; } = new([]);

    public string[] InOrder { get; } = inOrder;

    /// <summary>Where a key stands; below zero where it doesn't.</summary>
    public int IndexOf(string key)
    {
        if (InOrder.Length < Many)
            return Array.IndexOf(InOrder, key);
        // Two threads may both make it; either one is right.
        var table = _table ??= InOrder.Select((k, i) => (k, i)).ToDictionary(p => p.k, p => p.i, StringComparer.Ordinal);
        return table.TryGetValue(key, out var at) ? at : -1;
    }
}
