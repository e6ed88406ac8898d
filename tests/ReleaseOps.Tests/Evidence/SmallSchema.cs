using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ReleaseOps.Tests.Evidence;

/// <summary>
/// Checks a document against the part of JSON Schema that ours uses. A keyword that it doesn't know is an error, so that the schema can't
/// ask for something that nobody checks.
/// </summary>
internal sealed class SmallSchema(JsonObject root)
{
    private static readonly string[] Prose = ["$schema", "title", "description", "definitions"];

    /// <summary>Pointers of the schema's properties that documents had a value for.</summary>
    public HashSet<string> Seen { get; } = [];

    public IReadOnlyList<string> Check(JsonNode? document)
    {
        var faults = new List<string>();
        Check(root, "#", document, "$", faults);
        return faults;
    }

    private void Check(JsonObject schema, string pointer, JsonNode? value, string path, List<string> faults)
    {
        foreach (var (keyword, rule) in schema)
        {
            var holds = keyword switch
            {
                _ when Prose.Contains(keyword) => true,
                "$ref" => Follow((string)rule!, value, path, faults),
                "type" => rule is JsonArray any ? any.Any(t => IsOf((string)t!, value)) : IsOf((string)rule!, value),
                "const" => JsonNode.DeepEquals(rule, value),
                "enum" => rule!.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)),
                "pattern" => Regex.IsMatch((string)value!, (string)rule!),
                "minimum" => (decimal)value! >= (decimal)rule!,
                "maximum" => (decimal)value! <= (decimal)rule!,
                "items" => Items(rule!.AsObject(), pointer, value!.AsArray(), path, faults),
                "required" => rule!.AsArray().All(name => value!.AsObject().ContainsKey((string)name!)),
                "properties" => Properties(rule!.AsObject(), pointer, value!.AsObject(), path, faults),
                "additionalProperties" => Others(rule!, schema["properties"] as JsonObject, pointer, value!.AsObject(), path, faults),
                _ => throw new NotSupportedException($"{pointer}/{keyword}"),
            };
            if (!holds)
                faults.Add($"{path}: {keyword} of {pointer}");
            if (!holds && keyword == "type")
                return;
        }
    }

    private bool Follow(string reference, JsonNode? value, string path, List<string> faults)
    {
        var name = reference.Replace("#/definitions/", "", StringComparison.Ordinal);
        Check(root["definitions"]![name]!.AsObject(), reference, value, path, faults);
        return true;
    }

    private bool Items(JsonObject item, string pointer, JsonArray values, string path, List<string> faults)
    {
        for (var i = 0; i < values.Count; i++)
            Check(item, pointer + "/items", values[i], $"{path}[{i}]", faults);
        return true;
    }

    private bool Properties(JsonObject properties, string pointer, JsonObject value, string path, List<string> faults)
    {
        foreach (var (name, property) in value.Where(p => properties.ContainsKey(p.Key)))
        {
            Seen.Add($"{pointer}/properties/{name}");
            Check(properties[name]!.AsObject(), $"{pointer}/properties/{name}", property, $"{path}.{name}", faults);
        }
        return true;
    }

    private bool Others(JsonNode rule, JsonObject? known, string pointer, JsonObject value, string path, List<string> faults)
    {
        var others = value.Where(p => known?.ContainsKey(p.Key) != true).ToList();
        if (rule is not JsonObject schema)
            return (bool)rule || others.Count == 0;
        foreach (var (name, other) in others)
            Check(schema, pointer + "/additionalProperties", other, $"{path}.{name}", faults);
        return true;
    }

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "integer" => value is JsonValue v && v.TryGetValue(out long _),
        "number" => value?.GetValueKind() is System.Text.Json.JsonValueKind.Number,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "string" => value?.GetValueKind() is System.Text.Json.JsonValueKind.String,
        "array" => value is JsonArray,
        "object" => value is JsonObject,
        _ => throw new NotSupportedException(type),
    };
}
