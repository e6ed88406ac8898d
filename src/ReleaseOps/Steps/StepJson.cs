using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ReleaseOps.Steps;

/// <summary>
/// The JSON of one step's result: what the ledger's <c>step.finished</c> holds, and the shape that the evidence shows it in. Names are
/// camelCase; durations are seconds and their names say so (<c>elapsedSeconds</c>); times are UTC; verdicts and error ids are names; what
/// is null is left out.
/// </summary>
internal static class StepJson
{
    // Times keep their ticks here: a resumed run must know what the interrupted one knew.
    private static readonly Lazy<JsonSerializerOptions> Exact = new(() => Options(StepJsonContext.Default, UtcTimeConverter.Exact));
    private static readonly Lazy<JsonTypeInfo<StepResult>> Info = new(() => (JsonTypeInfo<StepResult>)Exact.Value.GetTypeInfo(typeof(StepResult)));
    private static readonly Lazy<JsonTypeInfo<Finding>> FindingInfo = new(() => (JsonTypeInfo<Finding>)Exact.Value.GetTypeInfo(typeof(Finding)));

    /// <summary>A result as one JSON object.</summary>
    public static JsonElement ToElement(StepResult result) => JsonSerializer.SerializeToElement(result, Info.Value);

    /// <summary>Writes a result as one JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, StepResult result) => JsonSerializer.Serialize(writer, result, Info.Value);

    /// <summary>
    /// Reads what <see cref="Write(Utf8JsonWriter, StepResult)"/> wrote; anything else is BadDocument, for a value that nobody wrote must not become a verdict.
    /// </summary>
    public static StepResult Read(JsonElement element) => Read(element, Info.Value);

    /// <summary>Writes a finding as one JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, Finding finding) => JsonSerializer.Serialize(writer, finding, FindingInfo.Value);

    /// <summary>Reads a finding, as strictly as a result.</summary>
    public static Finding ReadFinding(JsonElement element) => Read(element, FindingInfo.Value);

    private static T Read<T>(JsonElement element, JsonTypeInfo<T> info)
    {
        try
        {
            return element.Deserialize(info) ?? throw new JsonException("null isn't a result.");
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException)
        {
            throw new ReleaseOpsException(ErrorId.BadDocument, $"The ledger holds a step's result that can't be read: {e.Message}",
                "Was it written by another version of ReleaseOps? Use that one to resume the run.", cause: e);
        }
    }

    /// <summary>The conventions above for the types of a source-generated context.</summary>
    public static JsonSerializerOptions Options(IJsonTypeInfoResolver types, JsonConverter<DateTimeOffset> times) => new()
    {
        TypeInfoResolver = types.WithAddedModifier(NameUnits).WithAddedModifier(RequireWhatCantBeNull),
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        Converters =
        {
            times,
            new SecondsConverter(),
            new JsonStringEnumConverter<Verdict>(namingPolicy: null, allowIntegerValues: false),
            new JsonStringEnumConverter<Decision>(namingPolicy: null, allowIntegerValues: false),
            new JsonStringEnumConverter<ErrorId>(namingPolicy: null, allowIntegerValues: false),
        },
    };

    private static void NameUnits(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.PropertyType == typeof(TimeSpan) || p.PropertyType == typeof(TimeSpan?)))
            property.Name += "Seconds";
    }

    // Generated code doesn't keep the initialisers of init-only properties: a result without "required" would read as one that isn't
    // required (dotnet/runtime#84484). What [JsonIgnore] leaves out must not be asked for, though C# requires it.
    private static void RequireWhatCantBeNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            property.IsRequired = CanBeRead(property) && !CanBeNull(property);
    }

    private static bool CanBeRead(JsonPropertyInfo property) =>
        property.Get is not null && (property.Set is not null || property.AssociatedParameter is not null);

    private static bool CanBeNull(JsonPropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is not null
        : property.IsSetNullable;
}

/// <summary>The types of <see cref="StepJson"/>.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StepResult))]
internal sealed partial class StepJsonContext : JsonSerializerContext;

/// <summary>A duration as a number of seconds; exact, for a tick is the seventh decimal.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeSpan.FromTicks((long)(reader.GetDecimal() * TimeSpan.TicksPerSecond));

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((decimal)value.Ticks / TimeSpan.TicksPerSecond);
}

/// <summary>A time in UTC, ISO-8601 with Z: to the millisecond, or exact where that isn't all of it.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public static readonly UtcTimeConverter Milliseconds = new(exact: false);
    public static readonly UtcTimeConverter Exact = new(exact: true);

    private const string ToMillisecond = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const string ToTick = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    private readonly bool _exact;

    private UtcTimeConverter(bool exact) => _exact = exact;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.TryParseExact(
            reader.GetString(), [ToMillisecond, ToTick], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new JsonException("Expected a time in UTC: 2026-01-31T09:30:00.000Z.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(
            _exact && value.UtcTicks % TimeSpan.TicksPerMillisecond != 0 ? ToTick : ToMillisecond, CultureInfo.InvariantCulture));
}
