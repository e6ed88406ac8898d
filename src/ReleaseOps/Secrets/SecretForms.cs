using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ReleaseOps;

/// <summary>The forms in which a secret may come back from a program or a service.</summary>
internal static class SecretForms
{
    // What is left as it is: by RFC 3986, by JavaScript's encodeURIComponent, by HTML forms, and by Python's quote().
    private static readonly string[] UrlSafe = ["-._~", "-._~!'()*", "-._*", "-._~/"];

    /// <summary>Every form, as bytes; shorter ones than <see cref="NeedleSet.Shortest"/> are left out.</summary>
    /// <param name="secret">The secret.</param>
    public static IEnumerable<byte[]> Of(string secret)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        var encodings = new HashSet<string>(StringComparer.Ordinal);
        string[] wholes = [secret, secret.Trim()];
        foreach (var whole in wholes)
        {
            forms.UnionWith(Escaped(whole));
            encodings.UnionWith(Base64(Encoding.UTF8.GetBytes(whole)));
            encodings.UnionWith(Base64(Encoding.Unicode.GetBytes(whole)));
            encodings.Add(Convert.ToHexString(Encoding.UTF8.GetBytes(whole)));
            encodings.Add(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(whole)));
        }
        // A line of a key file may be printed alone, indented or behind a prefix.
        foreach (var line in secret.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            forms.UnionWith(Escaped(line));

        var bytes = forms.Concat(encodings).Select(Encoding.UTF8.GetBytes).Append(Encoding.Unicode.GetBytes(secret.Trim()));
        return bytes.Where(form => form.Length >= NeedleSet.Shortest);
    }

    private static IEnumerable<string> Escaped(string text) => [text, .. Url(text), .. Json(text), .. Xml(text), .. Shell(text)];

    private static IEnumerable<string> Url(string text)
    {
        foreach (var safe in UrlSafe)
        {
            foreach (var format in (string[])["X2", "x2"])
            {
                var escaped = string.Concat(Encoding.UTF8.GetBytes(text).Select(b =>
                    char.IsAsciiLetterOrDigit((char)b) || safe.Contains((char)b, StringComparison.Ordinal)
                        ? ((char)b).ToString()
                        : "%" + b.ToString(format, CultureInfo.InvariantCulture)));
                yield return escaped;
                yield return escaped.Replace("%20", "+", StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<string> Json(string text)
    {
        var plain = JsonPlain(text);
        yield return plain;
        yield return JsonPlain(plain); // JSON inside JSON
        foreach (var format in (string[])["x4", "X4"])
        {
            var ascii = string.Concat(plain.Select(c => c < 0x7f ? c.ToString() : "\\u" + ((int)c).ToString(format, CultureInfo.InvariantCulture)));
            yield return ascii;
            yield return ascii.Replace("/", "\\/", StringComparison.Ordinal); // PHP
            // Go and others escape these three so that JSON may stand inside HTML.
            yield return "<>&".Aggregate(ascii, (s, c) =>
                s.Replace(c.ToString(), "\\u" + ((int)c).ToString(format, CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
        yield return plain.Replace("/", "\\/", StringComparison.Ordinal);
        yield return JsonEncodedText.Encode(text).ToString();
    }

    private static string JsonPlain(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }
        return escaped.ToString();
    }

    private static IEnumerable<string> Xml(string text)
    {
        var inText = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
        yield return inText;
        inText = inText.Replace(">", "&gt;", StringComparison.Ordinal);
        yield return inText;
        foreach (var quote in (string[])["\"", "&quot;", "&#34;", "&#x22;"])
        {
            foreach (var apostrophe in (string[])["'", "&apos;", "&#39;", "&#x27;", "&#039;"])
                yield return inText.Replace("\"", quote, StringComparison.Ordinal).Replace("'", apostrophe, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Shell(string text)
    {
        yield return text.Replace("'", "'\\''", StringComparison.Ordinal);       // bash -x, ${x@Q}
        yield return text.Replace("'", "'\"'\"'", StringComparison.Ordinal);     // Python's shlex.quote
        yield return text.Replace("'", "''", StringComparison.Ordinal);          // PowerShell, SQL, YAML
        yield return Backslashed(text, "\"\\$`");                                // inside double quotes
        yield return Backslashed(text, "\"\\$`!");
        yield return Backslashed(text, " !\"#$&'()*,;<>?[\\]^`{|}");             // printf %q
        yield return Backslashed(text, " !\"#$&'()*,;<>?[\\]^`{|}~=%:");
        yield return Backslashed(text, "'\\").Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal); // $'...'
    }

    private static string Backslashed(string text, string special) =>
        string.Concat(text.Select(c => special.Contains(c, StringComparison.Ordinal) ? "\\" + c : c.ToString()));

    // Where a secret stands inside something longer, its base64 depends on the place modulo three. Characters that also hold bits of
    // what is before or after it are left out, except at the end, where there may be nothing after it ("user:secret").
    private static IEnumerable<string> Base64(byte[] secret)
    {
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String([.. new byte[before], .. secret]);
            var first = before == 0 ? 0 : before + 1;
            var whole = (before + secret.Length) * 8 / 6;
            foreach (var form in (string[])[encoded[first..whole], encoded[first..].TrimEnd('='), encoded[first..]])
            {
                yield return form;
                yield return form.Replace('+', '-').Replace('/', '_');
            }
        }
    }
}
