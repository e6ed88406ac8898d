namespace ReleaseOps.Runbooks.Format;

/// <summary>A map as it was read: the values of its keys, and where they stand.</summary>
/// <param name="at">Where the map starts.</param>
internal sealed class Fields(Position at)
{
    private readonly Dictionary<Key, Field> _fields = [];

    public Position At { get; } = at;

    /// <summary>The alternative that the map is; null where it is none, or several.</summary>
    public Alternative? Chosen { get; set; }

    public void Add(Key key, object? value, YamlEntry entry) => _fields.Add(key, new Field(value, entry));

    /// <summary>True where the key stands in the map, whether or not its value fits.</summary>
    public bool Has(Key key) => _fields.ContainsKey(key);

    /// <summary>Where the key stands; where the map starts when it doesn't have it.</summary>
    public Position PositionOf(Key key) => _fields.TryGetValue(key, out var field) ? field.Entry.Key.At : At;

    /// <summary>The key's value, or null.</summary>
    public T? Get<T>(Key<T> key) where T : class => _fields.TryGetValue(key, out var field) ? (T?)field.Value : null;

    /// <summary>The key's value, or null.</summary>
    public T? GetValue<T>(Key<T> key) where T : struct => _fields.TryGetValue(key, out var field) ? (T?)field.Value : null;

    /// <summary>The key's list, or an empty one.</summary>
    public IReadOnlyList<T> List<T>(Key<IReadOnlyList<T>> key) => Get(key) ?? [];

    /// <summary>The value of a key that the map must have.</summary>
    public T Need<T>(Key<T> key) where T : class => Get(key)!;

    private sealed record Field(object? Value, YamlEntry Entry);
}
