using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// Says of any line what it is, by the platform's own reader of JSON: what <see cref="LineScanner"/> doesn't take, and what that one is tested
/// against.
/// </summary>
internal static class LineReader
{
    /// <summary>How deep a line may be nested; RFC 8259, 9, leaves a limit to us. Python's reader has about this one.</summary>
    internal const int Deepest = 1000;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = Deepest };

    /// <summary>Reads a line.</summary>
    /// <param name="text">Its bytes, without the line end.</param>
    /// <param name="offset">Where they begin in the block: what is added to the indexes of fields.</param>
    /// <param name="line">Gets its fields.</param>
    internal static LineKind Read(ReadOnlySpan<byte> text, int offset, ref LogLine line)
    {
        line = default;
        if (IsBlank(text))
            return LineKind.Blank;
        // The reader itself lets bytes in strings be what they are. What is plainly no object need not throw.
        if (text.TrimStart(" \t"u8) is not [(byte)'{', ..] || !Utf8.IsValid(text))
            return LineKind.Malformed;
        var reader = new Utf8JsonReader(text, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return LineKind.Malformed;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = NameOf(ref reader);
                reader.Read();
                var value = ValueOf(ref reader, offset);
                switch (name)
                {
                    case "ts":
                        line.Ts = value;
                        break;
                    case "run_id":
                        line.RunId = value;
                        break;
                    case "stage":
                        line.Stage = value;
                        break;
                    case "event":
                        line.Event = value;
                        break;
                    case "payload":
                        line.Payload = value;
                        break;
                }
            }
            // Anything after the object makes it throw.
            return reader.Read() ? LineKind.Malformed : LineKind.Object;
        }
        catch (JsonException)
        {
            return LineKind.Malformed;
        }
    }

    /// <summary>True where a line has nothing but white space, in Unicode's sense.</summary>
    /// <param name="text">Its bytes.</param>
    internal static bool IsBlank(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var length) != OperationStatus.Done || !Rune.IsWhiteSpace(rune))
                return false;
            text = text[length..];
        }
        return true;
    }

    private static string NameOf(ref Utf8JsonReader reader)
    {
        try
        {
            foreach (var name in (ReadOnlySpan<string>)["ts", "run_id", "stage", "event", "payload"])
                if (reader.ValueTextEquals(name))
                    return name;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which is in none of our names.
        }
        return "";
    }

    /// <summary>What a value is, by the token that it begins with.</summary>
    internal static JsonKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.String => JsonKind.Text,
        JsonTokenType.Number => JsonKind.Number,
        JsonTokenType.StartObject => JsonKind.Object,
        JsonTokenType.StartArray => JsonKind.Array,
        JsonTokenType.Null => JsonKind.Null,
        _ => JsonKind.Bool,
    };

    private static LogField ValueOf(ref Utf8JsonReader reader, int offset)
    {
        var start = (int)reader.TokenStartIndex;
        var kind = KindOf(reader.TokenType);
        var escaped = kind == JsonKind.Text && reader.ValueIsEscaped;
        if (kind is JsonKind.Object or JsonKind.Array)
            reader.Skip();
        var length = (int)reader.BytesConsumed - start;
        return kind == JsonKind.Text
            ? new LogField { Start = offset + start + 1, Length = length - 2, Kind = kind, Escaped = escaped }
            : new LogField { Start = offset + start, Length = length, Kind = kind };
    }
}
