using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ReleaseOps.Expressions;

/// <summary>
/// A map of an expression. Keys are int, uint, bool or string; numbers of different types that are equal are the same key.
/// </summary>
internal abstract class CelMap : IReadOnlyDictionary<object, object?>
{
    public abstract int Count { get; }

    /// <summary>The keys, in the order in which they were given.</summary>
    public abstract Value[] KeyValues { get; }

    /// <summary>How deep the expression itself nested it; 0 for a map from outside.</summary>
    public virtual int Depth => 0;

    public abstract bool TryFind(in Value key, out Value value);

    public object? this[object key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException();

    public IEnumerable<object> Keys => KeyValues.Select(key => Border.ToPlain(key)!);

    public IEnumerable<object?> Values => this.Select(pair => pair.Value);

    public bool ContainsKey(object key) => TryFind(Border.FromPlain(key), out _);

    public bool TryGetValue(object key, [MaybeNullWhen(false)] out object? value)
    {
        var found = TryFind(Border.FromPlain(key), out var held);
        value = found ? Border.ToPlain(held) : null;
        return found;
    }

    public IEnumerator<KeyValuePair<object, object?>> GetEnumerator()
    {
        foreach (var key in KeyValues)
        {
            TryFind(key, out var value);
            yield return new(Border.ToPlain(key)!, Border.ToPlain(value));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A map that an expression built, or that came with keys other than strings.</summary>
internal sealed class BuiltMap : CelMap
{
    private readonly Value[] _keys;
    private readonly Value[] _values;
    private readonly Dictionary<Value, int> _index;

    private BuiltMap(Value[] keys, Value[] values, Dictionary<Value, int> index)
    {
        _keys = keys;
        _values = values;
        _index = index;
        Depth = 1 + BuiltList.Deepest(values);
    }

    public override int Count => _keys.Length;

    public override Value[] KeyValues => _keys;

    public override int Depth { get; }

    /// <summary>Builds a map; null where a key can't be one (<paramref name="bad"/> is its place) or stands there twice.</summary>
    public static BuiltMap? TryBuild(Value[] keys, Value[] values, out int bad)
    {
        var index = new Dictionary<Value, int>(keys.Length, KeyComparer.Instance);
        for (bad = 0; bad < keys.Length; bad++)
        {
            if (keys[bad].Kind is not (Kind.Int or Kind.Uint or Kind.Bool or Kind.String) || !index.TryAdd(keys[bad], bad))
                return null;
        }
        return new BuiltMap(keys, values, index);
    }

    public override bool TryFind(in Value key, out Value value)
    {
        var found = _index.TryGetValue(key, out var at);
        value = found ? _values[at] : default;
        return found;
    }
}

/// <summary>
/// A map with string keys from outside. What was looked up is kept, so that looking again gives the same value without work.
/// </summary>
internal abstract class TextMap : CelMap
{
    private readonly Dictionary<string, Value> _seen = new(StringComparer.Ordinal);
    private Value[]? _keys;

    public override int Count => KeyValues.Length;

    public override Value[] KeyValues => _keys ??= LoadKeys();

    public override bool TryFind(in Value key, out Value value)
    {
        value = default;
        return key.Kind == Kind.String && TryFind(key.AsString, out value);
    }

    public bool TryFind(string key, out Value value)
    {
        if (_seen.TryGetValue(key, out value))
            return true;
        if (!Look(key, out value))
            return false;
        _seen[key] = value;
        return true;
    }

    protected void Keep(string key, Value value) => _seen.TryAdd(key, value);

    protected abstract bool Look(string key, out Value value);

    protected abstract Value[] LoadKeys();
}

/// <summary>A JSON object; of a name that it has twice, the last one counts.</summary>
internal sealed class JsonMap(JsonElement json) : TextMap
{
    // Looking a name up in a JSON object walks all its names: after a few of them it pays to walk once and keep all.
    private const int Walks = 8;

    private int _walks;
    private bool _complete;

    protected override bool Look(string key, out Value value)
    {
        value = default;
        if (_complete)
            return false;
        if (++_walks > Walks)
            return FindAmongAll(key, out value);
        try
        {
            if (!json.TryGetProperty(key, out var property))
                return false;
            value = Border.FromJson(property);
            return true;
        }
        catch (InvalidOperationException)
        {
            // Some other name in it is half a surrogate pair.
            return FindAmongAll(key, out value);
        }
    }

    private bool FindAmongAll(string key, out Value value)
    {
        _ = KeyValues;
        return TryFind(key, out value);
    }

    /// <summary>A name, or as it is written where that is half a surrogate pair, which no text can hold.</summary>
    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }

    protected override Value[] LoadKeys()
    {
        var keys = new List<string>();
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            var name = NameOf(property);
            if (!values.ContainsKey(name))
                keys.Add(name);
            values[name] = Border.FromJson(property.Value);
        }
        foreach (var (name, value) in values)
            Keep(name, value);
        _complete = true;
        return keys.Select(Value.Of).ToArray();
    }
}

/// <summary>A dictionary of plain values.</summary>
internal sealed class PlainMap(IReadOnlyDictionary<string, object?> map) : TextMap
{
    protected override bool Look(string key, out Value value)
    {
        var found = map.TryGetValue(key, out var held);
        value = found ? Border.FromPlain(held) : default;
        return found;
    }

    protected override Value[] LoadKeys() => map.Keys.Select(Value.Of).ToArray();
}
