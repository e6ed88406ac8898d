namespace ReleaseOps.Runbooks.Format;

/// <summary><c>parameters</c>: what the runbook's user fills in.</summary>
internal static class ParameterFormat
{
    private static readonly Key<ParameterType> Type = new("type",
        new ChoiceShape<ParameterType>("text, integer, number, boolean or duration",
        ("text", ParameterType.Text), ("integer", ParameterType.Integer), ("number", ParameterType.Number),
        ("boolean", ParameterType.Boolean), ("duration", ParameterType.Duration)),
        "What its value may be: text (one line; the default), integer, number, boolean or duration.");

    private static readonly Key<string> Default = new("default", TextShape.OrEmpty,
        "The value when none is given. 1.10 stays 1.10, and no stays no.");

    private static readonly Key<bool> Required = new("required", BooleanShape.Any,
        "Whether a real run refuses to start without it. Unless told otherwise, true where it has no default.");

    private static readonly Key<string> Pattern = new("pattern", PatternShape.Any,
        "A regular expression (no backtracking) that the whole value must match.");

    private static readonly Key<IReadOnlyList<string>> Choices = new("choices", new ListShape<string>(TextShape.Any, "a list of values"),
        "The only values allowed.");

    private static readonly Key<bool> Late = new("late", BooleanShape.Any,
        "true where its value becomes known only while the release goes on: giving it later voids no vote, and doesn't keep a run from being resumed.");

    private static readonly Key<string> Description = new("description", TextShape.Any, "What it means, for people.");

    private static readonly MapShape<Parameter> Long =
        new("a parameter", [Type, Default, Required, Pattern, Choices, Late, Description], Build) { Check = CheckDefault };

    public static readonly Shape<IReadOnlyList<Parameter>> Map = new NamedShape<Parameter, Parameter>(
        Names.Parameter, new ShortOrLongShape<Parameter>(new DefaultShape(), Long), (name, parameter) => parameter with { Name = name },
        "a map of names to parameters");

    private static Parameter Build(Fields fields) => new("")
    {
        Type = fields.GetValue(Type) ?? ParameterType.Text,
        Default = fields.Get(Default),
        Required = fields.GetValue(Required) ?? !fields.Has(Default),
        Pattern = fields.Get(Pattern),
        Choices = fields.List(Choices),
        Late = fields.GetValue(Late) ?? false,
        Description = fields.Get(Description),
    };

    private static void CheckDefault(Fields fields, Reading reading)
    {
        var parameter = Build(fields) with { Name = "default" };
        foreach (var choice in parameter.Choices)
        {
            if (!ParameterValue.TryRead(parameter with { Choices = [] }, choice, out _, out var misfit))
                reading.Error(fields.PositionOf(Choices), misfit!.Id, $"the choice '{Reading.Show(choice)}' {misfit.Message}");
        }
        if (parameter.Default is { } given && !ParameterValue.TryRead(parameter, given, out _, out var wrong))
            reading.Error(fields.PositionOf(Default), wrong!.Id, $"the default '{Reading.Show(given)}' {wrong.Message}");
    }

    /// <summary><c>version: 1.10</c>, short for <c>version: { default: 1.10 }</c>.</summary>
    private sealed class DefaultShape() : ScalarShape<Parameter>("a default value")
    {
        protected override bool TryParse(YamlScalar scalar, Reading reading, out Parameter value)
        {
            value = new Parameter("") { Default = scalar.Text };
            if (ParameterValue.TryRead(value, scalar.Text, out _, out var wrong))
                return true;
            reading.Error(scalar.At, wrong!.Id, $"the default '{Reading.Show(scalar.Text)}' {wrong.Message}");
            return false;
        }

        public override System.Text.Json.Nodes.JsonObject Schema(SchemaDefinitions definitions) => AnyText();
    }
}
