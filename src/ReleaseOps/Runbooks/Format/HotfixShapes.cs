using System.Text.Json.Nodes;
using ReleaseOps.Expressions;

namespace ReleaseOps.Runbooks.Format;

/// <summary>A glob over the paths of the repository.</summary>
internal sealed class GlobShape() : ScalarShape<string>("a glob such as app/**/*.py")
{
    protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
    {
        value = scalar.Text;
        if (PathGlob.TryParse(value, out var problem) is not null)
            return true;
        reading.Error(reading.Source.Locate(scalar, problem!.Value.Offset), ErrorId.BadPattern, problem.Value.Message);
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = PathGlob.MaxLength };
}

/// <summary>A regular expression that is looked for in a line or a text; it runs without backtracking, as in CEL.</summary>
internal sealed class LinePatternShape() : ScalarShape<string>("a regular expression")
{
    private static readonly string[] Anything = ["", "x", "  def \u00e9(7): # \"~\""];

    /// <summary>True where a line hardly can be one that it doesn't fit.</summary>
    public static bool FitsAnything(string pattern)
    {
        var regex = Pattern.Of(pattern);
        return Anything.All(text => regex.IsMatch(text) == true);
    }

    protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
    {
        value = scalar.Text;
        if (value.Length == 0)
            return Misfit(scalar, reading);
        if (Pattern.Of(value).Problem is not { } problem)
            return true;
        reading.Error(scalar.At, ErrorId.BadPattern, problem,
            "look-arounds, back references and atomic groups can't be used: patterns run without backtracking");
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["minLength"] = 1 };
}

/// <summary>The form of a name, with placeholders in angle brackets.</summary>
internal static class FormShape
{
    /// <summary>Whether a form has a placeholder.</summary>
    public static bool Has(Template form, string placeholder) => Pieces(form).Any(p => p.IsPlaceholder && p.Text == placeholder);

    /// <summary>Reports what is wrong with the placeholders of a form.</summary>
    public static bool Check(YamlScalar scalar, Reading reading)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in TemplateParser.Parse(scalar.Text).Parts.Where(p => p.Expression is null))
        {
            var pieces = NameForm.Read(part.Text, out var problem);
            // A name twice within one text is the text's own problem; here it is one in two texts, with a value between them.
            if (problem is null && pieces.FirstOrDefault(p => p.IsPlaceholder && !seen.Add(p.Text)) is { Text: { } twice } second)
                problem = (second.Offset, $"a second <{twice}>");
            if (problem is not { } found)
                continue;
            reading.Error(reading.Source.Locate(scalar, part.Offset + found.Offset), ErrorId.BadValue, found.Message);
            return false;
        }
        return true;
    }

    private static IEnumerable<NamePiece> Pieces(Template form) =>
        form.Parts.Where(p => p.Expression is null).SelectMany(p => NameForm.Read(p.Text, out _));
}
