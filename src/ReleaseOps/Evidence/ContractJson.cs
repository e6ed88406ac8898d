using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ReleaseOps.Contracts;
using ReleaseOps.Steps;

namespace ReleaseOps.Evidence;

/// <summary>
/// A comparison of two API descriptions as the JSON document that <c>contract-result.schema.json</c> describes:
/// <c>{"decision": ..., "changes": [{"id", "level", "method", "path", "text", "base", "revision"}], ...}</c>.
/// </summary>
public static class ContractJson
{
    private static readonly Lazy<JsonTypeInfo<ContractResult>> Info = new(() =>
        (JsonTypeInfo<ContractResult>)EvidenceJson.Shape(JsonTypeInfoResolver.Combine(StepJsonContext.Default, ContractJsonContext.Default))
            .GetTypeInfo(typeof(ContractResult)));

    /// <summary>The document: indented, lines end in a line feed. It can be printed in a CI job.</summary>
    /// <param name="result">The comparison.</param>
    public static string Text(ContractResult result) => EvidenceJson.Printable(JsonSerializer.Serialize(result, Info.Value));
}

/// <summary>The types of <see cref="ContractJson"/>.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ContractResult))]
internal sealed partial class ContractJsonContext : JsonSerializerContext;
