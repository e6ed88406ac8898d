using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ReleaseOps.Channels;
using ReleaseOps.Incidents;
using ReleaseOps.Steps;

namespace ReleaseOps.Evidence;

/// <summary>Updates, what became of them, incidents and postmortems, each as one JSON document by the conventions of all results.</summary>
public static class IncidentJson
{
    private static readonly Lazy<JsonSerializerOptions> Options = new(() =>
    {
        var options = EvidenceJson.Shape(JsonTypeInfoResolver.Combine(StepJsonContext.Default, IncidentJsonContext.Default).WithAddedModifier(Version));
        options.Converters.Add(new JsonStringEnumConverter<IncidentStatus>(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter<NoticeState>(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter<TextKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    });

    /// <summary>Updates, and exactly what would be sent.</summary>
    /// <param name="updates">The updates.</param>
    /// <param name="requests">The requests, secrets masked.</param>
    public static string Text(IReadOnlyList<IncidentUpdate> updates, IReadOnlyList<ChannelRequest> requests) =>
        Of(new UpdatesDocument(updates) { Requests = requests });

    /// <summary>Updates, and what became of them.</summary>
    /// <param name="updates">The updates.</param>
    /// <param name="deliveries">What became of each by each channel.</param>
    public static string Text(IReadOnlyList<IncidentUpdate> updates, IReadOnlyList<NoticeDelivery> deliveries) =>
        Of(new UpdatesDocument(updates) { Deliveries = deliveries });

    /// <summary>The incidents of a release, and what waits to be sent.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="waiting">What waits.</param>
    public static string Text(IReadOnlyList<Incident> incidents, IReadOnlyList<NoticeDelivery> waiting) => Of(new IncidentsDocument(incidents, waiting));

    /// <summary>A draft of a postmortem.</summary>
    /// <param name="draft">The draft.</param>
    public static string Text(IncidentPostmortem draft) => Of(draft);

    private static void Version(JsonTypeInfo type)
    {
        if (type.Type != typeof(IncidentPostmortem) && type.Type != typeof(UpdatesDocument) && type.Type != typeof(IncidentsDocument))
            return;
        var version = type.CreateJsonPropertyInfo(typeof(string), "schemaVersion");
        version.Get = _ => EvidenceJson.SchemaVersion;
        version.Order = -1;
        type.Properties.Add(version);
    }

    private static string Of<T>(T document) => EvidenceJson.Printable(JsonSerializer.Serialize(document, (JsonTypeInfo<T>)Options.Value.GetTypeInfo(typeof(T))));
}

/// <summary>What <c>incident start --json</c> and its like print.</summary>
internal sealed record UpdatesDocument(IReadOnlyList<IncidentUpdate> Updates)
{
    public IReadOnlyList<ChannelRequest>? Requests { get; init; }

    public IReadOnlyList<NoticeDelivery>? Deliveries { get; init; }
}

/// <summary>What <c>incident list --json</c> prints.</summary>
internal sealed record IncidentsDocument(IReadOnlyList<Incident> Incidents, IReadOnlyList<NoticeDelivery> Waiting);

/// <summary>The types of <see cref="IncidentJson"/>.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UpdatesDocument))]
[JsonSerializable(typeof(IncidentsDocument))]
[JsonSerializable(typeof(IncidentPostmortem))]
internal sealed partial class IncidentJsonContext : JsonSerializerContext;
