using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ReleaseOps.Expressions;
using ReleaseOps.Probes.Http;

namespace ReleaseOps.Probes.Sql;

/// <summary>
/// The text that PostgreSQL writes for a value, as the value that criteria compare. What has no counterpart stays the text that it is.
/// The numbers are those of the built-in types in pg_type.dat, the same in every server.
/// </summary>
internal static partial class PostgresValue
{
    /// <summary>The value.</summary>
    /// <param name="type">The OID of its type.</param>
    /// <param name="text">Its text, in the settings that a look makes (ISO dates, UTC, ISO 8601 intervals).</param>
    /// <param name="mask">Hides secrets in what stays text.</param>
    /// <exception cref="CouldNotTellException">BadDocument: JSON that is nested too deep or has a key twice.</exception>
    internal static object? Of(uint type, string text, SecretMask mask) => type switch
    {
        16 => text == "t",
        20 or 21 or 23 or 26 => long.Parse(text, CultureInfo.InvariantCulture),
        700 or 701 or 1700 => double.Parse(text, CultureInfo.InvariantCulture),
        1184 => Moment(text) is { } moment ? moment : mask.Apply(text),
        1186 => Length(text) is { } length ? length : mask.Apply(text),
        114 or 3802 => Json(mask.Apply(text)),
        _ => ElementOf(type) is { } element ? PostgresArray.Read(text, item => Of(element, item, mask)) : mask.Apply(text),
    };

    /// <summary>The value as text for a person.</summary>
    internal static string Show(object? value) => value switch
    {
        DateTimeOffset moment => moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal),
        TimeSpan length => CelText.Write(Border.FromPlain(length), OutsideText.Longest),
        string text => text,
        JsonElement json => json.GetRawText(),
        _ => CelText.Write(Border.FromPlain(value), OutsideText.Longest),
    };

    private static uint? ElementOf(uint array) => array switch
    {
        1000 => 16, // bool
        1005 => 21, // int2
        1007 => 23, // int4
        1016 => 20, // int8
        1028 => 26, // oid
        1021 => 700, // float4
        1022 => 701, // float8
        1231 => 1700, // numeric
        1185 => 1184, // timestamptz
        1187 => 1186, // interval
        199 => 114, // json
        3807 => 3802, // jsonb
        // bytea, char, name, bpchar, text, varchar, date, time, timestamp, timetz, uuid, xml, inet, cidr: text
        1001 or 1002 or 1003 or 1014 or 1009 or 1015 or 1182 or 1183 or 1115 or 1270 or 2951 or 143 or 1041 or 651 => 25,
        _ => null,
    };

    // 'infinity', years before 1 and after 9999 stay text.
    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd HH:mm:ss.FFFFFFzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment : null;

    // A month has no length in seconds: an interval with months or years in it stays text.
    private static TimeSpan? Length(string text)
    {
        var parts = IsoInterval().Match(text);
        if (!parts.Success)
            return null;
        decimal Part(string name) => parts.Groups[name].ValueSpan is { IsEmpty: false } span ? decimal.Parse(span, CultureInfo.InvariantCulture) : 0;
        try
        {
            var seconds = (((Part("d") * 24) + Part("h")) * 3600) + (Part("m") * 60) + Part("s");
            return new TimeSpan(decimal.ToInt64(seconds * TimeSpan.TicksPerSecond));
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static JsonElement Json(string text)
    {
        try
        {
            return StrictJson.Parse(text);
        }
        catch (JsonException e)
        {
            throw new CouldNotTellException(ErrorId.BadDocument, "a JSON value can't be read" + StrictJson.Place(e));
        }
    }

    [GeneratedRegex(@"^P(?:(?<d>-?\d{1,12})D)?(?:T(?:(?<h>-?\d{1,12})H)?(?:(?<m>-?\d{1,12})M)?(?:(?<s>-?\d{1,12}(?:\.\d+)?)S)?)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex IsoInterval();
}
