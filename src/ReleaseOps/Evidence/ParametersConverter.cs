using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReleaseOps.Evidence;

/// <summary>
/// Parameters by name, in ordinal order, each in its JSON type; a duration as the runbook writes it (10m), for its name is the runbook's
/// and can't say "seconds".
/// </summary>
internal sealed class ParametersConverter : JsonConverter<IReadOnlyDictionary<string, object?>>
{
    public override IReadOnlyDictionary<string, object?> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Evidence is written, not read back.");

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, parameter) in value.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            switch (parameter)
            {
                case null:
                    writer.WriteNullValue();
                    break;
                case bool truth:
                    writer.WriteBooleanValue(truth);
                    break;
                case long or int:
                    writer.WriteNumberValue(Convert.ToInt64(parameter, CultureInfo.InvariantCulture));
                    break;
                case double number when double.IsFinite(number):
                    writer.WriteNumberValue(number);
                    break;
                default:
                    writer.WriteStringValue(Text(parameter));
                    break;
            }
        }
        writer.WriteEndObject();
    }

    /// <summary>A parameter's value for people: as the runbook would write it.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        TimeSpan duration => Durations.Format(duration),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
