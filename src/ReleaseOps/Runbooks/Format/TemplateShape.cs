using System.Text.Json.Nodes;

namespace ReleaseOps.Runbooks.Format;

/// <summary>Text with <c>${{ expression }}</c> in it.</summary>
/// <param name="expected">What it is: <c>a URL</c>.</param>
/// <param name="secrets">True where secrets may stand in it.</param>
/// <param name="mayBeEmpty">True where "" will do.</param>
internal sealed class TemplateShape(string expected, bool secrets = false, bool mayBeEmpty = false) : ScalarShape<Template>(expected)
{
    /// <summary>What its expressions may speak of.</summary>
    public ExpressionScope Scope { get; init; } = ExpressionScope.Template;

    /// <summary>Reports what is wrong with the text beside its expressions; false where something is.</summary>
    public Func<YamlScalar, Reading, bool>? Check { get; init; }

    protected override bool TryParse(YamlScalar scalar, Reading reading, out Template value)
    {
        value = null!;
        if (!mayBeEmpty && string.IsNullOrWhiteSpace(scalar.Text))
            return Misfit(scalar, reading);
        if (TemplateParser.Parse(scalar.Text) is var parsed && parsed.Error is { } error)
        {
            reading.Error(reading.Source.Locate(scalar, parsed.ErrorOffset), ErrorId.ExpressionSyntax, error);
            return false;
        }
        value = Template.OfParts(scalar.Text, scalar.At, parsed.Parts);
        reading.Expressions.Add(value, scalar, Scope);
        WarnOfNearMisses(value, scalar, reading);
        return SecretsAsAllowed(value, scalar, reading) && Check?.Invoke(scalar, reading) != false;
    }

    protected override string? HintFor(YamlNode node) =>
        node is YamlMap ? "a value with ${{ }} or ': ' in it must stand in quotes" : null;

    private bool SecretsAsAllowed(Template value, YamlScalar scalar, Reading reading)
    {
        var allowed = true;
        foreach (var part in value.Parts)
        {
            if (part.Expression is null || !part.Expression.Variables.Contains("secrets"))
                continue;
            foreach (var name in ExpressionNames.Of(part.Expression.Source).Where(name => name.Name == "secrets"))
            {
                var at = reading.Source.Locate(scalar, part.Offset + name.Offset);
                if (!secrets)
                    reading.Error(at, ErrorId.BindingNotAllowed, $"no secrets in {Expected}: others could see them",
                        "pass it by 'env' to a command or script, or by 'headers' or 'body' to an http step");
                else if (name.Field is null)
                    reading.Error(at, ErrorId.BindingNotAllowed, "a secret is spoken of by its name", "write secrets.NAME");
                allowed &= secrets && name.Field is not null;
            }
        }
        return allowed;
    }

    // ${params.x}, {{ params.x }} and $ {{...}} are how other tools write it; here they would go out as they stand.
    private static void WarnOfNearMisses(Template value, YamlScalar scalar, Reading reading)
    {
        foreach (var part in value.Parts.Where(part => part.Expression is null))
        {
            foreach (var miss in (string[])["{params.", "{ params.", "{secrets.", "{ secrets."])
            {
                if (part.Text.IndexOf(miss, StringComparison.Ordinal) is >= 0 and var offset)
                    reading.Warn(reading.Source.Locate(scalar, part.Offset + offset), "this goes out as it stands",
                        "to put in a value, write ${{ params.name }}");
            }
        }
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => AnyText();
}
