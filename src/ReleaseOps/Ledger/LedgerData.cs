using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ReleaseOps.Ledger;

/// <summary>Turns what a caller wants recorded into the bytes of one JSON object: compact, on one line, with secrets masked.</summary>
internal static class LedgerData
{
    private static readonly JsonReaderOptions Reading = new()
    {
        // A JsonElement keeps its text as it was read, comments and trailing commas included.
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = LedgerLine.MaxDataDepth,
    };

    /// <summary>From a callback that writes the object's content.</summary>
    /// <exception cref="InvalidOperationException">It left an object or array open, or closed one too many.</exception>
    public static ReadOnlyMemory<byte> From(Action<Utf8JsonWriter>? content, Func<string, string> mask, JsonWriterOptions writing = default)
    {
        if (content is null)
            return "{}"u8.ToArray();
        var raw = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(raw))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
            if (json.CurrentDepth != 0)
                throw new InvalidOperationException("The data of a ledger event left an object or an array open.");
        }
        return Clean(raw.WrittenSpan, mask, writing);
    }

    /// <summary>From a JSON object.</summary>
    /// <exception cref="ArgumentException">It isn't an object.</exception>
    public static ReadOnlyMemory<byte> From(JsonElement data, Func<string, string> mask) =>
        data.ValueKind == JsonValueKind.Object
            ? Clean(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(data), mask)
            : throw new ArgumentException("The data of a ledger event must be a JSON object.", nameof(data));

    private static ReadOnlyMemory<byte> Clean(ReadOnlySpan<byte> raw, Func<string, string> mask, JsonWriterOptions writing = default)
    {
        var clean = new ArrayBufferWriter<byte>(raw.Length);
        using var json = new Utf8JsonWriter(clean, writing);
        var reader = new Utf8JsonReader(raw, Reading);
        try
        {
            while (reader.Read())
                Copy(ref reader, json, mask);
        }
        catch (JsonException e)
        {
            throw new ReleaseOpsException(ErrorId.LedgerUnwritable,
                $"The data of a ledger event can't be read again as JSON, or are nested deeper than {LedgerLine.MaxDataDepth} levels.",
                "Record a flatter summary, and keep the whole in a file.", cause: e);
        }
        json.Flush();
        return clean.WrittenMemory;
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter json, Func<string, string> mask)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                json.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                json.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                json.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                json.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                json.WritePropertyName(mask(Text(ref reader)));
                break;
            case JsonTokenType.String:
                json.WriteStringValue(mask(Text(ref reader)));
                break;
            case JsonTokenType.Number:
                // A secret may be all digits.
                var number = Encoding.ASCII.GetString(reader.ValueSpan);
                var masked = mask(number);
                if (string.Equals(masked, number, StringComparison.Ordinal))
                    json.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                else
                    json.WriteStringValue(masked);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                json.WriteBooleanValue(reader.TokenType == JsonTokenType.True);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    /// <summary>A string that holds half a surrogate pair can't be decoded; its escaped form is recorded as it came.</summary>
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
