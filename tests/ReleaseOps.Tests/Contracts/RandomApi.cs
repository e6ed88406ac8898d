using System.Globalization;
using System.Text.Json.Nodes;

namespace ReleaseOps.Tests.Contracts;

/// <summary>A description of an API made up from a seed: the same seed, the same description.</summary>
/// <param name="seed">The seed.</param>
/// <param name="withAccess">Whether some properties are read-only or write-only.</param>
internal sealed class RandomApi(int seed, bool withAccess = true)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete"];
    private readonly Random _random = new(seed);
    private int _schemas;

    public JsonObject Make()
    {
        _schemas = _random.Next(1, 6);
        var schemas = new JsonObject();
        for (var i = 0; i < _schemas; i++)
        {
            // A reference of which nothing comes leads nowhere.
            var schema = Schema(3);
            schemas[Name("S", i)] = schema.ContainsKey("$ref") ? Shape(3) : schema;
        }

        var paths = new JsonObject();
        for (var i = _random.Next(1, 4); i > 0; i--)
            paths[Chance(3) ? Name("/p", i) : Name("/p", i) + "/{id}"] = PathItem();

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "random", ["version"] = "1.0.0" },
            ["tags"] = new JsonArray(new JsonObject { ["name"] = "a" }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    public JsonObject Operation()
    {
        var operation = new JsonObject { ["responses"] = Responses() };
        if (Chance(2))
            operation["tags"] = Texts("t", _random.Next(1, 4));
        if (Chance(2))
            operation["parameters"] = new JsonArray([.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => Parameter(Name("q", i)))]);
        if (Chance(2))
            operation["requestBody"] = new JsonObject { ["required"] = Chance(2), ["content"] = Content() };
        if (Chance(4))
            operation["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray(), ["other"] = new JsonArray() }, new JsonObject { ["o"] = Texts("s", 2) });
        return operation;
    }

    public JsonObject Parameter(string name) => new()
    {
        ["name"] = name,
        ["in"] = Chance(2) ? "query" : "header",
        ["required"] = Chance(2),
        ["schema"] = Schema(1),
    };

    public JsonObject Schema(int depth) => _random.Next(depth > 0 ? 10 : 4) switch
    {
        0 => new() { ["type"] = "string", ["maxLength"] = _random.Next(5, 9), ["minLength"] = _random.Next(1, 5) },
        1 => new() { ["type"] = Chance(2) ? "integer" : "number", ["minimum"] = _random.Next(0, 5), ["maximum"] = _random.Next(5, 9) },
        2 => new() { ["type"] = "string", ["enum"] = Texts("v", _random.Next(2, 5)) },
        3 => new() { ["type"] = Texts(["string", "null"]), ["pattern"] = "^a+$", ["default"] = "a" },
        4 => new() { ["type"] = "array", ["items"] = Schema(depth - 1), ["maxItems"] = _random.Next(1, 5) },
        5 => Reference(),
        6 => new() { ["oneOf"] = new JsonArray(Titled("A", depth), Titled("B", depth), Reference()) },
        7 => new() { ["allOf"] = new JsonArray(Reference(), Shape(depth)) },
        _ => Shape(depth),
    };

    private JsonObject Shape(int depth)
    {
        var properties = new JsonObject();
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            var property = Schema(depth - 1);
            if (Chance(8) && withAccess && !property.ContainsKey("$ref"))
                property[Chance(2) ? "readOnly" : "writeOnly"] = true;
            properties[Name("p", i)] = property;
        }
        return new() { ["type"] = "object", ["properties"] = properties, ["required"] = Texts("p", _random.Next(1, 4)) };
    }

    private JsonObject Titled(string title, int depth)
    {
        var shape = Shape(depth - 1);
        shape["title"] = title;
        return shape;
    }

    private JsonObject PathItem()
    {
        var item = new JsonObject();
        foreach (var method in Methods.Where(_ => Chance(2)))
            item[method] = Operation();
        return item;
    }

    private JsonObject Responses()
    {
        var responses = new JsonObject { ["200"] = Response() };
        if (Chance(2))
            responses["404"] = Response();
        if (Chance(3))
            responses["default"] = Response();
        return responses;
    }

    private JsonObject Response() => new()
    {
        ["description"] = "d",
        ["headers"] = new JsonObject { ["X-A"] = new JsonObject { ["required"] = Chance(2), ["schema"] = Schema(0) } },
        ["content"] = Content(),
    };

    private JsonObject Content()
    {
        var content = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Schema(3) } };
        if (Chance(4))
            content["text/csv"] = new JsonObject { ["schema"] = Schema(1) };
        return content;
    }

    private JsonObject Reference() => new() { ["$ref"] = Name("#/components/schemas/S", _random.Next(_schemas)) };

    private bool Chance(int of) => _random.Next(of) == 0;

    private static JsonArray Texts(string prefix, int count) => Texts([.. Enumerable.Range(1, count).Select(i => Name(prefix, i))]);

    private static JsonArray Texts(string[] texts) => new([.. texts.Select(t => (JsonNode)t)]);

    private static string Name(string prefix, int number) => prefix + number.ToString(CultureInfo.InvariantCulture);
}
