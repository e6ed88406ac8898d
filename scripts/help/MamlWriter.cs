using System.Globalization;
using System.Xml.Linq;

namespace ReleaseOps.Help;

/// <summary>Writes help as MAML, the one format that <c>Get-Help</c> reads for compiled cmdlets.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    // PowerShell adds these two itself; its help doesn't.
    private static readonly ParameterHelp[] ShouldProcess =
    [
        Switch("WhatIf", "Shows what would be done, and does nothing.", "wi"),
        Switch("Confirm", "Asks before doing it.", "cf"),
    ];

    /// <summary>The document, with a line end at its end.</summary>
    public static string Write(IEnumerable<CmdletHelp> cmdlets)
    {
        var items = new XElement(
            XName.Get("helpItems", "http://msh"), new XAttribute("schema", "maml"), new XAttribute("xmlns", "http://msh"),
            cmdlets.Select(Of));
        var comment = new XComment(" Written by scripts/help from the cmdlets' code; correct it there. ");
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + comment + "\n" + items.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static XElement Of(CmdletHelp cmdlet)
    {
        IReadOnlyList<ParameterHelp> parameters = [.. cmdlet.Parameters, .. cmdlet.SupportsShouldProcess ? ShouldProcess : []];
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml), new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details", new XElement(Command + "name", cmdlet.Name), new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun), Description(cmdlet.Synopsis)),
            Description([.. cmdlet.Description]),
            new XElement(Command + "syntax", cmdlet.ParameterSets.Select(s => Syntax(cmdlet.Name, s, parameters))),
            new XElement(Command + "parameters", parameters.Select(p => Parameter(p, p.Uses[0]))),
            new XElement(
                Command + "inputTypes",
                parameters.Where(p => p.Uses.Any(u => u.FromPipeline)).Select(p => new XElement(Command + "inputType", Type(p.TypeName)))),
            new XElement(
                Command + "returnValues", cmdlet.OutputTypes.Select(t => new XElement(Command + "returnValue", Type(t)))),
            new XElement(Command + "examples", cmdlet.Examples.Select(Example)),
            new XElement(Command + "relatedLinks"));
    }

    private static XElement Syntax(string name, string? set, IReadOnlyList<ParameterHelp> parameters) =>
        new(
            Command + "syntaxItem", new XElement(Maml + "name", name),
            from parameter in parameters
            let use = parameter.UseIn(set)
            where use is not null
            orderby use.Position ?? int.MaxValue, use.Mandatory descending
            select Parameter(parameter, use));

    private static XElement Parameter(ParameterHelp parameter, ParameterUse use) =>
        new(
            Command + "parameter",
            new XAttribute("required", use.Mandatory), new XAttribute("variableLength", parameter.TypeName.EndsWith("[]", StringComparison.Ordinal)),
            new XAttribute("globbing", parameter.Wildcards), new XAttribute("pipelineInput", PipelineInput(use)),
            new XAttribute("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Description(parameter.Description),
            parameter.Choices.Count == 0
                ? null
                : new XElement(Command + "parameterValueGroup", parameter.Choices.Select(c => Value(c, required: false))),
            parameter.IsSwitch ? null : Value(parameter.TypeName, required: true),
            Type(parameter.TypeName));

    private static XElement Value(string text, bool required) =>
        new(Command + "parameterValue", new XAttribute("required", required), new XAttribute("variableLength", false), text);

    private static XElement Type(string name) => new(Dev + "type", new XElement(Maml + "name", name), new XElement(Maml + "uri"));

    private static XElement Example(HelpExample example, int index) =>
        new(
            Command + "example", new XElement(Maml + "title", string.Create(CultureInfo.InvariantCulture, $"Example {index + 1}")),
            new XElement(Dev + "code", example.Code), new XElement(Dev + "remarks", example.Text.Select(Paragraph)));

    private static XElement Description(params string[] paragraphs) => new(Maml + "description", paragraphs.Select(Paragraph));

    private static XElement Paragraph(string text) => new(Maml + "para", text);

    private static string PipelineInput(ParameterUse use) => (use.FromPipeline, use.FromPipelineByName) switch
    {
        (true, true) => "true (ByValue, ByPropertyName)",
        (true, false) => "true (ByValue)",
        (false, true) => "true (ByPropertyName)",
        _ => "false",
    };

    private static ParameterHelp Switch(string name, string description, string alias) => new(name, "SwitchParameter")
    {
        Description = description,
        Aliases = [alias],
        Choices = [],
        Wildcards = false,
        Uses = [new ParameterUse(null, false, null, false, false)],
    };
}
