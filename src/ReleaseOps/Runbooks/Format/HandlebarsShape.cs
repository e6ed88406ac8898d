using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary>A Handlebars template. What is put in is always escaped for where it goes: what asks for anything else is refused.</summary>
/// <param name="expected">What it is.</param>
internal sealed class HandlebarsShape(string expected) : ScalarShape<string>(expected)
{
    /// <summary>What it may speak of, by the names of the runbook's parameters; null for what isn't settled here.</summary>
    public Func<IEnumerable<string>, TemplateFields>? Fields { get; init; }

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
        if (HandlebarsText.Problem(value) is { } problem)
        {
            reading.Error(reading.Source.Locate(scalar, problem.Offset), ErrorId.ExpressionSyntax, problem.What, problem.Remedy);
            return false;
        }
        var template = value;
        if (Fields is { } fields)
            reading.WhenWhole(runbook =>
            {
                foreach (var unknown in HandlebarsText.Unknown(template, fields(runbook.Parameters.Select(p => p.Name))))
                    reading.Error(reading.Source.Locate(scalar, unknown.Offset), ErrorId.UnknownReference, unknown.What, unknown.Remedy);
            });
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string" };
}
