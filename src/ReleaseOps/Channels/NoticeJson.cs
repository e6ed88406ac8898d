using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ReleaseOps.Ledger;
using ReleaseOps.Probes;

namespace ReleaseOps.Channels;

/// <summary>Notices in the ledger and in letters.</summary>
internal static class NoticeJson
{
    /// <summary>
    /// The largest notice that the outbox takes, in bytes of JSON: 96 KiB. Slack cuts a text after 40,000 characters
    /// (docs.slack.dev, chat.postMessage), and no other service shows more; a letter must hold it.
    /// </summary>
    internal const int MostBytes = 96 << 10;

    /// <summary>The longest key, thread, name or title that is read, in characters.</summary>
    internal const int LongestName = 500;

    private const int MostRuns = 5000;
    private const int MostFacts = 200;

    public static void Write(Utf8JsonWriter data, Notice notice)
    {
        data.WriteString("key", notice.Key);
        data.WriteString("thread", notice.Thread);
        data.WriteString("title", notice.Title);
        data.WriteString("at", LedgerText.Time(notice.At));
        data.WriteString("release", notice.Release);
        if (notice.Status is { } status)
            data.WriteString("status", status.ToString());
        if (notice.Severity is { } severity)
            data.WriteString("severity", severity);
        if (notice.SeverityRank is { } rank)
            data.WriteNumber("severityRank", rank);
        if (notice.MayBeRepeat)
            data.WriteBoolean("mayBeRepeat", true);
        data.WriteStartArray("text");
        foreach (var run in notice.Text)
            WritePair(data, "kind", run.Kind.ToString(), "text", run.Text);
        data.WriteEndArray();
        data.WriteStartArray("facts");
        foreach (var fact in notice.Facts)
            WritePair(data, "name", fact.Name, "value", fact.Value);
        data.WriteEndArray();
    }

    /// <summary>
    /// Reads one, bounded; what isn't there is empty. Null where it has no key, or a piece of its text is <see cref="TextKind.Missing"/>:
    /// nothing that has one is sent.
    /// </summary>
    public static Notice? Of(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || Line(data, "key") is not { } key || data.GetRawText().Length > MostBytes * 6)
            return null;
        var text = Each(data, "text", MostRuns)
            .Select(run => new TextRun(LedgerText.Of(run, "text"), EnumOf<TextKind>(run, "kind") ?? TextKind.Value)).ToList();
        if (text.Exists(run => run.Kind == TextKind.Missing))
            return null;
        return new Notice
        {
            Key = key,
            Thread = Line(data, "thread") ?? key,
            Title = Line(data, "title") ?? "",
            Text = text,
            At = LedgerText.TimeOf(data, "at") ?? default,
            Release = Line(data, "release") ?? "",
            Status = EnumOf<IncidentStatus>(data, "status"),
            Severity = Line(data, "severity"),
            SeverityRank = data.TryGetProperty("severityRank", out var rank) && rank.ValueKind == JsonValueKind.Number
                && rank.TryGetInt32(out var number) && number >= 0 ? number : null,
            Facts = [.. Each(data, "facts", MostFacts).Select(f => new NoticeFact(Line(f, "name") ?? "", LedgerText.Of(f, "value")))],
            MayBeRepeat = data.TryGetProperty("mayBeRepeat", out var repeat) && repeat.ValueKind == JsonValueKind.True,
        };
    }

    /// <summary>Refuses a notice that the outbox can't hold, before anything of it is recorded.</summary>
    /// <exception cref="ReleaseOpsException">NoticeRefused: it is larger than <see cref="MostBytes"/>, or something in its text is missing.</exception>
    public static void Check(Notice notice)
    {
        if (notice.Text.FirstOrDefault(run => run.Kind == TextKind.Missing) is { } missing)
            throw new ReleaseOpsException(ErrorId.MissingField, $"'{notice.Key}' can't be sent without '{missing.Text}'.", "Give it a value.", missing.Text);
        if (notice.Text.Count > MostRuns || notice.Facts.Count > MostFacts || Size(notice) > MostBytes)
            throw new ReleaseOpsException(ErrorId.NoticeRefused, $"'{notice.Key}' is larger than the {MostBytes >> 10} KiB that a message may have.",
                "Shorten it: put the details into a file, and say where that is.", notice.Key);
    }

    private static int Size(Notice notice)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        Write(json, notice);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenCount;
    }

    private static void WritePair(Utf8JsonWriter data, string first, string one, string second, string two)
    {
        data.WriteStartObject();
        data.WriteString(first, one);
        data.WriteString(second, two);
        data.WriteEndObject();
    }

    private static IEnumerable<JsonElement> Each(JsonElement data, string name, int most) =>
        data.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Take(most) : [];

    private static T? EnumOf<T>(JsonElement data, string name) where T : struct, Enum =>
        Enum.TryParse<T>(LedgerText.Of(data, name), out var value) && Enum.IsDefined(value) ? value : null;

    private static string? Line(JsonElement data, string name) =>
        OutsideText.OneLine(LedgerText.Of(data, name), SecretMask.None, LongestName) is { Length: > 0 } text ? text : null;
}
