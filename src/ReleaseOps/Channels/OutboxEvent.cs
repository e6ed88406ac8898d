using System.Text.Json;
using ReleaseOps.Ledger;
using ReleaseOps.Probes;

namespace ReleaseOps.Channels;

/// <summary>What the ledger keeps of a notice's way out: one of the records below.</summary>
/// <param name="Key">The notice's key.</param>
internal abstract record OutboxEvent(string Key)
{
    private const int MostChannels = 100;

    /// <summary>The event's type in the ledger.</summary>
    public abstract string Type { get; }

    /// <summary>Writes the content of its data.</summary>
    public abstract void Write(Utf8JsonWriter data);

    /// <summary>Reads one, made fit to be shown; null where the event is none, or doesn't say of what.</summary>
    public static OutboxEvent? Of(string type, JsonElement data) => type switch
    {
        NoticeQueued.Name or NoticeQueued.WithUpdate => data.TryGetProperty("notice", out var json) && NoticeJson.Of(json) is { } notice
            ? new NoticeQueued(notice, ChannelsOf(data)) : null,
        NoticeSending.Name => KeyOf(data) is { } key && ChannelOf(data) is { } channel ? new NoticeSending(key, channel) : null,
        NoticeSent.Name => KeyOf(data) is { } key && ChannelOf(data) is { } channel && LedgerText.TimeOf(data, "at") is { } at
            ? new NoticeSent(key, channel, at, TriesOf(data), Line(data, "detail") ?? "")
            { Remote = Line(data, "remote"), WasThere = IsTrue(data, "wasThere") }
            : null,
        NoticeFailed.Name => KeyOf(data) is { } key && ChannelOf(data) is { } channel && LedgerText.TimeOf(data, "at") is { } at
            ? new NoticeFailed(key, channel, at, TriesOf(data), Line(data, "detail") ?? "", IsTrue(data, "again")) { Unclear = IsTrue(data, "unclear") }
            : null,
        _ => null,
    };

    private static string? KeyOf(JsonElement data) => Line(data, "key");

    private static string? ChannelOf(JsonElement data) => Line(data, "channel");

    private static List<string> ChannelsOf(JsonElement data) => data.TryGetProperty("channels", out var list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Take(MostChannels).Select(name => OutsideText.OneLine(LedgerText.Of(name), SecretMask.None)).Where(name => name.Length > 0)]
        : [];

    private static int TriesOf(JsonElement data) =>
        data.TryGetProperty("tries", out var tries) && tries.ValueKind == JsonValueKind.Number && tries.TryGetInt32(out var count) ? Math.Max(0, count) : 0;

    private static bool IsTrue(JsonElement data, string name) => data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Line(JsonElement data, string name) =>
        OutsideText.OneLine(LedgerText.Of(data, name), SecretMask.None, NoticeJson.LongestName) is { Length: > 0 } text ? text : null;
}

/// <summary>A notice is to go out.</summary>
/// <param name="Notice">The notice, whole.</param>
/// <param name="Channels">Names of the channels; none where people carry it.</param>
internal sealed record NoticeQueued(Notice Notice, IReadOnlyList<string> Channels) : OutboxEvent(Notice.Key)
{
    public const string Name = "notice.queued";

    /// <summary>The type where one line has an incident's update and the notice of it: what is said to be told is to go out.</summary>
    public const string WithUpdate = "incident.updated";

    public override string Type => Name;

    public override void Write(Utf8JsonWriter data)
    {
        data.WriteString("key", Key);
        data.WriteStartObject("notice");
        NoticeJson.Write(data, Notice);
        data.WriteEndObject();
        data.WriteStartArray("channels");
        foreach (var channel in Channels)
            data.WriteStringValue(channel);
        data.WriteEndArray();
    }
}

/// <summary>A turn of tries begins: without an end behind it, nobody knows whether the notice arrived.</summary>
internal sealed record NoticeSending(string Key, string Channel) : OutboxEvent(Key)
{
    public const string Name = "notice.sending";

    public override string Type => Name;

    public override void Write(Utf8JsonWriter data)
    {
        data.WriteString("key", Key);
        data.WriteString("channel", Channel);
    }
}

/// <summary>A turn of tries ended.</summary>
/// <param name="Key">The notice's key.</param>
/// <param name="Channel">The channel.</param>
/// <param name="At">When.</param>
/// <param name="Tries">How many tries this turn took.</param>
/// <param name="Detail">What the service said last.</param>
internal abstract record NoticeTried(string Key, string Channel, DateTimeOffset At, int Tries, string Detail) : OutboxEvent(Key)
{
    public override void Write(Utf8JsonWriter data)
    {
        data.WriteString("key", Key);
        data.WriteString("channel", Channel);
        data.WriteString("at", LedgerText.Time(At));
        data.WriteNumber("tries", Tries);
        data.WriteString("detail", Detail);
    }
}

/// <summary>The service has it.</summary>
internal sealed record NoticeSent(string Key, string Channel, DateTimeOffset At, int Tries, string Detail) : NoticeTried(Key, Channel, At, Tries, Detail)
{
    public const string Name = "notice.sent";

    public override string Type => Name;

    /// <summary>The service's own name for the thread; null where it has none.</summary>
    public string? Remote { get; init; }

    /// <summary>True where it was found there.</summary>
    public bool WasThere { get; init; }

    public override void Write(Utf8JsonWriter data)
    {
        base.Write(data);
        if (Remote is { } remote)
            data.WriteString("remote", remote);
        if (WasThere)
            data.WriteBoolean("wasThere", true);
    }
}

/// <summary>A turn of tries ended without it.</summary>
/// <param name="Key">The notice's key.</param>
/// <param name="Channel">The channel.</param>
/// <param name="At">When.</param>
/// <param name="Tries">How many tries this turn took.</param>
/// <param name="Detail">What the service said last.</param>
/// <param name="Again">True where a later turn tries it again; false where the service won't take it.</param>
internal sealed record NoticeFailed(string Key, string Channel, DateTimeOffset At, int Tries, string Detail, bool Again)
    : NoticeTried(Key, Channel, At, Tries, Detail)
{
    public const string Name = "notice.failed";

    public override string Type => Name;

    /// <summary>True where one of the tries may have arrived all the same.</summary>
    public bool Unclear { get; init; }

    public override void Write(Utf8JsonWriter data)
    {
        base.Write(data);
        data.WriteBoolean("again", Again);
        if (Unclear)
            data.WriteBoolean("unclear", true);
    }
}
