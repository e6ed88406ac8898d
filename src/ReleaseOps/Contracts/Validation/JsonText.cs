using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ReleaseOps.Contracts.Validation;

/// <summary>
/// The same text for equal values, whichever way they are written: the order of an object's keys doesn't count, 1.0 is 1 (JSON Schema Core,
/// 4.2.2).
/// </summary>
internal static class JsonText
{
    /// <summary>The text of a value of an answer; null where it has a number that isn't worked out.</summary>
    public static string? Of(JsonElement value)
    {
        var text = new StringBuilder();
        return Write(value, text) ? text.ToString() : null;
    }

    /// <summary>The text of a value of a description; null as above.</summary>
    public static string? Of(ApiNode value)
    {
        var text = new StringBuilder();
        return RuntimeDepth.IsEnough() && Write(value, text) ? text.ToString() : null;
    }

    private static bool Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Text(value.GetString()!, text);
                return true;
            case JsonValueKind.Number:
                return Number(value.GetRawText(), text);
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    if (!Write(item, text))
                        return false;
                }
                text.Append(']');
                return true;
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    Text(member.Name, text);
                    if (!Write(member.Value, text))
                        return false;
                }
                text.Append('}');
                return true;
            default:
                text.Append(value.GetRawText());
                return true;
        }
    }

    private static bool Write(ApiNode value, StringBuilder text)
    {
        switch (value.Kind)
        {
            case ApiNodeKind.Text:
                Text(value.Text, text);
                return true;
            case ApiNodeKind.Number:
                return Number(value.Text, text);
            case ApiNodeKind.List:
                text.Append('[');
                foreach (var item in value.Items)
                {
                    if (!RuntimeDepth.IsEnough() || !Write(item, text))
                        return false;
                }
                text.Append(']');
                return true;
            case ApiNodeKind.Map:
                text.Append('{');
                foreach (var (key, item) in value.Keys.Zip(value.Items).OrderBy(m => m.First, StringComparer.Ordinal))
                {
                    Text(key, text);
                    if (!RuntimeDepth.IsEnough() || !Write(item, text))
                        return false;
                }
                text.Append('}');
                return true;
            default:
                text.Append(value.Text);
                return true;
        }
    }

    // With its length before it no text can pass for two.
    private static void Text(string value, StringBuilder text) =>
        text.Append('"').Append(value.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(value);

    private static bool Number(string value, StringBuilder text)
    {
        if (ExactNumber.Read(value) is not { } number)
            return false;
        text.Append('n').Append(number.ToString()).Append(';');
        return true;
    }
}
