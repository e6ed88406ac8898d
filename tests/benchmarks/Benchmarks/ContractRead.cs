using System.Globalization;
using System.Text;
using System.Text.Json;
using ReleaseOps.Contracts;
using ReleaseOps.Probes.Contracts;

namespace ReleaseOps.Benchmarks;

/// <summary>A description of 10 MB, read: what the nodes with their places cost beside a parser that keeps no places.</summary>
internal static class ContractRead
{
    private const int Operations = 6000;

    public static void Measure(string folder)
    {
        var json = Path.Combine(folder, "api.json");
        File.WriteAllText(json, Description());
        var length = new FileInfo(json).Length;
        var (ours, theirs, ratio) = Paired.Measure(7, () => Load(json), () => JsonDocument.Parse(File.ReadAllBytes(json)).Dispose());
        Paired.Print($"a description of {Megabytes(length)} MB, read from JSON", ours / 1000, "s", 0.5,
            string.Create(CultureInfo.InvariantCulture, $"{Paired.Ms(ours, theirs)} of JsonDocument; {ratio:0.0} times"));
        Paired.Print("its memory, over the file", Kept(json) / (double)length, "x", 5, "");

        var yaml = Path.Combine(folder, "api.yaml");
        File.WriteAllText(yaml, Yaml(json));
        length = new FileInfo(yaml).Length;
        (ours, theirs, _) = Paired.Measure(3, () => Load(yaml), () => Load(json));
        Paired.Print($"the same as {Megabytes(length)} MB of YAML", ours / 1000, "s", 2, Paired.Ms(ours, theirs) + " as JSON");
        Paired.Print("its memory, over the file", Kept(yaml) / (double)length, "x", 5, "");
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);

    private static ApiDocument Load(string file) => ApiDocumentLoader
        .LoadAsync(file, Path.GetDirectoryName(file)!, SecretMask.None, TimeSpan.FromMinutes(1), CancellationToken.None)
        .GetAwaiter().GetResult();

    private static long Kept(string file)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var document = Load(file);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(document);
        return kept;
    }

    private static string Description()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("openapi", "3.0.3");
            json.WriteStartObject("info");
            json.WriteString("title", "a large one");
            json.WriteString("version", "1.0.0");
            json.WriteEndObject();
            json.WriteStartObject("paths");
            for (var i = 0; i < Operations; i++)
                Operation(json, i);
            json.WriteEndObject();
            json.WriteStartObject("components");
            json.WriteStartObject("schemas");
            for (var i = 0; i < Operations; i++)
                Schema(json, i);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void Operation(Utf8JsonWriter json, int i)
    {
        json.WriteStartObject($"/area{i % 50}/things{i}/{{id}}");
        json.WriteStartObject("get");
        json.WriteString("operationId", $"getThing{i}");
        json.WriteString("description", $"Returns thing number {i}, with everything that is known about it at the time of asking.");
        json.WriteStartArray("parameters");
        json.WriteStartObject();
        json.WriteString("name", "id");
        json.WriteString("in", "path");
        json.WriteBoolean("required", true);
        json.WriteStartObject("schema");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("responses");
        json.WriteStartObject("200");
        json.WriteString("description", "The thing.");
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        json.WriteStartObject("schema");
        json.WriteString("$ref", $"#/components/schemas/Thing{i}");
        for (var open = 0; open < 7; open++)
            json.WriteEndObject();
    }

    private static void Schema(Utf8JsonWriter json, int i)
    {
        json.WriteStartObject($"Thing{i}");
        json.WriteString("type", "object");
        json.WriteStartArray("required");
        json.WriteStringValue("p0");
        json.WriteEndArray();
        json.WriteStartObject("properties");
        for (var p = 0; p < 6; p++)
        {
            json.WriteStartObject($"p{p}");
            json.WriteString("type", p % 2 == 0 ? "string" : "integer");
            json.WriteString("description", $"Property {p} of thing {i}.");
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Block style, as people keep it.
    private static string Yaml(string json)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(json));
        var text = new StringBuilder();
        Write(document.RootElement, "", text);
        return text.ToString();
    }

    private static void Write(JsonElement value, string indent, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('\n');
                foreach (var property in value.EnumerateObject())
                {
                    text.Append(indent).Append('"').Append(property.Name).Append("\":");
                    Write(property.Value, indent + "  ", text);
                }
                break;
            case JsonValueKind.Array:
                text.Append('\n');
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(indent).Append('-');
                    Write(item, indent + "  ", text);
                }
                break;
            default:
                text.Append(' ').Append(value.GetRawText()).Append('\n');
                break;
        }
    }
}
