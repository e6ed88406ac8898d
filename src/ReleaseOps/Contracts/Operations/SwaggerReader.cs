namespace ReleaseOps.Contracts.Operations;

/// <summary>Reads the operations of a description of 2.0, as 3 would write them.</summary>
internal sealed class SwaggerReader(ContractReferences references) : OperationReader(references)
{
    private const string Json = "application/json";

    protected override bool IsParameter(ApiNode node) => node["in"]?.Text is not ("body" or "formData");

    // A parameter is its own schema there, but for words that no schema has.
    protected override (ApiNode? Schema, string? MediaType) Schema(ApiNode parameter) => (parameter, null);

    protected override string Style(string place, ApiNode parameter) => (place, parameter["type"]?.Text, parameter["collectionFormat"]?.Text) switch
    {
        (_, not "array", _) or (_, _, "multi") => place is "query" or "cookie" ? "form, exploded" : "simple",
        (_, _, "ssv") => "spaceDelimited",
        (_, _, "pipes") => "pipeDelimited",
        (_, _, "tsv") => "separated by tabs",
        _ => place is "query" or "cookie" ? "form" : "simple",
    };

    protected override ApiBody? Body(ApiNode operation, IReadOnlyList<ApiNode> parameters)
    {
        if (parameters.FirstOrDefault(p => p["in"]?.Text == "body") is { } body)
            return new(body, IsTrue(body["required"]), [.. Types(operation, "consumes", Json).Select(t => new ApiMedia(body, t, body["schema"]))]);

        var fields = parameters.Where(p => p["in"]?.Text == "formData" && p["name"] is not null).DistinctBy(p => p["name"]!.Text).ToList();
        if (fields.Count == 0)
            return null;

        var form = Form(fields);
        var type = fields.Exists(f => f["type"]?.Text == "file") ? "multipart/form-data" : "application/x-www-form-urlencoded";
        return new(fields[0], fields.Exists(f => IsTrue(f["required"])), [.. Types(operation, "consumes", type).Select(t => new ApiMedia(fields[0], t, form))]);
    }

    protected override ApiResponse Response(ApiNode operation, string status, ApiNode response)
    {
        var types = response["schema"] is { } schema ? Types(operation, "produces", Json).Select(t => new ApiMedia(response, t, schema)) : [];
        return new(response, status, [.. types], Headers(response));
    }

    // The fields of a form are the properties of an object.
    private static ApiNode Form(List<ApiNode> fields)
    {
        var at = fields[0];
        var type = new ApiNode(ApiNodeKind.Text, at.Line, at.Column, at.File) { Text = "object" };
        var properties = new ApiNode(ApiNodeKind.Map, at.Line, at.Column, at.File) { Keys = [.. fields.Select(f => f["name"]!.Text)], Items = [.. fields] };
        var required = new ApiNode(ApiNodeKind.List, at.Line, at.Column, at.File)
        {
            Items = [.. fields.Where(f => IsTrue(f["required"])).Select(f => f["name"]!)],
        };
        return new(ApiNodeKind.Map, at.Line, at.Column, at.File) { Keys = ["type", "properties", "required"], Items = [type, properties, required] };
    }

    private IEnumerable<string> Types(ApiNode operation, string key, string otherwise)
    {
        var types = operation[key] ?? References.Document.Root[key];
        return types is { Kind: ApiNodeKind.List, Items.Length: > 0 } ? types.Items.Select(t => t.Text).Distinct(StringComparer.Ordinal) : [otherwise];
    }
}
