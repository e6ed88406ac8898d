using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary>A map with known keys.</summary>
/// <param name="what">What it is, with its article: <c>a step</c>.</param>
/// <param name="keys">Its keys, beside those of its alternatives.</param>
/// <param name="build">Makes the value; called only where nothing was wrong with a key that must be there.</param>
internal sealed class MapShape<T>(string what, IReadOnlyList<Key> keys, Func<Fields, T> build) : Shape<T>
{
    private readonly MapKeys _keys = new(what, keys);

    /// <summary>Of these the map must be exactly one; none where it has no alternatives.</summary>
    public IReadOnlyList<Alternative> Alternatives { init => _keys.Alternatives = value; }

    /// <summary>Of these the map must have one at least; none where each may be left out.</summary>
    public IReadOnlyList<Key> OneAtLeast { init => _keys.OneAtLeast = value; }

    /// <summary>Its name among the schema's definitions; null where it is used in one place only.</summary>
    public string? Definition { get; init; }

    /// <summary>Reports what keys can't say one by one; called whatever the map lacks.</summary>
    public Action<Fields, Reading>? Check { get; init; }

    public override string Expected => what;

    public override bool TryRead(YamlNode node, Reading reading, out T value)
    {
        value = default!;
        if (node is not YamlMap map)
            return Misfit(node, reading);
        var fields = new Fields(map.At);
        var complete = _keys.Read(map, fields, reading);
        Check?.Invoke(fields, reading);
        if (complete)
            value = build(fields);
        return complete;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        Definition is null ? _keys.Schema(definitions) : definitions.Refer(Definition, () => _keys.Schema(definitions));
}
