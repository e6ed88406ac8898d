using System.CommandLine.Parsing;
using System.Globalization;

namespace ReleaseOps.Cli.Commands;

/// <summary>How the moment T-0 and a time zone are read.</summary>
internal static class ReleaseClockOptions
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    public static DateTimeOffset? T0(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        // Without Z or an offset it would be this machine's time here and another's there.
        if ((text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var t0))
            return t0;
        given.AddError($"--t0 '{text}' is no moment; write for example 2026-12-01T10:00Z or 2026-12-01T11:00+01:00.");
        return null;
    }

    public static TimeZoneInfo? Zone(ArgumentResult given)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(given.Tokens[0].Value, out var zone))
            return zone;
        given.AddError($"--zone '{given.Tokens[0].Value}' is no time zone that this machine knows; write for example Europe/Berlin.");
        return null;
    }
}
