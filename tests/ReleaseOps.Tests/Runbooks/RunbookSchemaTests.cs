using System.Text.Json.Nodes;
using ReleaseOps.Runbooks.Format;

namespace ReleaseOps.Tests.Runbooks;

public class RunbookSchemaTests
{
    private static readonly string File = Path.Combine(Read.Repository(), "module", "schema", "runbook.schema.json");

    [Fact]
    public void The_schema_that_ships_is_the_one_that_the_format_makes()
    {
        var made = RunbookSchema.Write();
        if (Environment.GetEnvironmentVariable("RELEASEOPS_UPDATE_SCHEMA") == "1")
            System.IO.File.WriteAllText(File, made);
        Assert.True(made == System.IO.File.ReadAllText(File),
            "module/schema/runbook.schema.json isn't what the format makes: run this test with RELEASEOPS_UPDATE_SCHEMA=1, "
            + "and look at the difference");
    }

    [Fact]
    public void Each_key_has_help_that_editors_can_show()
    {
        var without = new List<string>();
        Visit(JsonNode.Parse(RunbookSchema.Write())!, "", without);
        Assert.Empty(without);
    }

    private static void Visit(JsonNode node, string path, List<string> without)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Visit(item!, path, without);
        }
        if (node is not JsonObject map)
            return;
        foreach (var (name, value) in map)
        {
            if (name == "properties")
                without.AddRange(value!.AsObject()
                    .Where(p => string.IsNullOrEmpty(p.Value!["description"]?.GetValue<string>())).Select(p => $"{path}/{p.Key}"));
            if (value is not null)
                Visit(value, $"{path}/{name}", without);
        }
    }
}
