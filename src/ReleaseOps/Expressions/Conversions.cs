using System.Globalization;
using System.Text;

namespace ReleaseOps.Expressions;

/// <summary>The functions that turn a value of one type into one of another; what doesn't fit is an error, never cut.</summary>
internal static class Conversions
{
    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    /// <summary>No number is written with more characters than this.</summary>
    private const int MaxNumber = 400;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public static Value ToInt(Frame frame, Node at, in Value a, in Value _) => a.Kind switch
    {
        Kind.Int => a,
        Kind.Uint => a.AsUint <= long.MaxValue ? Value.Of((long)a.AsUint) : Range(at, a, "int"),
        // The two ends themselves are refused as well: a double there stands for whole numbers beyond them too.
        Kind.Double => a.AsDouble is > -TwoTo63 and < TwoTo63 ? Value.Of((long)a.AsDouble) : Range(at, a, "int"),
        Kind.String => long.TryParse(Number(a), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Value.Of(number)
            : Unreadable(at, a, "int"),
        Kind.Timestamp => Value.Of(a.AsTimestamp.Seconds),
        _ => Functions.NoOverload(at, "int()", a),
    };

    public static Value ToUint(Frame frame, Node at, in Value a, in Value _) => a.Kind switch
    {
        Kind.Uint => a,
        Kind.Int => a.AsInt >= 0 ? Value.Of((ulong)a.AsInt) : Range(at, a, "uint"),
        Kind.Double => a.AsDouble is >= 0 and < TwoTo64 ? Value.Of((ulong)a.AsDouble) : Range(at, a, "uint"),
        Kind.String => ulong.TryParse(Number(a), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Value.Of(number)
            : Unreadable(at, a, "uint"),
        _ => Functions.NoOverload(at, "uint()", a),
    };

    public static Value ToDouble(Frame frame, Node at, in Value a, in Value _) => a.Kind switch
    {
        Kind.Double => a,
        Kind.Int => Value.Of((double)a.AsInt),
        Kind.Uint => Value.Of((double)a.AsUint),
        Kind.String => ParseDouble(Number(a)) is { } number ? Value.Of(number) : Unreadable(at, a, "double"),
        _ => Functions.NoOverload(at, "double()", a),
    };

    public static Value ToBool(Frame frame, Node at, in Value a, in Value _) => a.Kind switch
    {
        Kind.Bool => a,
        Kind.String => a.AsString switch
        {
            "1" or "t" or "T" or "true" or "TRUE" or "True" => Value.True,
            "0" or "f" or "F" or "false" or "FALSE" or "False" => Value.False,
            _ => Unreadable(at, a, "bool"),
        },
        _ => Functions.NoOverload(at, "bool()", a),
    };

    public static Value ToBytes(Frame frame, Node at, in Value a, in Value _)
    {
        if (a.Kind != Kind.String)
            return a.Kind == Kind.Bytes ? a : Functions.NoOverload(at, "bytes()", a);
        return frame.ChargeMemory(a.AsString.Length) ? Value.Of(Encoding.UTF8.GetBytes(a.AsString)) : a;
    }

    public static Value ToText(Frame frame, Node at, in Value a, in Value _)
    {
        switch (a.Kind)
        {
            case Kind.String:
                return a;
            case Kind.Bytes:
                return frame.ChargeMemory(2L * a.AsBytes.Length) ? FromUtf8(at, a.AsBytes) : a;
            case Kind.Int or Kind.Uint or Kind.Double or Kind.Bool or Kind.Duration or Kind.Timestamp:
                frame.Charge(20);
                return Value.Of(CelText.Plain(a));
            default:
                return Functions.NoOverload(at, "string()", a);
        }
    }

    public static Value ToDuration(Frame frame, Node at, in Value a, in Value _)
    {
        if (a.Kind == Kind.Duration)
            return a;
        if (a.Kind != Kind.String)
            return Functions.NoOverload(at, "duration()", a);
        frame.Charge(50);
        if (!CelDuration.TryParse(a.AsString, out var nanoseconds))
            return at.Fail($"{CelText.Write(a, 40)} isn't a duration; write numbers with the units h, m, s, ms, us, ns, as in '1h30m'");
        return CelDuration.Checked(nanoseconds) is { } duration ? Value.Of(duration) : Range(at, a, "duration (292 years)");
    }

    public static Value ToTimestamp(Frame frame, Node at, in Value a, in Value _)
    {
        frame.Charge(50);
        return a.Kind switch
        {
            Kind.Timestamp => a,
            Kind.Int => a.AsInt is >= CelTimestamp.FirstSecond and <= CelTimestamp.LastSecond
                ? Value.Of(new CelTimestamp(a.AsInt, 0))
                : Range(at, a, "timestamp (the years 1 to 9999)"),
            Kind.String => CelTimestamp.TryParse(a.AsString, out var timestamp)
                ? Value.Of(timestamp)
                : at.Fail($"{CelText.Write(a, 40)} isn't a timestamp of the years 1 to 9999; write RFC 3339, as in '2026-01-31T09:00:00Z'"),
            _ => Functions.NoOverload(at, "timestamp()", a),
        };
    }

    /// <summary>Decimal notation, or NaN, or a signed Infinity; null for anything else and for a number too large to hold.</summary>
    private static double? ParseDouble(string text)
    {
        switch (text)
        {
            case "NaN":
                return double.NaN;
            case "Infinity" or "+Infinity" or "inf" or "+inf":
                return double.PositiveInfinity;
            case "-Infinity" or "-inf":
                return double.NegativeInfinity;
        }
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        // .NET reads some words for infinities as well.
        if (text.Length == 0 || !(char.IsAsciiDigit(text[^1]) || text[^1] == '.'))
            return null;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    private static Value FromUtf8(Node at, byte[] bytes)
    {
        try
        {
            return Value.Of(Utf8.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return at.Fail("the bytes aren't text in UTF-8");
        }
    }

    private static string Number(in Value text) => text.AsString.Length > MaxNumber ? "" : text.AsString;

    private static Value Range(Node at, in Value value, string type) =>
        at.Fail($"{CelText.Write(value, 40)} is outside the range of {type}");

    private static Value Unreadable(Node at, in Value value, string type) => at.Fail($"{CelText.Write(value, 40)} can't be read as {type}");
}
