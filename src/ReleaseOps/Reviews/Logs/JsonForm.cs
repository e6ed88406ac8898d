using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// Values in one form each, so that what is equal has the same bytes: 1, 1.0 and 10e-1 are one number, names of objects are in order and the last
/// of several counts. It is the equality of PostgreSQL's jsonb (its manual, 8.14).
/// </summary>
internal static class JsonForm
{
    /// <summary>Adds a value's form.</summary>
    /// <param name="value">The value.</param>
    /// <param name="form">What it is added to.</param>
    internal static void Add(JsonElement value, IBufferWriter<byte> form)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                AddText(JsonText.Decode(JsonMarshal.GetRawUtf8Value(value)[1..^1]), form);
                break;
            case JsonValueKind.Number:
                form.Write("#"u8);
                form.Write(Encoding.ASCII.GetBytes(Number(value.GetRawText())));
                form.Write(";"u8);
                break;
            case JsonValueKind.Array:
                form.Write("["u8);
                foreach (var item in value.EnumerateArray())
                    Add(item, form);
                form.Write("]"u8);
                break;
            case JsonValueKind.Object:
                form.Write("{"u8);
                var members = new SortedDictionary<string, (byte[] Name, JsonElement Value)>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    var name = JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(member));
                    members[Convert.ToHexString(name)] = (name, member.Value);
                }
                foreach (var (name, held) in members.Values)
                {
                    AddText(name, form);
                    Add(held, form);
                }
                form.Write("}"u8);
                break;
            default:
                form.Write(Encoding.ASCII.GetBytes(value.GetRawText()));
                break;
        }
    }

    /// <summary>Adds a text's form, which is as long as it says.</summary>
    /// <param name="text">The text.</param>
    /// <param name="form">What it is added to.</param>
    internal static void AddText(ReadOnlySpan<byte> text, IBufferWriter<byte> form)
    {
        form.Write("\""u8);
        BinaryPrimitives.WriteInt32LittleEndian(form.GetSpan(sizeof(int)), text.Length);
        form.Advance(sizeof(int));
        form.Write(text);
    }

    /// <summary>A number as its digits without zeros at either end, and the power of ten: <c>-1.50e3</c> is <c>-15e2</c>.</summary>
    internal static string Number(string raw)
    {
        var sign = raw[0] == '-' ? "-" : "";
        var text = raw.AsSpan(sign.Length);
        var e = text.IndexOfAny('e', 'E');
        // An exponent of more than 18 digits is out of any other's reach, and stays as it is written.
        if (!long.TryParse(e < 0 ? "0" : text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
            return raw;
        if (e >= 0)
            text = text[..e];
        var point = text.IndexOf('.');
        var digits = (point < 0 ? text.ToString() : string.Concat(text[..point], text[(point + 1)..])).TrimStart('0');
        exponent -= point < 0 ? 0 : text.Length - point - 1;
        var trimmed = digits.TrimEnd('0');
        return trimmed.Length == 0
            ? "0" : string.Create(CultureInfo.InvariantCulture, $"{sign}{trimmed}e{exponent + digits.Length - trimmed.Length}");
    }
}
