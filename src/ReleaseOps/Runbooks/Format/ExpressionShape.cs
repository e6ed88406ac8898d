using System.Text.Json.Nodes;
using ReleaseOps.Expressions;

namespace ReleaseOps.Runbooks.Format;

/// <summary>An expression (CEL).</summary>
/// <param name="scope">What it may speak of; null where that depends on the step around it.</param>
internal sealed class ExpressionShape(ExpressionScope? scope) : ScalarShape<Criterion>("an expression such as status == 200")
{
    protected override bool TryParse(YamlScalar scalar, Reading reading, out Criterion value)
    {
        value = null!;
        if (scalar.Text.Contains("${{", StringComparison.Ordinal))
        {
            reading.Error(scalar.At, ErrorId.BindingNotAllowed, "no ${{ }} in an expression", "write params.name");
            return false;
        }
        if (CelExpression.TryParse(scalar.Text, out var error) is not { } expression)
        {
            reading.Error(reading.Source.Locate(scalar, error!.Column - 1), error.Id, TemplateParser.WithoutColumn(error));
            return false;
        }
        foreach (var call in expression.Hopeless)
            reading.Error(reading.Source.Locate(scalar, call.Column - 1), ErrorId.ExpressionSyntax, TemplateParser.WithoutColumn(call));
        value = new Criterion(expression, scalar.At);
        reading.Expressions.Add(value, scalar, scope);
        return true;
    }

    protected override string? HintFor(YamlNode node) => node is YamlMap or YamlList ? "put the expression in quotes" : null;

    public override JsonObject Schema(SchemaDefinitions definitions) => AnyText();
}
