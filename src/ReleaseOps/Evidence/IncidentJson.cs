using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ReleaseOps.Incidents;
using ReleaseOps.Steps;

namespace ReleaseOps.Evidence;

/// <summary>
/// Incidents, messages and postmortems as JSON documents, by the conventions of all results: names in camelCase, times in UTC, durations in
/// seconds, what is null left out. Each can be printed in a CI job.
/// </summary>
public static class IncidentJson
{
    private static readonly Lazy<JsonSerializerOptions> Options = new(() =>
    {
        var types = JsonTypeInfoResolver.Combine(StepJsonContext.Default, IncidentJsonContext.Default);
        var options = EvidenceJson.Shape(types.WithAddedModifier(Version));
        options.Converters.Add(new JsonStringEnumConverter<IncidentStatus>(namingPolicy: null, allowIntegerValues: false));
        return options;
    });

    /// <summary>The incidents of a release.</summary>
    /// <param name="incidents">The incidents.</param>
    public static string Text(IReadOnlyList<Incident> incidents) => Written(incidents.ToArray());

    /// <summary>A message.</summary>
    /// <param name="update">The message.</param>
    public static string Text(IncidentUpdate update) => Written(update);

    /// <summary>Several messages.</summary>
    /// <param name="updates">The messages.</param>
    public static string Text(IReadOnlyList<IncidentUpdate> updates) => Written(updates.ToArray());

    /// <summary>A postmortem.</summary>
    /// <param name="postmortem">The postmortem.</param>
    public static string Text(IncidentPostmortem postmortem) => Written(postmortem);

    private static string Written<T>(T value) =>
        EvidenceJson.Printable(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Options.Value.GetTypeInfo(typeof(T))));

    private static void Version(JsonTypeInfo type)
    {
        if (type.Type != typeof(IncidentPostmortem))
            return;
        var version = type.CreateJsonPropertyInfo(typeof(string), "schemaVersion");
        version.Get = _ => EvidenceJson.SchemaVersion;
        version.Order = -1;
        type.Properties.Add(version);
    }
}

/// <summary>The types of <see cref="IncidentJson"/>.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Incident[]))]
[JsonSerializable(typeof(IncidentUpdate))]
[JsonSerializable(typeof(IncidentUpdate[]))]
[JsonSerializable(typeof(IncidentPostmortem))]
internal sealed partial class IncidentJsonContext : JsonSerializerContext;
