using System.Globalization;
using System.Text.Json;
using ReleaseOps.Gates;
using ReleaseOps.Ledger;

namespace ReleaseOps.Watches;

/// <summary>
/// A look as one line of the ledger. What was seen not to hold isn't in it, so that a quiet day stays small:
/// <code>{"slot":181,"at":"...","values":{"error_rate":0.12},"seen":{"threshold:errors":{"holds":true,"text":"..."}},"counts":{"availability":[["...",3,9000]]}}</code>
/// </summary>
internal static class WatchLookJson
{
    public const string Type = "watch.look";

    public static void Write(Utf8JsonWriter data, WatchLook look)
    {
        data.WriteNumber("slot", look.Slot);
        data.WriteString("at", LedgerText.Time(look.At));
        if (look.FromHistory)
            data.WriteBoolean("fromHistory", true);
        data.WriteStartObject("values");
        foreach (var (metric, value) in look.Values)
            data.WriteNumber(metric, value);
        data.WriteEndObject();
        if (look.Conditions.Count > 0)
        {
            data.WriteStartObject("seen");
            foreach (var (id, seen) in look.Conditions)
                Write(data, id, seen);
            data.WriteEndObject();
        }
        if (look.Counts.Count == 0)
            return;
        data.WriteStartObject("counts");
        foreach (var (slo, counts) in look.Counts)
        {
            data.WriteStartArray(slo);
            foreach (var count in counts)
                Write(data, count);
            data.WriteEndArray();
        }
        data.WriteEndObject();
    }

    /// <exception cref="ReleaseOpsException">BadDocument: another version wrote it.</exception>
    public static WatchLook Read(JsonElement data)
    {
        try
        {
            return new WatchLook(data.GetProperty("slot").GetInt32(), data.GetProperty("at").GetDateTimeOffset().ToUniversalTime(), data.TryGetProperty("fromHistory", out _))
            {
                Values = data.GetProperty("values").EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetDouble(), StringComparer.Ordinal),
                Conditions = data.TryGetProperty("seen", out var seen)
                    ? seen.EnumerateObject().ToDictionary(s => s.Name, s => ReadSeen(s.Value), StringComparer.Ordinal) : [],
                Counts = data.TryGetProperty("counts", out var counts)
                    ? counts.EnumerateObject().ToDictionary(
                        s => s.Name, s => (IReadOnlyList<SloCount>)[.. s.Value.EnumerateArray().Select(ReadCount)], StringComparer.Ordinal) : [],
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new ReleaseOpsException(ErrorId.BadDocument, $"The ledger holds a look that can't be read: {e.Message}",
                "Was it written by another version of ReleaseOps? Use that one to go on with the watch.", cause: e);
        }
    }

    /// <summary>One step: its end, what was bad, all there was; a step that can't be told is its end alone.</summary>
    public static void Write(Utf8JsonWriter data, SloCount count)
    {
        data.WriteStartArray();
        data.WriteStringValue(LedgerText.Time(count.End));
        if (count is { Bad: { } bad, Total: { } total })
        {
            data.WriteNumberValue(bad);
            data.WriteNumberValue(total);
        }
        data.WriteEndArray();
    }

    public static SloCount ReadCount(JsonElement count) => count.GetArrayLength() == 3
        ? new SloCount(count[0].GetDateTimeOffset().ToUniversalTime(), count[1].GetDouble(), count[2].GetDouble())
        : new SloCount(count[0].GetDateTimeOffset().ToUniversalTime(), null, null);

    private static void Write(Utf8JsonWriter data, string id, Seen seen)
    {
        data.WriteStartObject(id);
        if (seen.Holds == true)
            data.WriteBoolean("holds", true);
        data.WriteString("text", seen.Text);
        Write(data, "series", seen.Holding);
        Write(data, "untold", seen.Untold.Count > 0 ? seen.Untold : null);
        data.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter data, string name, IReadOnlyList<ulong>? series)
    {
        if (series is null)
            return;
        data.WriteStartArray(name);
        foreach (var hash in series)
            data.WriteStringValue(hash.ToString("x16", CultureInfo.InvariantCulture));
        data.WriteEndArray();
    }

    private static Seen ReadSeen(JsonElement seen) => new(seen.TryGetProperty("holds", out _) ? true : null, LedgerText.Of(seen, "text"))
    {
        Holding = Series(seen, "series"),
        Untold = Series(seen, "untold") ?? [],
    };

    private static IReadOnlyList<ulong>? Series(JsonElement seen, string name) => seen.TryGetProperty(name, out var series)
        ? [.. series.EnumerateArray().Select(s => ulong.Parse(s.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture))] : null;
}
