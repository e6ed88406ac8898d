using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ReleaseOps.Steps;

/// <summary>What a probe saw, over what the whole run knows. Nothing is copied, so that values a probe makes on demand stay unmade.</summary>
internal sealed class LayeredValues(IReadOnlyDictionary<string, object?> seen, IReadOnlyDictionary<string, object?> shared)
    : IReadOnlyDictionary<string, object?>
{
    public IEnumerable<string> Keys => seen.Keys.Union(shared.Keys, StringComparer.Ordinal);

    public IEnumerable<object?> Values => Keys.Select(k => this[k]);

    public int Count => Keys.Count();

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => seen.ContainsKey(key) || shared.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) =>
        seen.TryGetValue(key, out value) || shared.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        Keys.Select(k => KeyValuePair.Create(k, this[k])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
