using System.Text.Json.Nodes;

namespace ReleaseOps.Tests.Contracts;

/// <summary>Changes of a description: such as mean nothing, and such as mean something.</summary>
internal static class ApiMutation
{
    private static readonly HashSet<string> Sets = ["required", "enum", "type", "oneOf", "anyOf", "allOf", "tags", "parameters", "security"];

    /// <summary>The same description with its maps, and its lists that have no order, in another order.</summary>
    public static JsonNode Reordered(JsonNode node, Random random, string key = "")
    {
        switch (node)
        {
            case JsonObject map:
                var pairs = map.Select(p => (p.Key, Value: Reordered(p.Value!, random, p.Key))).ToArray();
                random.Shuffle(pairs);
                return new JsonObject(pairs.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
            case JsonArray list:
                var items = list.Select(i => Reordered(i!, random)).ToArray();
                if (Sets.Contains(key))
                    random.Shuffle(items);
                return new JsonArray(items);
            default:
                return node.DeepClone();
        }
    }

    /// <summary>The same description with some differences.</summary>
    public static JsonObject Changed(JsonObject api, Random random)
    {
        var changed = (JsonObject)api.DeepClone();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            if (random.Next(3) == 0)
                ChangeOperation(changed, random);
            else
                ChangeSchema(changed, random);
        }
        return changed;
    }

    private static void ChangeOperation(JsonObject api, Random random)
    {
        var paths = (JsonObject)api["paths"]!;
        var made = new RandomApi(random.Next(), withAccess: false);
        var items = paths.Select(p => (JsonObject)p.Value!).Where(i => i.Count > 0).ToArray();
        if (items.Length == 0 || random.Next(4) == 0)
        {
            // A path or an operation more, or less.
            if (random.Next(2) == 0 || paths.Count == 0)
                paths["/fresh" + random.Next(9)] = new JsonObject { ["get"] = new JsonObject { ["responses"] = new JsonObject() } };
            else
                paths.Remove(paths.ElementAt(random.Next(paths.Count)).Key);
            return;
        }
        var item = items[random.Next(items.Length)];
        var operation = (JsonObject)item.ElementAt(random.Next(item.Count)).Value!;
        switch (random.Next(6))
        {
            case 0: item.Remove(item.ElementAt(random.Next(item.Count)).Key); break;
            case 1: operation["parameters"] = new JsonArray(made.Parameter("q1")); break;
            case 2: operation.Remove("requestBody"); break;
            case 3: operation["tags"] = new JsonArray("t1", "t9"); break;
            case 4: ((JsonObject)operation["responses"]!).Remove("404"); break;
            case 5: operation["deprecated"] = true; break;
        }
    }

    private static void ChangeSchema(JsonObject api, Random random)
    {
        var schemas = new List<JsonObject>();
        Collect(api, schemas);
        if (schemas.Count == 0)
            return;

        var schema = schemas[random.Next(schemas.Count)];
        switch (random.Next(7))
        {
            case 0: schema["type"] = random.Next(2) == 0 ? "boolean" : "integer"; break;
            case 1: schema["maxLength"] = random.Next(3, 12); break;
            case 2: schema["minimum"] = random.Next(3, 12); break;
            case 3 when schema["properties"] is JsonObject properties: properties["fresh"] = new JsonObject { ["type"] = "string" }; break;
            case 4 when schema["properties"] is JsonObject { Count: > 0 } properties: properties.Remove(properties.First().Key); break;
            case 5 when schema["required"] is JsonArray { Count: > 0 } required: required.RemoveAt(random.Next(required.Count)); break;
            case 6 when schema["enum"] is JsonArray values: values.Add("fresh"); break;
        }
    }

    private static void Collect(JsonNode? node, List<JsonObject> schemas)
    {
        if (node is JsonObject map)
        {
            if (map["type"] is JsonValue or JsonArray)
                schemas.Add(map);
            foreach (var (_, value) in map)
                Collect(value, schemas);
        }
        foreach (var item in node as JsonArray ?? [])
            Collect(item, schemas);
    }
}
