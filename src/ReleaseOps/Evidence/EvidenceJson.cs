using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using ReleaseOps.Checklists;
using ReleaseOps.Hotfixes;
using ReleaseOps.Rollouts;
using ReleaseOps.Steps;
using ReleaseOps.Watches;

namespace ReleaseOps.Evidence;

/// <summary>
/// A result as the JSON document that <c>checklist-result.schema.json</c>, <c>rollout-result.schema.json</c>, <c>watch-result.schema.json</c> or
/// <c>hotfix-result.schema.json</c> describes: the same bytes in every culture and time zone.
/// </summary>
public static partial class EvidenceJson
{
    /// <summary>Version of the document's format; it changes when something is renamed, removed or means something else.</summary>
    public const string SchemaVersion = "1";

    // One shape for a step's result, here and in the ledger: its types come from there.
    private static readonly Lazy<JsonSerializerOptions> Options = new(() =>
        Shape(JsonTypeInfoResolver.Combine(StepJsonContext.Default, EvidenceJsonContext.Default).WithAddedModifier(ShapeTheDocument)));

    /// <summary>
    /// The document: indented, lines end in a line feed. It can be printed in a CI job: no text in it forms a command there.
    /// </summary>
    /// <param name="result">The result.</param>
    public static string Text(RunResult result) => Printable(JsonSerializer.Serialize(result, Options.Value.GetTypeInfo(result.GetType())));

    /// <summary>The conventions of all documents that are printed or kept.</summary>
    internal static JsonSerializerOptions Shape(IJsonTypeInfoResolver types)
    {
        var options = StepJson.Options(types.WithAddedModifier(ShortenReleases), UtcTimeConverter.Milliseconds);
        options.Converters.Add(new ParametersConverter());
        options.Converters.Add(new JsonStringEnumConverter<RolloutDecision>(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter<AttestedKind>(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter<CallKind>(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter<WatchWordKind>(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter<HotfixWay>(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter<ChangeLevel>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new FiniteConverter());
        options.WriteIndented = true;
        options.NewLine = "\n";
        // Readable ("error_rate < 0.5 %"): the document is data, and whoever puts it into HTML must escape it there.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }

    // An Azure agent looks for ##vso[ anywhere in a line. A '#' stands in JSON only inside a string, where it may be an escape.
    internal static string Printable(string document) => Mark().Replace(document, "\\u0023") + "\n";

    [GeneratedRegex(@"#(?=\[|vso)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    private static void ShortenReleases(JsonTypeInfo type)
    {
        if (type.Type == typeof(Release))
            type.Properties.RemoveAt(type.Properties.Select(p => p.Name).ToList().IndexOf("folderName"));
    }

    private static void ShapeTheDocument(JsonTypeInfo type)
    {
        if (type.Type.BaseType != typeof(RunResult))
            return;
        Add("schemaVersion", RunResult.OriginPlace - 1, _ => SchemaVersion);
        Add("runbookDigest", RunResult.OriginPlace, r => r.Plan.Runbook.Digest);

        void Add(string name, int place, Func<RunResult, string> value)
        {
            var property = type.CreateJsonPropertyInfo(typeof(string), name);
            property.Get = r => value((RunResult)r);
            property.Order = place;
            type.Properties.Add(property);
        }
    }
}

/// <summary>A number; null for what JSON has no number for, because a record must not be lost for it.</summary>
internal sealed class FiniteConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Evidence is written, not read back.");

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteNullValue();
    }
}

/// <summary>The types of <see cref="EvidenceJson"/>.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChecklistResult))]
[JsonSerializable(typeof(RolloutResult))]
[JsonSerializable(typeof(WatchResult))]
[JsonSerializable(typeof(HotfixResult))]
internal sealed partial class EvidenceJsonContext : JsonSerializerContext;
