using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ReleaseOps.Help;

/// <summary>The prose that the compiler collected from documentation comments.</summary>
internal sealed partial class Prose
{
    private readonly Dictionary<string, XElement> _members;

    private Prose(XDocument document) =>
        _members = document.Descendants("member").ToDictionary(m => (string)m.Attribute("name")!, StringComparer.Ordinal);

    public static Prose Read(string path) => new(XDocument.Load(path));

    public string OfProperty(string typeName, string property) =>
        _members.TryGetValue($"P:{typeName}.{property}", out var member) ? Summary(member) : "";

    public string Summary(string typeName) => _members.TryGetValue("T:" + typeName, out var member) ? Summary(member) : "";

    public IReadOnlyList<string> Remarks(string typeName) =>
        _members.TryGetValue("T:" + typeName, out var member) && member.Element("remarks") is { } remarks ? Paragraphs(remarks) : [];

    public IReadOnlyList<HelpExample> Examples(string typeName) =>
        _members.TryGetValue("T:" + typeName, out var member)
            ? [.. member.Elements("example").Select(e => new HelpExample(Code(e.Element("code")), Paragraphs(e)))]
            : [];

    private static string Summary(XElement member) => member.Element("summary") is { } summary ? Line(summary) : "";

    private static IReadOnlyList<string> Paragraphs(XElement element) =>
        element.Elements("para").Any() ? [.. element.Elements("para").Select(Line)] : element.Elements().Any() ? [] : [Line(element)];

    private static string Code(XElement? code)
    {
        var lines = (code?.Value ?? "").Trim().Split('\n').Select(l => l.TrimEnd()).ToArray();
        // The compiler indents all lines but the first as deep as its own elements.
        var depth = lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Length - l.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select((l, i) => i == 0 ? l : l[Math.Min(depth, l.Length)..]));
    }

    private static string Line(XElement element) => Spaces().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" } see => ((string?)see.Attribute("cref") ?? (string?)see.Attribute("langword") ?? "").Split('.', ':')[^1],
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
