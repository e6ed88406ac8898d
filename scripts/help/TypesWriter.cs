using System.Xml.Linq;

namespace ReleaseOps.Help;

/// <summary>
/// Writes the type views that make read-only lists arrays for PowerShell. The compiler's own list types have no public indexer and no
/// public Count: $result.Findings[0] would be the whole list, and $result.Findings.Count 1.
/// </summary>
internal static class TypesWriter
{
    public static string Write(IEnumerable<ListProperties> types)
    {
        var views = new XElement(
            "Types",
            from type in types
            select new XElement(
                "Type", new XElement("Name", type.TypeName), new XElement("Members", type.Names.Select(Array))));
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- Written by scripts/help: lists as arrays, so that [0] and Count work on them. -->\n"
            + views.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static XElement Array(string name) =>
        new("ScriptProperty", new XElement("Name", name), new XElement("GetScriptBlock", $",@($this.PSBase.{name})"));
}
