using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ReleaseOps.Probes;

/// <summary>What criteria can ask of a command; its lines and its JSON are worked out when something asks for them.</summary>
internal sealed class CommandValues : IReadOnlyDictionary<string, object?>
{
    private const string Lines = "lines";
    private const string Json = "json";
    private const int MaxDepth = 64;

    private readonly Dictionary<string, object?> _values;
    private readonly Lazy<IReadOnlyList<object?>> _lines;
    private readonly Lazy<JsonElement?> _json;

    /// <param name="values">All the others.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="isWhole">False where a part of it wasn't kept: half a document isn't judged.</param>
    public CommandValues(Dictionary<string, object?> values, string output, bool isWhole)
    {
        _values = values;
        _lines = new(() => output.Length == 0 ? [] : [.. output.Split('\n').Select(line => line.TrimEnd('\r'))]);
        _json = new(() => isWhole ? Parse(output) : null);
    }

    public IEnumerable<string> Keys => this.Select(pair => pair.Key);

    public IEnumerable<object?> Values => this.Select(pair => pair.Value);

    public int Count => _values.Count + (_json.Value is null ? 1 : 2);

    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        if (_values.TryGetValue(key, out value))
            return true;
        value = key == Lines ? _lines.Value : key == Json ? _json.Value : null;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        foreach (var pair in _values)
            yield return pair;
        yield return new(Lines, _lines.Value);
        if (_json.Value is { } json)
            yield return new(Json, json);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static JsonElement? Parse(string output)
    {
        try
        {
            // A document that names a key twice has no one meaning, so it is none.
            using var document = JsonDocument.Parse(output, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
