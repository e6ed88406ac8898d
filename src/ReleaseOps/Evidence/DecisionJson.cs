using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ReleaseOps.Rollouts;
using ReleaseOps.Runbooks;
using ReleaseOps.Steps;

namespace ReleaseOps.Evidence;

/// <summary>Go or no-go as one JSON document, by the conventions of all results: decision, criteria, votes, approvals, severity, advice.</summary>
public static class DecisionJson
{
    private static readonly Lazy<JsonTypeInfo<DecisionReport>> Info = new(() =>
    {
        var options = EvidenceJson.Shape(JsonTypeInfoResolver.Combine(StepJsonContext.Default, DecisionJsonContext.Default).WithAddedModifier(Shorten));
        options.Converters.Add(new JsonStringEnumConverter<RollbackAdvice>(namingPolicy: null, allowIntegerValues: false));
        return (JsonTypeInfo<DecisionReport>)options.GetTypeInfo(typeof(DecisionReport));
    });

    /// <summary>The document: indented, lines end in a line feed. It can be printed in a CI job.</summary>
    /// <param name="report">The report.</param>
    public static string Text(DecisionReport report) => EvidenceJson.Printable(JsonSerializer.Serialize(report, Info.Value));

    // Of a severity its name will do; the runbook has the rest.
    private static void Shorten(JsonTypeInfo type)
    {
        if (type.Type != typeof(Severity))
            return;
        foreach (var property in type.Properties.Where(p => p.Name is not ("name" or "definition" or "owner" or "escalation")).ToList())
            type.Properties.Remove(property);
    }
}

/// <summary>The types of <see cref="DecisionJson"/>.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DecisionReport))]
internal sealed partial class DecisionJsonContext : JsonSerializerContext;
