using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary>The keys of a map: which there are, which must be there, and which go together.</summary>
/// <param name="what">What the map is, with its article: <c>a step</c>.</param>
/// <param name="common">The keys that it may always have.</param>
internal sealed class MapKeys(string what, IReadOnlyList<Key> common)
{
    private Dictionary<string, Key>? _byName;

    public IReadOnlyList<Alternative> Alternatives { get; set; } = [];

    /// <summary>Of these the map must have one at least; none where each may be left out.</summary>
    public IReadOnlyList<Key> OneAtLeast { get; set; } = [];

    /// <summary>Reads the map's keys; false where one that must be there isn't, or doesn't fit.</summary>
    public bool Read(YamlMap map, Fields fields, Reading reading)
    {
        var complete = true;
        var seen = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var name = entry.Key.Text;
            if (!seen.TryAdd(name, entry))
            {
                reading.Error(entry.Key.At, ErrorId.DuplicateKey,
                    $"'{Reading.Show(name)}' stands twice in {what}; the first is at {seen[name].Key.At}");
                continue;
            }
            if (!ByName.TryGetValue(name, out var key))
            {
                reading.Error(entry.Key.At, ErrorId.UnknownKey, $"unknown key '{Reading.Show(name)}' in {what}",
                    reading.HintFor(name, ByName.Keys));
                continue;
            }
            var fits = key.TryRead(entry.Value, reading, out var value);
            fields.Add(key, fits ? value : null, entry);
            complete &= fits;
        }
        foreach (var key in common.Where(key => key.Required && !fields.Has(key)))
        {
            reading.Error(map.At, ErrorId.MissingKey, $"{what} must have '{key.Name}'");
            complete = false;
        }
        if (OneAtLeast.Count > 0 && !OneAtLeast.Any(fields.Has))
        {
            reading.Error(map.At, ErrorId.MissingKey, $"{what} must have {string.Join(" or ", OneAtLeast.Select(key => $"'{key.Name}'"))}");
            complete = false;
        }
        return Choose(map, fields, reading) && complete;
    }

    private Dictionary<string, Key> ByName => _byName ??=
        common.Concat(Alternatives.SelectMany(a => a.Own.Prepend(a.Main))).Distinct().ToDictionary(key => key.Name, StringComparer.Ordinal);

    private bool Choose(YamlMap map, Fields fields, Reading reading)
    {
        if (Alternatives.Count == 0)
            return true;
        var chosen = Alternatives.Where(a => fields.Has(a.Main)).ToArray();
        if (chosen.Length == 0)
        {
            // A misspelt main key has been reported with a hint; that one is missing then is no news.
            reading.Error(map.At, ErrorId.MissingKey,
                $"{what} must have one of: {string.Join(", ", Alternatives.Select(a => a.Main.Name))}");
            return false;
        }
        foreach (var second in chosen.Skip(1))
            reading.Error(fields.PositionOf(second.Main), ErrorId.BadValue,
                $"{what} has '{chosen[0].Main.Name}' already; '{second.Main.Name}' can't stand beside it", "make two of it");
        if (chosen.Length > 1)
            return false;
        fields.Chosen = chosen[0];
        return NothingForeign(fields, reading);
    }

    private bool NothingForeign(Fields fields, Reading reading)
    {
        var foreign = Alternatives.SelectMany(a => a.Own).Distinct()
            .Where(key => fields.Has(key) && !fields.Chosen!.Own.Contains(key)).ToArray();
        foreach (var key in foreign)
        {
            var owners = Alternatives.Where(a => a.Own.Contains(key)).Select(a => $"'{a.Main.Name}'");
            reading.Error(fields.PositionOf(key), ErrorId.UnknownKey,
                $"'{key.Name}' doesn't go with '{fields.Chosen!.Main.Name}'", $"it goes with {string.Join(" or ", owners)}");
        }
        return foreign.Length == 0;
    }

    public JsonObject Schema(SchemaDefinitions definitions)
    {
        var properties = new JsonObject();
        foreach (var key in ByName.Values)
            properties.Add(key.Name, Described(key.Shape.Schema(definitions), key.Help));
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (common.Any(key => key.Required))
            schema["required"] = Names(common.Where(key => key.Required));
        if (OneAtLeast.Count > 0)
            schema["anyOf"] = new JsonArray([.. OneAtLeast.Select(Has)]);
        if (Alternatives.Count > 0)
            schema["oneOf"] = new JsonArray([.. Alternatives.Select(a => Has(a.Main))]);
        var dependent = Alternatives.SelectMany(a => a.Own).Distinct().ToArray();
        if (dependent.Length > 0)
            schema["dependencies"] = new JsonObject(dependent.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)Owners(key))));
        return schema;
    }

    private JsonNode Owners(Key key)
    {
        var owners = Alternatives.Where(a => a.Own.Contains(key)).ToArray();
        return owners.Length == 1
            ? Names([owners[0].Main])
            : new JsonObject { ["anyOf"] = new JsonArray([.. owners.Select(a => Has(a.Main))]) };
    }

    private static JsonObject Has(Key key) => new() { ["required"] = Names([key]) };

    private static JsonArray Names(IEnumerable<Key> keys) => new([.. keys.Select(key => JsonValue.Create(key.Name))]);

    // In draft-07 whatever stands beside a $ref is ignored.
    private static JsonObject Described(JsonObject schema, string help)
    {
        if (schema.ContainsKey("$ref"))
            schema = new JsonObject { ["allOf"] = new JsonArray(schema) };
        schema["description"] = help;
        return schema;
    }
}
