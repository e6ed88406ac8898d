using System.Globalization;

namespace ReleaseOps.Runbooks;

/// <summary>Values as the text that is put into arguments, URLs and messages: the same in every culture.</summary>
internal static class BindingText
{
    /// <summary>The value as text; null for what has no text of one piece (null, lists, maps, bytes).</summary>
    public static string? Of(object? value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        TimeSpan duration => (duration < TimeSpan.Zero ? "-" : "") + Durations.Format(duration.Duration()),
        DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        long or int or ulong or double => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        System.Text.Json.JsonElement json => json.ValueKind switch
        {
            System.Text.Json.JsonValueKind.String => json.GetString(),
            System.Text.Json.JsonValueKind.Number or System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => json.GetRawText(),
            _ => null,
        },
        _ => null,
    };
}
