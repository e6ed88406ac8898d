using System.Globalization;
using System.Text;

namespace ReleaseOps.Expressions;

/// <summary>Values as text for people, the same in every culture.</summary>
public static class CelText
{
    private const int MaxDepth = 32;
    private const string Dots = "...";

    private static readonly (string Plain, string Escaped)[] Escapes =
        [("\\", "\\\\"), ("\"", "\\\""), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")];

    /// <summary>
    /// A value as an expression would write it: <c>"text"</c>, <c>5</c>, <c>5u</c>, <c>5.0</c>, <c>b"\x01"</c>, <c>[1, 2]</c>, <c>{"a":
    /// 1}</c>,
    /// <c>duration("3.5s")</c>.
    /// </summary>
    /// <param name="value">A result's value, or any value that an expression takes.</param>
    /// <param name="limit">The most characters; what is longer is cut and ends in three points.</param>
    public static string Write(object? value, int limit = 200) => Write(Border.FromPlain(value), limit);

    /// <summary>
    /// A value as it stands in a sentence: a string without quotes, a number without its type's mark, anything else as <see
    /// cref="Write(object?, int)"/> has it.
    /// </summary>
    /// <param name="value">A result's value, or any value that an expression takes.</param>
    /// <param name="limit">The most characters; what is longer is cut and ends in three points.</param>
    public static string Plain(object? value, int limit = int.MaxValue) => Shorten(Plain(Border.FromPlain(value), limit), limit);

    internal static string Write(in Value value, int limit)
    {
        var text = new StringBuilder();
        Append(text, value, limit, 0);
        return Shorten(text.ToString(), limit);
    }

    internal static string Plain(in Value value, int limit = int.MaxValue) => value.Kind switch
    {
        Kind.String => value.AsString,
        Kind.Uint => value.AsUint.ToString(CultureInfo.InvariantCulture),
        Kind.Double => Number(value.AsDouble),
        Kind.Duration => value.AsDuration.ToString(),
        Kind.Timestamp => value.AsTimestamp.ToString(),
        _ => Write(value, limit),
    };

    internal static string Quote(string text, int limit) => Write(Value.Of(text), limit);

    /// <summary>Cuts a text to so many characters, never through one, with three points at the end.</summary>
    internal static string Shorten(string text, int limit)
    {
        if (text.Length <= limit)
            return text;
        var end = Math.Max(0, limit - Dots.Length);
        if (end > 0 && char.IsHighSurrogate(text[end - 1]))
            end--;
        return string.Concat(text.AsSpan(0, end), Dots);
    }

    /// <summary>True for what a terminal, or an eye, would take for something else: control characters, direction marks, ends of lines.</summary>
    internal static bool IsHidden(char c) => char.IsControl(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>A text with its hidden characters and halves of surrogate pairs written as escapes.</summary>
    internal static string Visible(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var shown = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
                shown.Append(text, i++, 2);
            else if (IsHidden(text[i]) || char.IsSurrogate(text[i]))
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            else
                shown.Append(text[i]);
        }
        return shown.ToString();
    }

    /// <summary>The shortest decimal notation that reads back as the same number.</summary>
    private static string Number(double number) =>
        double.IsPositiveInfinity(number) ? "Infinity" : double.IsNegativeInfinity(number) ? "-Infinity"
        : number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    private static void Append(StringBuilder text, in Value value, int limit, int depth)
    {
        // One more than the limit shows that something was cut.
        if (text.Length > limit)
            return;
        switch (value.Kind)
        {
            case Kind.Null:
                text.Append("null");
                break;
            case Kind.Bool:
                text.Append(value.AsBool ? "true" : "false");
                break;
            case Kind.Int:
                text.Append(CultureInfo.InvariantCulture, $"{value.AsInt}");
                break;
            case Kind.Uint:
                text.Append(CultureInfo.InvariantCulture, $"{value.AsUint}u");
                break;
            case Kind.Double:
                var number = Number(value.AsDouble);
                text.Append(number).Append(number.All(c => char.IsAsciiDigit(c) || c == '-') ? ".0" : "");
                break;
            case Kind.String:
                AppendText(text, value.AsString, limit);
                break;
            case Kind.Bytes:
                AppendBytes(text, value.AsBytes, limit);
                break;
            case Kind.List or Kind.Map when depth >= MaxDepth:
                text.Append(Dots);
                break;
            case Kind.List:
                AppendList(text, value.AsList, limit, depth);
                break;
            case Kind.Map:
                AppendMap(text, value.AsMap, limit, depth);
                break;
            case Kind.Type:
                text.Append(value.AsType.Name);
                break;
            case Kind.Duration:
                text.Append(CultureInfo.InvariantCulture, $"duration(\"{value.AsDuration}\")");
                break;
            case Kind.Timestamp:
                text.Append(CultureInfo.InvariantCulture, $"timestamp(\"{value.AsTimestamp}\")");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"error({value.AsError.Message})");
                break;
        }
    }

    private static void AppendList(StringBuilder text, CelList list, int limit, int depth)
    {
        text.Append('[');
        var separator = "";
        foreach (ref readonly var item in list.Items.AsSpan())
        {
            if (text.Length > limit)
                return;
            text.Append(separator);
            Append(text, item, limit, depth + 1);
            separator = ", ";
        }
        text.Append(']');
    }

    private static void AppendMap(StringBuilder text, CelMap map, int limit, int depth)
    {
        text.Append('{');
        var separator = "";
        foreach (ref readonly var key in map.KeyValues.AsSpan())
        {
            if (text.Length > limit)
                return;
            text.Append(separator);
            Append(text, key, limit, depth + 1);
            text.Append(": ");
            Append(text, map.TryFind(key, out var held) ? held : default, limit, depth + 1);
            separator = ", ";
        }
        text.Append('}');
    }

    private static void AppendText(StringBuilder text, string value, int limit)
    {
        text.Append('"');
        var shown = value[..Math.Min(value.Length, Math.Max(0, limit))];
        foreach (var (plain, escaped) in Escapes)
            shown = shown.Replace(plain, escaped, StringComparison.Ordinal);
        text.Append(Visible(shown));
        text.Append('"');
        if (value.Length > limit)
            text.Append(Dots);
    }

    private static void AppendBytes(StringBuilder text, byte[] value, int limit)
    {
        text.Append("b\"");
        foreach (var octet in value.AsSpan(0, Math.Min(value.Length, Math.Max(0, limit))))
        {
            if (octet is >= 0x20 and < 0x7F and not (byte)'"' and not (byte)'\\')
                text.Append((char)octet);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\x{octet:x2}");
        }
        text.Append('"');
        if (value.Length > limit)
            text.Append(Dots);
    }
}
