using System.Text.Json;
using ReleaseOps.Ledger;
using ReleaseOps.Probes;

namespace ReleaseOps.Steps;

/// <summary>What people tell a watch, in the ledger and in letters.</summary>
internal static class WatchWordJson
{
    /// <summary>The event's type.</summary>
    public const string Type = "watch.word";

    /// <summary>The longest text that is taken.</summary>
    private const int MostCharacters = 2000;

    public static void Write(Utf8JsonWriter data, WatchWord word)
    {
        data.WriteString("kind", word.Kind.ToString());
        data.WriteString("by", word.By);
        data.WriteString("at", LedgerText.Time(word.At));
        Write(data, "subject", word.Subject);
        Write(data, "value", word.Value);
        Write(data, "role", word.Role);
        Write(data, "text", word.Text);
    }

    /// <summary>Reads one, made fit to be shown; null where the event is none, or doesn't say whose.</summary>
    public static WatchWord? Of(string type, JsonElement data) =>
        type == Type && Enum.TryParse<WatchWordKind>(LedgerText.Of(data, "kind"), out var kind) && Enum.IsDefined(kind)
        && LedgerText.TimeOf(data, "at") is { } at && Line(data, "by") is { } by
            ? new WatchWord(kind, by, at)
            {
                Subject = Line(data, "subject"),
                Value = Line(data, "value"),
                Role = Line(data, "role"),
                Text = Line(data, "text"),
            }
            : null;

    private static void Write(Utf8JsonWriter data, string name, string? value)
    {
        if (value is not null)
            data.WriteString(name, value);
    }

    private static string? Line(JsonElement data, string name) =>
        LedgerText.Of(data, name) is { Length: > 0 } text ? OutsideText.OneLine(text, SecretMask.None, MostCharacters) : null;
}
