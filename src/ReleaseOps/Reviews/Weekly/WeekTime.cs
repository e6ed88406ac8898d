using System.Text;
using System.Text.Json;
using ReleaseOps.Reviews.Logs;

namespace ReleaseOps.Reviews.Weekly;

/// <summary>A time that people or programs wrote down: by the rules of an event's <c>ts</c>, which <see cref="EventTime"/> has. Pure.</summary>
internal static class WeekTime
{
    // All of them are wanted, each with its fraction.
    private static readonly DaySpan Any = new((long)EventTime.First, (long)EventTime.End);

    /// <summary>The time, to the microsecond; null where it is none.</summary>
    /// <param name="value">A number, or a text.</param>
    public static DateTimeOffset? Of(JsonElement value)
    {
        var raw = Encoding.UTF8.GetBytes(value.GetRawText());
        var field = value.ValueKind switch
        {
            JsonValueKind.Number => new LogField { Length = raw.Length, Kind = JsonKind.Number },
            JsonValueKind.String => new LogField { Start = 1, Length = raw.Length - 2, Kind = JsonKind.Text, Escaped = raw.Contains((byte)'\\') },
            _ => default,
        };
        if (!EventTime.TryRead(field, raw, Any, out var seconds))
            return null;
        // A double of today's seconds is good to a quarter of a microsecond, and no fraction of a second makes it the next one.
        var whole = Math.Floor(seconds);
        var fraction = Math.Min(Math.Round((seconds - whole) * 1_000_000), 999_999);
        return DateTimeOffset.FromUnixTimeSeconds((long)whole).AddMicroseconds(fraction);
    }
}
