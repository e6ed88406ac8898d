using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ReleaseOps.Ledger;

/// <summary>
/// One line of the file, to bytes and back. The bytes are ASCII whatever the data hold (everything else is escaped), so a line is one
/// line, and the same bytes under any culture, time zone and version of Unicode.
/// </summary>
internal static class LedgerLine
{
    /// <summary>
    /// The longest line with its newline: 1 MiB. Longer things (logs) belong in files of their own, named here by their SHA-256.
    /// </summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>
    /// The deepest that an event's data may be nested; with the event around it, it stays below what JSON readers take (64).
    /// </summary>
    public const int MaxDataDepth = 60;

    /// <summary>The <c>prev</c> of the first line.</summary>
    public static readonly string NoHash = new('0', 64);

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = MaxDataDepth + 1 };

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Writes the line with its newline.</summary>
    public static void Write(IBufferWriter<byte> to, long seq, DateTimeOffset at, string type, string run, string actor,
        ReadOnlySpan<byte> data, string prev)
    {
        using (var json = new Utf8JsonWriter(to))
        {
            json.WriteStartObject();
            json.WriteNumber("seq"u8, seq);
            json.WriteString("at"u8, Time(at));
            json.WriteString("type"u8, type);
            json.WriteString("run"u8, run);
            json.WriteString("actor"u8, actor);
            json.WritePropertyName("data"u8);
            json.WriteRawValue(data, skipInputValidation: true);
            json.WriteString("prev"u8, prev);
            json.WriteEndObject();
        }
        to.Write("\n"u8);
    }

    /// <summary>
    /// What stands in a line beside its data, and where the data are. Length is that of the event; the line may hold more, which is for
    /// the caller to judge.
    /// </summary>
    public readonly record struct Fields(
        long Seq, DateTimeOffset At, string Type, string Run, string Actor, Range Data, string Prev, int Length)
    {
        public LedgerEvent ToEvent(ReadOnlySpan<byte> line) =>
            new(Seq, At, Type, Run, Actor, JsonElement.Parse(line[Data]), Prev);
    }

    /// <summary>Reads an event with exactly the seven keys in their order; false for anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out Fields fields)
    {
        fields = default;
        // The reader would skip white space before the first brace; no line of ours has any.
        if (line.IsEmpty || line[0] != '{')
            return false;
        var json = new Utf8JsonReader(line, Reading);
        try
        {
            if (!json.Read() || !Key(ref json, "seq"u8) || json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var seq)
                || !Text(ref json, "at"u8, out var time) || !Text(ref json, "type"u8, out var type) || !Text(ref json, "run"u8, out var run)
                || !Text(ref json, "actor"u8, out var actor) || !Key(ref json, "data"u8) || json.TokenType != JsonTokenType.StartObject
                || !DateTimeOffset.TryParseExact(time, TimeFormat, CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
                return false;
            var dataStart = (int)json.TokenStartIndex;
            json.Skip();
            var data = dataStart..(int)json.BytesConsumed;
            if (!Text(ref json, "prev"u8, out var prev) || !json.Read() || json.TokenType != JsonTokenType.EndObject)
                return false;
            fields = new Fields(seq, at, type, run, actor, data, prev, (int)json.BytesConsumed);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: bytes that aren't UTF-8 inside a string.
            return false;
        }
    }

    private static bool Key(ref Utf8JsonReader json, ReadOnlySpan<byte> key) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueSpan.SequenceEqual(key) && json.Read();

    private static bool Text(ref Utf8JsonReader json, ReadOnlySpan<byte> key, out string text)
    {
        var found = Key(ref json, key) && json.TokenType == JsonTokenType.String;
        text = found ? json.GetString()! : "";
        return found;
    }
}
