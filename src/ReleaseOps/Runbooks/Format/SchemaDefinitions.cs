using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary>The parts of the schema that stand in several places, each written once.</summary>
internal sealed class SchemaDefinitions
{
    private readonly SortedDictionary<string, JsonObject> _definitions = new(StringComparer.Ordinal);

    /// <summary>A reference to the definition; it is made at its first use.</summary>
    public JsonObject Refer(string name, Func<JsonObject> make)
    {
        if (!_definitions.ContainsKey(name))
            _definitions[name] = make();
        return new JsonObject { ["$ref"] = "#/definitions/" + name };
    }

    public JsonObject ToJson() => new(_definitions.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
}
