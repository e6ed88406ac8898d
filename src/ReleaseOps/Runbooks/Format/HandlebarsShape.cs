using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary>A Handlebars template. What is put in is always escaped for where it goes: what asks for anything else is refused.</summary>
/// <param name="expected">What it is.</param>
internal sealed class HandlebarsShape(string expected) : ScalarShape<string>(expected)
{
    protected override bool TryParse(YamlScalar scalar, Reading reading, out string value)
    {
        value = scalar.Text;
        if (string.IsNullOrWhiteSpace(value))
            return Misfit(scalar, reading);
        if (value.IndexOf("${{", StringComparison.Ordinal) is >= 0 and var binding)
        {
            reading.Error(reading.Source.Locate(scalar, binding), ErrorId.BindingNotAllowed, "no ${{ }} in a Handlebars template: a value could become code",
                "write {{params.name}}");
            return false;
        }
        if (HandlebarsText.Problem(value) is not { } problem)
            return true;
        reading.Error(reading.Source.Locate(scalar, problem.Offset), ErrorId.ExpressionSyntax, problem.What, problem.Remedy);
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string" };
}
