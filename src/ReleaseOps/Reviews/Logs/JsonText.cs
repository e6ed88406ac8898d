using System.Globalization;
using System.Text;

namespace ReleaseOps.Reviews.Logs;

/// <summary>
/// The texts that JSON strings are. Half a surrogate pair (<c>"\ud800"</c>), which JSON allows and no text can hold, becomes the three bytes that
/// it would have in UTF-8 (WTF-8, https://simonsapin.github.io/wtf-8/), so that two strings are the same text only where they are the same.
/// </summary>
internal static class JsonText
{
    /// <summary>What a string's escapes stand for, in at most as many bytes as it has.</summary>
    /// <param name="raw">A valid string of JSON, without its quotes.</param>
    internal static byte[] Decode(ReadOnlySpan<byte> raw)
    {
        var text = new byte[raw.Length];
        var length = 0;
        for (var i = 0; i < raw.Length;)
        {
            if (raw[i] != '\\')
            {
                text[length++] = raw[i++];
                continue;
            }
            var escape = (char)raw[i + 1];
            if (escape != 'u')
            {
                text[length++] = escape switch
                {
                    'b' => (byte)'\b',
                    'f' => (byte)'\f',
                    'n' => (byte)'\n',
                    'r' => (byte)'\r',
                    't' => (byte)'\t',
                    _ => (byte)escape,
                };
                i += 2;
                continue;
            }
            int code = Unit(raw[(i + 2)..]);
            i += 6;
            if (char.IsHighSurrogate((char)code) && raw.Length >= i + 6 && raw[i] == '\\' && raw[i + 1] == 'u'
                && Unit(raw[(i + 2)..]) is var low && char.IsLowSurrogate(low))
            {
                code = char.ConvertToUtf32((char)code, low);
                i += 6;
            }
            length += Encode(code, text.AsSpan(length));
        }
        return text[..length];
    }

    /// <summary>A text to show: what isn't UTF-8 becomes a question mark in a diamond.</summary>
    /// <param name="text">Its bytes.</param>
    internal static string Show(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);

    private static char Unit(ReadOnlySpan<byte> digits) =>
        (char)ushort.Parse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static int Encode(int code, Span<byte> to)
    {
        if (Rune.TryCreate(code, out var rune))
            return rune.EncodeToUtf8(to);
        to[0] = (byte)(0xE0 | (code >> 12));
        to[1] = (byte)(0x80 | ((code >> 6) & 0x3F));
        to[2] = (byte)(0x80 | (code & 0x3F));
        return 3;
    }
}
