using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary>Writes the format as JSON Schema (draft-07, the one that editors know best).</summary>
internal static class RunbookSchema
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        var definitions = new SchemaDefinitions();
        var root = RunbookFormat.Shape.Schema(definitions);
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "ReleaseOps runbook",
            ["description"] = "A release procedure that ReleaseOps can show, run and judge.",
        };
        foreach (var (name, value) in root.ToArray())
        {
            root.Remove(name);
            schema[name] = value;
        }
        schema["definitions"] = definitions.ToJson();
        return schema.ToJsonString(Readable) + "\n";
    }
}
