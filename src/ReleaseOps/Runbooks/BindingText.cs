using System.Globalization;
using ReleaseOps.Expressions;

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
        CelDuration duration => Of(duration.ToTimeSpan()),
        CelTimestamp time => time.ToString(),
        long or ulong or double => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
