using System.Text.Json;
using ReleaseOps.Gates;

namespace ReleaseOps.Cli.Screen;

/// <summary>How comparisons are shown.</summary>
internal static class ComparisonOutput
{
    /// <summary>One line: the classification, then the sentence with the arithmetic.</summary>
    public static void Line(Comparison comparison) =>
        Console.Out.WriteLine($"{comparison.Classification.ToString().ToUpperInvariant(),-6}  {CiText.Defang(comparison.Text)}");

    /// <summary>The members of a comparison, into an object that is open.</summary>
    public static void Members(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteString("classification", comparison.Classification.ToString());
        Number(json, "estimate", comparison.Estimate);
        Number(json, "lower", comparison.Lower);
        Number(json, "upper", comparison.Upper);
        Number(json, "band", comparison.Band);
        Number(json, "pValue", comparison.PValue);
        json.WriteNumber("controlSamples", comparison.ControlSamples);
        json.WriteNumber("experimentSamples", comparison.ExperimentSamples);
        json.WriteNumber("leftOut", comparison.LeftOut);
        json.WriteBoolean("smallSample", comparison.SmallSample);
        json.WriteString("text", comparison.Text);
    }

    /// <summary>A number, or null.</summary>
    public static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
