using System.Text.Json;
using ReleaseOps.Ledger;
using ReleaseOps.Probes;

namespace ReleaseOps.Steps;

/// <summary>Updates of incidents, in the ledger and in letters.</summary>
internal static class IncidentWordJson
{
    /// <summary>The event's type.</summary>
    public const string Type = Channels.NoticeQueued.WithUpdate;

    /// <summary>The longest text that is taken of each field.</summary>
    internal const int MostCharacters = 4000;

    public static void Write(Utf8JsonWriter data, IncidentWord word)
    {
        data.WriteString("incident", word.Incident);
        data.WriteNumber("number", word.Number);
        data.WriteString("status", word.Status.ToString());
        data.WriteString("severity", word.Severity);
        data.WriteString("by", word.By);
        data.WriteString("at", LedgerText.Time(word.At));
        if (word.Opens)
            data.WriteBoolean("opens", true);
        if (word.Forced)
            data.WriteBoolean("forced", true);
        foreach (var (name, text) in Texts(word))
            if (text is not null)
                data.WriteString(name, text);
        foreach (var (name, time) in Times(word))
            if (time is { } at)
                data.WriteString(name, LedgerText.Time(at));
    }

    /// <summary>Reads one, made fit to be shown; null where the event is none, or doesn't say whose or of what.</summary>
    public static IncidentWord? Of(string type, JsonElement data)
    {
        if (type != Type || Line(data, "incident") is not { } incident || Line(data, "by") is not { } by || LedgerText.TimeOf(data, "at") is not { } at
            || !Enum.TryParse<IncidentStatus>(LedgerText.Of(data, "status"), out var status) || !Enum.IsDefined(status)
            || !data.TryGetProperty("number", out var number) || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out var count))
            return null;
        return new IncidentWord(incident, count, status, Line(data, "severity") ?? "", by, at)
        {
            Opens = IsTrue(data, "opens"),
            Forced = IsTrue(data, "forced"),
            Impact = Line(data, "impact"),
            Scope = Line(data, "scope"),
            CurrentAction = Line(data, "currentAction"),
            Findings = Line(data, "findings"),
            DecisionTrack = Line(data, "decisionTrack"),
            Risk = Line(data, "risk"),
            Resolution = Line(data, "resolution"),
            Evidence = Line(data, "evidence"),
            FollowUps = Line(data, "followUps"),
            Commander = Line(data, "commander"),
            Owner = Line(data, "owner"),
            Escalation = Line(data, "escalation"),
            ImpactFrom = LedgerText.TimeOf(data, "impactFrom"),
            ImpactTo = LedgerText.TimeOf(data, "impactTo"),
            NextUpdateAt = LedgerText.TimeOf(data, "nextUpdateAt"),
        };
    }

    private static IEnumerable<(string Name, string? Text)> Texts(IncidentWord word) =>
    [
        ("impact", word.Impact), ("scope", word.Scope), ("currentAction", word.CurrentAction), ("findings", word.Findings),
        ("decisionTrack", word.DecisionTrack), ("risk", word.Risk), ("resolution", word.Resolution), ("evidence", word.Evidence),
        ("followUps", word.FollowUps), ("commander", word.Commander), ("owner", word.Owner), ("escalation", word.Escalation),
    ];

    private static IEnumerable<(string Name, DateTimeOffset? Time)> Times(IncidentWord word) =>
        [("impactFrom", word.ImpactFrom), ("impactTo", word.ImpactTo), ("nextUpdateAt", word.NextUpdateAt)];

    private static bool IsTrue(JsonElement data, string name) => data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Line(JsonElement data, string name) =>
        LedgerText.Of(data, name) is { Length: > 0 } text ? OutsideText.OneLine(text, SecretMask.None, MostCharacters) : null;
}
