using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReleaseOps.Expressions;

/// <summary>
/// Results as JSON. ints and doubles are numbers (NaN, Infinity and -Infinity strings), bytes base64, durations <c>"3.5s"</c>, timestamps
/// RFC 3339, types their name, maps objects with their keys as text.
/// </summary>
public static class CelJson
{
    /// <summary>The largest document that is written, in bytes; a value can hold the same list many times over.</summary>
    public const int MaxBytes = 8 << 20;

    private const int MaxDepth = 256;

    // For a terminal or a program, never for a page: é stays é.
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth + 2 };

    /// <summary>
    /// <c>{"value": ..., "type": "int"}</c> or <c>{"error": "...", "column": 12}</c>; the latter also where a value can't be written.
    /// </summary>
    /// <param name="result">The result.</param>
    public static string Document(CelResult result)
    {
        if (result.Error is { } error)
            return DocumentOf(error);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WritePropertyName("value");
        if (Append(json, Border.FromPlain(result.Value), 0) is { } problem)
            return DocumentOf(new CelError(ErrorId.ExpressionFailed, problem, 1));
        json.WriteString("type", TypeOf(result.Value));
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>
    /// The name of a value's CEL type: int, uint, double, bool, string, bytes, list, map, null_type, type, google.protobuf.Duration or
    /// google.protobuf.Timestamp.
    /// </summary>
    /// <param name="value">A result's value, or any value that an expression takes.</param>
    public static string TypeOf(object? value) => CelType.Of(Border.FromPlain(value).Kind).Name;

    /// <summary>
    /// Writes a value; false where it is too large or too deep to be written, or two keys of a map read the same. What is written by then
    /// is cut off.
    /// </summary>
    /// <param name="json">Where to.</param>
    /// <param name="value">A result's value, or any value that an expression takes.</param>
    public static bool TryWrite(Utf8JsonWriter json, object? value)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Append(json, Border.FromPlain(value), 0) is null;
    }

    private static string DocumentOf(CelError error)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteString("error", error.Message);
        json.WriteNumber("column", error.Column);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string? Append(Utf8JsonWriter json, in Value value, int depth)
    {
        if (json.BytesPending + json.BytesCommitted > MaxBytes)
            return $"the value is larger than {MaxBytes >> 20} MiB as JSON";
        switch (value.Kind)
        {
            case Kind.Null:
                json.WriteNullValue();
                return null;
            case Kind.Bool:
                json.WriteBooleanValue(value.AsBool);
                return null;
            case Kind.Int:
                json.WriteNumberValue(value.AsInt);
                return null;
            case Kind.Uint:
                json.WriteNumberValue(value.AsUint);
                return null;
            case Kind.Double when double.IsFinite(value.AsDouble):
                json.WriteNumberValue(value.AsDouble);
                return null;
            case Kind.Bytes:
                json.WriteBase64StringValue(value.AsBytes);
                return null;
            case Kind.List or Kind.Map when depth >= MaxDepth:
                return $"the value is nested deeper than {MaxDepth}";
            case Kind.List:
                return AppendList(json, value.AsList, depth);
            case Kind.Map:
                return AppendMap(json, value.AsMap, depth);
            case Kind.Error:
                return value.AsError.Message;
            default:
                json.WriteStringValue(CelText.Plain(value));
                return null;
        }
    }

    private static string? AppendList(Utf8JsonWriter json, CelList list, int depth)
    {
        json.WriteStartArray();
        foreach (ref readonly var item in list.Items.AsSpan())
        {
            if (Append(json, item, depth + 1) is { } problem)
                return problem;
        }
        json.WriteEndArray();
        return null;
    }

    private static string? AppendMap(Utf8JsonWriter json, CelMap map, int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartObject();
        foreach (ref readonly var key in map.KeyValues.AsSpan())
        {
            var name = key.Kind == Kind.Bool ? (key.AsBool ? "true" : "false") : CelText.Plain(key);
            if (!names.Add(name))
                return string.Create(CultureInfo.InvariantCulture, $"two keys of a map are both \"{CelText.Shorten(name, 40)}\" as JSON");
            json.WritePropertyName(name);
            if (Append(json, map.TryFind(key, out var held) ? held : default, depth + 1) is { } problem)
                return problem;
        }
        json.WriteEndObject();
        return null;
    }
}
