using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary>The path of a field in an event: <c>stage</c>, <c>payload.transition</c>.</summary>
internal static class EventField
{
    private const string Pattern = @"^[^.\s]+(\.[^.\s]+)*$";

    public static readonly NameShape Path = new("a field's path such as payload.transition", Pattern,
        name => name.Split('.').All(part => part.Length > 0 && !part.Any(char.IsWhiteSpace)));
}

/// <summary>A path, or the name of a file, in which &lt;day&gt; stands once.</summary>
internal sealed class DayPathShape(string expected) : ScalarShape<string>(expected + " with <day> in its name")
{
    protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
    {
        value = scalar.Text;
        var name = Path.GetFileName(value);
        var at = name.IndexOf(ReviewFilePlaces.DayMark, StringComparison.Ordinal);
        return (at >= 0 && value.LastIndexOf(ReviewFilePlaces.DayMark, StringComparison.Ordinal) == value.Length - name.Length + at
            && value.IndexOf(ReviewFilePlaces.DayMark, StringComparison.Ordinal) == value.Length - name.Length + at) || Misfit(scalar, reading);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = "<day>[^/]*$" };
}
