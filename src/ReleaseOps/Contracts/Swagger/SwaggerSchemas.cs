namespace ReleaseOps.Contracts.Swagger;

/// <summary>What has a schema: parameters, headers, bodies, responses.</summary>
internal static class SwaggerSchemas
{
    // What a parameter or header of 2.0 says itself, and 3.0 in its schema.
    private static readonly string[] OfSchema =
    [
        "type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength",
        "pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf",
    ];

    private static readonly string[] NotOfParameter = [.. OfSchema, "collectionFormat"];

    public static string In(ApiNode parameter) => parameter["in"]?.Text ?? "";

    /// <summary>A parameter that is neither body nor form, or a header.</summary>
    public static ApiNode Parameter(ApiNode parameter)
    {
        if (parameter.Kind != ApiNodeKind.Map || parameter["$ref"] is not null)
            return parameter;
        var made = new ApiPairs(parameter);
        made.AddAll(parameter, NotOfParameter);
        if (parameter["type"]?.Text == "array" && In(parameter) is "query" or "header" or "path")
            AddStyle(made, parameter["collectionFormat"] ?? parameter, parameter["collectionFormat"]?.Text ?? "csv", In(parameter));
        made.Add("schema", Schema(parameter));
        return made.Map();
    }

    /// <summary>The body that an operation's parameters make; null for none.</summary>
    public static ApiNode? Body(IReadOnlyList<ApiNode> parameters, ApiNode? consumes)
    {
        if (parameters.FirstOrDefault(p => In(p) == "body") is not { } body)
        {
            var fields = parameters.Where(p => In(p) == "formData" && p["name"] is not null);
            return Form([.. fields.DistinctBy(p => p["name"]!.Text)], consumes);
        }
        var made = new ApiPairs(body);
        made.AddAll(body, "name", "in", "schema");
        made.Add("content", Content(body, body["schema"], consumes, "application/json"));
        return made.Map();
    }

    public static ApiNode Response(ApiNode response, ApiNode? produces)
    {
        if (response.Kind != ApiNodeKind.Map || response["$ref"] is not null)
            return response;
        var made = new ApiPairs(response);
        made.AddAll(response, "schema", "headers", "examples");
        made.Add("headers", ApiPairs.Each(response["headers"], Parameter));
        if (response["schema"] is { } schema)
            made.Add("content", Content(response, schema["type"]?.Text == "file" ? Schema(schema) : schema, produces, "application/json"));
        return made.Map();
    }

    private static ApiNode? Form(ApiNode[] fields, ApiNode? consumes)
    {
        if (fields.Length == 0)
            return null;
        var (made, schema, properties) = (new ApiPairs(fields[0]), new ApiPairs(fields[0]), new ApiPairs(fields[0]));
        foreach (var field in fields)
            properties.Add(field["name"]!.Text, Schema(field));
        schema.Add("type", ApiPairs.Scalar(fields[0], ApiNodeKind.Text, "object"));
        schema.Add("properties", properties.Map());
        if (fields.Where(f => f["required"]?.Text == "true").Select(f => f["name"]!).ToArray() is { Length: > 0 } required)
        {
            schema.Add("required", ApiPairs.List(required[0], required));
            made.Add("required", ApiPairs.Scalar(required[0], ApiNodeKind.Boolean, "true"));
        }
        // 2.0, "Parameter Object": a file needs multipart/form-data.
        var type = fields.Any(f => f["type"]?.Text == "file") ? "multipart/form-data" : "application/x-www-form-urlencoded";
        made.Add("content", Content(fields[0], schema.Map(), consumes, type, Encodings(fields)));
        return made.Map();
    }

    // How the lists of a form are written: 3.0 has that beside the schema, and repeats the field unless it says otherwise.
    private static ApiNode? Encodings(ApiNode[] fields)
    {
        var encodings = new ApiPairs(fields[0]);
        foreach (var field in fields.Where(f => f["type"]?.Text == "array" && f["collectionFormat"]?.Text != "multi"))
        {
            var encoding = new ApiPairs(field);
            AddStyle(encoding, field["collectionFormat"] ?? field, field["collectionFormat"]?.Text ?? "csv", "query");
            encodings.Add(field["name"]!.Text, encoding.Map());
        }
        return encodings.Map() is { Keys.Length: > 0 } some ? some : null;
    }

    private static ApiNode Schema(ApiNode parameter)
    {
        var made = new ApiPairs(parameter);
        if (parameter["type"] is { Text: "file" } file)
        {
            made.Add("type", ApiPairs.Scalar(file, ApiNodeKind.Text, "string"));
            made.Add("format", ApiPairs.Scalar(file, ApiNodeKind.Text, "binary"));
        }
        made.AddOnly(parameter, OfSchema);
        return made.Map();
    }

    // 2.0 separates a list by commas unless it says otherwise; 3.0 repeats a query parameter unless it says otherwise.
    private static void AddStyle(ApiPairs made, ApiNode place, string format, string where)
    {
        var style = format switch
        {
            "ssv" => "spaceDelimited",
            "pipes" => "pipeDelimited",
            // 3.0 has no tabs; a name of its own keeps it apart from the others.
            "tsv" => "tabDelimited",
            _ => where == "query" ? "form" : "simple",
        };
        made.Add("style", ApiPairs.Scalar(place, ApiNodeKind.Text, style));
        made.Add("explode", ApiPairs.Scalar(place, ApiNodeKind.Boolean, format == "multi" ? "true" : "false"));
    }

    private static ApiNode Content(ApiNode place, ApiNode? schema, ApiNode? types, string otherwise, ApiNode? encodings = null)
    {
        var media = new ApiPairs(schema ?? place);
        media.Add("schema", schema);
        media.Add("encoding", encodings);
        var one = media.Map();
        var content = new ApiPairs(types ?? place);
        foreach (var type in types is { Items.Length: > 0 } ? types.Items.Select(t => t.Text) : [otherwise])
            content.Add(type, one);
        return content.Map();
    }
}
