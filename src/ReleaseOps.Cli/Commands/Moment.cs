using System.Globalization;

namespace ReleaseOps.Cli.Commands;

/// <summary>A moment as the command line takes it: <c>now</c>, a distance to now such as <c>-24h</c>, or ISO-8601, UTC unless it has an offset.</summary>
internal static class Moment
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>Reads one; null for anything else.</summary>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now) =>
        text == "now" ? now
        : text.StartsWith('-') && Durations.TryParse(text[1..], out var ago) ? now - ago
        : DateTimeOffset.TryParseExact(
            text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at
        : null;

    /// <summary>Reads FROM..TO; where it isn't one, the sentence that says so.</summary>
    public static ((DateTimeOffset From, DateTimeOffset To) Span, string? Problem) ParseSpan(string text, DateTimeOffset now)
    {
        var ends = text.Split("..");
        if (ends.Length != 2)
            return (default, $"'{text}' is not FROM..TO; write for example -24h..now or 2026-12-01T10:00Z..2026-12-02T10:00Z.");
        if (ends.FirstOrDefault(e => Parse(e, now) is null) is { } wrong)
            return (default, $"'{wrong}' is no moment; write for example 2026-12-01T10:00Z, -24h or now.");
        var (from, to) = (Parse(ends[0], now)!.Value, Parse(ends[1], now)!.Value);
        return from < to ? ((from, to), null) : (default, $"'{text}' ends before it begins.");
    }
}
