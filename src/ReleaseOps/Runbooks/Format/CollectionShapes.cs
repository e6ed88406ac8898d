using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary>A list of at least one.</summary>
/// <param name="item">What its items are.</param>
/// <param name="expected">What the list is: <c>a list of steps</c>.</param>
internal sealed class ListShape<T>(Shape<T> item, string expected) : Shape<IReadOnlyList<T>>
{
    /// <summary>What to do about a single text where a list is asked for; null for nothing special.</summary>
    public Func<string, string>? HintForText { get; init; }

    public override string Expected => expected;

    public override bool TryRead(YamlNode node, Reading reading, out IReadOnlyList<T> value)
    {
        value = [];
        if (node is not YamlList { Items.Count: > 0 } list)
            return Misfit(node, reading, node is YamlScalar { IsAbsent: false } text ? HintForText?.Invoke(text.Text) : null);
        var items = new List<T>(list.Items.Count);
        var fit = true;
        foreach (var node2 in list.Items)
        {
            if (item.TryRead(node2, reading, out var read))
                items.Add(read);
            else
                fit = false;
        }
        value = items;
        return fit;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "array", ["minItems"] = 1, ["items"] = item.Schema(definitions) };
}

/// <summary>One of it, or a list of them.</summary>
/// <param name="item">What its items are.</param>
/// <param name="expected">What the list is.</param>
internal sealed class OneOrManyShape<T>(Shape<T> item, string expected) : Shape<IReadOnlyList<T>>
{
    private readonly ListShape<T> _list = new(item, expected);

    public override string Expected => $"{item.Expected}, or {expected}";

    public override bool TryRead(YamlNode node, Reading reading, out IReadOnlyList<T> value)
    {
        if (node is YamlList)
            return _list.TryRead(node, reading, out value);
        var fits = item.TryRead(node, reading, out var one);
        value = fits ? [one] : [];
        return fits;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["anyOf"] = new JsonArray(item.Schema(definitions), _list.Schema(definitions)) };
}

/// <summary>A map of named things, in the order of the file.</summary>
/// <param name="name">What a name may be.</param>
/// <param name="item">What each thing is.</param>
/// <param name="withName">Gives a thing its name.</param>
/// <param name="expected">What the map is: <c>a map of names to gates</c>.</param>
internal sealed class NamedShape<TItem, T>(NameShape name, Shape<TItem> item, Func<string, TItem, T> withName, string expected)
    : Shape<IReadOnlyList<T>>
{
    public override string Expected => expected;

    public override bool TryRead(YamlNode node, Reading reading, out IReadOnlyList<T> value)
    {
        value = [];
        if (node is not YamlMap map)
            return Misfit(node, reading);
        var items = new List<T>(map.Entries.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var fit = true;
        foreach (var entry in map.Entries)
        {
            if (!seen.Add(entry.Key.Text))
            {
                reading.Error(entry.Key.At, ErrorId.DuplicateKey, $"'{Reading.Show(entry.Key.Text)}' stands twice in {expected}");
                fit = false;
                continue;
            }
            var named = name.TryRead(entry.Key, reading, out var itsName);
            var read = item.TryRead(entry.Value, reading, out var thing);
            fit &= named && read;
            if (named && read)
                items.Add(withName(itsName, thing));
        }
        value = items;
        return fit;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["patternProperties"] = new JsonObject { [name.Pattern] = item.Schema(definitions) },
    };
}

/// <summary>A short form as text or number, or the long form as a map.</summary>
/// <param name="single">The short form.</param>
/// <param name="map">The long form.</param>
internal sealed class ShortOrLongShape<T>(Shape<T> single, MapShape<T> map) : Shape<T>
{
    public override string Expected => $"{single.Expected}, or {map.Expected}";

    public override bool TryRead(YamlNode node, Reading reading, out T value)
    {
        if (node is YamlScalar)
            return single.TryRead(node, reading, out value);
        if (node is YamlMap)
            return map.TryRead(node, reading, out value);
        value = default!;
        return Misfit(node, reading);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["anyOf"] = new JsonArray(single.Schema(definitions), map.Schema(definitions)) };
}
